package dev.triage502.diagnosis;

import dev.triage502.diagnosis.Diagnosis.Minute;
import dev.triage502.evidence.Source;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/**
 * What happened in the window, minute by minute: the answer to "since when?".
 *
 * @param minutes        all requests; a minute without requests counts none
 * @param countedBy      the access log, or the metrics where it was not counted by minutes
 * @param pools          how many servers of a pool were healthy, the pool at fault first; empty where that was not measured
 * @param timeoutSeconds how long the gateway waits for an answer on the path of the failed requests, where that is known
 */
public record RequestTimeline(
        List<Minute> minutes, Source countedBy, List<PoolMinutes> pools, OptionalInt timeoutSeconds) {

    public RequestTimeline {
        minutes = List.copyOf(minutes);
        pools = List.copyOf(pools);
    }

    /** The servers of one pool over time; of several backend settings the one with the fewest healthy servers counts. */
    public record PoolMinutes(String pool, List<HealthPoint> points) {

        boolean isAlwaysHealthy() {
            return points.stream().allMatch(point -> point.unhealthy() == 0);
        }
    }

    /** How many servers the probes of the gateway found healthy, and how many not. */
    public record HealthPoint(Instant at, long healthy, long unhealthy) {}
}
