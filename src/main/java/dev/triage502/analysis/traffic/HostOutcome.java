package dev.triage502.analysis.traffic;

import static dev.triage502.evidence.HostTraffic.OTHERS;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.HostTraffic.Point;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How one host's requests fared.
 *
 * @param host     the host name that clients asked for, in lower case
 * @param failed   requests that failed
 * @param requests all requests
 * @param since    start of the first minute with a failed request; empty where none failed
 * @param until    end of the last minute with a failed request
 * @param requestsSince all requests from {@code since} on; empty where none failed, or they were not counted minute by minute
 */
public record HostOutcome(
        String host,
        long failed,
        long requests,
        Optional<Instant> since,
        Optional<Instant> until,
        OptionalLong requestsSince) {

    private static final Comparator<HostOutcome> HURT_MOST_FIRST = Comparator.comparingLong(
                    (HostOutcome each) -> -each.failed)
            .thenComparing(each -> -each.requests)
            .thenComparing(HostOutcome::host);

    /**
     * Each host of the log, the one with most failed requests first: by the series that was counted over all requests, else
     * by the rows. Requests for hosts that are not told apart are left out.
     */
    public static List<HostOutcome> all(AccessLog log) {
        return points(log).stream()
                .filter(point -> !point.host().isEmpty() && !point.isOfOthers())
                .collect(Collectors.groupingBy(Point::host, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(host -> of(host, isByMinute(log)))
                .sorted(HURT_MOST_FIRST)
                .toList();
    }

    /** The host with most failed requests, from the first minute in which one failed to the last: how bad it was. */
    public static Optional<HostOutcome> worstWhileFailing(AccessLog log) {
        return all(log).stream()
                .filter(each -> each.failed() > 0)
                .findFirst()
                .map(worst -> of(
                        Map.entry(
                                worst.host(),
                                points(log).stream()
                                        .filter(point -> point.host().equals(worst.host()))
                                        .filter(point -> worst.since()
                                                        .filter(since ->
                                                                !point.at().isBefore(since))
                                                        .isPresent()
                                                && worst.until()
                                                        .filter(point.at()::isBefore)
                                                        .isPresent())
                                        .toList()),
                        isByMinute(log)));
    }

    /** How all requests of the log fared together, those included whose host is not told apart. */
    public static HostOutcome together(AccessLog log) {
        return of(Map.entry(OTHERS, points(log)), isByMinute(log));
    }

    private static HostOutcome of(Map.Entry<String, List<Point>> host, boolean isByMinute) {
        List<Point> points = host.getValue();
        List<Point> failing =
                points.stream().filter(point -> point.failed() > 0).toList();
        return new HostOutcome(
                host.getKey(),
                points.stream().mapToLong(Point::failed).sum(),
                points.stream().mapToLong(Point::requests).sum(),
                failing.stream().map(Point::at).min(Instant::compareTo),
                failing.stream().map(point -> point.at().plus(point.step())).max(Instant::compareTo),
                isByMinute ? since(points, failing) : OptionalLong.empty());
    }

    private static OptionalLong since(List<Point> points, List<Point> failing) {
        return failing.stream()
                .map(Point::at)
                .min(Instant::compareTo)
                .map(since -> OptionalLong.of(points.stream()
                        .filter(point -> !point.at().isBefore(since))
                        .mapToLong(Point::requests)
                        .sum()))
                .orElse(OptionalLong.empty());
    }

    /** Whether requests were counted by minute; a row spans from its first request to its last. */
    private static boolean isByMinute(AccessLog log) {
        return log.byHost()
                .toOptional()
                .filter(each -> !each.points().isEmpty())
                .isPresent();
    }

    private static List<Point> points(AccessLog log) {
        return log.byHost()
                .toOptional()
                .map(each -> each.points())
                .filter(points -> !points.isEmpty())
                .orElseGet(() -> log.rows().stream().map(HostOutcome::point).toList());
    }

    /** A row as one point from its first request to the end of the minute of its last. */
    private static Point point(Row row) {
        String host = row.clientHost();
        long failed = row.isFailure() ? row.requests() : 0;
        boolean backend = row.maker() == AccessLog.Maker.BACKEND;
        Instant from = row.from().truncatedTo(ChronoUnit.MINUTES);
        Instant to = row.to().truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(1));
        return new Point(
                from,
                Duration.between(from, to),
                host.toLowerCase(Locale.ROOT),
                row.requests(),
                backend ? 0 : failed,
                backend ? failed : 0,
                OptionalDouble.empty());
    }
}
