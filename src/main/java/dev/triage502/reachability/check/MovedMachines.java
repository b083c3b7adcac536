package dev.triage502.reachability.check;

import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.ActivityLog.Outcome;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.Network.Interface;
import dev.triage502.evidence.OperationKind;
import dev.triage502.evidence.Source;
import dev.triage502.incident.HostName;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.NameLists;
import dev.triage502.reachability.change.ResourceOperations;
import dev.triage502.reachability.member.IpOwners.Holder;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.Observations;
import dev.triage502.reachability.server.RequestHistory.Seen;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Did a machine come back with another address, and another machine with this one? A deallocated machine gives up its dynamic
 * address, so two that are started in another order may change places: the address is in use, by the wrong one.
 */
final class MovedMachines {

    private final Topology topology;
    private final Observations observed;

    MovedMachines(Topology topology, Observations observed) {
        this.topology = topology;
        this.observed = observed;
    }

    /** What shows that the server's address is another machine's since both were started, after the server last served. */
    Optional<Claim> of(BackendServer server) {
        Optional<Seen> seen = observed.requests().map(log -> log.of(server.pool(), server.host()));
        Optional<Instant> served = seen.flatMap(Seen::lastServed);
        boolean closed = observed.probes().refused(server).isPresent();
        if (served.isEmpty() || !closed) {
            return Optional.empty();
        }
        return machineAt(server.address())
                .filter(each -> startedAfter(each, served.get()).isPresent())
                .flatMap(holder -> server.doors().stream()
                        .flatMap(door -> door.port().stream().boxed())
                        .distinct()
                        .flatMap(port -> observed.probes().answeredElsewhere(server, port))
                        .filter(look -> !isSibling(server, look))
                        .flatMap(look -> claim(server, holder, look, served.get()).stream())
                        .findFirst());
    }

    private Optional<Claim> claim(BackendServer server, ResourceId holder, DirectProbe look, Instant served) {
        return machineAt(look.address())
                .filter(each -> !each.equals(holder))
                .flatMap(moved -> startedAfter(moved, served)
                        .map(start -> Claim.of(
                                        Source.DIRECT_PROBE,
                                        server.address(),
                                        "now belongs to " + holder.name() + "; " + moved.name()
                                                + ", which returns "
                                                + look.status().orElseThrow() + " for " + look.path() + " on port "
                                                + look.port().orElseThrow() + ", was started at "
                                                + NameLists.time(start.started()) + " and has " + look.address()
                                                + " now")
                                .at(start.started())
                                .with("holder", holder.name())
                                .with("addresses", look.address())));
    }

    /** Whether the look is at another server of the same pool, which answers for itself. */
    private boolean isSibling(BackendServer server, DirectProbe look) {
        return observed.servers().stream()
                .anyMatch(
                        each -> each.pair().equals(server.pair()) && each.host().equals(HostName.of(look.address())));
    }

    private Optional<ResourceId> machineAt(String address) {
        return topology.owners().cardAt(address).map(Holder::card).flatMap(Interface::machine);
    }

    private Optional<Operation> startedAfter(ResourceId machine, Instant served) {
        return Stream.of(machine)
                .flatMap(each -> observed.changes().lastOf(each).stream())
                .filter(each -> ResourceOperations.kind(each) == OperationKind.START
                        && each.outcome() == Outcome.SUCCEEDED
                        && each.started().isAfter(served))
                .findFirst();
    }
}
