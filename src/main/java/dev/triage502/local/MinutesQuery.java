package dev.triage502.local;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code kql/minutes.kql} makes of an access log: each host's requests by the minute, the failed ones by who made
 * the answer, and the 95th percentile of the time taken. What a case has recorded of it is answered as it is.
 */
final class MinutesQuery {

    private static final int MOST_HOSTS = 10;
    private static final int MOST_ROWS = 1400;
    private static final String[] COLUMNS = {
        "TimeGenerated",
        "datetime",
        "Host",
        "string",
        "Requests",
        "long",
        "FailedByGateway",
        "long",
        "FailedByBackend",
        "long",
        "TimeTakenP95",
        "real",
        "Minutes",
        "int"
    };

    private MinutesQuery() {}

    static JsonObject answer(JsonElement document, List<LogRequest> log, Instant from, Instant to) {
        return RecordedPart.table(document, "minutes", COLUMNS)
                .orElseGet(() -> counted(log.stream()
                        .flatMap(request -> byMinute(request, from, to).stream())
                        .toList()));
    }

    /** A row for many requests as rows of a minute each, as evenly as whole requests can be. */
    private static List<LogRequest> byMinute(LogRequest request, Instant from, Instant to) {
        Instant first = request.from().isBefore(from) ? from : request.from();
        Instant last = request.to().isAfter(to) ? to : request.to();
        long minutes =
                Duration.between(first.truncatedTo(ChronoUnit.MINUTES), last).toMinutes();
        long steps = Math.max(1, Math.min(minutes, request.requests() - 1));
        List<LogRequest> parts = new ArrayList<>();
        for (long i = 0; i <= steps; i++) {
            long share = request.requests() * (i + 1) / (steps + 1) - request.requests() * i / (steps + 1);
            Instant at = i == steps ? last : first.plus(Duration.ofMinutes(minutes * i / steps));
            if (share > 0) {
                parts.add(new LogRequest(at, at, share, request.columns()));
            }
        }
        return parts;
    }

    private record Place(Instant at, String host) {}

    private static JsonObject counted(List<LogRequest> log) {
        Set<String> listed = log.stream()
                .collect(Collectors.groupingBy(DimensionsQuery::host, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .sorted(Comparator.<Map.Entry<String, List<LogRequest>>>comparingLong(each -> -failed(each.getValue()))
                        .thenComparingLong(each -> -requests(each.getValue())))
                .limit(MOST_HOSTS)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        int minutes = minutes(log);
        Map<Place, List<LogRequest>> points = log.stream()
                .collect(Collectors.groupingBy(
                        request -> place(request, listed, minutes),
                        () -> new TreeMap<>(Comparator.comparing(Place::at).thenComparing(Place::host)),
                        Collectors.toList()));
        LogTable table = new LogTable(COLUMNS);
        points.entrySet().stream().limit(MOST_ROWS).forEach(each -> {
            List<@Nullable Object> row = new ArrayList<>();
            long byBackend = byBackend(each.getValue());
            row.add(each.getKey().at());
            row.add(each.getKey().host());
            row.add(requests(each.getValue()));
            row.add(failed(each.getValue()) - byBackend);
            row.add(byBackend);
            row.add(p95(each.getValue()));
            row.add(minutes);
            table.add(row);
        });
        return table.toJson();
    }

    private static Place place(LogRequest request, Set<String> listed, int minutes) {
        String host = DimensionsQuery.host(request);
        long step = minutes * 60L;
        Instant at = Instant.ofEpochSecond(Math.floorDiv(request.from().getEpochSecond(), step) * step);
        return new Place(at, listed.contains(host) ? host : "*");
    }

    private static int minutes(List<LogRequest> log) {
        Instant first = log.stream()
                .map(LogRequest::from)
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        Instant last = log.stream()
                .map(LogRequest::from)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        Duration span = Duration.between(first, last);
        return span.compareTo(Duration.ofHours(2)) <= 0 ? 1 : span.compareTo(Duration.ofHours(10)) <= 0 ? 5 : 15;
    }

    private static long failed(List<LogRequest> requests) {
        return requests(requests.stream().filter(DimensionsQuery::isFailed).toList());
    }

    private static long byBackend(List<LogRequest> requests) {
        return requests(requests.stream()
                .filter(DimensionsQuery::isFailed)
                .filter(MinutesQuery::isOfBackend)
                .toList());
    }

    private static boolean isOfBackend(LogRequest request) {
        boolean upstream = Objects.toString(request.text("ErrorInfo"), "").startsWith("ERRORINFO_UPSTREAM");
        boolean tried = !DimensionsQuery.last(request.text("ServerRouted")).isEmpty();
        return !upstream
                && tried
                && DimensionsQuery.last(request.text("ServerStatus")).matches("[5-9]\\d\\d(\\.0)?");
    }

    private static long requests(List<LogRequest> requests) {
        return requests.stream().mapToLong(LogRequest::requests).sum();
    }

    private static @Nullable Object p95(List<LogRequest> requests) {
        List<LogRequest> timed = requests.stream()
                .filter(each -> each.number("TimeTaken").isPresent())
                .sorted(Comparator.comparingDouble(
                        each -> each.number("TimeTaken").getAsDouble()))
                .toList();
        double rank = requests(timed) * 0.95;
        long counted = 0;
        for (LogRequest each : timed) {
            counted += each.requests();
            if (counted >= rank) {
                return each.number("TimeTaken").getAsDouble();
            }
        }
        return null;
    }
}
