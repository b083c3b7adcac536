package dev.triage502.evidence.arm.form;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.triage502.incident.ResourceId;

/**
 * Where a template's resources are, which it does not say: a stand-in for subscription and resource group, replaced as
 * soon as another document tells where the gateway is.
 */
final class UnknownScope {

    static final String ID = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/unknown";

    private UnknownScope() {}

    static boolean holds(ResourceId id) {
        return id.toString().startsWith(ID + "/");
    }

    /** The element with the gateway's scope in place of the stand-in. */
    static JsonElement replaced(JsonElement element, ResourceId gateway) {
        if (holds(gateway) || gateway.resourceGroup().isEmpty()) {
            return element;
        }
        return replaced(
                element, "/subscriptions/" + gateway.subscription() + "/resourceGroups/" + gateway.resourceGroup());
    }

    private static JsonElement replaced(JsonElement element, String scope) {
        if (element instanceof JsonObject object) {
            JsonObject copy = new JsonObject();
            object.entrySet().forEach(each -> copy.add(each.getKey(), replaced(each.getValue(), scope)));
            return copy;
        }
        if (element instanceof JsonArray array) {
            JsonArray copy = new JsonArray();
            array.forEach(each -> copy.add(replaced(each, scope)));
            return copy;
        }
        return element instanceof JsonPrimitive text
                        && text.isString()
                        && text.getAsString().startsWith(ID + "/")
                ? new JsonPrimitive(scope + text.getAsString().substring(ID.length()))
                : element;
    }
}
