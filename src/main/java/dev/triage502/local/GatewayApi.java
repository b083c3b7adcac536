package dev.triage502.local;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What ARM answers about the one gateway of a case: health, test probes, metrics, changes, availability, settings. */
final class GatewayApi {

    private final Estate estate;
    private final LongRunning operations;
    private final int pageSize;

    GatewayApi(Estate estate, LongRunning operations, int pageSize) {
        this.estate = estate;
        this.operations = operations;
        this.pageSize = pageSize;
    }

    Answer backendHealth(Call call, ArmPath path) {
        return ifOurs(
                path.parent(),
                () -> answer(
                        Source.BACKEND_HEALTH,
                        path,
                        "/action",
                        health -> operations.begin(
                                call, Source.BACKEND_HEALTH, estate.gateway().subscription(), Answer.ok(health))));
    }

    /** The recorded answer for the pool and the setting that the body names. */
    Answer onDemandHealth(Call call, ArmPath path) {
        Optional<JsonObject> body = call.json();
        String pool =
                body.map(each -> Json.text(each, "backendAddressPool", "id")).orElse("");
        String setting =
                body.map(each -> Json.text(each, "backendHttpSettings", "id")).orElse("");
        if (pool.isEmpty() || setting.isEmpty()) {
            return Answer.badRequest(
                    "InvalidRequestFormat",
                    "Cannot parse the request: backendAddressPool.id and backendHttpSettings.id are required.");
        }
        return ifOurs(
                path.parent(),
                () -> answer(
                        Source.ON_DEMAND_HEALTH,
                        path,
                        "/action",
                        recorded -> find(recorded, body.get(), pool, setting)
                                .map(found -> operations.begin(
                                        call,
                                        Source.ON_DEMAND_HEALTH,
                                        estate.gateway().subscription(),
                                        Answer.ok(found)))
                                .orElseGet(() -> Answer.forbidden(path.spelledType() + "/action", path.parent()))));
    }

    Answer metrics(Call call, ArmPath path) {
        return ifOurs(
                path.scope(),
                () -> answer(
                        Source.METRICS,
                        path,
                        "/read",
                        recorded -> MetricsApi.answer(
                                call, recorded, estate.gateway().toString())));
    }

    Answer activityLog(Call call, ArmPath path) {
        return answer(Source.ACTIVITY_LOG, path, "/read", recorded -> ActivityLogApi.answer(call, recorded, pageSize));
    }

    Answer diagnosticSettings(Call call, ArmPath path) {
        return ifOurs(
                path.scope(),
                () -> answer(
                        Source.DIAGNOSTIC_SETTINGS,
                        path,
                        "/read",
                        recorded -> Paging.page(call, Json.objects(recorded, "value"), pageSize)));
    }

    /** {@code …/availabilityStatuses/current}, or the list, which then has that one. */
    Answer resourceHealth(Call call, ArmPath path) {
        if (!path.endsInType() && !path.name(0).equalsIgnoreCase("current")) {
            return Refusal.notFound(path.path());
        }
        return ifOurs(
                path.scope(),
                () -> answer(Source.RESOURCE_HEALTH, path, "/read", recorded -> {
                    if (!path.endsInType()) {
                        return Answer.ok(recorded);
                    }
                    JsonArray one = new JsonArray();
                    one.add(recorded);
                    return Answer.ok(Json.of("value", one));
                }));
    }

    private Answer answer(Source source, ArmPath path, String verb, Function<JsonElement, Answer> answer) {
        String scope = path.scope().isEmpty() || path.names().isEmpty() ? path.scope() : path.parent();
        return Refusal.or(estate.document(source), path.spelledType() + verb, scope, answer);
    }

    private Answer ifOurs(String id, Supplier<Answer> answer) {
        return ResourceId.of(id).equals(estate.gateway()) ? answer.get() : Refusal.notFound(id);
    }

    private static Optional<JsonObject> find(JsonElement recorded, JsonObject body, String pool, String setting) {
        if (!(recorded instanceof JsonArray answers)) {
            return Optional.empty();
        }
        return Json.objects(answers).stream()
                .filter(each ->
                        poolOf(each).equalsIgnoreCase(pool) && settingOf(each).equalsIgnoreCase(setting))
                .filter(each -> asksTheSame(Json.object(each, "request"), body))
                .max(Comparator.comparing(each -> likeness(Json.object(each, "request"), body)))
                .map(each -> {
                    JsonObject answer = each.deepCopy();
                    answer.remove("request");
                    return answer;
                });
    }

    private static String poolOf(JsonObject answer) {
        return Json.text(answer, "backendAddressPool", "id");
    }

    private static String settingOf(JsonObject answer) {
        return Json.text(Json.object(answer, "backendHealthHttpSettings"), "backendHttpSettings", "id");
    }

    /** Another host or path may be answered in any way: who asks so is told nothing that was said of something else. */
    private static boolean asksTheSame(JsonObject recorded, JsonObject body) {
        return Stream.of("host", "path")
                .allMatch(field ->
                        !recorded.has(field) || Json.text(recorded, field).equalsIgnoreCase(Json.text(body, field)));
    }

    /** How many of a request's fields are as they were when the answer was recorded. */
    private static long likeness(JsonObject recorded, JsonObject body) {
        return recorded.entrySet().stream()
                .filter(field -> field.getValue().equals(body.get(field.getKey())))
                .count();
    }
}
