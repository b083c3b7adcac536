package dev.triage502.deliver;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.json.JsonTree;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The states of a work item type. They have other names in each process, and projects add their own; what a state means is its
 * category, of which there are five.
 */
final class AzureDevopsStates {

    private static final String COMPLETED = "Completed";
    private static final String REMOVED = "Removed";

    private final List<JsonObject> states;

    private AzureDevopsStates(List<JsonObject> states) {
        this.states = states;
    }

    /** Those of an answer to {@code workitemtypes/{type}/states}. */
    static AzureDevopsStates in(JsonElement answer) {
        return new AzureDevopsStates(JsonTree.objects(answer, "value"));
    }

    List<String> names() {
        return states.stream().map(state -> JsonTree.text(state, "name")).toList();
    }

    /** Whether nobody works on an item in this state any more. */
    boolean isOver(String name) {
        return states.stream()
                .filter(state -> JsonTree.text(state, "name").equalsIgnoreCase(name))
                .anyMatch(state -> Set.of(COMPLETED, REMOVED).contains(JsonTree.text(state, "category")));
    }

    Optional<String> completed() {
        return first(COMPLETED);
    }

    /** The one in which an item begins. */
    Optional<String> open() {
        return first("Proposed").or(() -> first("InProgress"));
    }

    private Optional<String> first(String category) {
        return states.stream()
                .filter(state -> JsonTree.text(state, "category").equals(category))
                .map(state -> JsonTree.text(state, "name"))
                .findFirst();
    }
}
