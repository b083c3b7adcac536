package dev.triage502.evidence.arm.form;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import java.util.List;
import java.util.Optional;

/** Metrics, as {@code az monitor metrics list}, {@code Get-AzMetric} and the REST API give them. */
final class MetricsForm implements DocumentForm {

    @Override
    public Optional<TakenDocument> take(JsonElement document) {
        List<JsonObject> metrics = AnyCase.elements(document);
        boolean all = !metrics.isEmpty() && metrics.stream().allMatch(each -> AnyCase.has(each, "timeseries"));
        return all
                ? Optional.of(new TakenDocument(
                        metrics.size() == 1 ? "1 metric" : metrics.size() + " metrics",
                        metrics.stream()
                                .map(each -> TakenPart.listed(Source.METRICS, each))
                                .toList()))
                : Optional.empty();
    }
}
