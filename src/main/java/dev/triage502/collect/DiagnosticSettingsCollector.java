package dev.triage502.collect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.azure.ArmOperation;
import dev.triage502.azure.CallContext;
import dev.triage502.evidence.Reading;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the gateway logs, and where to. */
final class DiagnosticSettingsCollector implements SourceCollector {

    private static final String ACCESS_LOG = "ApplicationGatewayAccessLog";

    @Override
    public Reading<JsonElement> collect(CollectContext scene, CallContext ask) {
        return scene.arm().list(ask, ArmOperation.DIAGNOSTIC_SETTINGS, scene.gatewayId(), Map.of());
    }

    /** The workspace that a setting sends the access log to, if one does. */
    static Optional<String> workspaceOfAccessLog(JsonElement document) {
        JsonElement settings = document instanceof JsonObject object ? object.get("value") : document;
        return ArmFields.objects(settings instanceof JsonArray array ? array : new JsonArray())
                .filter(setting -> logs(setting).anyMatch(DiagnosticSettingsCollector::isAccessLog))
                .flatMap(setting -> ArmFields.texts(setting, "properties.workspaceId").stream())
                .findFirst();
    }

    private static Stream<JsonObject> logs(JsonObject setting) {
        JsonElement logs = setting.get("properties") instanceof JsonObject properties ? properties.get("logs") : null;
        return ArmFields.objects(logs == null ? new JsonArray() : logs);
    }

    private static boolean isAccessLog(JsonObject log) {
        boolean enabled = ArmFields.texts(log, "enabled").contains("true");
        return enabled
                && (ArmFields.texts(log, "category").stream().anyMatch(ACCESS_LOG::equalsIgnoreCase)
                        || ArmFields.texts(log, "categoryGroup").stream().anyMatch("allLogs"::equalsIgnoreCase));
    }
}
