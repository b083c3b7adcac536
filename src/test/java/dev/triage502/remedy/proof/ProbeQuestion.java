package dev.triage502.remedy.proof;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the gateway's probe asks a server through a setting, and what it takes for an answer.
 *
 * @param request  what is sent, and to where
 * @param accepted the status codes that are taken
 * @param rest     everything else that decides: time-out, body, trusted roots, checks that are switched off
 */
record ProbeQuestion(Request request, List<String> accepted, String rest) {

    /** A request as a direct look could send it too. */
    record Request(String scheme, String host, String port, String path) {}

    /** What is asked of a server through a setting of this gateway; empty where there is no such setting. */
    static Optional<ProbeQuestion> of(JsonObject gateway, String setting, String server) {
        return part(gateway, "backendHttpSettingsCollection", setting).map(found -> of(gateway, found, server));
    }

    private static ProbeQuestion of(JsonObject gateway, JsonObject setting, String server) {
        JsonObject probe = Optional.ofNullable(setting.get("probe"))
                .filter(JsonObject.class::isInstance)
                .flatMap(each -> part(gateway, "probes", last(text(each.getAsJsonObject(), "id"))))
                .orElse(new JsonObject());
        String scheme = text(setting, "protocol").toLowerCase(Locale.ROOT);
        String settingHost =
                text(setting, "pickHostNameFromBackendAddress").equals("true") ? server : text(setting, "hostName");
        boolean picks = text(probe, "pickHostNameFromBackendHttpSettings").equals("true");
        String probeHost = text(probe, "host");
        String host = picks || probeHost.isEmpty() ? settingHost : probeHost;
        String port = text(probe, "port").isEmpty() ? text(setting, "port") : text(probe, "port");
        String path = text(probe, "path").isEmpty() ? "/" : text(probe, "path");
        JsonObject match = probe.get("match") instanceof JsonObject object ? object : new JsonObject();
        List<String> accepted = new ArrayList<>();
        if (match.get("statusCodes") instanceof JsonArray codes) {
            codes.forEach(each -> accepted.add(each.getAsString()));
        }
        String rest = String.join(
                " ",
                text(match, "body"),
                text(probe, "timeout"),
                String.valueOf(setting.get("trustedRootCertificates")),
                String.valueOf(setting.get("authenticationCertificates")),
                text(setting, "validateCertChainAndExpiry"),
                text(setting, "validateSNI"),
                text(setting, "sniName"),
                settingHost);
        return new ProbeQuestion(
                new Request(scheme, host.toLowerCase(Locale.ROOT), port, path),
                accepted.isEmpty() ? List.of("200-399") : accepted,
                rest);
    }

    boolean accepts(int status) {
        for (String range : accepted) {
            String[] ends = range.trim().split("-");
            if (ends[0].matches("\\d{3}")
                    && status >= Integer.parseInt(ends[0])
                    && status <= Integer.parseInt(ends[ends.length - 1])) {
                return true;
            }
        }
        return false;
    }

    /** The settings of a pool, or a part by its name; the fields are those of its properties. */
    static Optional<JsonObject> part(JsonObject gateway, String collection, String name) {
        JsonObject properties = gateway.get("properties") instanceof JsonObject inner ? inner : gateway;
        if (properties.get(collection) instanceof JsonArray all) {
            for (JsonElement each : all) {
                if (each instanceof JsonObject part && text(part, "name").equalsIgnoreCase(name)) {
                    return Optional.of(part.get("properties") instanceof JsonObject inner ? inner : part);
                }
            }
        }
        return Optional.empty();
    }

    static String text(JsonObject object, String field) {
        JsonElement value = object.get(field);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }

    static String last(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }
}
