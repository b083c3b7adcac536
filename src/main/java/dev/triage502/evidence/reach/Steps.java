package dev.triage502.evidence.reach;

import dev.triage502.evidence.Reach.Step;
import java.util.EnumMap;
import java.util.Map;

/** What does each step come to for one server? A step may look at what those before it came to. */
final class Steps {

    private final NoWay noWay;
    private final Diversions diversions;
    private final Denials denials;

    Steps(NoWay noWay, Diversions diversions, Denials denials) {
        this.noWay = noWay;
        this.diversions = diversions;
        this.denials = denials;
    }

    Map<Step, Outcome> judge(Server server) {
        EnumMap<Step, Outcome> steps = new EnumMap<>(Step.class);
        switch (server.trouble()) {
            case WELL:
            case ANSWERED:
                break;
            case PARTLY:
                steps.put(Step.DIVERTED, diversions.judge(server));
                steps.put(Step.DENIED, denials.judge(server));
                break;
            default:
                steps.put(Step.NO_WAY, noWay.judge(server));
                steps.put(Step.DIVERTED, diversions.judge(server));
                steps.put(Step.DENIED, denials.judge(server));
                break;
        }
        return steps;
    }
}
