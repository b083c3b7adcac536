package dev.triage502.local;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.incident.ResourceId;
import dev.triage502.json.JsonTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/** What an action group posts when a metric alert on a gateway fires, in the common alert schema. */
public final class MetricAlert {

    private static final Duration WINDOW = Duration.ofMinutes(5);

    private MetricAlert() {}

    /** The alert that fired at a moment; ids are in lower case, as Azure Monitor writes them. */
    public static String fired(ResourceId gateway, Instant at) {
        JsonObject alert = template();
        JsonObject data = JsonTree.object(alert, "data");
        JsonObject essentials = JsonTree.object(data, "essentials");
        UUID id = UUID.nameUUIDFromBytes((gateway.key() + at).getBytes(StandardCharsets.UTF_8));
        essentials.addProperty(
                "alertId",
                "/subscriptions/" + gateway.subscription() + "/providers/Microsoft.AlertsManagement/alerts/" + id);
        essentials.add("alertTargetIDs", one(gateway.key()));
        essentials.add("configurationItems", one(gateway.name().toLowerCase(Locale.ROOT)));
        essentials.addProperty(
                "originAlertId",
                gateway.subscription() + "_" + gateway.resourceGroup().toLowerCase(Locale.ROOT)
                        + "_microsoft.insights_metricAlerts_gateway-5xx_1");
        essentials.addProperty("firedDateTime", at.toString());
        JsonObject condition = JsonTree.object(JsonTree.object(data, "alertContext"), "condition");
        condition.addProperty("windowStartTime", at.minus(WINDOW).toString());
        condition.addProperty("windowEndTime", at.toString());
        return alert.toString();
    }

    private static JsonArray one(String text) {
        JsonArray array = new JsonArray();
        array.add(text);
        return array;
    }

    private static JsonObject template() {
        try (InputStream in = MetricAlert.class.getResourceAsStream("/demo/alert.json")) {
            if (in == null) {
                throw new IllegalStateException("demo/alert.json is not on the class path");
            }
            return JsonParser.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .getAsJsonObject();
        } catch (IOException e) {
            throw new IllegalStateException("demo/alert.json", e);
        }
    }
}
