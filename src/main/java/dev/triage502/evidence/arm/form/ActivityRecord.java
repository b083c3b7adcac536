package dev.triage502.evidence.arm.form;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One event of the activity log, in whichever schema: the REST API's, which az and PowerShell print; that of records in
 * an event hub or a storage account; or a row of the workspace's table {@code AzureActivity}.
 *
 * <p>How the fields of the three correspond: activity-log-schema, <em>Schema from storage account and event hubs</em>.
 */
final class ActivityRecord {

    private static final Map<String, String> STEPS = Map.of(
            "start", "Started",
            "accept", "Accepted",
            "success", "Succeeded",
            "failure", "Failed");

    private static final String CLAIM = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";

    /** The claims that name who acted, a person's before a program's. */
    private static final List<String> CALLERS = List.of(CLAIM + "upn", CLAIM + "name", "name", "appid");

    private ActivityRecord() {}

    static boolean isOne(JsonObject record) {
        return isEvent(record) || isRow(record) || isStreamed(record);
    }

    /** The event as the REST API has it. */
    static JsonObject asEvent(JsonObject record) {
        return isEvent(record) ? record : isRow(record) ? ofRow(record) : ofStreamed(record);
    }

    private static boolean isEvent(JsonObject record) {
        return AnyCase.has(record, "eventTimestamp") && AnyCase.has(record, "operationName");
    }

    private static boolean isRow(JsonObject record) {
        return AnyCase.has(record, "OperationNameValue") && AnyCase.has(record, "ActivityStatusValue");
    }

    /** Its operation is that of a resource type, and it says who may do it. */
    private static boolean isStreamed(JsonObject record) {
        return AnyCase.text(record, "operationName").contains("/")
                && AnyCase.has(record, "resultType")
                && AnyCase.has(record, "time");
    }

    private static JsonObject ofStreamed(JsonObject record) {
        JsonElement claims = AnyCase.field(record, "identity")
                .flatMap(identity -> AnyCase.field(identity, "claims"))
                .orElseGet(JsonObject::new);
        JsonElement properties = AnyCase.field(record, "properties").orElseGet(JsonObject::new);
        String[] signature = AnyCase.text(record, "resultSignature").split("\\.", 2);
        String step = AnyCase.text(record, "resultType").toLowerCase(Locale.ROOT);
        JsonObject event = new JsonObject();
        event.addProperty("eventTimestamp", AnyCase.text(record, "time"));
        event.addProperty("operationName", AnyCase.text(record, "operationName"));
        event.addProperty("resourceId", AnyCase.text(record, "resourceId"));
        event.addProperty("correlationId", AnyCase.text(record, "correlationId"));
        event.addProperty("status", STEPS.getOrDefault(step, AnyCase.text(record, "resultType")));
        event.add("subStatus", valued(signature.length > 1 ? signature[1] : ""));
        event.addProperty("category", category(record, properties));
        event.addProperty("caller", caller(record, claims));
        event.add("claims", claims);
        event.add("properties", properties);
        return event;
    }

    /** Older records have the kind of the operation in its place: {@code Write}, {@code Delete}, {@code Action}. */
    private static String category(JsonObject record, JsonElement properties) {
        return AnyCase.field(properties, "eventCategory")
                .filter(JsonElement::isJsonPrimitive)
                .map(JsonElement::getAsString)
                .orElseGet(() -> {
                    String category = AnyCase.text(record, "category");
                    return List.of("write", "delete", "action").contains(category.toLowerCase(Locale.ROOT))
                            ? "Administrative"
                            : category;
                });
    }

    private static String caller(JsonObject record, JsonElement claims) {
        return CALLERS.stream()
                .flatMap(name -> AnyCase.field(claims, name).stream())
                .filter(JsonElement::isJsonPrimitive)
                .map(JsonElement::getAsString)
                .findFirst()
                .orElseGet(() -> AnyCase.text(record, "caller"));
    }

    private static JsonObject ofRow(JsonObject row) {
        JsonObject event = new JsonObject();
        event.addProperty("eventTimestamp", AnyCase.text(row, "TimeGenerated"));
        event.addProperty("operationName", AnyCase.text(row, "OperationNameValue"));
        String id = AnyCase.text(row, "_ResourceId");
        event.addProperty("resourceId", id.isEmpty() ? AnyCase.text(row, "ResourceId") : id);
        event.addProperty("correlationId", AnyCase.text(row, "CorrelationId"));
        String step = AnyCase.text(row, "ActivityStatusValue");
        event.addProperty("status", STEPS.getOrDefault(step.toLowerCase(Locale.ROOT), step));
        event.add("subStatus", valued(AnyCase.text(row, "ActivitySubstatusValue")));
        event.addProperty("category", AnyCase.text(row, "CategoryValue"));
        event.addProperty("caller", AnyCase.text(row, "Caller"));
        event.add(
                "claims",
                written(row, "Claims_d").or(() -> written(row, "Claims")).orElseGet(JsonObject::new));
        event.add(
                "properties",
                written(row, "Properties_d")
                        .or(() -> written(row, "Properties"))
                        .orElseGet(JsonObject::new));
        return event;
    }

    private static JsonObject valued(String value) {
        JsonObject object = new JsonObject();
        object.addProperty("value", value);
        return object;
    }

    /** A column that is an object, or JSON as a text. */
    private static Optional<JsonElement> written(JsonObject row, String column) {
        Optional<JsonElement> cell = AnyCase.field(row, column);
        if (cell.filter(JsonElement::isJsonPrimitive).isPresent()) {
            try {
                return Optional.of(JsonParser.parseString(cell.get().getAsString()))
                        .filter(JsonObject.class::isInstance);
            } catch (JsonParseException e) {
                return Optional.empty();
            }
        }
        return cell.filter(JsonObject.class::isInstance);
    }
}
