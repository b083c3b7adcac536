package dev.triage502.collect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.azure.Ask;
import dev.triage502.azure.Operation;
import dev.triage502.evidence.Reading;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the gateway logs, and where to. */
final class DiagnosticSettingsCollector implements Collector {

    private static final String ACCESS_LOG = "ApplicationGatewayAccessLog";

    @Override
    public Reading<JsonElement> collect(Scene scene, Ask ask) {
        return scene.arm().list(ask, Operation.DIAGNOSTIC_SETTINGS, scene.gatewayId(), Map.of());
    }

    /** The workspace that a setting sends the access log to, if one does. */
    static Optional<String> workspaceOfAccessLog(JsonElement document) {
        JsonElement settings = document instanceof JsonObject object ? object.get("value") : document;
        return Fields.objects(settings instanceof JsonArray array ? array : new JsonArray())
                .filter(setting -> logs(setting).anyMatch(DiagnosticSettingsCollector::isAccessLog))
                .flatMap(setting -> Fields.texts(setting, "properties.workspaceId").stream())
                .findFirst();
    }

    private static Stream<JsonObject> logs(JsonObject setting) {
        JsonElement logs = setting.get("properties") instanceof JsonObject properties ? properties.get("logs") : null;
        return Fields.objects(logs == null ? new JsonArray() : logs);
    }

    private static boolean isAccessLog(JsonObject log) {
        boolean enabled = Fields.texts(log, "enabled").contains("true");
        return enabled
                && (Fields.texts(log, "category").stream().anyMatch(ACCESS_LOG::equalsIgnoreCase)
                        || Fields.texts(log, "categoryGroup").stream().anyMatch("allLogs"::equalsIgnoreCase));
    }
}
