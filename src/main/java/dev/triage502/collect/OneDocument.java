package dev.triage502.collect;

import com.google.gson.JsonElement;
import dev.triage502.azure.Ask;
import dev.triage502.azure.Operation;
import dev.triage502.evidence.Reading;
import java.util.Map;

/** A source that is one document of Azure's about the gateway, asked for by one call. */
record OneDocument(Operation operation) implements Collector {

    @Override
    public Reading<JsonElement> collect(Scene scene, Ask ask) {
        return scene.arm().get(ask, operation, scene.gatewayId(), Map.of());
    }
}
