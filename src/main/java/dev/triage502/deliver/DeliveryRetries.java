package dev.triage502.deliver;

import java.time.Duration;
import java.util.Optional;

/** When is a delivery that failed tried again? */
public final class DeliveryRetries {

    /** Over an hour in all: whoever was to be told is then best told by the log. */
    public static final int MOST_TRIES = 12;

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    /** Who asks for more than this is not waited for. */
    private static final Duration LONGEST_ASKED = Duration.ofHours(24);

    private DeliveryRetries() {}

    /**
     * How long to wait before the next try: as long as the other side asks, or longer. Empty when there was enough of it,
     * or the other side asks for more than a day.
     *
     * @param tries      how often it was tried, at least once
     * @param retryAfter what the other side asked for
     */
    public static Optional<Duration> pauseAfter(int tries, Optional<Duration> retryAfter) {
        Duration asked = retryAfter.orElse(Duration.ZERO);
        if (tries >= MOST_TRIES || asked.compareTo(LONGEST_ASKED) > 0) {
            return Optional.empty();
        }
        Duration growing = FIRST.multipliedBy(1L << Math.min(tries - 1, 10));
        Duration ours = growing.compareTo(LONGEST) < 0 ? growing : LONGEST;
        return Optional.of(ours.compareTo(asked) < 0 ? asked : ours);
    }
}
