package dev.triage502.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What each host's clients got, minute by minute.
 *
 * @param points in the order of time; a minute without requests has no point
 */
public record HostTraffic(List<Point> points) {

    /** Stands for all hosts that have no points of their own. */
    public static final String OTHERS = "*";

    /**
     * The requests for one host in one step of time.
     *
     * @param at              when the step begins
     * @param step            how long it is: a minute; five or fifteen for long windows
     * @param host            the host name that clients asked for, or {@link #OTHERS}
     * @param requests        all requests
     * @param failedByGateway answered with 5xx by the gateway itself
     * @param failedByBackend answered with 5xx by the backend and passed on
     * @param p95Seconds      the 95th percentile of the time until the answer was sent; not additive
     */
    public record Point(
            Instant at,
            Duration step,
            String host,
            long requests,
            long failedByGateway,
            long failedByBackend,
            OptionalDouble p95Seconds) {

        /** All requests answered with 5xx. */
        public long failed() {
            return failedByGateway + failedByBackend;
        }

        /** Whether these are the requests of all hosts that are not listed. */
        public boolean isOfOthers() {
            return host.equals(OTHERS);
        }
    }
}
