package dev.triage502.reachability.check;

import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Backends.PrivateDomain;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Pool;
import dev.triage502.evidence.OperationPhrase;
import dev.triage502.evidence.Source;
import dev.triage502.incident.HostName;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.NameLists;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.Observations;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Has a service that Azure puts into a virtual network (API Management, a container environment) had an operation about the
 * time when the server fell silent, and an address now that is in no pool? Its former address is not on record.
 */
final class MovedServices {

    private static final Duration NEAR = Duration.ofHours(2);
    private static final Duration SLACK = Duration.ofMinutes(1);

    private final List<PrivateDomain> services;
    private final List<Operation> operations;
    private final Set<HostName> members = new HashSet<>();

    MovedServices(Topology topology, Observations observed) {
        topology.gateway().toOptional().map(Gateway::pools).orElse(List.of()).stream()
                .map(Pool::members)
                .flatMap(List::stream)
                .forEach(each -> members.add(HostName.of(each)));
        services = topology.backends().toOptional().map(Backends::privateDomains).orElse(List.of()).stream()
                .filter(each -> !each.address().isEmpty() && !members.contains(HostName.of(each.address())))
                .toList();
        operations = services.isEmpty()
                ? List.of()
                : observed.changes()
                        .all()
                        .filter(each -> !each.failed())
                        .filter(each -> services.stream()
                                .anyMatch(service -> service.owner().equals(each.resource())))
                        .toList();
    }

    /** The service that may have had the server's address; empty where none had an operation just before it failed. */
    Optional<Claim> of(BackendServer server, Instant onset) {
        return operations.stream()
                .filter(each -> !each.started().isAfter(onset.plus(SLACK))
                        && !each.ended().isBefore(onset.minus(NEAR)))
                .reduce((earlier, later) -> later)
                .map(each -> claim(server, each));
    }

    private Claim claim(BackendServer server, Operation operation) {
        String address = services.stream()
                .filter(each -> each.owner().equals(operation.resource()))
                .map(PrivateDomain::address)
                .findFirst()
                .orElse("");
        return Claim.of(
                        Source.BACKENDS,
                        server.address(),
                        OperationPhrase.object(operation.resource()) + " was changed"
                                + OperationPhrase.by(operation.caller()) + " at "
                                + NameLists.time(operation.started()) + " and has the address " + address
                                + " now, which is in no pool")
                .with("addresses", address)
                .at(operation.started());
    }
}
