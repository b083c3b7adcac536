package dev.triage502.evidence.arm;

import dev.triage502.evidence.Network.SecurityGroup;
import dev.triage502.evidence.Network.SecurityRule;
import dev.triage502.incident.ResourceId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A network security group with its own rules and the six that every group has. */
final class SecurityGroupReader {

    private static final Comparator<SecurityRule> ORDER = Comparator.comparing(SecurityRule::inbound)
            .reversed()
            .thenComparing(SecurityRule::priority)
            .thenComparing(SecurityRule::name)
            .thenComparing(SecurityRule::toString);

    private SecurityGroupReader() {}

    static SecurityGroup read(ArmObject group) {
        if (!group.has("securityRules") && !group.has("defaultSecurityRules")) {
            throw group.lacks("a security group with properties.securityRules");
        }
        ResourceId id = group.id().orElseThrow(() -> group.lacks("a security group with its id"));
        Stream<SecurityRule> own =
                group.objects("securityRules").stream().map(rule -> rule(id + "/securityRules/", rule, false));
        Stream<SecurityRule> standard = group.objects("defaultSecurityRules").stream()
                .map(rule -> rule(id + "/defaultSecurityRules/", rule, true));
        return new SecurityGroup(
                id,
                Stream.concat(own, group.objects("defaultSecurityRules").isEmpty() ? standard(id) : standard)
                        .sorted(ORDER)
                        .toList());
    }

    private static SecurityRule rule(String within, ArmObject rule, boolean isDefault) {
        return SecurityRule.builder()
                .name(rule.name())
                .id(rule.id().map(ResourceId::toString).orElse(within + rule.name()))
                .priority(rule.integer("priority").orElseThrow(() -> rule.lacks("a rule with its priority")))
                .inbound(isOneOf(rule, "direction", "Inbound", "Outbound"))
                .allows(isOneOf(rule, "access", "Allow", "Deny"))
                .protocol(rule.text("protocol"))
                .sources(sorted(rule.texts("sourceAddressPrefixes", "sourceAddressPrefix")))
                .destinations(sorted(rule.texts("destinationAddressPrefixes", "destinationAddressPrefix")))
                .sourcePorts(ports(rule.texts("sourcePortRanges", "sourcePortRange")))
                .destinationPorts(ports(rule.texts("destinationPortRanges", "destinationPortRange")))
                .sourceGroups(sorted(rule.references("sourceApplicationSecurityGroups")))
                .destinationGroups(sorted(rule.references("destinationApplicationSecurityGroups")))
                .isDefault(isDefault)
                .build();
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
                .inbound(name.toLowerCase(Locale.ROOT).endsWith("inbound"))
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
