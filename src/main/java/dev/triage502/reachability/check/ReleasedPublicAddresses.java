package dev.triage502.reachability.check;

import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.ActivityLog.Outcome;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Network.Interface;
import dev.triage502.evidence.OperationKind;
import dev.triage502.evidence.PublicAddress;
import dev.triage502.evidence.Source;
import dev.triage502.incident.HostName;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.NameLists;
import dev.triage502.reachability.change.ResourceOperations;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.BackendServer.ReachState;
import dev.triage502.reachability.server.BackendServers;
import dev.triage502.reachability.server.Observations;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Did a machine give a dynamic public address up when it was deallocated, while the pool still holds that? Who had the address is
 * nowhere to be read, so it is a hint, and only where one machine alone could have had it.
 */
final class ReleasedPublicAddresses {

    private final Topology topology;
    private final Observations observed;

    /** A machine that was stopped and started again, and the dynamic address that it has since. */
    private record Restarted(ResourceId machine, PublicAddress address, Operation stop, Operation start) {}

    ReleasedPublicAddresses(Topology topology, Observations observed) {
        this.topology = topology;
        this.observed = observed;
    }

    /** What points to the machine that had the server's public address, which no listed public IP address has now. */
    Optional<Claim> of(BackendServer server) {
        List<PublicAddress> listed = topology.network()
                .toOptional()
                .flatMap(read -> read.publicAddresses().toOptional())
                .orElse(List.of());
        if (server.trouble() != ReachState.UNREACHED || !isPublic(server.address()) || isHeld(listed, server)) {
            return Optional.empty();
        }
        List<Restarted> restarted = listed.stream()
                .filter(each -> each.dynamic() && !each.address().isEmpty())
                .flatMap(each -> restarted(each, server).stream())
                .toList();
        return restarted.size() == 1 ? Optional.of(claim(server, restarted.get(0))) : Optional.empty();
    }

    private static Claim claim(BackendServer server, Restarted restarted) {
        return Claim.of(
                        Source.NETWORK,
                        server.address(),
                        "no listed public IP address has this address; "
                                + restarted.address().id().name() + " of "
                                + restarted.machine().name() + " is dynamic and is "
                                + restarted.address().address() + " now, and "
                                + restarted.machine().name() + " was stopped at "
                                + NameLists.time(restarted.stop().started()) + " and started at "
                                + NameLists.time(restarted.start().started())
                                + ", when such an address changes")
                .at(restarted.start().started())
                .with("public-address", restarted.address().id().name())
                .with("public-address-resource-group", restarted.address().id().resourceGroup())
                .with("addresses", restarted.address().address());
    }

    private static boolean isPublic(String address) {
        return IpAddresses.parse(address)
                .filter(range -> !IpAddresses.isPrivate(range))
                .isPresent();
    }

    private static boolean isHeld(List<PublicAddress> listed, BackendServer server) {
        return listed.stream().anyMatch(each -> HostName.of(each.address()).equals(server.host()));
    }

    private Optional<Restarted> restarted(PublicAddress address, BackendServer server) {
        return machine(address)
                .flatMap(machine -> observed.changes()
                        .lastOf(machine)
                        .filter(start -> ResourceOperations.kind(start) == OperationKind.START
                                && start.outcome() == Outcome.SUCCEEDED)
                        .filter(start ->
                                !start.started().isAfter(observed.incident().alertedAt()))
                        .flatMap(start -> stopped(machine, start, server)
                                .map(stop -> new Restarted(machine, address, stop, start))));
    }

    /** The stop before the start, if the server has not served requests since. */
    private Optional<Operation> stopped(ResourceId machine, Operation start, BackendServer server) {
        Optional<Instant> served = observed.requests()
                .flatMap(log -> log.of(server.pool(), server.host()).lastServed());
        return observed.changes()
                .all()
                .filter(each -> each.resource().equals(machine)
                        && ResourceOperations.kind(each) == OperationKind.STOP
                        && each.outcome() == Outcome.SUCCEEDED
                        && each.started().isBefore(start.started()))
                .reduce((first, second) -> second.started().isBefore(first.started()) ? first : second)
                .filter(stop -> served.filter(at -> at.isAfter(stop.ended())).isEmpty());
    }

    private Optional<ResourceId> machine(PublicAddress address) {
        return address.holder()
                .map(BackendServers::interfaceOf)
                .flatMap(topology.owners()::card)
                .flatMap(Interface::machine);
    }
}
