package dev.triage502.reachability.check;

import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Pool;
import dev.triage502.evidence.IngressController;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.Interface;
import dev.triage502.evidence.OperationPhrase;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.HostName;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.CheckResult;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.NameLists;
import dev.triage502.reachability.change.GatewayWriteTimes;
import dev.triage502.reachability.change.OperationTimeline;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.BackendServer.ReachState;
import dev.triage502.reachability.server.Observations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Has the member that had an address gone, or moved to another one, while the pool still holds it? */
final class StaleAddressCheck {

    private static final Duration SLACK = Duration.ofMinutes(1);

    private final Topology topology;
    private final Observations observed;
    private final Optional<IngressController> controller;
    private final GatewayWriteTimes writes;
    private final MovedFrontends frontends;
    private final MovedServices services;
    private final MovedApps apps;
    private final AnsweringNeighbors neighbors;
    private final MovedMachines machines;
    private final ReleasedPublicAddresses released;
    private final OperationTimeline deletions;
    private final ReplacementCandidates successors;
    private final Map<ArmName, Set<HostName>> listed = new HashMap<>();

    StaleAddressCheck(Topology topology, Observations observed) {
        this.topology = topology;
        this.observed = observed;
        Optional<Gateway> gateway = topology.gateway().toOptional();
        this.controller = topology.ingress();
        this.writes = new GatewayWriteTimes(
                observed.changes(), Optional.of(observed.incident().gateway()));
        this.deletions = new OperationTimeline(observed.changes().all().filter(StaleAddressCheck::deletes));
        this.frontends = new MovedFrontends(topology, observed, writes);
        this.services = new MovedServices(topology, observed);
        this.apps = new MovedApps(topology, observed);
        this.neighbors = new AnsweringNeighbors(topology, observed);
        this.machines = new MovedMachines(topology, observed);
        this.released = new ReleasedPublicAddresses(topology, observed);
        this.successors = new ReplacementCandidates(topology, observed, writes);
        gateway.map(Gateway::pools).orElse(List.of()).stream()
                .filter(pool -> pool.whole()
                        && pool.interfaces().isEmpty()
                        && !pool.members().isEmpty())
                .forEach(this::list);
    }

    private void list(Pool pool) {
        Set<HostName> members = new HashSet<>();
        pool.members().forEach(each -> members.add(HostName.of(each)));
        listed.put(ArmName.of(pool.name()), members);
    }

    private static boolean deletes(Operation operation) {
        return operation.is("Microsoft.Compute/virtualMachines/delete")
                || operation.is("Microsoft.Network/networkInterfaces/delete")
                || operation.is("Microsoft.Compute/virtualMachineScaleSets/virtualMachines/delete")
                || operation.is("Microsoft.Compute/virtualMachineScaleSets/delete");
    }

