package dev.triage502.local;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.json.JsonTree;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Points of one metric put together as a request asks: of several series one, of many minutes one interval. */
final class MetricSeries {

    private static final List<String> AGGREGATIONS = List.of("total", "count", "average", "minimum", "maximum");

    private final Map<String, String> dimensions;
    private final Map<Instant, Map<String, List<Double>>> points = new TreeMap<>();

    MetricSeries(Map<String, String> dimensions) {
        this.dimensions = dimensions;
    }

    /** The dimension values of a series in a document, names in lower case, as Azure answers them, found in any case. */
    static Map<String, String> dimensionsOf(JsonObject series) {
        Map<String, String> dimensions = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (JsonObject each : JsonTree.objects(series, "metadatavalues")) {
            dimensions.put(JsonTree.text(each, "name", "value").toLowerCase(Locale.ROOT), JsonTree.text(each, "value"));
        }
        return dimensions;
    }

    /** Adds the points of a series that lie within the span. */
    void add(JsonObject series, Span span) {
        for (JsonObject point : JsonTree.objects(series, "data")) {
            Instant at = OffsetDateTime.parse(JsonTree.text(point, "timeStamp")).toInstant();
            if (span.holds(at)) {
                Map<String, List<Double>> bin = points.computeIfAbsent(span.binOf(at), key -> new TreeMap<>());
                for (String aggregation : AGGREGATIONS) {
                    JsonElement value = point.get(aggregation);
                    if (value != null && value.isJsonPrimitive()) {
                        bin.computeIfAbsent(aggregation, key -> new ArrayList<>())
                                .add(value.getAsDouble());
                    }
                }
            }
        }
    }

    /** As Azure Monitor writes it; a point without a value of the kinds asked for has its time only. */
    JsonObject toJson(Set<String> aggregations) {
        JsonArray metadata = new JsonArray();
        dimensions.forEach((name, value) -> {
            JsonObject named = JsonLookup.of("value", name);
            named.addProperty("localizedValue", name);
            JsonObject one = JsonLookup.of("name", named);
            one.addProperty("value", value);
            metadata.add(one);
        });
        JsonArray data = new JsonArray();
        points.forEach((at, values) -> {
            JsonObject point = JsonLookup.of("timeStamp", at.toString());
            values.forEach((aggregation, each) -> {
                if (aggregations.contains(aggregation)) {
                    point.addProperty(aggregation, together(aggregation, each));
                }
            });
            data.add(point);
        });
        JsonObject series = JsonLookup.of("metadatavalues", metadata);
        series.add("data", data);
        return series;
    }

    private static double together(String aggregation, List<Double> values) {
        var all = values.stream().mapToDouble(Double::doubleValue);
        return switch (aggregation) {
            case "total", "count" -> all.sum();
            case "minimum" -> all.min().orElse(0);
            case "maximum" -> all.max().orElse(0);
            default -> all.average().orElse(0);
        };
    }

    /** The time that is asked for, and how it is cut. {@code step} is zero for one point over all of it. */
    record Span(Instant from, Instant to, Duration step) {

        boolean holds(Instant at) {
            return !at.isBefore(from) && at.isBefore(to);
        }

        Instant binOf(Instant at) {
            if (step.isZero()) {
                return from;
            }
            long seconds = step.toSeconds();
            return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), seconds) * seconds);
        }
    }
}
