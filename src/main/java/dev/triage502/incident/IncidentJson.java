package dev.triage502.incident;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.OptionalInt;

/** An {@link Incident} as a queue or a store keeps it. */
public final class IncidentJson {

    private IncidentJson() {}

    public static JsonObject write(Incident incident) {
        JsonObject json = new JsonObject();
        json.addProperty("id", incident.id());
        json.addProperty("gateway", incident.gateway().toString());
        json.addProperty("from", incident.from().toString());
        json.addProperty("to", incident.to().toString());
        json.addProperty("alertedAt", incident.alertedAt().toString());
        incident.severity().ifPresent(severity -> json.addProperty("severity", severity));
        return json;
    }

    /**
     * The incident that an object holds, among whatever else.
     *
     * @throws RuntimeException if it holds none: a field is missing, is no time, or is no gateway's id
     */
    public static Incident read(JsonObject json) {
        return new Incident(
                json.get("id").getAsString(),
                gateway(json.get("gateway").getAsString()),
                time(json, "from"),
                time(json, "to"),
                time(json, "alertedAt"),
                json.has("severity") ? OptionalInt.of(json.get("severity").getAsInt()) : OptionalInt.empty());
    }

    private static ResourceId gateway(String text) {
        ResourceId gateway = ResourceId.of(text);
        GatewayIdFault.in(gateway).ifPresent(fault -> {
            throw new IllegalStateException("gateway: found " + fault + "; expected " + GatewayIdFault.EXPECTED);
        });
        return gateway;
    }

    private static Instant time(JsonObject json, String name) {
        return Instant.parse(json.get(name).getAsString());
    }
}
