package dev.triage502.evidence.arm;

import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Network.AdminRules;
import dev.triage502.evidence.Network.SecurityGroup;
import dev.triage502.evidence.Network.SecurityRule;
import dev.triage502.evidence.Network.UnreadRule;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What Azure Virtual Network Manager has in effect in one virtual network: the answers of
 * {@code listNetworkManagerEffectiveSecurityAdminRules} and {@code listNetworkManagerEffectiveConnectivityConfigurations}, each
 * with the network that was asked: {@code {"virtualNetwork":{"id":"…"},"value":[…]}}.
 */
final class NetworkManagerReader {

    private enum Access {
        ALLOW,
        ALWAYS_ALLOW,
        DENY
    }

    private static final AzureWords<Access> ACCESS = AzureWords.of(Access.ALLOW, "Allow")
            .and(Access.ALWAYS_ALLOW, "AlwaysAllow")
            .and(Access.DENY, "Deny");

    private static final AzureWords<Boolean> DIRECTIONS =
            AzureWords.of(true, "Inbound").and(false, "Outbound");

    private static final AzureWords<String> PROTOCOLS = AzureWords.of("*", "Any", "All", "*")
            .and("Tcp", "Tcp")
            .and("Udp", "Udp")
            .and("Icmp", "Icmp")
            .and("Esp", "Esp")
            .and("Ah", "Ah");

    /** What matches no rule is left to the NSGs. */
    private static final int LAST = Integer.MAX_VALUE;

    private NetworkManagerReader() {}

    /** The network whose answer it is. */
    static ResourceId network(ArmObject answer) {
        return answer.reference("virtualNetwork")
                .or(answer::id)
                .orElseThrow(() -> answer.lacks("an answer with the virtualNetwork that was asked"));
    }

    /** The security admin rules; {@code losses} learns which of them were not understood. */
    static AdminRules adminRules(ArmObject answer, Losses losses) {
        ResourceId network = network(answer);
        List<SecurityRule> rules = new ArrayList<>();
        List<UnreadRule> unread = new ArrayList<>();
        Set<String> alwaysAllow = new HashSet<>();
        for (ArmObject each : answer.objects("value")) {
            Losses ofRule = losses.ofPart();
            ofRule.read(() -> rule(each)).ifPresentOrElse(rules::add, () -> unread.add(unread(each, ofRule)));
            ofRule.read(() -> access(each))
                    .filter(Access.ALWAYS_ALLOW::equals)
                    .ifPresent(always -> alwaysAllow.add(id(each)));
        }
        if (!answer.text("skipToken").isBlank()) {
            unread.add(new UnreadRule("", OptionalInt.empty(), Optional.empty(), furtherRules(network)));
        }
        rules.add(left(network, true));
        rules.add(left(network, false));
        rules.sort(Comparator.comparingInt(SecurityRule::priority)
                .thenComparing(SecurityRule::name)
                .thenComparing(SecurityRule::toString));
        unread.sort(Comparator.comparing(UnreadRule::name).thenComparing(UnreadRule::toString));
        return new AdminRules(
                new SecurityGroup(network, List.copyOf(rules), List.copyOf(unread)), Set.copyOf(alwaysAllow));
    }

    private static CouldNotRead<?> furtherRules(ResourceId network) {
        return new CouldNotRead<>(
                Source.NETWORK,
                Why.NOT_COLLECTED,
                "further security admin rules of " + network.name() + " (a second page) were not collected");
    }

    private static SecurityRule rule(ArmObject rule) {
        return SecurityRule.builder()
                .name(rule.name())
                .id(id(rule))
                .priority(rule.integer("priority").orElseThrow(() -> rule.lacks("a rule with its priority")))
                .inbound(direction(rule))
                .allows(access(rule) != Access.DENY)
                .protocol(PROTOCOLS
                        .valueOf(rule.text("protocol").strip())
                        .orElseThrow(() -> rule.lacks("a rule with a protocol that Azure documents")))
                .sources(prefixes(rule, "sources"))
                .destinations(prefixes(rule, "destinations"))
                .sourcePorts(ports(rule, "sourcePortRanges"))
                .destinationPorts(ports(rule, "destinationPortRanges"))
                .build();
    }

