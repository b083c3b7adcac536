package dev.triage502.evaluate;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.incident.ArmName;
import dev.triage502.report.DiagnosisDocument;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a diagnosis says, as far as it can be right or wrong.
 *
 * @param rootCause  the cause or the conclusion
 * @param confidence {@code confirmed}, {@code likely}, {@code possible}, or {@code conclusion}
 * @param named      the root cause and all contributing ones
 * @param contributing the contributing ones
 * @param targets    every name by which the root's target counts as named
 * @param target     the target in words
 */
record CaseAnswer(
        String rootCause,
        String confidence,
        Set<String> named,
        Set<String> contributing,
        Set<ArmName> targets,
        String target) {

    /** What stands for a confidence where a conclusion was reached. */
    static final String CONCLUSION = "conclusion";

    /** The conclusion that the evidence does not suffice. */
    static final String CANNOT_TELL = "insufficient-evidence";

    static CaseAnswer of(DiagnosisDocument document) {
        JsonObject root = document.json().getAsJsonObject("rootCause");
        Set<String> contributing = new LinkedHashSet<>();
        for (JsonElement each : document.json().getAsJsonArray("contributing")) {
            contributing.add(each.getAsJsonObject().get("id").getAsString());
        }
        Set<String> named = new LinkedHashSet<>(Set.of(document.rootCause()));
        named.addAll(contributing);
        String confidence = document.confidence().isEmpty() ? CONCLUSION : document.confidence();
        return new CaseAnswer(
                document.rootCause(), confidence, named, contributing, namesIn(root), inWords(root.get("target")));
    }

    /** Whether the target is named: by its own name, a segment of its id, a place it stands at, or one it also is at. */
    boolean names(String target) {
        return targets.contains(ArmName.of(target));
    }

    private static Set<ArmName> namesIn(JsonObject root) {
        Set<ArmName> names = new LinkedHashSet<>();
        if (root.get("target") instanceof JsonObject target) {
            add(names, target.get("name"));
            if (target.get("id") != null) {
                for (String segment : target.get("id").getAsString().split("/", -1)) {
                    names.add(ArmName.of(segment));
                }
            }
            target.getAsJsonObject("on").entrySet().forEach(place -> add(names, place.getValue()));
        }
        if (root.get("alsoAt") instanceof JsonArray others) {
            others.forEach(other -> add(names, other.getAsJsonObject().get("name")));
        }
        names.remove(ArmName.of(""));
        return names;
    }

    private static void add(Set<ArmName> names, JsonElement name) {
        names.add(ArmName.of(name.getAsString()));
    }

    private static String inWords(JsonElement target) {
        return target instanceof JsonObject object
                ? object.get("kind").getAsString() + " " + object.get("name").getAsString()
                : "none";
    }
}
