package dev.triage502.evidence.arm;

import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Network.SecurityGroup;
import dev.triage502.evidence.Network.SecurityRule;
import dev.triage502.evidence.Network.UnreadRule;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A network security group with its own rules and the six that every group has. */
final class SecurityGroupReader {

    private static final Comparator<SecurityRule> ORDER = Comparator.comparing(SecurityRule::inbound)
            .reversed()
            .thenComparing(SecurityRule::priority)
            .thenComparing(SecurityRule::name)
            .thenComparing(SecurityRule::toString);

    /** The names and the numbers of protocols (securityRules of the REST reference; effective rules say {@code All}). */
    private static final Pattern PROTOCOL =
            Pattern.compile("\\*|Any|All|Tcp|Udp|Icmp(v6)?|Esp|Ah|\\d{1,3}", Pattern.CASE_INSENSITIVE);

    /** Tags keep their own spelling: {@code AzureFrontDoor.Backend}, {@code Storage.WestEurope}. */
    private static final Pattern TAG = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");

    private static final Pattern PORTS =
            Pattern.compile("\\*|Any|\\d{1,5}(\\s*-\\s*\\d{1,5})?", Pattern.CASE_INSENSITIVE);

    /** Default rules are tried after all others. */
    private static final int FIRST_DEFAULT = 65000;

    private SecurityGroupReader() {}

    /** The group; {@code losses} learns which of its rules were not understood. */
    static SecurityGroup read(ArmObject group, Losses losses) {
        if (!group.has("securityRules") && !group.has("defaultSecurityRules")) {
            throw group.lacks("a security group with properties.securityRules");
        }
        ResourceId id = group.id().orElseThrow(() -> group.lacks("a security group with its id"));
        List<SecurityRule> rules = new ArrayList<>();
        List<UnreadRule> unread = new ArrayList<>();
        for (ArmObject rule : group.members("securityRules")) {
            rule(id + "/securityRules/", rule, false, losses, rules, unread);
        }
        List<ArmObject> standard = group.members("defaultSecurityRules");
        standard.forEach(rule -> rule(id + "/defaultSecurityRules/", rule, true, losses, rules, unread));
        if (standard.isEmpty()) {
            standard(id).forEach(rules::add);
        }
        unread.sort(Comparator.comparing(UnreadRule::name).thenComparing(UnreadRule::toString));
        return new SecurityGroup(id, rules.stream().sorted(ORDER).toList(), List.copyOf(unread));
    }

    private static void rule(
            String within,
            ArmObject rule,
            boolean isDefault,
            Losses losses,
            List<SecurityRule> rules,
            List<UnreadRule> unread) {
        Losses ofRule = losses.ofPart();
        ofRule.read(() -> rule(within, rule, isDefault))
                .ifPresentOrElse(rules::add, () -> unread.add(unread(rule, isDefault, ofRule)));
    }

    /** What is still known of a rule that was not understood. */
    private static UnreadRule unread(ArmObject rule, boolean isDefault, Losses ofRule) {
        Losses unneeded = new Losses();
        OptionalInt priority = unneeded.read(OptionalInt.empty(), () -> rule.integer("priority"));
        return new UnreadRule(
                unneeded.read("", rule::name),
                priority.isEmpty() && isDefault ? OptionalInt.of(FIRST_DEFAULT) : priority,
                unneeded.read(() -> isOneOf(rule, "direction", "Inbound", "Outbound")),
                ofRule.gap(Source.NETWORK).orElseThrow());
    }

