package dev.triage502.evidence.arm;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.incident.OperationName;
import dev.triage502.incident.ResourceId;
import java.util.List;

/** What does one row of the activity log say of itself, and what of it is kept? For choosing rows before they are read. */
public final class ActivityLogRow {

    /** The fields of a row that are of any use. */
    public static final String FIELDS = "eventTimestamp,operationName,status,subStatus,caller,category,level,eventName,"
            + "description,correlationId,operationId,eventDataId,resourceId,properties,claims";

    /** The claim that says whose a managed identity is. */
    private static final String IDENTITY_OF = "xms_mirid";

    private final JsonObject row;

    private ActivityLogRow(JsonObject row) {
        this.row = row;
    }

    /** One row as Azure gave it. */
    public static ActivityLogRow of(JsonObject row) {
        return new ActivityLogRow(row);
    }

    /** The resource that the operation was on; an empty id where the row does not say. */
    public ResourceId resource() {
        return ArmFields.ids(row, "resourceId").stream().findFirst().orElseGet(() -> ResourceId.of(""));
    }

    /** Whether something was deleted, which no document has any more. */
    public boolean isDeletion() {
        return operation().verb().equals("delete") || operation().has("/delete/");
    }

    /** Whether it is about rights, or about the health of a resource or a service. */
    public boolean concernsRightsOrHealth() {
        return operation().isOn("Microsoft.Authorization")
                || operation().isOn("Microsoft.ResourceHealth")
                || operation().isOn("Microsoft.ServiceHealth");
    }

    /** The same for two copies of one event. */
    public String key() {
        return ArmFields.texts(row, "eventDataId") + String.valueOf(row.get("eventTimestamp"));
    }

    /** The row without what a person's token said about the person; whose identity a machine's is stays. */
    public JsonObject withoutPerson() {
        JsonElement owner = row.get("claims") instanceof JsonObject claims ? claims.get(IDENTITY_OF) : null;
        for (String field : List.of("claims", "authorization", "httpRequest")) {
            row.remove(field);
        }
        if (owner != null) {
            JsonObject kept = new JsonObject();
            kept.add(IDENTITY_OF, owner);
            row.add("claims", kept);
        }
        return row;
    }

    /** Whether no row says who acted, nor what kind of event it is: Azure may leave both out of a selection of fields. */
    public static boolean lackCallers(JsonElement rows) {
        return ArmFields.texts(rows, "caller").isEmpty()
                && ArmFields.texts(rows, "category.value").isEmpty();
    }

    private OperationName operation() {
        return OperationName.of(String.join("", ArmFields.texts(row, "operationName.value")));
    }
}
