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
import java.util.TreeMap;

/**
 * The gateway's platform metrics: an answer of {@code GET …/providers/Microsoft.Insights/metrics}, several of them in
 * an array, or the batch API's ({@code values[]}, one for each resource).
 */
final class MetricsReader {

    private final ResourceId gateway;
    private final List<Series> series = new ArrayList<>();

    private MetricsReader(ResourceId gateway) {
        this.gateway = gateway;
    }

    static Metrics read(ResourceId gateway, JsonElement document) {
        MetricsReader reader = new MetricsReader(gateway);
        if (document instanceof JsonArray) {
            ArmObject.list(document).forEach(reader::answer);
        } else {
            reader.answer(ArmObject.document(document));
        }
        reader.series.sort(
                Comparator.<Series, String>comparing(each -> each.metric().toLowerCase(Locale.ROOT))
                        .thenComparing(each -> each.dimensions().toString())
                        .thenComparing(Series::toString));
        return new Metrics(List.copyOf(reader.series));
    }

    private void answer(ArmObject answer) {
        if (answer.has("values")) {
            resources(answer.objects("values"));
        } else if (answer.has("value")) {
            answer.objects("value").forEach(this::metric);
        } else if (answer.has("timeseries")) {
            metric(answer);
        } else {
            throw answer.lacks("a list of metrics under value");
        }
    }

    /** A batch answers for several resources; only what is known to be another's is left out. */
    private void resources(List<ArmObject> resources) {
        boolean named = resources.stream().anyMatch(this::isOurs);
        resources.stream().filter(each -> !named || isOurs(each)).forEach(this::answer);
    }

    private boolean isOurs(ArmObject resource) {
        return resource.reference("resourceid").map(gateway::equals).orElse(false);
    }

    /** One metric; one that Azure refused ({@code errorCode}) has no series, and then it is not there. */
    private void metric(ArmObject metric) {
        String name = word(metric, "name");
        for (ArmObject line : metric.objects("timeseries")) {
            List<Point> points = line.objects("data").stream()
                    .flatMap(point -> point(point).stream())
                    .sorted(Comparator.comparing(Point::at).thenComparing(Point::toString))
                    .toList();
            if (!points.isEmpty()) {
                series.add(new Series(name, dimensions(line), points));
            }
        }
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
                point.number("total"),
                point.number("average"),
                point.number("maximum"));
        return read.value().isPresent() ? Optional.of(read) : Optional.empty();
    }

    /** A word that Azure writes as {@code {"value","localizedValue"}}, or by itself. */
    static String word(ArmObject object, String name) {
        return object.find(name) instanceof JsonObject
                ? object.object(name).text("value", "localizedValue")
                : object.text(name);
    }
}
