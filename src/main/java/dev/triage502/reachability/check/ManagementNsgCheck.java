package dev.triage502.reachability.check;

import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.SecurityGroup;
import dev.triage502.evidence.Network.SecurityRule;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.Wording;
import dev.triage502.reachability.nsg.NsgRuleEvaluation;
import dev.triage502.reachability.nsg.PortRanges;
import dev.triage502.reachability.nsg.PortRanges.Span;
import dev.triage502.reachability.nsg.PrefixMatcher.Match;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Does a security rule on the gateway's own subnet drop what the platform needs there: its management ports, and the
 * probes of the load balancer in front of the instances?
 */
final class ManagementNsgCheck {

    /** What takes in the platform's management traffic. */
    private static final Set<ArmName> MANAGER = names("*", "Any", "Internet", "GatewayManager");

    /** What takes in the probes of the platform's load balancer. */
    private static final Set<ArmName> BALANCER = names("*", "Any", "AzureLoadBalancer", "VirtualNetwork");

    private static final Span V1 = new Span(65503, 65534);
    private static final Span V2 = new Span(65200, 65535);
    private static final Span ALL = new Span(0, 65535);

    /** The first rule that takes in a span of ports, and whether that is certain. */
    private record Deciding(Span ports, SecurityRule rule, boolean sure) {
        public int size() {
            return ports.last() - ports.first();
        }
    }

    private final SecurityGroup group;
    private final String subnet;
    private final List<Range> prefixes;
    private final Map<ArmName, List<Range>> tags;
    private final List<SecurityRule> inbound;

    /** @param group the one on the gateway's subnet */
    ManagementNsgCheck(Topology topology, SecurityGroup group) {
        Network.Subnet own = topology.places().gatewaySubnet();
        this.group = group;
        this.subnet = own.id().name();
        this.prefixes = own.prefixes();
        this.tags = topology.endpoints().network().serviceTags();
        this.inbound = group.rules().stream()
                .filter(rule -> rule.inbound() && PortRanges.isTcp(rule.protocol()))
                .sorted(Comparator.comparingInt(SecurityRule::priority).thenComparing(SecurityRule::name))
                .toList();
    }

    private static Set<ArmName> names(String... texts) {
        return Stream.of(texts).map(ArmName::of).collect(Collectors.toUnmodifiableSet());
    }

    /** The rules that drop something needed, each once. */
    public List<Finding> denied(Gateway gateway) {
        List<Finding> findings = new ArrayList<>();
        Span management = gateway.sku().isV2() ? V2 : V1;
        denied("GatewayManager", management)
                .map(deciding -> withTooNarrow(
                        finding(
                                deciding,
                                "GatewayManager",
                                management,
                                "the gateway's management ports " + management.first() + "-" + management.last()),
                        management))
                .ifPresent(findings::add);
        denied("AzureLoadBalancer", ALL)
                .filter(deciding -> deciding.ports().equals(ALL))
                .ifPresent(deciding -> findings.add(
                        finding(deciding, "AzureLoadBalancer", ALL, "the gateway, which Azure's health probes need")
                                .with("dropped-probes", "Azure's health probes")));
        return findings;
    }

    /** With the rule that was meant to allow it, if it only names other ports, such as those of the older generation. */
    private Finding withTooNarrow(Finding finding, Span management) {
        List<SecurityRule> narrow = inbound.stream()
                .filter(rule -> isOnlyForManagement(rule) && here(rule) == Match.YES)
                .filter(rule -> decide("GatewayManager", management).stream()
                        .filter(part -> !part.rule().allows())
                        .allMatch(part -> part.rule().priority() > rule.priority()))
                .toList();
        if (narrow.size() != 1) {
            return finding;
        }
        SecurityRule rule = narrow.get(0);
        String ports = rule.destinationPorts().get(0);
        Span span = Span.of(ports);
        boolean older = span.equals(V1) && management.equals(V2);
        boolean newer = span.equals(V2) && management.equals(V1);
        return finding.adding("; rule " + rule.name() + " allows only " + ports
                        + (older ? ", the range of a v1 gateway" : newer ? ", the range of a v2 gateway" : ""))
                .with("narrow-rule", rule.name())
                .with("narrow-ports", ports);
    }

    /** Whether its one source is the manager, and its one range lies where a gateway of either generation is managed. */
    private static boolean isOnlyForManagement(SecurityRule rule) {
        if (!rule.allows()
                || rule.sources().size() != 1
                || rule.destinationPorts().size() != 1) {
            return false;
        }
        Span span = Span.of(rule.destinationPorts().get(0));
        return ArmName.of(rule.sources().get(0)).equals(ArmName.of("GatewayManager"))
                && span.first() >= V2.first()
                && span.last() <= V2.last();
    }

    private Optional<Deciding> denied(String source, Span needed) {
        List<Deciding> parts = decide(source, needed);
        return parts.stream()
                .filter(part -> part.sure() && !part.rule().allows())
                .max(Comparator.comparingInt(Deciding::size)
                        .thenComparing(part -> -part.ports().first()));
    }

    private List<Deciding> decide(String source, Span needed) {
        List<Deciding> parts = new ArrayList<>();
        for (Span part : split(needed)) {
            Optional<SecurityRule> doubtful = Optional.empty();
            for (SecurityRule rule : inbound) {
                if (!PortRanges.match(rule.destinationPorts(), part.first())) {
                    continue;
                }
                Match match = from(source, rule).and(here(rule));
                if (match == Match.YES) {
                    boolean known = group.unreadBefore(true, rule.priority()).isEmpty();
                    boolean sure =
                            known && (doubtful.isEmpty() || doubtful.get().allows() == rule.allows());
                    parts.add(new Deciding(part, rule, sure));
                    break;
                }
                doubtful = match == Match.MAYBE && doubtful.isEmpty() ? Optional.of(rule) : doubtful;
            }
        }
        return joined(parts);
    }

