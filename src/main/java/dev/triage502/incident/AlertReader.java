package dev.triage502.incident;

import static dev.triage502.incident.AlertFields.describe;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which gateways does an alert ask us to look at?
 *
 * <p>Reads the body of an action group's call: the common alert schema (metric, log search, activity log, resource and
 * service health), the older schemas where they name a gateway, and a JSON array of these. Follows Azure's own
 * looseness: letter case, unknown fields, numbers as text and objects as text do not matter.
 */
public final class AlertReader {

    private static final String COMMON = "azureMonitorCommonAlertSchema";
    private static final String BUDGET = "AIP Budget Notification";

    /** Azure sends one alert a call; a list is for whoever forwards them. */
    private static final int MOST = 1000;

    private AlertReader() {}

    /**
     * The alerts in a body. In an array, what cannot be read is left aside with its reason as long as something can.
     *
     * @throws UnreadableAlert if nothing in the body is an alert
     */
    public static AlertBatch read(String body) throws UnreadableAlert {
        if (body.isBlank()) {
            throw new UnreadableAlert(
                    "the body",
                    CommonAlert.EXPECTED,
                    "an empty body (send it with Content-Length: the Functions host drops a chunked body)");
        }
        JsonElement root = parse(body);
        return root instanceof JsonArray list ? readAll(list) : readOne("", root);
    }

    private static JsonElement parse(String body) throws UnreadableAlert {
        String text = body.startsWith("\uFEFF") ? body.substring(1) : body;
        try {
            return JsonParser.parseString(text);
        } catch (JsonParseException notJson) {
            String start = AlertFields.cut(text.strip().replaceAll("\\s+", " "));
            throw new UnreadableAlert("the body", "JSON: " + CommonAlert.EXPECTED, "text that is not JSON: " + start);
        }
    }

    private static AlertBatch readAll(JsonArray list) throws UnreadableAlert {
        if (list.size() == 0 || list.size() > MOST) {
            throw new UnreadableAlert(
                    "the body", CommonAlert.EXPECTED + ", or a list of 1 to " + MOST + " of these", describe(list));
        }
        List<Alert> alerts = new ArrayList<>();
        List<AlertBatch.Ignored> ignored = new ArrayList<>();
        List<UnreadableAlert> unreadable = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            try {
                AlertBatch one = readOne("[" + i + "]", list.get(i));
                alerts.addAll(one.alerts());
                ignored.addAll(one.ignored());
            } catch (UnreadableAlert e) {
                unreadable.add(e);
                ignored.add(new AlertBatch.Ignored("cannot be read: " + e.getMessage()));
            }
        }
        if (unreadable.size() == list.size()) {
            throw unreadable.get(0);
        }
        return new AlertBatch(alerts, ignored);
    }

    private static AlertBatch readOne(String place, JsonElement element) throws UnreadableAlert {
        Optional<AlertFields> object = AlertFields.of(place, element);
        if (object.isEmpty()) {
            throw new UnreadableAlert(place.isEmpty() ? "the body" : place, CommonAlert.EXPECTED, describe(element));
        }
        AlertFields alert = object.get();
        String schema = alert.text("schemaId").orElse("");
        boolean common = schema.equalsIgnoreCase(COMMON)
                || alert.objectOrNone("data").object("essentials").isPresent();
        if (common) {
            return CommonAlert.read(alert);
        }
        if (schema.equalsIgnoreCase(BUDGET)) {
            return AlertBatch.ignored("a budget notification is about cost, not about an application gateway");
        }
        Optional<LegacyAlert> old = LegacyAlert.in(alert);
        if (old.isEmpty()) {
            throw new UnreadableAlert(
                    place.isEmpty() ? "the body" : place,
                    CommonAlert.EXPECTED,
                    alert + (schema.isEmpty() ? "" : " and schemaId \"" + AlertFields.cut(schema) + "\""));
        }
        return old.get().read();
    }
}
