package dev.triage502.collect;

import com.google.gson.JsonElement;
import dev.triage502.azure.ArmOperation;
import dev.triage502.azure.CallContext;
import dev.triage502.evidence.Reading;
import java.util.Map;

/** What the gateway logs, and where to. */
final class DiagnosticSettingsCollector implements SourceCollector {

    @Override
    public boolean needsGateway() {
        return false;
    }

    @Override
    public Reading<JsonElement> collect(CollectContext scene, CallContext ask) {
        return scene.arm().list(ask, ArmOperation.DIAGNOSTIC_SETTINGS, scene.gatewayId(), Map.of());
    }
}
