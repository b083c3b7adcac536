package dev.triage502.collect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.azure.ArmOperation;
import dev.triage502.azure.CallContext;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.MetricAnswer;
import dev.triage502.evidence.arm.ResourceReferences;
import dev.triage502.incident.Incident;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * The platform's counts and times, merged into one answer. One call takes metrics of one set of dimensions, so there
 * are some; one that is refused stands under {@code unread} by its metrics' names.
 */
final class MetricsCollector implements SourceCollector {

    /** Metrics that are asked for together. */
    private record Set(String names, String aggregation, String filter) {}

    /** Counts have only a sum, levels only an average: a metric asked for with another is refused. */
    private static final Set COUNTS = new Set("CurrentConnections,TotalRequests,FailedRequests", "Total", "");

    private static final String BY_POOL = "BackendSettingsPool eq '*'";

    private static final Set RESPONSES = new Set("ResponseStatus", "Total", "HttpStatusGroup eq '*'");

    private static final List<Set> SECOND_GENERATION = List.of(
            RESPONSES,
            new Set("HealthyHostCount,UnhealthyHostCount,AvgRequestCountPerHealthyHost", "Average", BY_POOL),
            new Set(
                    "BackendResponseStatus",
                    "Total",
                    "HttpStatusGroup eq '5xx' and BackendPool eq '*' and BackendHttpSetting eq '*'"),
            new Set(
                    "BackendConnectTime,BackendFirstByteResponseTime,BackendLastByteResponseTime",
                    "Average,Maximum",
                    "BackendPool eq '*'"),
            COUNTS,
            new Set("CapacityUnits,ComputeUnits,NewConnectionsPerSecond,Throughput", "Average", ""));

    private static final List<Set> FIRST_GENERATION = List.of(
            RESPONSES,
            new Set("HealthyHostCount,UnhealthyHostCount", "Average", BY_POOL),
            COUNTS,
            new Set("CpuUtilization,Throughput", "Average", ""));

    @Override
    public Reading<JsonElement> collect(CollectContext scene, CallContext ask) throws InterruptedException {
        boolean second =
                scene.gateway().map(Gateway::sku).map(Gateway.Sku::isV2).orElse(true);
        List<Set> sets = second ? SECOND_GENERATION : FIRST_GENERATION;
        List<Callable<Reading<JsonElement>>> calls = new ArrayList<>();
        for (Set set : sets) {
            calls.add(
                    () -> scene.arm().get(ask, ArmOperation.METRICS, scene.gatewayId(), query(set, scene.incident())));
        }
        return merged(sets, scene.fan().all(calls));
    }

    private static Map<String, String> query(Set set, Incident incident) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("timespan", incident.from() + "/" + incident.to());
        query.put("interval", interval(Duration.between(incident.from(), incident.to())));
        query.put("metricnames", set.names());
        query.put("aggregation", set.aggregation());
        if (!set.filter().isEmpty()) {
            query.put("$filter", set.filter());
            // Without it Azure returns ten series, whichever it likes.
            query.put("top", "100");
        }
        return query;
    }

    /** A point a minute, until that is too many of them. */
    private static String interval(Duration window) {
        return window.compareTo(Duration.ofHours(6)) <= 0
                ? "PT1M"
                : window.compareTo(Duration.ofHours(48)) <= 0 ? "PT5M" : "PT1H";
    }

    private static Reading<JsonElement> merged(List<Set> sets, List<Reading<JsonElement>> answers) {
        CompositeDocument unread = new CompositeDocument(Source.METRICS);
        JsonObject document = new JsonObject();
        JsonArray all = new JsonArray();
        for (int i = 0; i < sets.size(); i++) {
            String names = sets.get(i).names();
            answers.get(i).unread().ifPresent(refusal -> unread.unread(names, refusal));
            if (answers.get(i).toOptional().orElse(null) instanceof JsonObject answer) {
                MetricAnswer.describe(answer, document);
                ResourceReferences.listed(answer).forEach(metric -> add(metric, all, unread));
            }
        }
        boolean nothing = answers.stream().noneMatch(Reading::isPresent);
        if (nothing) {
            return unread.reading();
        }
        unread.listOf(all).entrySet().forEach(entry -> document.add(entry.getKey(), entry.getValue()));
        return Reading.present(document);
    }

    private static void add(JsonObject metric, JsonArray all, CompositeDocument unread) {
        MetricAnswer.refusalOf(metric)
                .ifPresentOrElse(refusal -> unread.unread(MetricAnswer.nameOf(metric), refusal), () -> all.add(metric));
    }
}
