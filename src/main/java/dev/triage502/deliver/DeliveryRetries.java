package dev.triage502.deliver;

import java.time.Duration;
import java.util.Optional;

/** When is a delivery that failed tried again? */
public final class DeliveryRetries {

    /** Over an hour in all: whoever was to be told is then best told by the log. */
    public static final int MOST_TRIES = 12;

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private DeliveryRetries() {}

    /**
     * How long to wait before the next try; empty when there was enough of it.
     *
     * @param tries      how often it was tried, at least once
     * @param retryAfter what the other side asked for
     */
    public static Optional<Duration> pauseAfter(int tries, Optional<Duration> retryAfter) {
        if (tries >= MOST_TRIES) {
            return Optional.empty();
        }
        Duration ours = FIRST.multipliedBy(1L << Math.min(tries - 1, 10));
        Duration asked = retryAfter.orElse(Duration.ZERO);
        Duration longer = ours.compareTo(asked) < 0 ? asked : ours;
        return Optional.of(longer.compareTo(LONGEST) < 0 ? longer : LONGEST);
    }
}