    private static SecurityRule rule(String within, ArmObject rule, boolean isDefault) {
        String protocol = rule.text("protocol").strip();
        if (!PROTOCOL.matcher(protocol).matches()) {
            throw rule.lacks("a rule with a protocol that Azure documents");
        }
        return SecurityRule.builder()
                .name(rule.name())
                .id(rule.id().map(ResourceId::toString).orElse(within + rule.name()))
                .priority(rule.integer("priority").orElseThrow(() -> rule.lacks("a rule with its priority")))
                .inbound(isOneOf(rule, "direction", "Inbound", "Outbound"))
                .allows(isOneOf(rule, "access", "Allow", "Deny"))
                .protocol(protocol)
                .sources(prefixes(rule, "sourceAddressPrefix", "sourceApplicationSecurityGroups"))
                .destinations(prefixes(rule, "destinationAddressPrefix", "destinationApplicationSecurityGroups"))
                .sourcePorts(ports(rule, "sourcePortRange", true))
                .destinationPorts(ports(rule, "destinationPortRange", false))
                .sourceGroups(sorted(rule.references("sourceApplicationSecurityGroups")))
                .destinationGroups(sorted(rule.references("destinationApplicationSecurityGroups")))
                .isDefault(isDefault)
                .build();
    }

    /** IpAddresses, ranges and tags; a side that names nobody would match nothing, which no rule of Azure's does. */
    private static List<String> prefixes(ArmObject rule, String one, String groups) {
        List<String> prefixes = sorted(rule.texts(one + "es", one));
        boolean understood = prefixes.stream()
                .map(String::strip)
                .allMatch(each -> each.equals("*")
                        || TAG.matcher(each).matches()
                        || IpAddresses.parse(each).isPresent());
        if (!understood || (prefixes.isEmpty() && rule.references(groups).isEmpty())) {
            throw rule.lacks("a rule whose " + one + " is an address, a range, a tag or *");
        }
        return prefixes;
    }

    private static List<String> ports(ArmObject rule, String one, boolean mayLack) {
        List<String> ports = ports(rule.texts(one + "s", one));
        if ((ports.isEmpty() && !mayLack)
                || !ports.stream().allMatch(each -> PORTS.matcher(each.strip()).matches())) {
            throw rule.lacks("a rule whose " + one + " is a port, a range or *");
        }
        return ports;
    }

    private static <T extends Comparable<? super T>> List<T> sorted(List<T> texts) {
        return texts.stream().sorted().toList();
    }

    /** In the order of their numbers, so that 443 stands before 31443. */
    private static List<String> ports(List<String> ranges) {
        return ranges.stream()
                .sorted(Comparator.<String>comparingInt(range -> range.split("-", 2)[0].length())
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** Whether the field is the first word; a rule that says neither cannot be judged by. */
    private static boolean isOneOf(ArmObject rule, String field, String first, String second) {
        String word = rule.text(field).strip();
        if (!word.equalsIgnoreCase(first) && !word.equalsIgnoreCase(second)) {
            throw rule.lacks("a rule whose " + field + " is " + first + " or " + second);
        }
        return word.equalsIgnoreCase(first);
    }

    /** The standard rules, for documents that leave them out (network-security-groups-overview). */
    private static Stream<SecurityRule> standard(ResourceId group) {
        return Stream.of(
                standard(group, "AllowVnetInBound", 65000, "VirtualNetwork", "VirtualNetwork"),
                standard(group, "AllowAzureLoadBalancerInBound", 65001, "AzureLoadBalancer", "*"),
                standard(group, "DenyAllInBound", 65500, "*", "*"),
                standard(group, "AllowVnetOutBound", 65000, "VirtualNetwork", "VirtualNetwork"),
                standard(group, "AllowInternetOutBound", 65001, "*", "Internet"),
                standard(group, "DenyAllOutBound", 65500, "*", "*"));
    }

    private static SecurityRule standard(
            ResourceId group, String name, int priority, String source, String destination) {
        return SecurityRule.builder()
                .name(name)
                .id(group + "/defaultSecurityRules/" + name)
                .priority(priority)
                .inbound(name.endsWith("InBound"))
                .allows(name.startsWith("Allow"))
                .protocol("*")
                .sources(List.of(source))
                .destinations(List.of(destination))
                .sourcePorts(List.of("*"))
                .destinationPorts(List.of("*"))
                .sourceGroups(List.of())
                .destinationGroups(List.of())
                .isDefault(true)
                .build();
    }
}
