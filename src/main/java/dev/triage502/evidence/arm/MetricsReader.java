package dev.triage502.evidence.arm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Metrics;
import dev.triage502.evidence.Metrics.Point;
import dev.triage502.evidence.Metrics.Series;
import dev.triage502.incident.ResourceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The gateway's platform metrics: an answer of {@code GET …/providers/Microsoft.Insights/metrics}, several of them in
 * an array, or the batch API's ({@code values[]}, one for each resource).
 */
final class MetricsReader {

    /** More than any gateway counts: bytes of a day at a terabit a second. */
    private static final double MOST = 1e17;

    private final ResourceId gateway;
    private final List<Series> series = new ArrayList<>();

    private final Losses losses;

    private MetricsReader(ResourceId gateway, Losses losses) {
        this.gateway = gateway;
        this.losses = losses;
    }

    static Metrics read(ResourceId gateway, JsonElement document, Losses losses) {
        MetricsReader reader = new MetricsReader(gateway, losses);
        if (document instanceof JsonArray) {
            reader.each(ArmObject.list(document), reader::answer);
        } else {
            reader.answer(ArmObject.document(document));
        }
        reader.series.sort(Comparator.comparing(Series::metric, String.CASE_INSENSITIVE_ORDER)
                .thenComparing(each -> each.dimensions().toString())
                .thenComparing(Series::toString));
        return new Metrics(List.copyOf(reader.series));
    }

    private void answer(ArmObject answer) {
        if (answer.has("values")) {
            resources(answer.objects("values"));
        } else if (answer.has("value")) {
            each(answer.objects("value"), this::metric);
        } else if (answer.has("timeseries")) {
            metric(answer);
        } else {
            throw answer.lacks("a list of metrics under value");
        }
    }

    /** A batch answers for several resources; only what is known to be another's is left out. */
    private void resources(List<ArmObject> resources) {
        boolean named = resources.stream().anyMatch(each -> new Losses().read(false, () -> isOurs(each)));
        each(resources, each -> {
            if (!named || isOurs(each)) {
                answer(each);
            }
        });
    }

    private void each(List<ArmObject> elements, Consumer<ArmObject> reader) {
        losses.each(elements, element -> {
            reader.accept(element);
            return element;
        });
    }

    private boolean isOurs(ArmObject resource) {
        return resource.reference("resourceid").map(gateway::equals).orElse(false);
    }

    /**
     * One metric. One that Azure refused inside its answer ({@code errorCode}: {@code InvalidSamplingType} …) is not
     * there; neither is one of which a series or a point is not understood, since what is left adds up to too little.
     */
    private void metric(ArmObject metric) {
        String name = word(metric, "name");
        String refused = metric.text("errorCode");
        if (!refused.isEmpty() && !refused.equalsIgnoreCase("Success")) {
            losses.add((name + ": " + refused + " " + metric.text("errorMessage")).strip());
            return;
        }
        List<Series> read = new ArrayList<>();
        for (ArmObject line : metric.objects("timeseries")) {
            List<Point> points = line.objects("data").stream()
                    .flatMap(point -> point(point).stream())
                    .sorted(Comparator.comparing(Point::at).thenComparing(Point::toString))
                    .toList();
            if (!points.isEmpty()) {
                read.add(new Series(name, dimensions(line), points));
            }
        }
        series.addAll(read);
    }

    private static Map<String, String> dimensions(ArmObject line) {
        Map<String, String> dimensions = new TreeMap<>();
        line.objects("metadatavalues")
                .forEach(each -> dimensions.put(word(each, "name").toLowerCase(Locale.ROOT), each.text("value")));
        return Collections.unmodifiableMap(dimensions);
    }

    /** A point without any value says nothing, not zero. */
    private static Optional<Point> point(ArmObject point) {
        Point read = new Point(
                point.instant("timeStamp").orElseThrow(() -> point.lacks("a point with its timeStamp")),
                measured(point, "total"),
                measured(point, "average"),
                measured(point, "maximum"));
        return read.value().isPresent() ? Optional.of(read) : Optional.empty();
    }

    private static OptionalDouble measured(ArmObject point, String field) {
        OptionalDouble value = point.number(field);
        if (Math.abs(value.orElse(0)) > MOST) {
            throw point.lacks("a point whose " + field + " a gateway can reach");
        }
        return value;
    }

    /** A word that Azure writes as {@code {"value","localizedValue"}}, or by itself. */
    static String word(ArmObject object, String name) {
        return object.find(name) instanceof JsonObject
                ? object.object(name).text("value", "localizedValue")
                : object.text(name);
    }
}
