package dev.triage502.collect;

import com.google.gson.JsonElement;
import dev.triage502.azure.ArmOperation;
import dev.triage502.azure.CallContext;
import dev.triage502.evidence.Reading;
import java.util.Map;

/** A source that is one document of Azure's about the gateway, asked for by one call. */
record SingleDocumentCollector(ArmOperation operation) implements SourceCollector {

    @Override
    public Reading<JsonElement> collect(CollectContext scene, CallContext ask) {
        return scene.arm().get(ask, operation, scene.gatewayId(), Map.of());
    }
}
