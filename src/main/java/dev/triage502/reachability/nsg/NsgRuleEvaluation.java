package dev.triage502.reachability.nsg;

import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.Network.SecurityGroup;
import dev.triage502.evidence.Network.SecurityRule;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.nsg.PrefixMatcher.Match;
import dev.triage502.reachability.nsg.PrefixMatcher.Tags;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What do the rules of one security group, in one direction, do with what one subnet sends by one protocol?
 *
 * <p>The first rule that matches decides, in the order of their numbers, the six default rules last. Where rules tell
 * parts of the subnet apart, each part gets its own answer. Replies need no rule: a group is stateful.
 */
public final class NsgRuleEvaluation {

    /** What decides for one part of the sources and one part of the destination. */
    public record Part(Range source, Range destination, SecurityRule rule, boolean sure) {
        public boolean denied() {
            return !rule.allows();
        }
    }

    /** A rule made ready to be asked. */
    record Ready(SecurityRule rule, PrefixMatcher source, PrefixMatcher destination, Match port) {}

    private static final int LOWEST = 100;
    public static final int HIGHEST = 4096;

    private final SecurityGroup group;
    private final boolean inbound;
    private final List<Ready> ready;
    private final List<SecurityRule> rules;
    private final Map<String, List<RuleSlice>> slices = new HashMap<>();

    NsgRuleEvaluation(SecurityGroup group, boolean inbound, Tags tags, Predicate<String> protocol) {
        this.group = group;
        this.inbound = inbound;
        this.rules = group.rules().stream()
                .filter(rule -> rule.inbound() == inbound)
                .sorted(java.util.Comparator.comparingInt(SecurityRule::priority)
                        .thenComparing(SecurityRule::name))
                .toList();
        this.ready = rules.stream()
                .filter(rule -> protocol.test(rule.protocol()) && PortRanges.ephemeral(rule.sourcePorts()) != Match.NO)
                .map(rule -> new Ready(
                        rule,
                        new PrefixMatcher(rule.sources(), rule.sourceGroups(), tags),
                        new PrefixMatcher(rule.destinations(), rule.destinationGroups(), tags),
                        PortRanges.ephemeral(rule.sourcePorts())))
                .toList();
    }

    /**
     * What decides, part by part.
     *
     * @param memberOf the application security groups of the destination; empty where they are not known
     */
    List<Part> decide(List<Range> sources, Range destination, Optional<Set<ResourceId>> memberOf, int port) {
        List<Part> parts = new ArrayList<>();
        for (Range source : sources) {
            for (RuleSlice slice : slices.computeIfAbsent(source.text() + " " + port, key -> slice(source, port))) {
                for (Range target : destination.isSingle() ? List.of(destination) : split(destination, slice)) {
                    slice.ruling(target, memberOf)
                            .ifPresent(ruling ->
                                    parts.add(new Part(slice.source(), target, ruling.rule(), isSure(ruling))));
                }
            }
        }
        return parts;
    }

    private boolean isSure(RuleSlice.Ruling ruling) {
        return ruling.sure()
                && group.unreadBefore(inbound, ruling.rule().priority()).isEmpty();
    }

    private List<RuleSlice> slice(Range source, int port) {
        List<Ready> concerned = ready.stream()
                .filter(each -> PortRanges.match(each.rule().destinationPorts(), port))
                .toList();
        List<RuleSlice> found = new ArrayList<>();
        for (Range part : split(
                source,
                concerned.stream()
                        .flatMap(each -> each.source().borders().stream())
                        .toList())) {
            List<Ready> rulesFor = new ArrayList<>();
            List<Match> match = new ArrayList<>();
            for (Ready each : concerned) {
                // Instances of a gateway belong to no application security group.
                Match matched =
                        each.source().matches(part, Optional.of(Set.of())).and(each.port());
                if (matched != Match.NO) {
                    rulesFor.add(each);
                    match.add(matched);
                }
            }
            found.add(new RuleSlice(part, rulesFor, match));
        }
        return found;
    }

    private static List<Range> split(Range destination, RuleSlice slice) {
        return split(
                destination,
                slice.rules().stream()
                        .flatMap(each -> each.destination().borders().stream())
                        .toList());
    }

    /**
     * A number that is free and at which an allowing rule would win: below every rule that denies any of this, not
     * only below the one that decides now.
     */
    public OptionalInt winningPriority(List<Range> sources, Range destination, int port) {
        int below = HIGHEST + 1;
        for (Range source : sources) {
            for (RuleSlice slice : slices.computeIfAbsent(source.text() + " " + port, key -> slice(source, port))) {
                for (Ready each : slice.rules()) {
                    boolean concerns = split(destination, each.destination().borders()).stream()
                            .anyMatch(part -> each.destination().matches(part, Optional.empty()) != Match.NO);
                    if (!each.rule().allows() && concerns) {
                        below = Math.min(below, each.rule().priority());
                    }
                }
            }
        }
        return freeBelow(below, rules);
    }

    /** The greatest number below the one given that none of these rules of one direction has. */
    public static OptionalInt freeBelow(int number, List<SecurityRule> rules) {
        Set<Integer> taken = new TreeSet<>();
        rules.forEach(rule -> taken.add(rule.priority()));
        for (int free = Math.min(number - 1, HIGHEST); free >= LOWEST; free--) {
            if (!taken.contains(free)) {
                return OptionalInt.of(free);
            }
        }
        return OptionalInt.empty();
    }

    /** The rules in the order in which they are tried. */
    List<SecurityRule> rules() {
        return rules;
    }

    /** The range cut at every border that lies inside it. */
    static List<Range> split(Range whole, List<Range> borders) {
        TreeSet<BigInteger> starts = new TreeSet<>();
        starts.add(whole.first());
        for (Range border : borders) {
            if (border.six() == whole.six()) {
                inside(whole, border.first()).ifPresent(starts::add);
                inside(whole, border.last().add(BigInteger.ONE)).ifPresent(starts::add);
            }
        }
        if (starts.size() == 1) {
            return List.of(whole);
        }
        List<Range> parts = new ArrayList<>();
        for (BigInteger start : starts) {
            BigInteger next = starts.higher(start);
            BigInteger last = next == null ? whole.last() : next.subtract(BigInteger.ONE);
            parts.add(IpAddresses.between(whole.six(), start, last));
        }
        return parts;
    }

    private static Optional<BigInteger> inside(Range whole, BigInteger address) {
        boolean in = address.compareTo(whole.first()) > 0 && address.compareTo(whole.last()) <= 0;
        return in ? Optional.of(address) : Optional.empty();
    }
}
