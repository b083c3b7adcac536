package dev.triage502.reachability.check;

import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.reachability.CheckResult;
import dev.triage502.reachability.ReachabilityResult.Step;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.BackendServer.ReachState;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What does each step come to for one server? The last may look at what those before it came to.
 *
 * @param unseen why it is not known how the servers do, where backend health could not be read
 */
record PathChecks(
        PowerStateCheck stops,
        StaleAddressCheck moves,
        DnsMismatchCheck elsewhere,
        DnsResolutionCheck unresolved,
        NoRouteCheck noWay,
        RouteDiversionCheck diversions,
        NsgDenyCheck denials,
        ListeningCheck listening,
        Optional<CouldNotRead<?>> unseen) {

    public Map<Step, CheckResult> judge(BackendServer server) {
        EnumMap<Step, CheckResult> steps = new EnumMap<>(Step.class);
        switch (server.trouble()) {
            case WELL:
                break;
            case ANSWERED:
                steps.put(Step.STOPPED, stops.judge(server));
                steps.put(Step.NAME_ELSEWHERE, elsewhere.judge(server));
                break;
            case PARTLY:
                partly(server, steps);
                break;
            default:
                all(server, steps);
                break;
        }
        return steps;
    }

    /** A server that passes its probe fails by what meets requests only, or some of the gateway's instances only. */
    private void partly(BackendServer server, EnumMap<Step, CheckResult> steps) {
        steps.put(Step.DIVERTED, diversions.judge(server));
        steps.put(Step.DENIED, denials.judge(server));
        if (server.doors().size() > 1) {
            steps.put(Step.OTHER_PORT, listening.otherPort(server));
        }
    }

    private void all(BackendServer server, EnumMap<Step, CheckResult> steps) {
        steps.put(Step.STOPPED, stops.judge(server));
        if (server.trouble() == ReachState.UNSEEN && unseen.isPresent()) {
            // Addresses and names look odd at many a gateway that does well; only a failure makes them a cause.
            CheckResult.Unread unread = new CheckResult.Unread(unseen.get());
            steps.put(Step.STALE, unread);
            steps.put(Step.NAME_ELSEWHERE, unread);
            steps.put(Step.NAME_UNRESOLVED, unread);
        } else {
            steps.put(Step.STALE, moves.judge(server));
            steps.put(Step.NAME_ELSEWHERE, elsewhere.judge(server));
            steps.put(Step.NAME_UNRESOLVED, unresolved.judge(server));
        }
        steps.put(Step.NO_WAY, noWay.judge(server));
        steps.put(Step.DIVERTED, diversions.judge(server));
        steps.put(Step.DENIED, denials.judge(server));
        if (server.trouble() != ReachState.UNSEEN) {
            steps.put(Step.OTHER_PORT, listening.otherPort(server));
        }
        steps.put(Step.NOT_LISTENING, listening.notListening(server, steps));
    }
}
