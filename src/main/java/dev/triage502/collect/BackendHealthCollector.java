package dev.triage502.collect;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.azure.Ask;
import dev.triage502.azure.Operation;
import dev.triage502.evidence.Reading;

/** What the gateway's probes saw last. Azure asks the instances, so it takes some seconds and comes by polling. */
final class BackendHealthCollector implements Collector {

    @Override
    public Reading<JsonElement> collect(Scene scene, Ask ask) {
        return scene.arm().post(ask, Operation.BACKEND_HEALTH, scene.gatewayId(), new JsonObject());
    }
}
