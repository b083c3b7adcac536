package dev.triage502.deliver;

import java.time.Duration;
import java.util.Optional;

/** What came of sending a report to one channel. */
public sealed interface Delivery {

    /** It was taken. */
    record Sent() implements Delivery {}

    /** The other side said no, and will say so again: somebody has to change something. */
    record Refused(String why) implements Delivery {}

    /**
     * It was not taken, and may be later.
     *
     * @param retryAfter how long the other side asks to be left alone, if it does
     */
    record Failed(String why, Optional<Duration> retryAfter) implements Delivery {}
}
