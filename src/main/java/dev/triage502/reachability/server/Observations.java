package dev.triage502.reachability.server;

import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.BackendPair;
import dev.triage502.evidence.DirectProbes;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.Incident;
import dev.triage502.reachability.change.ResourceOperations;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was seen during the incident: how each server in use does, by backend health and requests; what direct probes got
 * from it; what was done to resources around it. Nothing here depends on where an address lies or a name leads, and
 * nothing changes once it is made.
 */
public final class Observations {

    private final Incident incident;
    private final Optional<RequestHistory> requests;
    private final Reading<DirectProbes> directProbes;
    private final DirectProbeIndex probes;
    private final ResourceOperations changes;
    private final boolean changesRead;
    private final Reading<BackendHealth> health;
    private final List<BackendServer> servers;
    private final Set<BackendPair> accepting;

    /** What this evidence shows; what was not read shows nothing, and is not taken for a server that does well. */
    public Observations(Evidence evidence) {
        Optional<Gateway> gateway = evidence.gateway().toOptional();
        this.incident = evidence.incident();
        this.requests = evidence.accessLog().toOptional().map(log -> new RequestHistory(log, onlyPool(gateway)));
        this.directProbes = evidence.directProbes();
        this.probes = new DirectProbeIndex(directProbes.toOptional());
        this.changes = new ResourceOperations(evidence.activityLog().toOptional());
        this.changesRead = evidence.activityLog().isPresent();
        this.health = evidence.backendHealth();
        this.servers = List.copyOf(BackendServers.inUse(
                gateway,
                health.toOptional(),
                requests,
                evidence.network()
                        .toOptional()
                        .map(Network::interfaces)
                        .flatMap(Reading::toOptional)
                        .orElse(List.of())));
        this.accepting = servers.stream()
                .filter(each -> each.trouble().failing()
                        && probes.accepting(each).isPresent()
                        && probes.refused(each).isEmpty())
                .map(BackendServer::pair)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The pool of all requests, where there is but one: the log of v1 names none. */
    private static Optional<ArmName> onlyPool(Optional<Gateway> gateway) {
        List<ArmName> pools = gateway.map(Gateway::associations).orElse(List.of()).stream()
                .map(Gateway.Association::pool)
                .map(pool -> ArmName.of(pool.name()))
                .distinct()
                .toList();
        return pools.size() == 1 ? Optional.of(pools.get(0)) : Optional.empty();
    }

    /** The gateway and the window in question. */
    public Incident incident() {
        return incident;
    }

    /** The servers in use, in the order of their targets. */
    public List<BackendServer> servers() {
        return servers;
    }

    /** What became of the requests, if the access log was read. */
    public Optional<RequestHistory> requests() {
        return requests;
    }

    /** What direct probes saw; nothing where there were none. */
    public DirectProbeIndex probes() {
        return probes;
    }

    /** Why there are no direct probes, if they were asked for and could not be read. */
    public Optional<CouldNotRead<?>> probesUnread() {
        return directProbes.unread().map(each -> each);
    }

    /** What was started, stopped, written or deleted; nothing where the activity log was not read. */
    public ResourceOperations changes() {
        return changes;
    }

    /** Whether the activity log was read, so that what it has not was not done. */
    public boolean areChangesRead() {
        return changesRead;
    }

    /** Backend health, as it was read; how each server does by it is in {@link #servers}. */
    public Reading<BackendHealth> health() {
        return health;
    }

    /**
     * Whether one of the failing servers of this pool and backend setting answered a direct probe, and none of its ports
     * in use refused one.
     */
    public boolean isAccepting(BackendPair pair) {
        return accepting.contains(pair);
    }
}
