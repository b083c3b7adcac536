package dev.triage502.evidence.reach;

import dev.triage502.evidence.Addresses.Range;
import dev.triage502.evidence.Network.SecurityRule;
import dev.triage502.evidence.Network.Subnet;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import dev.triage502.evidence.reach.Denials.Extent;
import dev.triage502.evidence.reach.Destinations.Destination;
import dev.triage502.evidence.reach.Gates.Decided;
import dev.triage502.evidence.reach.Gates.Gate;
import dev.triage502.evidence.reach.Outcome.Claim;
import dev.triage502.evidence.reach.Outcome.Obstacle;
import dev.triage502.evidence.reach.SecurityRules.Part;
import dev.triage502.incident.ResourceId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** How is it said that a rule drops something, and what would a rule have to hold that lets it through? */
final class DenialWords {

    /** What the servers of one subnet that one rule drops have in common, worked out once. */
    private record Common(Obstacle obstacle, Map<String, String> values) {}

    private final Map<String, Common> common = new HashMap<>();

    Claim claim(Decided decided, Part part, Destination to, Extent extent, List<String> instances) {
        String key = decided.gate().group().id().key() + " " + decided.gate().where() + " "
                + part.rule().name() + " " + decided.port() + " " + extent + " " + to.front() + " "
                + backend(to).text() + " " + part.source().text() + " " + instances;
        Common shared = common.computeIfAbsent(
                key, each -> new Common(obstacle(decided, part, to, extent, instances), values(decided, part, to)));
        return Claim.about(shared.obstacle(), to.text() + ":" + decided.port(), Source.NETWORK)
                .with(shared.values())
                .with("address", to.text());
    }

    private static Obstacle obstacle(
            Decided decided, Part part, Destination to, Extent extent, List<String> instances) {
        Gate gate = decided.gate();
        SecurityRule rule = part.rule();
        String name = "rule " + rule.name() + " of " + gate.group().id().name();
        String before = "rule " + rule.name() + " (priority " + rule.priority() + ", "
                + (rule.inbound() ? "inbound" : "outbound") + ") of "
                + gate.group().id().name() + " on " + gate.where()
                + (extent == Extent.DOUBTFUL ? " may drop" : " drops") + " TCP " + sources(decided, part, extent)
                + " → ";
        return new Obstacle(target(gate, rule), name, before, after(decided, part, to, extent, instances));
    }

    static Target target(Gate gate, SecurityRule rule) {
        return Target.of(Kind.NSG_RULE, rule.name(), rule.id())
                .on(Place.NSG, gate.group().id().name())
                .on(Place.SUBNET, gate.subnet());
    }

    private static String sources(Decided decided, Part part, Extent extent) {
        return extent == Extent.SOME
                ? part.source().text()
                : String.join(", ", decided.sources().stream().map(Range::text).toList());
    }

    private static String after(Decided decided, Part part, Destination to, Extent extent, List<String> instances) {
        StringBuilder after = new StringBuilder();
        TooNarrow.find(decided, part, backend(to))
                .ifPresent(text -> after.append("; ").append(text));
        if (extent == Extent.SOME) {
            String let = String.join(
                    ", ",
                    decided.parts().stream()
                            .filter(each -> !each.denied())
                            .map(each -> each.source().text())
                            .distinct()
                            .toList());
            after.append("; only a part of the gateway's subnet (")
                    .append(let)
                    .append(") is let through, so instances with other addresses are cut off");
        }
        if (!instances.isEmpty()) {
            after.append("; requests fail by way of ")
                    .append(Words.some(instances))
                    .append(" only");
        }
        if (to.front() && decided.gate().inbound()) {
            after.append("; ")
                    .append(to.text())
                    .append(" is the address of a load balancer's front, the rules see the members behind it in ")
                    .append(to.seen().text());
        }
        return after.toString();
    }

    private static Map<String, String> values(Decided decided, Part part, Destination to) {
        Gate gate = decided.gate();
        ResourceId group = gate.group().id();
        Map<String, String> values = new HashMap<>();
        values.put("rule", part.rule().name());
        values.put("nsg", group.name());
        values.put("nsg-resource-group", group.resourceGroup());
        values.put("nsg-id", group.toString());
        values.put("direction", part.rule().inbound() ? "Inbound" : "Outbound");
        values.put("priority", String.valueOf(part.rule().priority()));
        values.put(
                "gateway-prefix",
                String.join(" ", decided.sources().stream().map(Range::text).toList()));
        values.put("backend-prefix", backend(to).text());
        values.put("port", String.valueOf(decided.port()));
        values.put("ports", String.valueOf(decided.port()));

        OptionalInt free = gate.rules().winningPriority(decided.sources(), decided.destination(), decided.port());
        free.ifPresent(number -> values.put("free-priority", String.valueOf(number)));
        TooNarrow.rule(decided, part, backend(to)).ifPresent(rule -> values.put("allow-rule", rule.name()));
        return values;
    }

    /** What a rule should let the gateway reach: the subnet in which the address lies, else the address. */
    static Range backend(Destination to) {
        Optional<Range> prefix = to.place()
                .subnet()
                .map(Subnet::prefixes)
                .flatMap(prefixes -> prefixes.stream()
                        .filter(each -> each.contains(to.address()))
                        .findFirst());
        return prefix.orElse(to.address());
    }

    /** What a group says that lets something through. */
    static String passes(Decided decided, Part part) {
        return "rule " + part.rule().name() + " (" + part.rule().priority() + ") of "
                + decided.gate().group().id().name() + " allows port " + decided.port();
    }
}
