package dev.triage502.evidence.arm;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import java.util.List;
import java.util.Optional;

/** What does one answer for metrics say besides the values? For merging several answers into one document. */
public final class MetricAnswer {

    private static final List<String> DESCRIPTION = List.of("timespan", "interval", "namespace", "resourceregion");

    private MetricAnswer() {}

    /** Copies what an answer says of all its metrics to the merged document. */
    public static void describe(JsonObject answer, JsonObject merged) {
        for (String field : DESCRIPTION) {
            if (answer.has(field)) {
                merged.add(field, answer.get(field));
            }
        }
    }

    /** The metric's name, or a question mark. */
    public static String nameOf(JsonElement metric) {
        return first(metric, "name.value", "?");
    }

    /** Why Azure refused this metric of a call alone: it answers 200, with an error in the metric's place. */
    public static Optional<CouldNotRead<JsonElement>> refusalOf(JsonElement metric) {
        String code = first(metric, "errorCode", "Success");
        return code.equalsIgnoreCase("Success")
                ? Optional.empty()
                : Optional.of(new CouldNotRead<>(
                        Source.METRICS, Why.UNREACHABLE, code + ": " + first(metric, "errorMessage", "")));
    }

    private static String first(JsonElement metric, String path, String otherwise) {
        return ArmFields.texts(metric, path).stream().findFirst().orElse(otherwise);
    }
}
