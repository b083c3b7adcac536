package dev.triage502.reachability.check;

import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Pool;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.Network.Subnet;
import dev.triage502.evidence.Source;
import dev.triage502.incident.HostName;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.Observations;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Does another address of the server's subnet, which no pool holds, answer what was asked of the server without an
 * answer? The service may have moved there; that it has takes a sign of the move as well.
 */
final class AnsweringNeighbors {

    private final Topology topology;
    private final Observations observed;
    private final Set<HostName> members = new HashSet<>();

    AnsweringNeighbors(Topology topology, Observations observed) {
        this.topology = topology;
        this.observed = observed;
        topology.gateway().toOptional().map(Gateway::pools).orElse(List.of()).stream()
                .map(Pool::members)
                .flatMap(List::stream)
                .forEach(each -> members.add(HostName.of(each)));
    }

    /** The answer of such a neighbor, as a claim about the server. */
    Optional<Claim> of(BackendServer server) {
        return server.doors().stream()
                .flatMap(door -> door.port().stream().boxed())
                .distinct()
                .flatMap(port -> beside(server, port))
                .findFirst()
                .map(each -> Claim.of(
                                Source.DIRECT_PROBE,
                                server.address(),
                                each.address() + ", in the same subnet and in no pool, returns "
                                        + each.status().orElse(0) + " for " + each.path() + " on port "
                                        + each.port().orElse(0) + ", but this address does not respond")
                        .with("addresses", each.address()));
    }

    private Stream<DirectProbe> beside(BackendServer server, int port) {
        return observed.probes()
                .answeredElsewhere(server, port)
                .filter(each -> !members.contains(HostName.of(each.address())))
                .filter(each -> isBeside(server, each.address()));
    }

    private boolean isBeside(BackendServer server, String address) {
        Optional<Subnet> own = server.ip().flatMap(this::subnet);
        Optional<Subnet> other = IpAddresses.parse(address).flatMap(this::subnet);
        return own.isPresent() && own.map(Subnet::id).equals(other.map(Subnet::id));
    }

    private Optional<Subnet> subnet(Range address) {
        return topology.lacking().isPresent()
                ? Optional.empty()
                : topology.places().of(address).subnet();
    }
}
