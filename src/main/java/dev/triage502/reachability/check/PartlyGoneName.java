package dev.triage502.reachability.check;

import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Network.Zone;
import dev.triage502.evidence.Source;
import dev.triage502.incident.HostName;
import dev.triage502.reachability.CheckResult;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.NameLists;
import dev.triage502.reachability.name.NameResolution.Resolution;
import dev.triage502.reachability.name.ZoneName;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.Observations;
import dev.triage502.reachability.server.RequestHistory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Does a server's name lead to several addresses, of which one is not in use any more? The gateway sends requests to all of
 * them, and its probe may ask one that answers.
 */
final class PartlyGoneName {

    private final Topology topology;
    private final Observations observed;

    PartlyGoneName(Topology topology, Observations observed) {
        this.topology = topology;
        this.observed = observed;
    }

    /** Shown where requests to that address fail and another one serves; nothing where the name leads to one address only. */
    Optional<CheckResult> judge(BackendServer server, Resolution resolution) {
        Optional<Zone> zone =
                resolution instanceof Resolution.Record record ? Optional.of(record.zone()) : Optional.empty();
        List<String> now = resolution instanceof Resolution.Record record
                ? record.addresses()
                : observed.probes().addressesOf(server);
        if (now.size() < 2) {
            return Optional.empty();
        }
        return now.stream()
                .filter(IpAddresses::isAddress)
                .filter(topology.allocation()::isFree)
                .flatMap(gone ->
                        failing(server, gone, now).map(failed -> shown(server, gone, now, zone, failed)).stream())
                .findFirst();
    }

    /** What the log shows of the address: requests fail there, and since the first of them another one served. */
    private Optional<Claim> failing(BackendServer server, String gone, List<String> now) {
        return observed.requests().flatMap(requests -> {
            RequestHistory.Seen there = requests.of(server.pool(), HostName.of(gone));
            Optional<Instant> since = there.firstFailure().filter(first -> there.endsFailing());
            List<String> serving = now.stream()
                    .filter(other -> !other.equals(gone))
                    .filter(other -> since.flatMap(first -> requests.of(server.pool(), HostName.of(other))
                                    .lastServed()
                                    .filter(last -> last.isAfter(first)))
                            .isPresent())
                    .toList();
            return serving.isEmpty()
                    ? Optional.empty()
                    : since.map(first -> claim(
                                    server,
                                    Source.ACCESS_LOG,
                                    "requests sent to " + gone + " have failed since " + NameLists.time(first) + "; "
                                            + NameLists.some(serving) + (serving.size() == 1 ? " serves" : " serve")
                                            + " requests")
                            .at(first));
        });
    }

    private CheckResult shown(BackendServer server, String gone, List<String> now, Optional<Zone> zone, Claim failed) {
        Claim held = claim(
                        server,
                        zone.isPresent() ? Source.NETWORK : Source.DIRECT_PROBE,
                        "resolves to " + NameLists.some(now)
                                + zone.map(each -> " (private DNS zone " + each.name() + ")")
                                        .orElse(" in a direct lookup")
                                + "; nothing in its subnet uses " + gone)
                .with("gone-address", gone);
        Claim named = zone.map(each -> held.with("zone", each.name())
                        .with("zone-resource-group", each.id().resourceGroup())
                        .with("record", ZoneName.of(each).recordOf(server.host())))
                .orElse(held);
        return new CheckResult.Shown(List.of(named, failed));
    }

    private Claim claim(BackendServer server, Source source, String says) {
        Claim claim = Claim.of(source, server.address(), says).ofEachServer();
        return topology.lacking().isPresent()
                ? claim
                : claim.with("vnet-id", topology.places().home().id().toString());
    }
}
