package dev.triage502.evidence.reach;

import dev.triage502.evidence.Addresses;
import dev.triage502.evidence.Backends.Cluster;
import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.reach.Members.Member;
import java.util.Locale;
import java.util.Optional;

/** Which stopped cluster does an address belong to: by its pod range, or as the one that owns the gateway? */
final class StoppedClusters {

    private final PrefixTable<Member> podRanges = new PrefixTable<>();
    private Optional<Member> owner = Optional.empty();

    StoppedClusters(Optional<Gateway> gateway, Members members) {
        String tags = gateway.map(known -> known.tags().values().toString().toLowerCase(Locale.ROOT))
                .orElse("");
        for (Cluster cluster : members.clusters()) {
            Optional<Member> member = members.byId(cluster.id()).filter(each -> each.power() == Power.STOPPED);
            if (owner.isEmpty() && tags.contains(cluster.id().key())) {
                owner = member;
            }
            member.ifPresent(
                    each -> Addresses.parse(cluster.podRange()).ifPresent(range -> podRanges.put(range, each)));
        }
    }

    Optional<Member> of(String address) {
        return owner.or(
                () -> Addresses.parse(address).flatMap(podRanges::longest).map(PrefixTable.Hit::value));
    }
}
