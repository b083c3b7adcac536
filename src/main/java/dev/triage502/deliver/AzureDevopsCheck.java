package dev.triage502.deliver;

import dev.triage502.deliver.AzureDevopsItems.Mapping;
import dev.triage502.deliver.JsonCalls.Said;
import dev.triage502.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Azure DevOps says of the settings: reads the states and the severities of the work item type, and the area path. */
final class AzureDevopsCheck {

    private final AzureDevopsProject project;
    private final Mapping mapping;

    AzureDevopsCheck(AzureDevopsProject project, Mapping mapping) {
        this.project = project;
        this.mapping = mapping;
    }

    ChannelCheck check() {
        Said said = project.states(mapping.type());
        if (!said.isDone()) {
            return ChannelCheck.of(said.result());
        }
        AzureDevopsStates states = AzureDevopsStates.in(said.json());
        List<ChannelCheck> checks = new ArrayList<>();
        Stream.of(mapping.closed(), mapping.open())
                .flatMap(Optional::stream)
                .filter(state -> !states.names().contains(state))
                .map(state -> "work item type " + mapping.type() + " has no state \"" + state + "\"; it has "
                        + String.join(", ", states.names()))
                .forEach(problem -> checks.add(ChannelCheck.problem(problem)));
        if (mapping.closed().or(states::completed).isEmpty()) {
            checks.add(ChannelCheck.problem(AzureDevopsItems.noState(mapping.type(), true)));
        }
        mapping.areaPath().ifPresent(path -> checks.add(area(path)));
        if (!mapping.severities().isEmpty()) {
            checks.add(severities());
        }
        return ChannelCheck.all(checks);
    }

    private ChannelCheck area(String path) {
        List<String> names = List.of(path.split("\\\\"));
        if (!names.get(0).equalsIgnoreCase(project.name())) {
            return ChannelCheck.problem("areaPath \"" + path + "\" does not begin with the project, " + project.name());
        }
        String below = names.stream()
                .skip(1)
                .map(name -> "/" + AzureDevopsProject.encoded(name))
                .collect(Collectors.joining());
        Said said = project.get("classificationnodes/Areas" + below);
        return said.status() == 404
                ? ChannelCheck.problem("there is no area path \"" + path + "\" that the identity may view")
                : ChannelCheck.of(said.result());
    }

    private ChannelCheck severities() {
        Said said = project.get("workitemtypes/" + AzureDevopsProject.encoded(mapping.type()) + "/fields/"
                + AzureDevopsItems.SEVERITY + "?$expand=allowedValues");
        if (said.status() == 404) {
            return ChannelCheck.problem(
                    "work item type " + mapping.type() + " has no field Severity, so severities cannot be set");
        }
        if (!said.isDone()) {
            return ChannelCheck.of(said.result());
        }
        List<String> allowed = JsonTree.texts(said.json(), "allowedValues");
        return ChannelCheck.all(mapping.severities().values().stream()
                .distinct()
                .filter(severity -> !allowed.isEmpty() && !allowed.contains(severity))
                .map(severity -> ChannelCheck.problem("the field Severity of " + mapping.type() + " has no value \""
                        + severity + "\"; it has " + String.join(", ", allowed)))
                .toList());
    }
}