    public CheckResult judge(BackendServer server) {
        if (server.isNamed()) {
            return new CheckResult.Moot();
        }
        Optional<CheckResult> app = apps.of(server);
        if (app.isPresent() || server.trouble() == ReachState.ANSWERED) {
            return app.orElseGet(CheckResult.Moot::new);
        }
        Optional<Claim> exchanged = machines.of(server);
        if (exchanged.isPresent()) {
            List<Claim> shown = new ArrayList<>(List.of(exchanged.get()));
            served(server).ifPresent(shown::add);
            return new CheckResult.Shown(shown);
        }
        if (observed.probes().alive(server).isPresent()) {
            return new CheckResult.Clear(
                    Source.DIRECT_PROBE, "responds to or refuses direct connections, so the address is in use");
        }
        String address = server.address();
        if (dropped(server)) {
            return CheckResult.shown(Claim.of(
                    Source.BACKEND_HEALTH,
                    address,
                    "is still probed, but is no longer in the gateway's configuration"));
        }
        List<Claim> claims = new ArrayList<>();
        if (server.trouble() == ReachState.UNREACHED && topology.allocation().isFree(address)) {
            claims.add(Claim.of(
                    Source.NETWORK,
                    address,
                    "no network interface has this address, although others in its subnet are listed"));
            MovedFrontends.Moved moved = frontends.of(server);
            claims.addAll(moved.claims());
            served(server).ifPresent(claims::add);
            deleted(server).ifPresent(claims::add);
            // A list may be short; that the address was somebody's once is what makes it certain, or where it went.
            boolean certain = moved.certain()
                    || (claims.size() > 1 && topology.allocation().isGone(address));
            return certain ? new CheckResult.Shown(claims) : new CheckResult.Hinted(claims);
        }
        boolean unheld = server.trouble() == ReachState.UNREACHED
                && topology.allocation().isOnNoList(address);
        if (unheld && deleted(server).isPresent()) {
            claims.add(
                    Claim.of(Source.NETWORK, address, "no listed network interface, VM or instance has this address"));
            deleted(server).ifPresent(claims::add);
            served(server).ifPresent(claims::add);
            return new CheckResult.Hinted(claims);
        }
        if (unheld) {
            services.of(server, onset(server).orElse(observed.incident().alertedAt()))
                    .ifPresent(claims::add);
        }
        if (!claims.isEmpty()) {
            served(server).ifPresent(claims::add);
            return new CheckResult.Hinted(claims);
        }
        released.of(server).ifPresent(claims::add);
        if (!claims.isEmpty()) {
            served(server).ifPresent(claims::add);
            return new CheckResult.Hinted(claims);
        }
        MovedFrontends.Moved moved = frontends.of(server);
        claims.addAll(moved.claims());
        if (!claims.isEmpty()) {
            served(server).ifPresent(claims::add);
            return moved.certain() ? new CheckResult.Shown(claims) : new CheckResult.Hinted(claims);
        }
        Optional<Operation> write = writeInFlight(server);
        if (write.isPresent()) {
            claims.add(beingRenewed(server, write.get()));
            served(server).ifPresent(claims::add);
            return claims.size() > 1 ? new CheckResult.Shown(claims) : new CheckResult.Hinted(claims);
        }
        // Where one that fails alike accepts direct connections, it is the way there that is cut.
        boolean alike = observed.isAccepting(server.pair());
        claims.addAll(alike || topology.members().isHeld(address) ? List.of() : moved(server));
        if (!claims.isEmpty()) {
            return new CheckResult.Hinted(claims);
        }
        return topology.owners()
                .cardAt(address)
                .<CheckResult>map(holder -> new CheckResult.Clear(
                        Source.NETWORK,
                        "network interface " + holder.card().id().name() + " has it"))
                .orElseGet(() -> unread(address));
    }

    /** What shows that the service is at another address since, though nothing says which or who holds this one. */
    private List<Claim> moved(BackendServer server) {
        Instant onset = onset(server).orElse(observed.incident().alertedAt());
        Optional<Claim> served = served(server);
        Optional<Claim> beside = neighbors.of(server);
        Optional<Claim> replaced = successors.of(server, onset, served.isPresent(), beside.isPresent());
        List<Claim> claims = new ArrayList<>();
        replaced.ifPresent(claims::add);
        if (replaced.isEmpty() && beside.isPresent()) {
            silence(server, onset).ifPresent(claims::add);
        }
        if (claims.isEmpty()) {
            return claims;
        }
        beside.ifPresent(claims::add);
        served.ifPresent(claims::add);
        if (successors.isRenewed(server, onset)) {
            server.health()
                    .filter(each -> server.trouble() == ReachState.UNREACHED && each.isFailing())
                    .map(each -> Claim.of(
                            Source.BACKEND_HEALTH,
                            server.address(),
                            "the gateway's probe fails with \"" + each.log() + "\""))
                    .ifPresent(claims::add);
        }
        return claims;
    }

