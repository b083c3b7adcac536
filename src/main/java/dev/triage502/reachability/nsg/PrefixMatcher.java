package dev.triage502.reachability.nsg;

import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.VirtualNetwork;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.address.AddressLocator;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whom does one side of a security rule mean: which addresses, tags and application security groups? */
public final class PrefixMatcher {

    /** Whether something is meant. {@code MAYBE} where that rests on what was not read. */
    public enum Match {
        YES,
        NO,
        MAYBE;

        public Match and(Match other) {
            if (this == NO || other == NO) {
                return NO;
            }
            return this == MAYBE || other == MAYBE ? MAYBE : YES;
        }

        public Match or(Match other) {
            if (this == YES || other == YES) {
                return YES;
            }
            return this == MAYBE || other == MAYBE ? MAYBE : NO;
        }

        Match not() {
            return this == MAYBE ? MAYBE : this == YES ? NO : YES;
        }
    }

    /**
     * What the tags stand for at the place where a security group is attached.
     *
     * @param virtualNetwork the ranges of {@code VirtualNetwork}
     * @param open           whether that tag may hold more than could be read: learned routes, an unread route table, unread peerings
     * @param serviceTags    the prefixes of other tags, by their names
     */
    record Tags(List<Range> virtualNetwork, boolean open, Map<ArmName, List<Range>> serviceTags) {
        /** The tags at a subnet of the network; {@code routed} are the prefixes of its user-defined routes. */
        public static Tags at(
                Network network, AddressLocator places, VirtualNetwork where, Optional<List<Range>> routed) {
            List<Range> ranges = new ArrayList<>(places.virtualNetworkTag(where));
            routed.ifPresent(ranges::addAll);
            boolean open = routed.isEmpty()
                    || places.mayLearnRoutes(where)
                    || places.peerings().gap(where.id()).isPresent();
            return new Tags(joined(ranges), open, network.serviceTags());
        }

        /** The same addresses in as few ranges as hold them, so that no border counts at which nothing changes. */
        private static List<Range> joined(List<Range> ranges) {
            List<Range> sorted = new ArrayList<>(ranges);
            sorted.sort(Comparator.comparing(Range::six).thenComparing(Range::first));
            List<Range> joined = new ArrayList<>();
            for (Range each : sorted) {
                Range last = joined.isEmpty() ? each : joined.get(joined.size() - 1);
                boolean touches = !joined.isEmpty()
                        && last.six() == each.six()
                        && each.first().compareTo(last.last().add(BigInteger.ONE)) <= 0;
                if (touches) {
                    joined.set(
                            joined.size() - 1,
                            IpAddresses.between(
                                    each.six(), last.first(), last.last().max(each.last())));
                } else {
                    joined.add(each);
                }
            }
            return joined;
        }
    }

    private final List<Range> ranges = new ArrayList<>();
    private final Set<ResourceId> groups;
    private final Tags tags;
    private boolean anyone;
    private boolean virtualNetwork;
    private boolean internet;
    private boolean unknownTag;

    PrefixMatcher(List<String> prefixes, List<ResourceId> groups, Tags tags) {
        this.tags = tags;
        this.groups = Set.copyOf(groups);
        prefixes.forEach(this::add);
    }

    private void add(String prefix) {
        ArmName name = ArmName.of(prefix.strip());
        Optional<Range> range = IpAddresses.parse(prefix);
        if (name.is("*") || name.is("Any")) {
            anyone = true;
        } else if (name.is("VirtualNetwork")) {
            virtualNetwork = true;
        } else if (name.is("Internet")) {
            internet = true;
        } else if (range.isPresent()) {
            ranges.add(range.get());
        } else if (name.is("AzureLoadBalancer")) {
            IpAddresses.parse("168.63.129.16").ifPresent(ranges::add);
        } else if (tags.serviceTags().containsKey(name)) {
            ranges.addAll(tags.serviceTags().get(name));
        } else {
            unknownTag = true;
        }
    }

    /** Whether every address of the range is meant; {@code memberOf} are its application security groups, if known. */
    Match matches(Range range, Optional<Set<ResourceId>> memberOf) {
        return matches(range, memberOf, Match.MAYBE);
    }

    /** The same, taking {@code open} for whether a range that may be in the tag {@code VirtualNetwork} is in it. */
    Match matches(Range range, Optional<Set<ResourceId>> memberOf, Match open) {
        if (!groups.isEmpty()) {
            return memberOf.map(known -> known.stream().anyMatch(groups::contains) ? Match.YES : Match.NO)
                    .orElse(Match.MAYBE);
        }
        if (anyone || ranges.stream().anyMatch(each -> each.contains(range))) {
            return Match.YES;
        }
        Match match = Match.NO;
        if (virtualNetwork) {
            match = match.or(inVirtualNetwork(range, open));
        }
        if (internet) {
            match = match.or(inVirtualNetwork(range, open).not());
        }
        // The lists behind service tags hold public addresses only.
        return unknownTag && !IpAddresses.isPrivate(range) ? match.or(Match.MAYBE) : match;
    }

    private Match inVirtualNetwork(Range range, Match open) {
        if (tags.virtualNetwork().stream().anyMatch(each -> each.contains(range))) {
            return Match.YES;
        }
        return tags.open() && IpAddresses.isPrivate(range) ? open : Match.NO;
    }

    /** The ranges at whose borders the answer can change. */
    List<Range> borders() {
        List<Range> all = new ArrayList<>(ranges);
        if (virtualNetwork || internet) {
            all.addAll(tags.virtualNetwork());
        }
        return all;
    }
}
