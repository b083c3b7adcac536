package dev.triage502.reachability.check;

import dev.triage502.evidence.Source;
import dev.triage502.incident.ArmName;
import dev.triage502.reachability.CheckResult;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.CheckResult.Shown;
import dev.triage502.reachability.ReachabilityResult.Step;
import dev.triage502.reachability.check.PathDisposition.Judged;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.BackendServer.ReachState;
import dev.triage502.reachability.server.Observations;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was found of a server by a direct look holds for those of its pool at which nobody looked and that fail the same
 * probe with the same words: a service is rarely closed on one and blocked on the next.
 */
final class LikeNeighbors {

    /** The steps that only a direct look can show. */
    private static final Set<Step> BY_LOOKS = Set.of(Step.OTHER_PORT, Step.NOT_LISTENING);

    private final List<Judged> judged;
    private final Observations observed;
    private final Map<Failure, List<Judged>> lookedAt = new HashMap<>();

    /** How a server fails its probe; those of one pool and setting that fail alike are equal. */
    private record Failure(ArmName pool, ArmName setting, String log) {
        static Optional<Failure> of(BackendServer server) {
            return server.health().map(health -> new Failure(server.pool(), server.setting(), health.log()));
        }
    }

    LikeNeighbors(List<Judged> judged, Observations observed) {
        this.judged = judged;
        this.observed = observed;
        for (Judged each : judged) {
            if (observed.probes().isLookedAt(each.server())) {
                Failure.of(each.server())
                        .ifPresent(failure -> lookedAt.computeIfAbsent(failure, same -> new ArrayList<>())
                                .add(each));
            }
        }
    }

    /** The same servers, some of them with a step more that is shown. */
    List<Judged> together() {
        return judged.stream().map(this::withNeighbors).toList();
    }

    private Judged withNeighbors(Judged one) {
        boolean open = one.shown().isEmpty() && one.decided().stream().allMatch(BY_LOOKS::contains);
        if (!open
                || one.server().trouble() != ReachState.UNREACHED
                || observed.probes().isLookedAt(one.server())) {
            return one;
        }
        List<Judged> alike = Failure.of(one.server())
                .map(failure -> lookedAt.getOrDefault(failure, List.of()))
                .orElse(List.of());
        Optional<Step> step = alike.stream()
                .findFirst()
                .flatMap(Judged::shown)
                .filter(BY_LOOKS::contains)
                .filter(found -> alike.stream()
                        .allMatch(other -> other.shown().filter(found::equals).isPresent()));
        return step.map(found -> with(one, found, alike.get(0))).orElse(one);
    }

    private static Judged with(Judged one, Step step, Judged neighbor) {
        Map<Step, CheckResult> steps = new EnumMap<>(one.steps());
        Shown shown = (Shown) neighbor.at(step);
        steps.put(
                step,
                CheckResult.shown(Claim.of(
                                Source.BACKEND_HEALTH,
                                one.server().address(),
                                "fails the same probe as " + neighbor.server().address() + " with the same message")
                        .with(shown.claims().get(0).values())));
        return Judged.of(one.server(), steps);
    }
}
