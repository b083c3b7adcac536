package dev.triage502.reachability.check;

import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.Network.Interface;
import dev.triage502.evidence.Network.SecurityRule;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.CheckResult.Obstacle;
import dev.triage502.reachability.NameLists;
import dev.triage502.reachability.check.NsgDenyCheck.Extent;
import dev.triage502.reachability.name.ArrivalPoints.Arrival;
import dev.triage502.reachability.name.ResolvedEndpoints.Destination;
import dev.triage502.reachability.nsg.NearMissRules;
import dev.triage502.reachability.nsg.NsgPath.Decided;
import dev.triage502.reachability.nsg.NsgPath.Gate;
import dev.triage502.reachability.nsg.NsgRuleEvaluation.Part;
import dev.triage502.reachability.server.BackendServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** How is it said that a rule drops something, and what would a rule have to hold that lets it through? */
public final class NsgDenyFormatter {

    /** What the servers of one subnet that one rule drops have in common, worked out once. */
    private record Common(Obstacle obstacle, Map<String, String> values) {}

    /** At which ports a container environment's load balancer probes its nodes. */
    private static final String NODE_PORTS = "30000-32767";

    private final Map<String, Common> common = new HashMap<>();

    Claim claim(Decided decided, Part part, Destination to, Extent extent, List<String> instances) {
        String key = decided.gate().group().id().key() + " " + decided.gate().where() + " "
                + part.rule().name() + " " + decided.port() + " " + extent + " " + to.front() + " "
                + to.ruleRange().text() + " " + part.source().text() + " " + instances;
        Common shared = common.computeIfAbsent(
                key, each -> new Common(obstacle(decided, part, to, extent, instances), values(decided, part, to)));
        return Claim.about(shared.obstacle(), to.text() + ":" + decided.port(), Source.NETWORK)
                .with(shared.values())
                .with("address", to.text());
    }

    /**
     * The same of a rule at what is behind a load balancer or a public address: the server is the address in front.
     *
     * @param probes whether the load balancer's own probes are dropped, and not what the gateway sends
     */
    Claim claim(Decided decided, Part part, Destination front, Arrival arrival, boolean probes) {
        Gate gate = decided.gate();
        SecurityRule rule = part.rule();
        String name = named(gate, rule, "");
        String balancer = arrival.balancer().map(each -> each.id().name()).orElse("");
        String what = probes
                ? " blocks the health probes (AzureLoadBalancer) of load balancer " + balancer
                        + " to its backends behind "
                : " blocks TCP "
                        + String.join(
                                ", ",
                                decided.sources().stream().map(Range::text).toList()) + " → ";
        String after = probes
                ? ", so the load balancer forwards nothing"
                : (balancer.isEmpty() ? "" : " at the backends of load balancer " + balancer)
                        + (IpAddresses.isPrivate(front.address())
                                ? ""
                                : "; the gateway connects to public addresses from its own public IP address")
                        + nearMiss(decided, part, arrival.member())
                                .map(text -> "; " + text)
                                .orElse("");
        Obstacle obstacle = new Obstacle(target(gate, rule), name, placed(gate, rule) + what, after);
        Map<String, String> values =
                values(decided, part, probes ? arrival.member().asItself() : arrival.member());
        values.put("address", front.text());
        if (probes) {
            values.put("gateway-prefix", "AzureLoadBalancer");
            values.put("arrives-from", "load-balancer");
            values.remove("allow-rule");
        } else if (!IpAddresses.isPrivate(front.address())) {
            values.put("arrives-from", "public-address");
        }
        return Claim.about(obstacle, front.text() + ":" + decided.port(), Source.NETWORK)
                .with(values);
    }

    /** A rule that drops the probes of the load balancer that a container environment has for itself. */
    Claim ofEnvironment(Decided decided, Part part, Destination to, int port) {
        Gate gate = decided.gate();
        SecurityRule rule = part.rule();
        Obstacle obstacle = new Obstacle(
                target(gate, rule),
                named(gate, rule, ""),
                placed(gate, rule)
                        + " blocks the health probes (AzureLoadBalancer) of the container environment's own load"
                        + " balancer at ",
                ", so it forwards nothing");
        Map<String, String> values = values(decided, part, to);
        values.remove("allow-rule");
        values.put("address", to.text());
        values.put("port", String.valueOf(port));
        values.put("ports", NODE_PORTS);
        values.put("gateway-prefix", "AzureLoadBalancer");
        values.put("arrives-from", "load-balancer");
        return Claim.about(obstacle, to.text() + ":" + port, Source.NETWORK).with(values);
    }

    /** That a Standard public address is closed, for want of an NSG at the interface that has it and at its subnet. */
    Claim closed(BackendServer server, Interface card, Destination front, Arrival arrival) {
        Destination member = arrival.member();
        String subnet = member.place().subnet().map(each -> each.id().name()).orElse("");
        Map<String, String> values = new HashMap<>();
        values.put("closed-address", front.text());
        values.put("address", front.text());
        values.put("nic", card.id().name());
        values.put("nic-resource-group", card.id().resourceGroup());
        values.put("port", String.valueOf(arrival.port()));
        values.put("ports", String.valueOf(arrival.port()));
        values.put(
                "gateway-prefix",
                String.join(" ", arrival.sources().stream().map(Range::text).toList()));
        values.put("arrives-from", "public-address");
        String what = server.isNamed() ? "resolves to " + front.text() + ", " : "is ";
        return Claim.of(
                        Source.NETWORK,
                        server.address(),
                        what + "a Standard public IP address, which admits nothing that no NSG allows, and neither"
                                + " interface "
                                + card.id().name() + " nor subnet " + subnet + " has an NSG")
                .with(values);
    }

