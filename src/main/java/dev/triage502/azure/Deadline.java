package dev.triage502.azure;

import java.time.Duration;

/** Until when may something take? A moment on the clock that nobody sets, so that a clock set right costs nothing. */
public final class Deadline {

    private final long at;

    private Deadline(long at) {
        this.at = at;
    }

    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** The time left; zero when it is over. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, at - System.nanoTime()));
    }

    public boolean isOver() {
        return at - System.nanoTime() <= 0;
    }

    /** This deadline, or an earlier one if so much time is over sooner. */
    public Deadline atMost(Duration time) {
        Deadline other = in(time);
        return other.at - at < 0 ? other : this;
    }
}
