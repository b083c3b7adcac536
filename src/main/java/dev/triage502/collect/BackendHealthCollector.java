package dev.triage502.collect;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.azure.ArmOperation;
import dev.triage502.azure.CallContext;
import dev.triage502.evidence.Reading;

/** What the gateway's probes saw last. Azure asks the instances, so it takes some seconds and comes by polling. */
final class BackendHealthCollector implements SourceCollector {

    @Override
    public boolean needsGateway() {
        return false;
    }

    @Override
    public Reading<JsonElement> collect(CollectContext scene, CallContext ask) {
        return scene.arm().post(ask, ArmOperation.BACKEND_HEALTH, scene.gatewayId(), new JsonObject());
    }
}