    private static Obstacle obstacle(
            Decided decided, Part part, Destination to, Extent extent, List<String> instances) {
        Gate gate = decided.gate();
        SecurityRule rule = part.rule();
        String name = named(gate, rule, "");
        String before = placed(gate, rule)
                + (extent == Extent.DOUBTFUL ? " may block" : " blocks") + " TCP " + sources(decided, part, extent)
                + " → ";
        return new Obstacle(target(gate, rule), name, before, after(decided, part, to, extent, instances));
    }

    /** The rule as a sentence names it: {@code NSG rule deny-all of nsg-app}. {@code number} follows its own name. */
    private static String named(Gate gate, SecurityRule rule, String number) {
        return gate.isAdmin()
                ? "security admin rule " + rule.name() + number
                        + manager(rule).map(each -> " of " + each.name()).orElse("")
                : "NSG rule " + rule.name() + number + " of "
                        + gate.group().id().name();
    }

    /** The same with its number, its direction and where it counts. */
    private static String placed(Gate gate, SecurityRule rule) {
        String number = " (priority " + rule.priority() + ", " + (rule.inbound() ? "inbound" : "outbound") + ")";
        return named(gate, rule, number) + (gate.isAdmin() ? " in " : " on ") + gate.where();
    }

    /** The network manager that a security admin rule belongs to, by the rule's id. */
    private static Optional<ResourceId> manager(SecurityRule rule) {
        return ancestor(rule, "networkManagers");
    }

    private static Optional<ResourceId> ancestor(SecurityRule rule, String type) {
        for (ResourceId id = ResourceId.of(rule.id()); !id.parent().equals(id); id = id.parent()) {
            if (id.isOneOf(type)) {
                return Optional.of(id);
            }
        }
        return Optional.empty();
    }

    public static Target target(Gate gate, SecurityRule rule) {
        if (gate.isAdmin()) {
            return Target.of(Kind.ADMIN_RULE, rule.name(), rule.id())
                    .on(
                            Place.NETWORK_MANAGER,
                            manager(rule).map(ResourceId::name).orElse(""));
        }
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
        nearMiss(decided, part, to).ifPresent(text -> after.append("; ").append(text));
        if (extent == Extent.SOME) {
            String let = String.join(
                    ", ",
                    decided.parts().stream()
                            .filter(each -> !each.denied())
                            .map(each -> each.source().text())
                            .distinct()
                            .toList());
            after.append("; it allows only part of the gateway's subnet (")
                    .append(let)
                    .append("), so instances with other addresses cannot connect");
        }
        if (!instances.isEmpty()) {
            after.append("; only requests through ")
                    .append(NameLists.some(instances))
                    .append(" fail");
        }
        if (to.front() && decided.gate().inbound()) {
            after.append("; ")
                    .append(to.text())
                    .append(" is a load balancer frontend; NSGs see the backends in ")
                    .append(to.seen().text());
        }
        return after.toString();
    }

    /** A rule of the same group that nearly lets it through; other security admin rules are not this reader's to change. */
    private static Optional<String> nearMiss(Decided decided, Part part, Destination to) {
        return decided.gate().isAdmin() ? Optional.empty() : NearMissRules.find(decided, part, to.ruleRange());
    }

    private static Map<String, String> values(Decided decided, Part part, Destination to) {
        Gate gate = decided.gate();
        ResourceId group = gate.group().id();
        Map<String, String> values = new HashMap<>();
        if (gate.isAdmin()) {
            values.put("admin-rule", part.rule().name());
            values.put("admin-vnet-id", group.toString());
            manager(part.rule()).ifPresent(manager -> {
                values.put("network-manager", manager.name());
                values.put("network-manager-id", manager.toString());
            });
            ancestor(part.rule(), "ruleCollections")
                    .ifPresent(collection -> values.put("rule-collection-id", collection.toString()));
        } else {
            values.put("rule", part.rule().name());
            values.put("nsg", group.name());
            values.put("nsg-resource-group", group.resourceGroup());
            values.put("nsg-id", group.toString());
            if (part.rule().isDefault()) {
                values.put("default-rule", "yes");
            }
        }
        values.put("direction", part.rule().inbound() ? "Inbound" : "Outbound");
        values.put("priority", String.valueOf(part.rule().priority()));
        values.put(
                "gateway-prefix",
                String.join(" ", decided.sources().stream().map(Range::text).toList()));
        values.put("backend-prefix", to.ruleRange().text());
        values.put("port", String.valueOf(decided.port()));
        values.put("ports", String.valueOf(decided.port()));

        if (gate.isAdmin()) {
            return values;
        }
        OptionalInt free = gate.rules().winningPriority(decided.sources(), decided.destination(), decided.port());
        free.ifPresent(number -> values.put("free-priority", String.valueOf(number)));
        NearMissRules.rule(decided, part, to.ruleRange()).ifPresent(rule -> values.put("allow-rule", rule.name()));
        return values;
    }

    /** What a group says that lets something through. */
    static String passes(Decided decided, Part part) {
        return named(decided.gate(), part.rule(), " (" + part.rule().priority() + ")") + " for port " + decided.port();
    }
}
