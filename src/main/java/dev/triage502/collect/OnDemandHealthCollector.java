package dev.triage502.collect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.azure.ArmOperation;
import dev.triage502.azure.CallContext;
import dev.triage502.collect.probe.ClientsRequest;
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
 * probe would, and where that fails once more with the host that clients' requests carry. This sends requests to the backends, so it is asked only where that is wanted.
 */
final class OnDemandHealthCollector implements SourceCollector {

    private static final int MOST_PAIRS = 4;
    private static final int MOST_OTHER_HOSTS = 2;

    @Override
    public Reading<JsonElement> collect(CollectContext scene, CallContext ask) throws InterruptedException {
        Optional<Gateway> gateway = scene.gateway();
        if (gateway.isEmpty()) {
            return scene.notWithoutGateway(ask.source());
        }
        int others = MOST_OTHER_HOSTS;
        CompositeDocument answers = new CompositeDocument(Source.ON_DEMAND_HEALTH);
        // One after the other: a gateway does one such operation at a time and refuses the others.
        for (Association pair :
                gateway.get().associations().stream().limit(MOST_PAIRS).toList()) {
            JsonObject request = request(gateway.get(), pair);
            Reading<JsonElement> answer = ask(scene, ask, request);
            answers.add("answers", place(pair, "probe"), answer.map(document -> asked(document, request)));
            Optional<JsonObject> other = others > 0 && isUnhealthy(answer)
                    ? withClientsHost(gateway.get(), pair, request)
                    : Optional.empty();
            if (other.isPresent()) {
                others--;
                Reading<JsonElement> again = ask(scene, ask, other.get());
                again.toOptional()
                        .ifPresent(document -> answers.add(
                                "answers", place(pair, "live"), Reading.present(asked(document, other.get()))));
            }
        }
        return answers.reading().map(document -> answers.array("answers"));
    }

    private static Reading<JsonElement> ask(CollectContext scene, CallContext ask, JsonObject request) {
        return scene.arm().post(ask, ArmOperation.ON_DEMAND_HEALTH, scene.gatewayId(), request);
    }

    private static ResourceId place(Association pair, String shape) {
        return ResourceId.of(pair.pool().id() + "|" + pair.setting().id() + "|" + shape);
    }

    private static boolean isUnhealthy(Reading<JsonElement> answer) {
        return answer.toOptional().stream()
                .flatMap(document -> ArmFields.texts(document, "backendHealthHttpSettings.servers.health").stream())
                .anyMatch(health -> health.equalsIgnoreCase("Unhealthy") || health.equalsIgnoreCase("Down"));
    }

    /** The same test with the host of a client's request, where that is another one. */
    private static Optional<JsonObject> withClientsHost(Gateway gateway, Association pair, JsonObject request) {
        String member = pair.pool().members().stream().findFirst().orElse("");
        String asked = gateway.probedHost(pair.setting(), member);
        return new ClientsRequest(gateway)
                .host(pair, member)
                .filter(host -> !host.equalsIgnoreCase(asked) && !host.isEmpty())
                .map(host -> {
                    JsonObject other = request.deepCopy();
                    other.addProperty("host", host);
                    other.addProperty("pickHostNameFromBackendHttpSettings", false);
                    return other;
                });
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
