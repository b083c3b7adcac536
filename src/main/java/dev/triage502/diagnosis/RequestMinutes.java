package dev.triage502.diagnosis;

import dev.triage502.diagnosis.Diagnosis.Minute;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.HostTraffic.Point;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** All requests of the access log, minute by minute, whatever their host; minutes without requests count none. */
final class RequestMinutes {

    /** A day of five minutes each; more would be finer than a chart can show. */
    private static final int MOST = 300;

    private RequestMinutes() {}

    /** In the order of time; empty where the access log was not counted by minutes. */
    static List<Minute> of(Evidence evidence) {
        List<Point> points = evidence.accessLog()
                .toOptional()
                .flatMap(log -> log.byHost().toOptional())
                .map(each -> each.points())
                .orElse(List.of());
        return of(points);
    }

    /** The same, of what each host's clients got. */
    static List<Minute> of(List<Point> points) {
        Map<Instant, Minute> byTime = new TreeMap<>();
        points.forEach(point -> byTime.merge(point.at(), minute(point), RequestMinutes::sum));
        if (points.isEmpty() || byTime.size() > MOST) {
            return List.of();
        }
        Instant first = byTime.keySet().iterator().next();
        Instant last = points.stream().map(Point::at).max(Instant::compareTo).orElse(first);
        List<Minute> all = new ArrayList<>();
        for (Instant at = first;
                !at.isAfter(last) && all.size() < MOST;
                at = at.plus(points.get(0).step())) {
            all.add(byTime.getOrDefault(at, new Minute(at, 0, 0, 0, OptionalDouble.empty())));
        }
        return all;
    }

    private static Minute minute(Point point) {
        return new Minute(
                point.at(), point.requests(), point.failedByGateway(), point.failedByBackend(), point.p95Seconds());
    }

    private static Minute sum(Minute one, Minute other) {
        OptionalDouble longest = one.p95Seconds().isEmpty()
                        || other.p95Seconds().isPresent()
                                && other.p95Seconds().getAsDouble()
                                        > one.p95Seconds().getAsDouble()
                ? other.p95Seconds()
                : one.p95Seconds();
        return new Minute(
                one.at(),
                one.requests() + other.requests(),
                one.failedByGateway() + other.failedByGateway(),
                one.failedByBackend() + other.failedByBackend(),
                longest);
    }
}
