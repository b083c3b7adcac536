package dev.triage502.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The gateway's platform metrics. A series or a point that is not there is not a zero.
 *
 * @param series one for each metric and combination of dimensions
 */
public record Metrics(List<Series> series) {

    /** One minute (or one bin) of one series; an aggregation that was not asked for is empty. */
    public record Point(Instant at, OptionalDouble total, OptionalDouble average, OptionalDouble maximum) {
        /** The value that counts for counters (total), else for gauges (average, else maximum). */
        public OptionalDouble value() {
            if (total.isPresent()) {
                return total;
            }
            return average.isPresent() ? average : maximum;
        }
    }

    /**
     * @param metric     the REST name, such as {@code UnhealthyHostCount}
     * @param dimensions names in lower case, as Azure answers them
     */
    public record Series(String metric, Map<String, String> dimensions, List<Point> points) {

        public Optional<String> dimension(String name) {
            return Optional.ofNullable(dimensions.get(name.toLowerCase(Locale.ROOT)));
        }

        /** The pool of a {@code BackendSettingsPool} value such as {@code pool~setting}, or of {@code BackendPool}. */
        public Optional<String> pool() {
            return dimension("backendsettingspool")
                    .map(value -> value.indexOf('~') < 0 ? value : value.substring(0, value.indexOf('~')))
                    .or(() -> dimension("backendpool"));
        }

        public Optional<String> setting() {
            return dimension("backendsettingspool")
                    .filter(value -> value.indexOf('~') >= 0)
                    .map(value -> value.substring(value.indexOf('~') + 1))
                    .or(() -> dimension("backendhttpsetting"));
        }

        /** The points that carry a value. */
        public List<Point> measured() {
            return points.stream().filter(point -> point.value().isPresent()).toList();
        }

        public double sum() {
            return measured().stream()
                    .mapToDouble(point -> point.value().orElse(0))
                    .sum();
        }

        public OptionalDouble peak() {
            return measured().stream()
                    .mapToDouble(point -> point.maximum().orElse(point.value().orElse(0)))
                    .max();
        }

        public OptionalDouble latest() {
            List<Point> measured = measured();
            return measured.isEmpty()
                    ? OptionalDouble.empty()
                    : measured.get(measured.size() - 1).value();
        }
    }

    public Stream<Series> of(String metric) {
        return series.stream().filter(each -> each.metric().equalsIgnoreCase(metric));
    }

    /** The series of a metric with one value of one dimension. */
    public Stream<Series> of(String metric, String dimension, String value) {
        return of(metric)
                .filter(each -> each.dimension(dimension)
                        .filter(value::equalsIgnoreCase)
                        .isPresent());
    }

    /** Responses of the 5xx group that clients got, if that was measured. */
    public OptionalDouble clientErrors() {
        List<Series> found = of("ResponseStatus", "httpstatusgroup", "5xx").toList();
        boolean asked = of("ResponseStatus").findAny().isPresent();
        return asked ? OptionalDouble.of(found.stream().mapToDouble(Series::sum).sum()) : OptionalDouble.empty();
    }

    /** Responses of the 5xx group that backends gave, if that was measured. */
    public OptionalDouble backendErrors() {
        List<Series> found =
                of("BackendResponseStatus", "httpstatusgroup", "5xx").toList();
        boolean asked = of("BackendResponseStatus").findAny().isPresent();
        return asked ? OptionalDouble.of(found.stream().mapToDouble(Series::sum).sum()) : OptionalDouble.empty();
    }
}
