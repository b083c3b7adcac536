package dev.triage502.collect;

import com.google.gson.JsonElement;
import dev.triage502.azure.Ask;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Reading;
import java.util.Optional;

/** What the traffic between gateway and backends crosses. */
final class NetworkCollector implements Collector {

    @Override
    public Reading<JsonElement> collect(Scene scene, Ask ask) throws InterruptedException {
        Optional<Gateway> gateway = scene.gateway();
        return gateway.isEmpty()
                ? scene.notWithoutGateway(ask.source())
                : new Surroundings(scene, ask, gateway.get()).search();
    }
}
