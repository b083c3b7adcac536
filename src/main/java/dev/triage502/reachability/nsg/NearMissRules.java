package dev.triage502.reachability.nsg;

import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.Network.SecurityRule;
import dev.triage502.incident.Wording;
import dev.triage502.reachability.nsg.NsgPath.Decided;
import dev.triage502.reachability.nsg.NsgRuleEvaluation.Part;
import java.util.List;
import java.util.Optional;

/**
 * Is there a rule that was meant to let the traffic through and does not? One above the rule that denies, but for
 * another address, part of the subnet or port; or one that would, but stands below it.
 */
public final class NearMissRules {

    private NearMissRules() {}

    public static Optional<SecurityRule> rule(Decided decided, Part part, Range backend) {
        return candidates(decided, part, backend).stream().findFirst();
    }

    public static Optional<String> find(Decided decided, Part part, Range backend) {
        return rule(decided, part, backend)
                .map(rule ->
                        "the allow rule " + rule.name() + " (" + rule.priority() + ") " + lack(decided, part, rule));
    }

    private static String lack(Decided decided, Part part, SecurityRule rule) {
        if (rule.priority() > part.rule().priority()) {
            return "would allow it, but has a lower precedence";
        }
        if (!PortRanges.match(rule.destinationPorts(), decided.port())) {
            return "only covers port " + String.join(", ", rule.destinationPorts());
        }
        if (!coversAll(rule.sources(), decided.sources())) {
            return "only covers traffic from " + String.join(", ", rule.sources());
        }
        return "only covers traffic to " + String.join(", ", rule.destinations());
    }

    private static List<SecurityRule> candidates(Decided decided, Part part, Range backend) {
        return decided.gate().rules().rules().stream()
                .filter(rule -> rule.allows() && !rule.isDefault() && PortRanges.isTcp(rule.protocol()))
                .filter(rule -> rule.sourceGroups().isEmpty()
                        && decided.sources().stream().anyMatch(source -> touches(rule.sources(), source)))
                .filter(rule -> touches(rule.destinations(), backend))
                .filter(rule -> rule.priority() < part.rule().priority()
                        || PortRanges.match(rule.destinationPorts(), decided.port()))
                .sorted(java.util.Comparator.comparing(
                                (SecurityRule rule) -> !PortRanges.match(rule.destinationPorts(), decided.port()))
                        .thenComparing(SecurityRule::priority)
                        .thenComparing(SecurityRule::name))
                .toList();
    }

    /** Whether one of the prefixes is meant for the range: a tag as wide as {@code Internet} is not. */
    private static boolean touches(List<String> prefixes, Range range) {
        return prefixes.stream()
                .anyMatch(prefix -> prefix.equals("*")
                        || Wording.of(prefix).is("virtualnetwork")
                        || IpAddresses.parse(prefix)
                                .filter(each -> each.overlaps(range))
                                .isPresent());
    }

    private static boolean coversAll(List<String> prefixes, List<Range> ranges) {
        return ranges.stream()
                .allMatch(range -> prefixes.stream()
                        .anyMatch(prefix -> prefix.equals("*")
                                || Wording.of(prefix).is("virtualnetwork")
                                || IpAddresses.parse(prefix)
                                        .filter(each -> each.contains(range))
                                        .isPresent()));
    }
}
