package dev.triage502.report;

import com.google.gson.JsonObject;
import dev.triage502.json.JsonTree;
import java.util.Map;

/** How sure a cause is, in a reader's words, and the one reason that applies. */
final class ConfidencePhrases {

    private static final Map<String, String> REASONS = Map.of(
            "direct-evidence", "direct evidence, nothing contradicts it",
            "contradicted", "direct evidence, but one sign contradicts it",
            "strong-sign", "one strong sign, nothing contradicts it",
            "two-sources", "two sources agree",
            "read-in-part", "direct evidence, but part of the configuration or health data was not understood",
            "one-sign", "one indirect sign; other causes would look the same",
            "rival-unchecked", "a rival cause could not be checked");

    /** Documents of before do not say why; two of the three words leave no doubt. */
    private static final Map<String, String> WITHOUT_REASON =
            Map.of("confirmed", "direct-evidence", "possible", "one-sign");

    private ConfidencePhrases() {}

    /** {@code Likely: two sources agree}; the word alone where the document does not say why; empty for a conclusion. */
    static String of(JsonObject named) {
        String word = JsonTree.text(named, "confidence");
        String why = reason(named);
        return word.isEmpty() ? "" : ReportPhrases.upperFirst(word) + (why.isEmpty() ? "" : ": " + why);
    }

    /** {@code two sources agree}; empty where the document does not say why. */
    private static String reason(JsonObject named) {
        String written = JsonTree.text(named, "confidenceReason");
        String id = written.isEmpty() ? WITHOUT_REASON.getOrDefault(JsonTree.text(named, "confidence"), "") : written;
        return REASONS.getOrDefault(id, "");
    }
}
