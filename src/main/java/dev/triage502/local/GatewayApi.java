package dev.triage502.local;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import dev.triage502.json.JsonTree;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What ARM answers about the one gateway of a case: health, test probes, metrics, changes, availability, settings. */
final class GatewayApi {

    private static final String EVENTS = "serviceEvents";

    private final PretendResources estate;
    private final PollableOperations operations;
    private final int pageSize;

    GatewayApi(PretendResources estate, PollableOperations operations, int pageSize) {
        this.estate = estate;
        this.operations = operations;
        this.pageSize = pageSize;
    }

    PretendAnswer backendHealth(PretendRequest call, ArmPath path) {
        return ifOurs(
                path.parent(),
                () -> answer(
                        Source.BACKEND_HEALTH,
                        path,
                        "/action",
                        health -> operations.begin(
                                call,
                                Source.BACKEND_HEALTH,
                                estate.gateway().subscription(),
                                PretendAnswer.ok(health))));
    }

    /** The recorded answer for the pool and the setting that the body names. */
    PretendAnswer onDemandHealth(PretendRequest call, ArmPath path) {
        Optional<JsonObject> body = call.json();
        String pool = body.map(each -> JsonTree.text(each, "backendAddressPool", "id"))
                .orElse("");
        String setting = body.map(each -> JsonTree.text(each, "backendHttpSettings", "id"))
                .orElse("");
        if (pool.isEmpty() || setting.isEmpty()) {
            return PretendAnswer.badRequest(
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
                                        PretendAnswer.ok(found)))
                                .orElseGet(
                                        () -> PretendAnswer.forbidden(path.spelledType() + "/action", path.parent()))));
    }

    PretendAnswer metrics(PretendRequest call, ArmPath path) {
        return ifOurs(
                path.scope(),
                () -> answer(
                        Source.METRICS,
                        path,
                        "/read",
                        recorded -> MetricsApi.answer(
                                call, recorded, estate.gateway().toString())));
    }

    PretendAnswer activityLog(PretendRequest call, ArmPath path) {
        return answer(Source.ACTIVITY_LOG, path, "/read", recorded -> ActivityLogApi.answer(call, recorded, pageSize));
    }

    PretendAnswer diagnosticSettings(PretendRequest call, ArmPath path) {
        return ifOurs(
                path.scope(),
                () -> answer(
                        Source.DIAGNOSTIC_SETTINGS,
                        path,
                        "/read",
                        recorded -> ListPaging.page(call, JsonTree.objects(recorded, "value"), pageSize)));
    }

    /** {@code …/availabilityStatuses/current}, or the list, which then has that one. */
    PretendAnswer resourceHealth(PretendRequest call, ArmPath path) {
        if (!path.endsInType() && !path.name(0).equalsIgnoreCase("current")) {
            return RecordedRefusal.notFound(path.path());
        }
        return ifOurs(
                path.scope(),
                () -> answer(Source.RESOURCE_HEALTH, path, "/read", recorded -> {
                    JsonElement status = recorded.deepCopy();
                    if (status instanceof JsonObject object) {
                        object.remove(EVENTS);
                        object.remove("unread");
                    }
                    if (!path.endsInType()) {
                        return PretendAnswer.ok(status);
                    }
                    JsonArray one = new JsonArray();
                    one.add(status);
                    return PretendAnswer.ok(JsonLookup.of("value", one));
                }));
    }

    /** Service Health's events, which a case folder keeps beside the availability status; without any, there were none. */
    PretendAnswer serviceEvents(PretendRequest call, ArmPath path) {
        return RecordedRefusal.or(
                estate.document(Source.RESOURCE_HEALTH),
                path.spelledType() + "/read",
                path.scope(),
                recorded -> ListPaging.page(call, JsonTree.objects(recorded, EVENTS), pageSize));
    }

    private PretendAnswer answer(
            Source source, ArmPath path, String verb, Function<JsonElement, PretendAnswer> answer) {
        String scope = path.scope().isEmpty() || path.names().isEmpty() ? path.scope() : path.parent();
        return RecordedRefusal.or(estate.document(source), path.spelledType() + verb, scope, answer);
    }

    private PretendAnswer ifOurs(String id, Supplier<PretendAnswer> answer) {
        return ResourceId.of(id).equals(estate.gateway()) ? answer.get() : RecordedRefusal.notFound(id);
    }

    private static Optional<JsonObject> find(JsonElement recorded, JsonObject body, String pool, String setting) {
        if (!(recorded instanceof JsonArray answers)) {
            return Optional.empty();
        }
        return JsonTree.objects(answers).stream()
                .filter(each ->
                        poolOf(each).equalsIgnoreCase(pool) && settingOf(each).equalsIgnoreCase(setting))
                .filter(each -> asksTheSame(JsonTree.object(each, "request"), body))
                .max(Comparator.comparing(each -> likeness(JsonTree.object(each, "request"), body)))
                .map(each -> {
                    JsonObject answer = each.deepCopy();
                    answer.remove("request");
                    return answer;
                });
    }

    private static String poolOf(JsonObject answer) {
        return JsonTree.text(answer, "backendAddressPool", "id");
    }

    private static String settingOf(JsonObject answer) {
        return JsonTree.text(JsonTree.object(answer, "backendHealthHttpSettings"), "backendHttpSettings", "id");
    }

    /** Another host or path may be answered in any way: who asks so is told nothing that was said of something else. */
    private static boolean asksTheSame(JsonObject recorded, JsonObject body) {
        return Stream.of("host", "path")
                .allMatch(field -> !recorded.has(field)
                        || JsonTree.text(recorded, field).equalsIgnoreCase(JsonTree.text(body, field)));
    }

    /** How many of a request's fields are as they were when the answer was recorded. */
    private static long likeness(JsonObject recorded, JsonObject body) {
        return recorded.entrySet().stream()
                .filter(field -> field.getValue().equals(body.get(field.getKey())))
                .count();
    }
}