    private List<Span> split(Span needed) {
        TreeSet<Integer> starts = new TreeSet<>();
        starts.add(needed.first());
        for (SecurityRule rule : inbound) {
            for (String ports : rule.destinationPorts()) {
                Span span = Span.of(ports);
                for (int border : new int[] {span.first(), span.last() + 1}) {
                    if (border > needed.first() && border <= needed.last()) {
                        starts.add(border);
                    }
                }
            }
        }
        List<Span> parts = new ArrayList<>();
        for (Integer start : starts) {
            Integer next = starts.higher(start);
            parts.add(new Span(start, next == null ? needed.last() : next - 1));
        }
        return parts;
    }

    /** Neighbouring ports that one rule decides are one span. */
    private static List<Deciding> joined(List<Deciding> parts) {
        List<Deciding> joined = new ArrayList<>();
        for (Deciding part : parts) {
            Deciding last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && last.rule().equals(part.rule()) && last.sure() == part.sure()) {
                joined.set(
                        joined.size() - 1,
                        new Deciding(new Span(last.ports().first(), part.ports().last()), last.rule(), last.sure()));
            } else {
                joined.add(part);
            }
        }
        return joined;
    }

    private Match from(String source, SecurityRule rule) {
        Match match = Match.NO;
        for (String prefix : rule.sources()) {
            match = match.or(source.equals("GatewayManager") ? isManager(prefix) : isBalancer(prefix));
        }
        return match;
    }

    private Match isManager(String prefix) {
        if (MANAGER.contains(ArmName.of(prefix))) {
            return Match.YES;
        }
        Optional<Range> range = IpAddresses.parse(prefix);
        if (range.isEmpty()) {
            return Wording.of(prefix).startWith("azurecloud") ? Match.MAYBE : Match.NO;
        }
        if (range.get().prefixLength() == 0) {
            return Match.YES;
        }
        List<Range> known = tags.get(ArmName.of("GatewayManager"));
        if (known == null) {
            return IpAddresses.isPrivate(range.get()) ? Match.NO : Match.MAYBE;
        }
        return known.stream().anyMatch(range.get()::overlaps) ? Match.MAYBE : Match.NO;
    }

    private static Match isBalancer(String prefix) {
        boolean meant = BALANCER.contains(ArmName.of(prefix))
                || IpAddresses.parse(prefix)
                        .flatMap(range -> IpAddresses.parse("168.63.129.16").filter(range::contains))
                        .isPresent();
        return meant ? Match.YES : Match.NO;
    }

    /** Whether the rule is for the gateway's instances: all of them, or none. */
    private Match here(SecurityRule rule) {
        if (!rule.destinationGroups().isEmpty()) {
            return Match.NO;
        }
        boolean meant = rule.destinations().stream()
                .anyMatch(prefix -> prefix.equals("*")
                        || Wording.of(prefix).is("any")
                        || Wording.of(prefix).is("virtualnetwork")
                        || IpAddresses.parse(prefix)
                                .filter(range -> prefixes.stream().anyMatch(range::contains))
                                .isPresent());
        return meant ? Match.YES : Match.NO;
    }

    private Finding finding(Deciding deciding, String source, Span needed, String what) {
        SecurityRule rule = deciding.rule();
        String ports = needed.equals(ALL) ? "*" : needed.first() + "-" + needed.last();
        Target target = Target.of(Kind.NSG_RULE, rule.name(), rule.id())
                .on(Place.NSG, group.id().name())
                .on(Place.SUBNET, subnet);
        Finding finding = Finding.of(
                        Source.NETWORK,
                        target,
                        "NSG rule " + rule.name() + " (priority " + rule.priority() + ", inbound) of "
                                + group.id().name() + " on subnet " + subnet + " blocks traffic from " + source
                                + " to "
                                + what
                                + (deciding.ports().equals(needed)
                                        ? ""
                                        : " (ports " + deciding.ports().first() + "-"
                                                + deciding.ports().last() + ")"))
                .with("rule", rule.name())
                .with("nsg", group.id().name())
                .with("nsg-resource-group", group.id().resourceGroup())
                .with("nsg-id", group.id().toString())
                .with("direction", "Inbound")
                .with("priority", String.valueOf(rule.priority()))
                .with("management-source", source)
                .with("port", ports)
                .with("ports", ports);
        return free(source, needed)
                .map(each -> finding.with("free-priority", each))
                .orElse(finding);
    }

    /** A free number below every rule that could deny this. */
    private Optional<String> free(String source, Span needed) {
        int below = inbound.stream()
                .filter(rule -> !rule.allows() && from(source, rule).and(here(rule)) != Match.NO)
                .filter(rule -> rule.destinationPorts().stream()
                        .map(Span::of)
                        .anyMatch(span -> span.first() <= needed.last() && span.last() >= needed.first()))
                .mapToInt(SecurityRule::priority)
                .min()
                .orElse(NsgRuleEvaluation.HIGHEST + 1);
        return NsgRuleEvaluation.freeBelow(
                        below,
                        group.rules().stream().filter(SecurityRule::inbound).toList())
                .stream()
                .mapToObj(String::valueOf)
                .findFirst();
    }
}
