package dev.triage502.deliver;

import java.time.Duration;
import java.util.Optional;

/** What came of sending a report to one channel. */
public sealed interface DeliveryResult {

    /** It was taken. */
    record Sent() implements DeliveryResult {}

    /** The other side said no, and will say so again: somebody has to change something. */
    record Refused(String why) implements DeliveryResult {}

    /**
     * It was not taken, and may be later.
     *
     * @param retryAfter how long the other side asks to be left alone, if it does
     */
    record Failed(String why, Optional<Duration> retryAfter) implements DeliveryResult {}
}
