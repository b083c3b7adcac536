package dev.triage502.reachability.member;

import dev.triage502.evidence.Backends.Cluster;
import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.incident.Wording;
import dev.triage502.reachability.address.LongestPrefixMap;
import dev.triage502.reachability.member.BackendResources.Member;
import java.util.Optional;

/** Which stopped cluster does an address belong to: by its pod range, or as the one that owns the gateway? */
public final class StoppedClusters {

    private final LongestPrefixMap<Member> podRanges = new LongestPrefixMap<>();
    private Optional<Member> owner = Optional.empty();

    public StoppedClusters(Optional<Gateway> gateway, BackendResources members) {
        Wording tags = Wording.of(
                gateway.map(known -> known.tags().values().toString()).orElse(""));
        for (Cluster cluster : members.clusters()) {
            Optional<Member> member = members.byId(cluster.id()).filter(each -> each.power() == Power.STOPPED);
            if (owner.isEmpty() && tags.has(cluster.id().key())) {
                owner = member;
            }
            member.ifPresent(each ->
                    IpAddresses.parse(cluster.network().podRange()).ifPresent(range -> podRanges.put(range, each)));
        }
    }

    public Optional<Member> of(String address) {
        return owner.or(
                () -> IpAddresses.parse(address).flatMap(podRanges::longest).map(LongestPrefixMap.Hit::value));
    }
}
