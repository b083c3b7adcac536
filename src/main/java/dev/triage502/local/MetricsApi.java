package dev.triage502.local;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.json.JsonTree;
import dev.triage502.local.MetricCatalog.Metric;
import dev.triage502.local.MetricSeries.Span;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Azure Monitor's {@code GET …/providers/Microsoft.Insights/metrics} over a recorded answer.
 *
 * <p>A request that Azure Monitor would refuse (a metric, dimension, interval or span that it does not know) is
 * refused. Source: https://learn.microsoft.com/rest/api/monitor/metrics/list
 */
final class MetricsApi {

    private static final Set<String> AGGREGATIONS = Set.of("total", "count", "average", "minimum", "maximum");
    private static final Set<String> INTERVALS =
            Set.of("PT1M", "PT5M", "PT15M", "PT30M", "PT1H", "PT6H", "PT12H", "P1D", "FULL");
    private static final int DEFAULT_TOP = 10;

    private MetricsApi() {}

    /** What a request asks for. */
    private record Wanted(List<Metric> metrics, MetricFilter filter, Span span, Set<String> aggregations, int top) {}

    /** A request that is refused. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    static PretendAnswer answer(PretendRequest call, JsonElement recorded, String gateway) {
        try {
            Wanted wanted = wanted(call);
            JsonObject body = new JsonObject();
            body.addProperty("cost", 0);
            body.addProperty(
                    "timespan", wanted.span().from() + "/" + wanted.span().to());
            body.addProperty("interval", call.parameter("interval").isEmpty() ? "PT1M" : call.parameter("interval"));
            body.add(
                    "value",
                    JsonLookup.array(wanted.metrics().stream()
                            .map(metric -> value(metric, wanted, recorded, gateway))
                            .toList()));
            body.addProperty("namespace", "Microsoft.Network/applicationGateways");
            body.addProperty("resourceregion", JsonTree.text(recorded, "resourceregion"));
            return PretendAnswer.ok(body);
        } catch (Refused e) {
            return PretendAnswer.badRequest("BadRequest", String.valueOf(e.getMessage()));
        }
    }

    private static JsonObject value(Metric metric, Wanted wanted, JsonElement recorded, String gateway) {
        JsonObject value = new JsonObject();
        value.addProperty("id", gateway + "/providers/Microsoft.Insights/metrics/" + metric.name());
        value.addProperty("type", "Microsoft.Insights/metrics");
        JsonObject name = JsonLookup.of("value", metric.name());
        name.addProperty("localizedValue", metric.name());
        value.add("name", name);
        value.addProperty("unit", metric.unit());
        Optional<String> unsupported = wanted.aggregations().stream()
                .filter(aggregation -> !metric.supports(aggregation))
                .findFirst();
        if (unsupported.isPresent()) {
            // Azure refuses this metric alone, inside an answer of 200.
            value.add("timeseries", new JsonArray());
            value.addProperty("errorCode", "InvalidSamplingType");
            value.addProperty(
                    "errorMessage",
                    "Sampling type is not found. Metric:" + metric.name() + ", SamplingType:" + unsupported.get()
                            + ".");
            return value;
        }
        value.add(
                "timeseries",
                JsonLookup.array(series(metric, wanted, recorded).stream()
                        .map(each -> each.toJson(wanted.aggregations()))
                        .toList()));
        value.addProperty("errorCode", "Success");
        return value;
    }

    private static List<MetricSeries> series(Metric metric, Wanted wanted, JsonElement recorded) {
        boolean splits = wanted.filter().dimensions().keySet().stream().allMatch(metric::hasDimension);
        MetricFilter filter = splits ? wanted.filter() : new MetricFilter(Map.of());
        Map<Map<String, String>, MetricSeries> found = new LinkedHashMap<>();
        for (JsonObject each : JsonTree.objects(recorded, "value")) {
            if (JsonTree.text(each, "name", "value").equalsIgnoreCase(metric.name())) {
                for (JsonObject series : JsonTree.objects(each, "timeseries")) {
                    Map<String, String> dimensions = MetricSeries.dimensionsOf(series);
                    if (filter.matches(dimensions)) {
                        Map<String, String> kept = new TreeMap<>(dimensions);
                        kept.keySet().retainAll(filter.dimensions().keySet());
                        found.computeIfAbsent(kept, MetricSeries::new).add(series, wanted.span());
                    }
                }
            }
        }
        return found.values().stream()
                .limit(filter.isEmpty() ? 1 : wanted.top())
                .toList();
    }

    private static Wanted wanted(PretendRequest call) throws Refused {
        MetricFilter filter = MetricFilter.parse(call.parameter("$filter"))
                .orElseThrow(() -> new Refused("Invalid filter: '" + call.parameter("$filter") + "'."));
        boolean validates = !call.parameter("ValidateDimensions").equalsIgnoreCase("false");
        return new Wanted(
                metrics(call.parameter("metricnames"), filter, validates),
                filter,
                span(call.parameter("timespan"), call.parameter("interval")),
                aggregations(call.parameter("aggregation")),
                top(call.parameter("top")));
    }

    private static List<Metric> metrics(String names, MetricFilter filter, boolean validates) throws Refused {
        List<Metric> metrics = new ArrayList<>();
        for (String name : names.split(",", -1)) {
            Metric metric = MetricCatalog.find(name.strip())
                    .orElseThrow(
                            () -> new Refused("Failed to find metric configuration for provider: Microsoft.Network,"
                                    + " resource Type: applicationGateways, metric: " + name + ", Valid metrics: "
                                    + MetricCatalog.names()));
            for (String dimension : filter.dimensions().keySet()) {
                if (validates && !metric.hasDimension(dimension)) {
                    throw new Refused("Metric: " + metric.name() + " does not support requested dimension combination: "
                            + dimension + ", supported ones are: " + String.join(",", metric.dimensions()));
                }
            }
            metrics.add(metric);
        }
        return metrics;
    }

    private static Span span(String timespan, String interval) throws Refused {
        String step = interval.isEmpty() ? "PT1M" : interval;
        if (!INTERVALS.contains(step)) {
            throw new Refused(
                    "Detected invalid time grain input, supported ones: " + String.join(",", new TreeSet<>(INTERVALS)));
        }
        String[] ends = timespan.split("/", -1);
        Optional<Instant> from = instant(ends[0]);
        Optional<Instant> to = ends.length == 2 ? instant(ends[1]) : Optional.empty();
        if (from.isEmpty() || to.isEmpty() || !from.get().isBefore(to.get())) {
            throw new Refused("Invalid time span: '" + timespan + "', expected start/end in ISO 8601.");
        }
        return new Span(from.get(), to.get(), step.equals("FULL") ? Duration.ZERO : duration(step));
    }

    private static Duration duration(String step) {
        return step.equals("P1D") ? Duration.ofDays(1) : Duration.parse(step);
    }

    private static Set<String> aggregations(String text) throws Refused {
        Set<String> aggregations = new TreeSet<>();
        for (String each : (text.isEmpty() ? "Average" : text).split(",", -1)) {
            String aggregation = each.strip().toLowerCase(Locale.ROOT);
            if (!AGGREGATIONS.contains(aggregation)) {
                throw new Refused("Invalid aggregation type: '" + each + "'.");
            }
            aggregations.add(aggregation);
        }
        return aggregations;
    }

    private static int top(String text) throws Refused {
        if (text.isEmpty()) {
            return DEFAULT_TOP;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new Refused("Invalid top: '" + text + "'.");
        }
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
