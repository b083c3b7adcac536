package dev.triage502.reachability.check;

import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.OperationKind;
import dev.triage502.evidence.OperationPhrase;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.ResourceId;
import dev.triage502.incident.Wording;
import dev.triage502.reachability.CheckResult;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.change.ResourceOperations;
import dev.triage502.reachability.member.BackendResources.Member;
import dev.triage502.reachability.member.StartCommandValues;
import dev.triage502.reachability.member.StoppedClusters;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.BackendServer.ReachState;
import dev.triage502.reachability.server.Observations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Is what stands behind a server stopped, or being restarted in place? */
final class PowerStateCheck {

    /** How long a machine takes to come back after a restart before its silence means something else. */
    private static final Duration COMES_BACK = Duration.ofMinutes(15);

    /** As long as a maintenance window may be in which machines are patched ("Azure Update Manager, scheduled patching"). */
    private static final Duration PATCHED = Duration.ofHours(4);

    private final Topology topology;
    private final Observations observed;
    private final StoppedClusters stoppedClusters;
    private final UnmatchedStoppedVms suspects;
    private final EmptiedNodePools nodePools;
    private final Map<ArmName, ResourceId> stoppedApps = new HashMap<>();

    PowerStateCheck(Topology topology, Observations observed) {
        this.topology = topology;
        this.observed = observed;
        this.stoppedClusters = new StoppedClusters(topology.gateway().toOptional(), topology.members());
        this.suspects = new UnmatchedStoppedVms(topology, observed);
        this.nodePools = new EmptiedNodePools(topology, observed);
        observed.changes().stopped().keySet().stream()
                .filter(id -> id.hasType("Microsoft.Web/sites") || id.hasType("Microsoft.App/containerApps"))
                .sorted()
                .forEach(id -> stoppedApps.putIfAbsent(ArmName.of(id.name()), id));
    }

    public CheckResult judge(BackendServer server) {
        Optional<Member> member = member(server);
        List<Claim> claims = new ArrayList<>();
        member.filter(each -> each.power() == Power.STOPPED || each.power() == Power.IN_TRANSITION)
                .ifPresent(each -> claims.add(stands(server, each)));
        boolean byState = !claims.isEmpty();
        boolean mayBeBack = false;
        Optional<ResourceId> id = member.isPresent()
                ? member.filter(each -> each.power() != Power.RUNNING).map(Member::id)
                : bySite(server);
        id.flatMap(each -> stopped(server, each)).ifPresent(claims::add);
        if (claims.isEmpty()
                || member.filter(each -> each.power() == Power.IN_TRANSITION).isPresent()) {
            member.flatMap(each -> restarting(server, each)).ifPresent(claims::add);
        }
        if (!byState) {
            mayBeBack = member.filter(this::isBeingPatched).isPresent()
                    || (!observed.health().isPresent()
                            && member.filter(this::hasRestarted).isPresent());
        }
        boolean answersAsMachine = server.trouble() == ReachState.ANSWERED
                && member.filter(each -> each.id().hasType("Microsoft.Compute")).isPresent();
        Optional<DirectProbe> alive = observed.probes().alive(server);
        if (claims.isEmpty() || answersAsMachine || (alive.isPresent() && !byState)) {
            return otherwise(server, member, alive);
        }
        return alive.isPresent() || mayBeBack ? new CheckResult.Hinted(claims) : new CheckResult.Shown(claims);
    }

    /** Whether its restart has ended and it runs: only its silence in backend health could tell that it is not back. */
    private boolean hasRestarted(Member member) {
        return member.power() == Power.RUNNING
                && observed.changes()
                        .lastOf(member.id())
                        .filter(each -> each.outcome() == ActivityLog.Outcome.SUCCEEDED)
                        .isPresent();
    }

    /** Whether patches are being installed, which restarts a machine at some time, but need not have done so by now. */
    private boolean isBeingPatched(Member member) {
        return observed.changes()
                .lastOf(member.id())
                .filter(PowerStateCheck::isPatching)
                .isPresent();
    }

    private static boolean isPatching(Operation operation) {
        return operation.is("Microsoft.Compute/virtualMachines/installPatches/action")
                && operation.outcome() == ActivityLog.Outcome.STARTED;
    }

