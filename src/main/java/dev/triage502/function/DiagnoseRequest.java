package dev.triage502.function;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.microsoft.azure.functions.HttpRequestMessage;
import dev.triage502.incident.DurationText;
import dev.triage502.incident.GatewayText;
import dev.triage502.incident.Incident;
import dev.triage502.incident.IncidentWindow;
import dev.triage502.incident.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What somebody asks of {@code diagnose}: in the query, or in a JSON object in the body.
 *
 * @param gateway an ARM id, the address of a page in the portal, or a name
 * @param patience how long they wait for the answer
 */
record DiagnoseRequest(GatewayText gateway, Instant from, Instant to, Duration patience) {

    static final Duration LONGEST_WAIT = Duration.ofSeconds(200);
    private static final Duration USUAL_WAIT = Duration.ofSeconds(60);

    static final String GATEWAY = "the resource ID of an application gateway, the URL of its portal page, or its name";

    /** @throws HttpProblem if a parameter is missing or wrong */
    static DiagnoseRequest read(HttpRequestMessage<Optional<String>> request, Instant now) {
        Map<String, String> given = given(request);
        GatewayText gateway = new GatewayText(given.getOrDefault("gateway", ""));
        gateway.fault().ifPresent(fault -> {
            throw HttpProblem.at("gateway", GATEWAY, fault);
        });
        boolean hasSince = given.containsKey("since");
        if (hasSince && given.containsKey("from")) {
            throw HttpProblem.at("since", "either since or from", "both");
        }
        Instant to = time(given, "to").orElse(now);
        if (IncidentWindow.isFuture(to, now)) {
            throw HttpProblem.at("to", "a time in the past (it is " + now + ")", came(given.getOrDefault("to", "")));
        }
        Instant from = time(given, "from").orElseGet(() -> to.minus(since(given)));
        if (!IncidentWindow.hasLength(from, to)) {
            throw HttpProblem.at(hasSince ? "since" : "from", IncidentWindow.EXPECTED, from + " to " + to);
        }
        return new DiagnoseRequest(gateway, from, to, wait(given));
    }

    /** The incident that is asked about. Its id is not that of an alert's, whose diagnosis goes to the channels. */
    Incident incident(ResourceId which) {
        return asked(which, from, to);
    }

    static Incident asked(ResourceId which, Instant from, Instant to) {
        Incident incident = Incident.between(which, from, to);
        String id = incident.id() + "-asked-" + Duration.between(from, to).toSeconds();
        return new Incident(id, which, from, to, to);
    }

    private static Duration since(Map<String, String> given) {
        String text = given.get("since");
        return text == null
                ? Incident.LOOK_BACK
                : DurationText.read(text)
                        .orElseThrow(
                                () -> HttpProblem.at("since", "a duration such as 90s, 30m, 2h or PT30M", came(text)));
    }

    private static Duration wait(Map<String, String> given) {
        String text = given.get("wait");
        if (text == null) {
            return USUAL_WAIT;
        }
        if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) > LONGEST_WAIT.toSeconds()) {
            throw HttpProblem.at("wait", "whole seconds from 0 to " + LONGEST_WAIT.toSeconds(), came(text));
        }
        return Duration.ofSeconds(Integer.parseInt(text));
    }

    private static Optional<Instant> time(Map<String, String> given, String name) {
        // A plus sign in a query is a space by the time that it gets here.
        return Optional.ofNullable(given.get(name))
                .map(text -> IncidentWindow.time(text.replace(' ', '+'))
                        .orElseThrow(() -> HttpProblem.at(name, IncidentWindow.TIME_EXPECTED, came(text))));
    }

    private static Map<String, String> given(HttpRequestMessage<Optional<String>> request) {
        Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        String body = request.getBody().orElse("").strip();
        if (!body.isEmpty()) {
            object(body).entrySet().forEach(field -> put(given, field.getKey(), text(field.getValue())));
        }
        request.getQueryParameters().forEach((name, value) -> put(given, name, value));
        return given;
    }

    private static void put(Map<String, String> given, String name, String value) {
        if (!value.isBlank()) {
            given.put(name, value.strip());
        }
    }

    private static JsonObject object(String body) {
        try {
            if (JsonParser.parseString(body) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonParseException notJson) {
            // told below
        }
        throw HttpProblem.at("the body", "empty, or a JSON object with gateway, since, from, to and wait", came(body));
    }

    private static String text(JsonElement value) {
        return value.isJsonPrimitive() ? value.getAsString() : "";
    }

    private static String came(String text) {
        String cut = text.length() <= 80 ? text : text.substring(0, 80) + "…";
        return text.isEmpty() ? "nothing" : "\"" + cut + "\"";
    }
}
