package dev.triage502.reachability.check;

import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.DirectProbes.Dns;
import dev.triage502.evidence.Network.PrivateEndpoint;
import dev.triage502.evidence.Source;
import dev.triage502.reachability.CheckResult;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.NameLists;
import dev.triage502.reachability.name.NameResolution.Resolution;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.BackendServer.ReachState;
import dev.triage502.reachability.server.Observations;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Do the VNet's custom DNS servers give different addresses for one name? Each instance of the gateway asks one of them, so that
 * some send requests to the wrong address while the others serve.
 */
final class DisagreeingDnsServers {

    private final Topology topology;
    private final Observations observed;

    DisagreeingDnsServers(Topology topology, Observations observed) {
        this.topology = topology;
        this.observed = observed;
    }

    /** Shown where one answer is known to be right: it is the private endpoint's, or the backend answers well there alone. */
    Optional<CheckResult> judge(BackendServer server, Resolution resolution) {
        if (!(resolution instanceof Resolution.Custom custom) || server.trouble() == ReachState.WELL) {
            return Optional.empty();
        }
        List<DirectProbe> looks = observed.probes()
                .asked(server)
                .filter(look -> look.dns()
                        .filter(dns -> custom.servers().contains(dns.resolver())
                                && !dns.addresses().isEmpty())
                        .isPresent())
                .toList();
        return looks.stream()
                .filter(look -> isRight(server, look))
                .flatMap(right -> looks.stream()
                        .filter(other -> Collections.disjoint(addresses(other), addresses(right)))
                        .filter(other -> !isRight(server, other))
                        .map(wrong -> shown(server, dns(right), dns(wrong))))
                .findFirst();
    }

    private boolean isRight(BackendServer server, DirectProbe look) {
        List<PrivateEndpoint> endpoints = topology.names().endpointsOf(server.address());
        return endpoints.isEmpty()
                ? look.answeredWell()
                : endpoints.stream().anyMatch(each -> !Collections.disjoint(each.addresses(), addresses(look)));
    }

    private static List<String> addresses(DirectProbe look) {
        return look.dns().map(Dns::addresses).orElse(List.of());
    }

    private static Dns dns(DirectProbe look) {
        return look.dns().orElseThrow();
    }

    private CheckResult shown(BackendServer server, Dns right, Dns wrong) {
        return CheckResult.shown(Claim.of(
                        Source.DIRECT_PROBE,
                        server.address(),
                        "DNS server " + wrong.resolver() + " of the VNet resolves it to "
                                + NameLists.some(wrong.addresses()) + ", and " + right.resolver() + " to "
                                + NameLists.some(right.addresses())
                                + "; an instance of the gateway uses the answer of the one that it asked")
                .with("wrong-dns-server", wrong.resolver())
                .with("right-dns-server", right.resolver())
                .with("address", wrong.addresses().get(0))
                .ofEachServer());
    }
}
