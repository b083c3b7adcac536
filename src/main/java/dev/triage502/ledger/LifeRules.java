package dev.triage502.ledger;

import java.time.Duration;
import java.util.List;

/**
 * How often an incident is looked at and spoken of; the operator's settings.
 *
 * @param followUps  how long after the latest alert the first follow-up investigations are made, the shortest first
 * @param thenEvery  how long after the one before each further one is made
 * @param followFor  how long it is followed after its latest alert or change
 * @param leastPause the shortest time between two messages about one incident; six times as long while it flaps
 */
public record LifeRules(List<Duration> followUps, Duration thenEvery, Duration followFor, Duration leastPause) {

    /** What holds when nothing is set. */
    public static final LifeRules USUAL = new LifeRules(
            List.of(Duration.ofMinutes(3), Duration.ofMinutes(10), Duration.ofMinutes(30)),
            Duration.ofHours(1),
            Duration.ofHours(24),
            Duration.ofMinutes(5));

    private static final int FLAPPING_PAUSES = 6;

    public LifeRules {
        followUps = List.copyOf(followUps);
    }

    /** The pause after a message in this state. */
    Duration pauseIn(LifeState state) {
        return state == LifeState.FLAPPING ? leastPause.multipliedBy(FLAPPING_PAUSES) : leastPause;
    }

    /** How long after the latest alert the follow-up with this number, from 0, is made. */
    Duration delay(int step) {
        if (step < followUps.size()) {
            return followUps.get(step);
        }
        Duration last = followUps.isEmpty() ? Duration.ZERO : followUps.get(followUps.size() - 1);
        return last.plus(thenEvery.multipliedBy(step - followUps.size() + 1L));
    }
}