    private CheckResult otherwise(BackendServer server, Optional<Member> member, Optional<DirectProbe> alive) {
        if (alive.isPresent()) {
            return new CheckResult.Clear(
                    Source.DIRECT_PROBE,
                    alive.get().answered()
                            ? "responds to direct requests"
                            : "refuses connections immediately, so the machine is running");
        }
        if (server.trouble() == ReachState.ANSWERED) {
            return new CheckResult.Moot();
        }
        List<Claim> emptied = nodePools.of(server);
        if (!emptied.isEmpty()) {
            return new CheckResult.Hinted(emptied);
        }
        if (member.filter(each -> each.power() == Power.RUNNING).isPresent()) {
            return new CheckResult.Clear(
                    Source.BACKENDS,
                    member.get().what() + " is running" + quoted(member.get().status()));
        }
        List<Claim> suspicions = suspects.of(server);
        return suspicions.isEmpty() ? new CheckResult.Unread(lacking(server)) : new CheckResult.Hinted(suspicions);
    }

    /** What stands behind the server: by its name, by its address, or by the set that fills its pool. */
    Optional<Member> member(BackendServer server) {
        if (server.isNamed()) {
            Optional<Member> named = topology.members().named(server.address());
            if (named.isPresent()) {
                return named;
            }
        }
        return topology.addresses().of(server).stream()
                .flatMap(address -> topology.members().at(address).stream())
                .findFirst()
                .or(() -> topology.pools().of(server.pool()))
                .or(() -> stoppedClusters.of(server.address()));
    }

    /** The app whose name is the first label of the server's, in a log that nobody's list explains. */
    private Optional<ResourceId> bySite(BackendServer server) {
        if (!server.isNamed()) {
            return Optional.empty();
        }
        return Optional.ofNullable(stoppedApps.get(ArmName.of(server.address().split("\\.", 2)[0])));
    }

    private Claim stands(BackendServer server, Member member) {
        boolean runs = Wording.of(member.status()).has("running");
        String what = member.power() == Power.STOPPED
                ? " is stopped"
                : runs ? " is being updated" : " is starting, stopping or updating";
        Claim claim = Claim.of(Source.BACKENDS, server.address(), member.what() + what + quoted(member.status()));
        return claim.with(StartCommandValues.of(member));
    }

    private Optional<Claim> stopped(BackendServer server, ResourceId id) {
        return observed.changes()
                .lastOf(id)
                .filter(each -> ResourceOperations.kind(each) == OperationKind.STOP)
                .filter(each -> each.started().isBefore(observed.incident().to()))
                .map(each -> named(
                        Claim.of(
                                        Source.ACTIVITY_LOG,
                                        server.address(),
                                        OperationPhrase.of(each).passive() + " and has not been started since")
                                .at(each.started()),
                        id));
    }

    /** A restart is no stop once it has ended and the member, which runs, answers the probe: then its answer counts. */
    private Optional<Claim> restarting(BackendServer server, Member member) {
        ResourceId id = member.id();
        boolean isBack = member.power() == Power.RUNNING && server.trouble() == ReachState.ANSWERED;
        return observed.changes()
                .lastOf(id)
                .filter(each -> ResourceOperations.kind(each) == OperationKind.IN_PLACE && isRecent(each))
                .filter(each -> !isBack || each.outcome() != ActivityLog.Outcome.SUCCEEDED)
                .map(each -> named(
                        Claim.of(
                                        Source.ACTIVITY_LOG,
                                        server.address(),
                                        OperationPhrase.of(each).passive()
                                                + (isPatching(each)
                                                        ? ", which has not finished and may restart it"
                                                        : " and may still be starting"))
                                .at(each.started())
                                .with("restarting", "yes"),
                        id));
    }

    private boolean isRecent(Operation operation) {
        Instant end = operation.outcome() == ActivityLog.Outcome.STARTED ? operation.started() : operation.ended();
        Duration since = Duration.between(end, observed.incident().to());
        return !since.isNegative() && since.compareTo(isPatching(operation) ? PATCHED : COMES_BACK) <= 0;
    }

    private static Claim named(Claim claim, ResourceId id) {
        return claim.with(StartCommandValues.of(id));
    }

    private static String quoted(String status) {
        return status.isEmpty() ? "" : " (\"" + status + "\")";
    }

    private CouldNotRead<?> lacking(BackendServer server) {
        if (topology.backends() instanceof CouldNotRead<Backends> unread) {
            return unread;
        }
        return topology.lacking()
                .orElseGet(() -> new CouldNotRead<>(
                        Source.BACKENDS, Reading.Why.NOT_COLLECTED, "no resource was found for " + server.address()));
    }
}
