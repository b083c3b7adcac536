package dev.triage502.collect;

import com.google.gson.JsonElement;
import dev.triage502.azure.CallContext;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Reading;
import java.util.Optional;

/** What the traffic between gateway and backends crosses. */
final class NetworkCollector implements SourceCollector {

    @Override
    public Reading<JsonElement> collect(CollectContext scene, CallContext ask) throws InterruptedException {
        Optional<Gateway> gateway = scene.gateway();
        return gateway.isEmpty()
                ? scene.notWithoutGateway(ask.source())
                : new NetworkDiscovery(scene, ask, gateway.get()).search();
    }
}
