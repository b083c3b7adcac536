package dev.triage502.evidence.arm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Association;
import dev.triage502.evidence.Gateway.Probe;
import dev.triage502.incident.ResourceId;
import java.util.List;
import java.util.Optional;

/** What does a gateway have to be asked so that it probes one pair as its own probe does? */
public final class OnDemandHealthRequest {

    private static final String PICKS_HOST = "pickHostNameFromBackendHttpSettings";

    private final JsonObject body;

    private OnDemandHealthRequest(JsonObject body) {
        this.body = body;
    }

    /** The request for the pair of a pool and a backend setting. */
    public static OnDemandHealthRequest of(Gateway gateway, Association pair) {
        String member = pair.pool().members().stream().findFirst().orElse("");
        Optional<Probe> probe = gateway.probeOf(pair.setting());
        JsonObject request = new JsonObject();
        request.addProperty(
                "protocol", probe.map(Probe::protocol).orElse(pair.setting().protocol()));
        boolean pick = probe.map(Probe::pickHostFromSetting).orElse(false);
        if (!pick) {
            request.addProperty("host", gateway.probedHost(pair.setting(), member));
        }
        request.addProperty(PICKS_HOST, pick);
        request.addProperty("path", gateway.probedPath(pair.setting()));
        request.addProperty("timeout", probe.map(Probe::timeoutSeconds).orElse(30));
        request.add("match", match(probe));
        request.add("backendAddressPool", reference(pair.pool().id()));
        request.add("backendHttpSettings", reference(pair.setting().id()));
        return new OnDemandHealthRequest(request);
    }

    /** The same with another host. */
    public OnDemandHealthRequest withHost(String host) {
        JsonObject other = body.deepCopy();
        other.addProperty("host", host);
        other.addProperty(PICKS_HOST, false);
        return new OnDemandHealthRequest(other);
    }

    /** What is sent to Azure. */
    public JsonObject body() {
        return body;
    }

    /** The answer together with this request, as the document has it. */
    public JsonElement answered(JsonElement answer) {
        if (answer instanceof JsonObject object) {
            object.add("request", body);
        }
        return answer;
    }

    /** Whether an answer shows an unhealthy server. */
    public static boolean showsUnhealthy(JsonElement answer) {
        return ArmFields.texts(answer, "backendHealthHttpSettings.servers.health").stream()
                .anyMatch(health -> health.equalsIgnoreCase("Unhealthy") || health.equalsIgnoreCase("Down"));
    }

    private static JsonObject match(Optional<Probe> probe) {
        JsonObject match = new JsonObject();
        match.addProperty("body", probe.map(Probe::body).orElse(""));
        JsonArray statuses = new JsonArray();
        probe.map(Probe::statusCodes)
                .filter(codes -> !codes.isEmpty())
                .orElse(List.of("200-399"))
                .forEach(statuses::add);
        match.add("statusCodes", statuses);
        return match;
    }

    private static JsonObject reference(ResourceId id) {
        JsonObject reference = new JsonObject();
        reference.addProperty("id", id.toString());
        return reference;
    }
}