    /** The controller that should have renewed the pool has written nothing since: by what it lost, where that is known. */
    private Optional<Claim> silence(BackendServer server, Instant onset) {
        if (controller.isEmpty()) {
            return Optional.empty();
        }
        Optional<Operation> last = writes.lastDoneBy(onset);
        Optional<Operation> lost = observed.changes()
                .all()
                .filter(each -> each.is("Microsoft.Authorization/roleAssignments/delete"))
                .filter(this::isOnGateway)
                .filter(each -> last.filter(write -> each.started().isBefore(write.started()))
                        .isEmpty())
                .reduce((earlier, later) -> later);
        String name = controller.get().name();
        if (lost.isPresent()) {
            return Optional.of(Claim.of(
                            Source.ACTIVITY_LOG,
                            server.address(),
                            name + " has not updated the gateway since "
                                    + lost.get().caller()
                                    + " deleted a role assignment on it at "
                                    + NameLists.time(lost.get().started()))
                    .with("controller-lacks", "role")
                    .at(lost.get().started()));
        }
        return last.map(write -> Claim.of(
                        Source.ACTIVITY_LOG,
                        server.address(),
                        name + " has not updated the gateway since " + NameLists.time(write.started()))
                .at(write.started()));
    }

    /** Whether a role assignment gives rights on the gateway: it is on the gateway itself, or on what holds it. */
    private boolean isOnGateway(Operation assignment) {
        String key = assignment.resource().key();
        int at = key.lastIndexOf("/providers/microsoft.authorization/");
        return at >= 0
                && observed.incident()
                        .gateway()
                        .isWithin(ResourceId.of(assignment.resource().toString().substring(0, at)));
    }

    /** Whether health still lists the server, while the newest configuration of its pool names others. */
    private boolean dropped(BackendServer server) {
        Set<HostName> members = listed.get(server.pool());
        return server.health().isPresent() && members != null && !members.contains(server.host());
    }

    /** What the log says of a server that answered once and does no more. */
    private Optional<Claim> served(BackendServer server) {
        return observed.requests()
                .map(each -> each.of(server.pool(), server.host()))
                .filter(own -> own.lastServed().isPresent())
                .flatMap(own -> onset(server)
                        .filter(first -> !own.lastServed().get().isAfter(first.plus(SLACK)))
                        .map(first -> Claim.of(
                                        Source.ACCESS_LOG,
                                        server.address(),
                                        "served requests until "
                                                + NameLists.time(
                                                        own.lastServed().get()) + "; failing since "
                                                + NameLists.time(first))
                                .at(first)));
    }

    private Optional<Instant> onset(BackendServer server) {
        return observed.requests()
                .flatMap(each -> each.of(server.pool(), server.host())
                        .firstFailure()
                        .or(() -> each.of(server.pool()).firstFailure()));
    }

    /** A machine or an interface was deleted before the server began to fail. */
    private Optional<Claim> deleted(BackendServer server) {
        return deletions
                .lastBy(onset(server).orElse(observed.incident().alertedAt()).plus(SLACK))
                .map(each -> Claim.of(
                                Source.ACTIVITY_LOG,
                                server.address(),
                                OperationPhrase.of(each).passive() + " before the server began to fail")
                        .at(each.started()));
    }

    /** A controller was writing the gateway when the server began to fail: the pod had gone before the pool was renewed. */
    private Optional<Operation> writeInFlight(BackendServer server) {
        return controller.isPresent()
                ? writes.under(onset(server).orElse(observed.incident().alertedAt()))
                : Optional.empty();
    }

    private Claim beingRenewed(BackendServer server, Operation write) {
        boolean over = write.outcome() != ActivityLog.Outcome.STARTED;
        return Claim.of(
                        Source.ACTIVITY_LOG,
                        server.address(),
                        "the gateway was being updated" + OperationPhrase.by(write.caller()) + " from "
                                + NameLists.time(write.started())
                                + (over ? " to " + NameLists.time(write.ended()) : " (end not logged)")
                                + "; the pool was being updated when the server failed")
                .at(write.started());
    }

    private CheckResult unread(String address) {
        Optional<CouldNotRead<?>> lacking = topology.lacking();
        Optional<CouldNotRead<Object>> cards = topology.network()
                .toOptional()
                .map(Network::interfaces)
                .flatMap(Reading<List<Interface>>::unread)
                .map(each -> new CouldNotRead<>(each.source(), each.why(), each.detail()));
        return new CheckResult.Unread(lacking.or(() -> cards)
                .orElse(new CouldNotRead<>(
                        Source.NETWORK, Reading.Why.NOT_COLLECTED, "no data shows what uses " + address)));
    }
}
