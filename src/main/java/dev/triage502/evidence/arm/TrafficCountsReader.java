package dev.triage502.evidence.arm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.DimensionCounts;
import dev.triage502.evidence.DimensionCounts.Count;
import dev.triage502.evidence.HostTraffic;
import dev.triage502.evidence.HostTraffic.Point;
import dev.triage502.evidence.LastServed;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.RequestDimension;
import dev.triage502.evidence.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * What Log Analytics counted over all requests: the parts {@code dimensions}, {@code minutes} and
 * {@code servedBefore} beside the rows ({@code value}) of an access-log document. A part that is not there was not asked for; one that was refused stands
 * under {@code unread}. A row that cannot be understood costs itself.
 */
final class TrafficCountsReader {

    private static final double MOST_REQUESTS = 1e12;
    private static final double LONGEST_STEP_MINUTES = 24 * 60;

    private final CanonicalNames spelling;
    private final InferredBackendPair unsaid;
    private final AccessLogWindow window;
    private final Losses losses;

    TrafficCountsReader(CanonicalNames spelling, InferredBackendPair unsaid, AccessLogWindow window, Losses losses) {
        this.spelling = spelling;
        this.unsaid = unsaid;
        this.window = window;
        this.losses = losses;
    }

    Reading<DimensionCounts> dimensions(JsonElement document) {
        return part(document, "dimensions", this::count).map(DimensionCounts::new);
    }

    Reading<HostTraffic> byHost(JsonElement document) {
        return part(document, "minutes", this::point)
                .map(points -> new HostTraffic(points.stream()
                        .filter(point -> window.holds(
                                point.at(), point.at().plus(point.step()).minusNanos(1)))
                        .sorted(Comparator.comparing(Point::at).thenComparing(Point::host))
                        .toList()));
    }

    /** Only what lies before the window: what is in it is told by the rows. */
    Reading<List<LastServed>> servedBefore(JsonElement document) {
        return part(document, "servedBefore", this::lastServed)
                .map(all -> all.stream()
                        .filter(each -> each.at().isBefore(window.from()))
                        .sorted(Comparator.comparing(LastServed::at).thenComparing(LastServed::toString))
                        .toList());
    }

    private Optional<LastServed> lastServed(LogRow row) {
        Optional<Instant> at = AzureTime.in(row.text("lastserved"));
        OptionalDouble requests = row.has("requests") ? count(row, "requests") : OptionalDouble.of(1);
        HostAndPort routed = HostAndPort.of(row.last("serverrouted"));
        String server = spelling.member(routed.host());
        if (at.isEmpty() || requests.isEmpty() || server.isEmpty()) {
            return Optional.empty();
        }
        String named = row.text("backendpoolname");
        String pool = named.isEmpty()
                ? unsaid.to(server, routed.port())
                        .map(each -> each.pool().name())
                        .orElse("")
                : named;
        return Optional.of(new LastServed(spelling.pool(pool), server, at.get(), Math.round(requests.getAsDouble())));
    }

    private <T> Reading<List<T>> part(JsonElement document, String name, Function<LogRow, Optional<T>> reader) {
        if (!(document instanceof JsonObject whole)) {
            return Reading.notCollected(Source.ACCESS_LOG);
        }
        if (whole.get("unread") instanceof JsonObject unread && unread.get(name) instanceof JsonObject error) {
            JsonObject refusal = new JsonObject();
            refusal.add("error", error);
            Reading<JsonElement> refused = SourceDocuments.asReading(Source.ACCESS_LOG, refusal);
            return refused.map(unused -> List.of());
        }
        if (!whole.has(name)) {
            return Reading.notCollected(Source.ACCESS_LOG);
        }
        if (!(whole.get(name) instanceof JsonArray rows)) {
            losses.add(name + " is no list of rows");
            return Reading.couldNotRead(
                    Source.ACCESS_LOG,
                    Why.MALFORMED,
                    Source.ACCESS_LOG.fileName() + ": " + name + " is no list of rows");
        }
        return Reading.present(LogRow.rows(objects(rows, name), losses).stream()
                .flatMap(row -> {
                    Optional<T> read = reader.apply(row);
                    if (read.isEmpty()) {
                        losses.add("a row of " + name + " without what it counts");
                    }
                    return read.stream();
                })
                .toList());
    }

    /** The rows that are objects at all. */
    private JsonArray objects(JsonArray rows, String name) {
        JsonArray objects = new JsonArray();
        for (JsonElement row : rows) {
            if (row instanceof JsonObject) {
                objects.add(row);
            } else {
                losses.add("a row of " + name + " that is no object");
            }
        }
        return objects;
    }

    private Optional<Count> count(LogRow row) {
        Optional<RequestDimension> dimension = RequestDimension.withId(row.text("dimension"));
        OptionalDouble failed = count(row, "failed");
        OptionalDouble served = count(row, "served");
        OptionalDouble values = row.has("values") ? count(row, "values") : OptionalDouble.of(1);
        String value = row.text("value");
        if (dimension.isEmpty() || failed.isEmpty() || served.isEmpty() || values.isEmpty() || value.isEmpty()) {
            return Optional.empty();
        }
        boolean minute = dimension.get() == RequestDimension.MINUTE && !value.equals(DimensionCounts.OTHERS);
        Optional<Instant> at = minute ? AzureTime.in(value) : Optional.of(Instant.EPOCH);
        return at.map(instant -> new Count(
                spelling.pool(row.text("backendpoolname")),
                dimension.get(),
                minute ? instant.toString() : named(dimension.get(), value),
                Math.round(failed.getAsDouble()),
                Math.round(served.getAsDouble()),
                Math.max(1, Math.round(values.getAsDouble()))));
    }

    private String named(RequestDimension dimension, String value) {
        return switch (dimension) {
            case HOST -> value.toLowerCase(Locale.ROOT);
            // The path alone: what follows it can hold secrets.
            case PATH -> value.replaceFirst("\\?.*", "");
            default -> value;
        };
    }

    private Optional<Point> point(LogRow row) {
        Optional<Instant> at = AzureTime.in(row.text("timegenerated"));
        OptionalDouble requests = count(row, "requests");
        OptionalDouble byGateway = count(row, "failedbygateway");
        OptionalDouble byBackend = count(row, "failedbybackend");
        double minutes = row.number("minutes").orElse(1);
        boolean counted = requests.isPresent() && byGateway.isPresent() && byBackend.isPresent();
        boolean dated = at.isPresent() && minutes >= 1 && minutes <= LONGEST_STEP_MINUTES;
        if (!counted || !dated || byGateway.getAsDouble() + byBackend.getAsDouble() > requests.getAsDouble()) {
            return Optional.empty();
        }
        OptionalDouble p95 = row.number("timetakenp95");
        return Optional.of(new Point(
                at.get(),
                Duration.ofMinutes(Math.round(minutes)),
                row.name("host").toLowerCase(Locale.ROOT),
                Math.round(requests.getAsDouble()),
                Math.round(byGateway.getAsDouble()),
                Math.round(byBackend.getAsDouble()),
                p95.isPresent() && p95.getAsDouble() < 0 ? OptionalDouble.empty() : p95));
    }

    private static OptionalDouble count(LogRow row, String column) {
        OptionalDouble number = row.number(column);
        boolean sound = number.isPresent() && number.getAsDouble() >= 0 && number.getAsDouble() <= MOST_REQUESTS;
        return sound ? number : OptionalDouble.empty();
    }
}