    private static String id(ArmObject rule) {
        return rule.id().map(ResourceId::toString).orElseGet(rule::name);
    }

    private static boolean direction(ArmObject rule) {
        return DIRECTIONS
                .valueOf(rule.text("direction").strip())
                .orElseThrow(() -> rule.lacks("a rule whose direction is Inbound or Outbound"));
    }

    private static Access access(ArmObject rule) {
        return ACCESS.valueOf(rule.text("access").strip())
                .orElseThrow(() -> rule.lacks("a rule whose access is Allow, AlwaysAllow or Deny"));
    }

    /** A side that names nothing means everything. A network group on one side is not resolved here. */
    private static List<String> prefixes(ArmObject rule, String side) {
        List<String> prefixes = rule.objects(side).stream()
                .map(each -> each.text("addressPrefix").strip())
                .sorted()
                .toList();
        boolean understood = prefixes.stream()
                .allMatch(each -> each.equals("*")
                        || each.matches("[A-Za-z][A-Za-z0-9_.-]*")
                        || IpAddresses.parse(each).isPresent());
        if (!understood) {
            throw rule.lacks("a rule whose " + side + " are addresses, ranges, service tags or *");
        }
        return prefixes.isEmpty() ? List.of("*") : prefixes;
    }

    private static List<String> ports(ArmObject rule, String field) {
        List<String> ports = rule.texts(field);
        if (!ports.stream().allMatch(each -> each.strip().matches("\\*|\\d{1,5}(\\s*-\\s*\\d{1,5})?"))) {
            throw rule.lacks("a rule whose " + field + " are ports, ranges or *");
        }
        return ports.isEmpty() ? List.of("*") : ports.stream().sorted().toList();
    }

    /** What is still known of a rule that was not understood. */
    private static UnreadRule unread(ArmObject rule, Losses ofRule) {
        Losses unneeded = new Losses();
        return new UnreadRule(
                unneeded.read("", rule::name),
                unneeded.read(OptionalInt.empty(), () -> rule.integer("priority")),
                unneeded.read(() -> direction(rule)),
                ofRule.gap(Source.NETWORK).orElseThrow());
    }

    private static SecurityRule left(ResourceId network, boolean inbound) {
        return SecurityRule.builder()
                .name("no security admin rule")
                .id(network + (inbound ? "/inbound" : "/outbound"))
                .priority(LAST)
                .inbound(inbound)
                .allows(true)
                .protocol("*")
                .sources(List.of("*"))
                .destinations(List.of("*"))
                .sourcePorts(List.of("*"))
                .destinationPorts(List.of("*"))
                .isDefault(true)
                .build();
    }

    /**
     * What stands for the connected groups that the network is in: a mesh configuration as a whole, or a network group whose
     * spokes are connected directly. Networks that have one of these in common reach each other.
     */
    static Set<ResourceId> connectedGroups(ArmObject answer) {
        Set<ResourceId> groups = new HashSet<>();
        for (ArmObject each : answer.objects("value")) {
            if (each.text("connectivityTopology").equalsIgnoreCase("Mesh")) {
                each.id().ifPresent(groups::add);
            } else {
                List<ResourceId> own = each.objects("configurationGroups").stream()
                        .flatMap(group -> group.id().stream())
                        .toList();
                each.objects("appliesToGroups").stream()
                        .filter(group -> group.text("groupConnectivity").equalsIgnoreCase("DirectlyConnected"))
                        .flatMap(group -> group.reference("networkGroupId").stream())
                        .filter(own::contains)
                        .forEach(groups::add);
            }
        }
        return Set.copyOf(groups);
    }
}
