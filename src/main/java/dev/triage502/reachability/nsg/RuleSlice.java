package dev.triage502.reachability.nsg;

import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.Network.SecurityRule;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.nsg.NsgRuleEvaluation.Ready;
import dev.triage502.reachability.nsg.PrefixMatcher.Match;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What do the rules that can concern one part of the sources do with a destination? Worked out once for all
 * destinations that no rule tells apart.
 */
final class RuleSlice {

    /** The rule that decides, and whether that is certain. */
    record Ruling(SecurityRule rule, boolean sure) {}

    /** ResolvedEndpoints that no rule tells apart: those from one border on, of one kind and with the same groups. */
    private record Cell(
            boolean six, Optional<BigInteger> from, boolean isPrivate, Optional<Set<ResourceId>> memberOf) {}

    private final Range source;
    private final List<Ready> rules;
    private final List<Match> sourceMatches;
    private final TreeSet<BigInteger> borders = new TreeSet<>();
    private final Map<Cell, Optional<Ruling>> rulings = new HashMap<>();

    /** @param sourceMatches whether each of the rules means these sources */
    RuleSlice(Range source, List<Ready> rules, List<Match> sourceMatches) {
        this.source = source;
        this.rules = rules;
        this.sourceMatches = sourceMatches;
        for (Ready each : rules) {
            for (Range border : each.destination().borders()) {
                borders.add(border.first());
                borders.add(border.last().add(BigInteger.ONE));
            }
        }
    }

    public Range source() {
        return source;
    }

    List<Ready> rules() {
        return rules;
    }

    /** What decides for destinations between which no rule has a border; nothing where no rule matches. */
    Optional<Ruling> ruling(Range destination, Optional<Set<ResourceId>> memberOf) {
        Optional<BigInteger> from = Optional.ofNullable(borders.floor(destination.first()));
        Cell cell = new Cell(destination.six(), from, IpAddresses.isPrivate(destination), memberOf);
        return rulings.computeIfAbsent(cell, each -> decide(destination, memberOf));
    }

    /** Where it is not known whether the destination is in the virtual network, what holds either way is certain. */
    private Optional<Ruling> decide(Range destination, Optional<Set<ResourceId>> memberOf) {
        Optional<Ruling> ruling = first(destination, memberOf, Match.MAYBE);
        if (ruling.filter(each -> !each.sure()).isEmpty()) {
            return ruling;
        }
        Optional<Ruling> inside = first(destination, memberOf, Match.YES).filter(Ruling::sure);
        Optional<Ruling> outside = first(destination, memberOf, Match.NO).filter(Ruling::sure);
        boolean alike = inside.isPresent()
                && outside.filter(each ->
                                each.rule().allows() == inside.get().rule().allows())
                        .isPresent();
        return alike ? inside : ruling;
    }

    private Optional<Ruling> first(Range destination, Optional<Set<ResourceId>> memberOf, Match open) {
        Optional<SecurityRule> doubtful = Optional.empty();
        for (int i = 0; i < rules.size(); i++) {
            SecurityRule rule = rules.get(i).rule();
            Match match = sourceMatches.get(i).and(rules.get(i).destination().matches(destination, memberOf, open));
            if (match == Match.YES) {
                boolean sure = doubtful.isEmpty() || doubtful.get().allows() == rule.allows();
                return Optional.of(new Ruling(rule, sure));
            }
            if (match == Match.MAYBE && doubtful.isEmpty()) {
                doubtful = Optional.of(rule);
            }
        }
        return Optional.empty();
    }
}
