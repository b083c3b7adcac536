package dev.triage502.reachability.check;

import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.OperationPhrase;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.Observations;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Was the gateway's VNet changed after the gateway last started? Only then does it read the VNet's list of DNS servers, so it may still ask
 * servers that the list does not hold any more.
 */
final class DnsServersSinceStart {

    private final Optional<Operation> changed;

    DnsServersSinceStart(Topology topology, Observations observed) {
        ResourceId gateway = observed.incident().gateway();
        Optional<Instant> started = observed.changes()
                .all()
                .filter(each -> each.resource().equals(gateway)
                        && each.is("Microsoft.Network/applicationGateways/start/action"))
                .map(Operation::started)
                .max(Comparator.naturalOrder());
        this.changed = topology.lacking().isPresent()
                ? Optional.empty()
                : observed.changes()
                        .all()
                        .filter(each -> each.is("Microsoft.Network/virtualNetworks/write")
                                && each.resource()
                                        .equals(topology.places().home().id()))
                        .filter(each -> started.isEmpty() || each.started().isAfter(started.get()))
                        .max(Comparator.comparing(Operation::started));
    }

    /** What the log shows of it. */
    Optional<Claim> claim(BackendServer server) {
        return changed.map(each -> Claim.of(
                        Source.ACTIVITY_LOG,
                        server.address(),
                        OperationPhrase.of(each).passive()
                                + "; a gateway reads the VNet's DNS servers only when it starts, and it has not been"
                                + " started since")
                .at(each.started())
                .with("dns-list-changed", "yes")
                .ofEachServer());
    }
}
