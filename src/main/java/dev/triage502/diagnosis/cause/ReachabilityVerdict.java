package dev.triage502.diagnosis.cause;

import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Reading;
import dev.triage502.reachability.ReachabilityResult;
import dev.triage502.reachability.ReachabilityResult.Ending;
import dev.triage502.reachability.ReachabilityResult.Step;
import java.util.List;
import java.util.stream.Stream;

/** The causes of reachability look at one step each of what {@link ReachabilityResult} has worked out. */
final class ReachabilityVerdict {

    /** The causes by which a server is not reached at all. */
    static final List<String> OF_THE_PATH = List.of(
            "backends-stopped",
            "stale-backend-addresses",
            "backend-name-resolves-elsewhere",
            "backend-name-unresolvable",
            "backend-address-unreachable",
            "route-diverts-backend-traffic",
            "nsg-blocks-backend",
            "probe-port-or-protocol-mismatch",
            "backend-not-listening");

    private ReachabilityVerdict() {}

    /** What the evidence says of one step; {@code taken} are the readings that this step rests on besides. */
    static Verdict at(Situation situation, Step step, Reading<?>... taken) {
        return Verdict.of(looks(situation, step, taken).toArray(Sign[]::new));
    }

    /** As above, with further looks of the cause's own; where they find nothing, the step decides whether it was looked for. */
    static Verdict at(Situation situation, Step step, Sign further, Sign... more) {
        Stream<Sign> found = Stream.concat(Stream.of(further), Stream.of(more)).map(Sign::neverAgainst);
        return Verdict.of(Stream.concat(found, looks(situation, step)).toArray(Sign[]::new));
    }

    private static Stream<Sign> looks(Situation situation, Step step, Reading<?>... taken) {
        Evidence evidence = situation.evidence();
        ReachabilityResult reach = situation.reachability();
        Stream<Sign> path = Stream.of(
                Sign.conclusive(reach.shows(step), List::stream)
                        .consulting(
                                evidence.gateway(), evidence.backendHealth(), evidence.accessLog(), evidence.network())
                        .consulting(taken),
                Sign.suggestive(reach.hints(step), List::stream),
                Sign.contrary(reach.opposes(step), List::stream));
        return situation.traffic().hasRecovered() ? Stream.concat(path, ending(reach.ended(step), evidence)) : path;
    }

    /** What ended failures that are over tells what they were; it says nothing of failures that go on. */
    private static Stream<Sign> ending(Ending ended, Evidence evidence) {
        return Stream.of(
                Sign.strong(evidence.activityLog(), log -> ended.shows().stream()),
                Sign.suggestive(evidence.activityLog(), log -> ended.hints().stream()));
    }
}
