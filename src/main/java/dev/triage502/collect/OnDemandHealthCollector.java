package dev.triage502.collect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.azure.Ask;
import dev.triage502.azure.Operation;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Association;
import dev.triage502.evidence.Gateway.Probe;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import java.util.List;
import java.util.Optional;

/**
 * What the gateway's backends answer right now: the gateway probes each pair of pool and setting that rules use, as its
 * probe would. This sends requests to the backends, so it is asked only where that is wanted.
 */
final class OnDemandHealthCollector implements Collector {

    private static final int MOST_PAIRS = 4;

    @Override
    public Reading<JsonElement> collect(Scene scene, Ask ask) throws InterruptedException {
        Optional<Gateway> gateway = scene.gateway();
        if (gateway.isEmpty()) {
            return scene.notWithoutGateway(ask.source());
        }
        Composite answers = new Composite(Source.ON_DEMAND_HEALTH);
        // One after the other: a gateway does one such operation at a time and refuses the others.
        for (Association pair :
                gateway.get().associations().stream().limit(MOST_PAIRS).toList()) {
            JsonObject request = request(gateway.get(), pair);
            Reading<JsonElement> answer = scene.arm().post(ask, Operation.ON_DEMAND_HEALTH, scene.gatewayId(), request);
            ResourceId place =
                    ResourceId.of(pair.pool().id() + "|" + pair.setting().id());
            answers.add("answers", place, answer.map(document -> asked(document, request)));
        }
        return answers.reading().map(document -> answers.array("answers"));
    }

    private static JsonElement asked(JsonElement document, JsonObject request) {
        if (document instanceof JsonObject object) {
            object.add("request", request);
        }
        return document;
    }

    private static JsonObject request(Gateway gateway, Association pair) {
        String member = pair.pool().members().stream().findFirst().orElse("");
        Optional<Probe> probe = gateway.probeOf(pair.setting());
        JsonObject request = new JsonObject();
        request.addProperty(
                "protocol", probe.map(Probe::protocol).orElse(pair.setting().protocol()));
        boolean pick = probe.map(Probe::pickHostFromSetting).orElse(false);
        if (!pick) {
            request.addProperty("host", gateway.probedHost(pair.setting(), member));
        }
        request.addProperty("pickHostNameFromBackendHttpSettings", pick);
        request.addProperty("path", gateway.probedPath(pair.setting()));
        request.addProperty("timeout", probe.map(Probe::timeoutSeconds).orElse(30));
        JsonObject match = new JsonObject();
        match.addProperty("body", probe.map(Probe::body).orElse(""));
        JsonArray statuses = new JsonArray();
        probe.map(Probe::statusCodes)
                .filter(codes -> !codes.isEmpty())
                .orElse(List.of("200-399"))
                .forEach(statuses::add);
        match.add("statusCodes", statuses);
        request.add("match", match);
        request.add("backendAddressPool", reference(pair.pool().id()));
        request.add("backendHttpSettings", reference(pair.setting().id()));
        return request;
    }

    private static JsonObject reference(ResourceId id) {
        JsonObject reference = new JsonObject();
        reference.addProperty("id", id.toString());
        return reference;
    }
}
