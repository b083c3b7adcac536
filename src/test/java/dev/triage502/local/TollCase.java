package dev.triage502.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import java.util.ArrayList;
import java.util.List;

/** How the shipped case {@code blocked-by-nsg} may go on. */
public final class TollCase {

    private TollCase() {}

    /** The same gateway after the rule was taken away, whose servers no longer have the path of the probe. */
    public static SourceDocuments answering404(SourceDocuments failing) {
        String health = failing.get(Source.BACKEND_HEALTH)
                .toOptional()
                .orElseThrow()
                .toString()
                .replaceAll(
                        "\"healthProbeLog\":\"Time taken[^\"]*\"",
                        "\"healthProbeLog\":\"Received invalid status code: 404 in the backend server's HTTP response."
                                + " As per the health probe configuration, 200-399 is the acceptable status code.\"");
        String network = failing.get(Source.NETWORK).toOptional().orElseThrow().toString();
        int rule = network.indexOf("\"name\":\"out-internal-rest\"");
        String open = network.substring(0, rule)
                + network.substring(rule).replaceFirst("\"access\":\"Deny\"", "\"access\":\"Allow\"");
        return failing.with(Source.BACKEND_HEALTH, JsonParser.parseString(health))
                .with(Source.NETWORK, JsonParser.parseString(open));
    }

    /** The same gateway after somebody allowed the port at 14:02: requests fail until 14:04 and are served from then on. */
    public static SourceDocuments repaired(SourceDocuments failing) {
        JsonArray log = failing.get(Source.ACCESS_LOG)
                .toOptional()
                .orElseThrow()
                .deepCopy()
                .getAsJsonArray();
        List<JsonObject> more = new ArrayList<>();
        for (JsonElement each : log) {
            JsonObject row = each.getAsJsonObject();
            boolean toll = row.get("BackendPoolName").getAsString().equals("pool-toll");
            if (toll && row.get("HttpStatus").getAsInt() == 200) {
                JsonObject served = row.deepCopy();
                served.addProperty("TimeGenerated", "2024-02-20T14:04:20.0000000Z");
                served.addProperty("LastSeen", "2024-02-20T14:15:40.0000000Z");
                more.add(served);
            } else if (toll) {
                JsonObject failed = row.deepCopy();
                failed.addProperty("TimeGenerated", "2024-02-20T13:30:10.0000000Z");
                failed.addProperty("LastSeen", "2024-02-20T14:03:58.0000000Z");
                more.add(failed);
            }
        }
        more.forEach(log::add);
        String health = failing.get(Source.BACKEND_HEALTH)
                .toOptional()
                .orElseThrow()
                .toString()
                .replaceAll("\"health\":\"Unhealthy\",\"healthProbeLog\":\"[^\"]*\"", "\"health\":\"Healthy\"");
        JsonObject activityLog = failing.get(Source.ACTIVITY_LOG)
                .toOptional()
                .orElseThrow()
                .deepCopy()
                .getAsJsonObject();
        JsonArray activities = activityLog.getAsJsonArray("value");
        String write = "";
        for (JsonElement each : activities) {
            String text = each.toString();
            if (text.contains("networkSecurityGroups/securityRules/write")) {
                write = text;
            }
        }
        assertThat(write).isNotEmpty();
        String allow = write.replaceAll("(?i)(securityRules)/(?!write)[A-Za-z0-9-]+", "$1/allow-agw-to-pool-toll")
                .replaceAll("2024-02-20T1\\d:\\d\\d", "2024-02-20T14:02")
                .replaceAll("[A-Za-z.-]+@example\\.pl", "netops@example.pl");
        activities.add(JsonParser.parseString(allow));
        return failing.with(Source.ACCESS_LOG, log)
                .with(Source.BACKEND_HEALTH, JsonParser.parseString(health))
                .with(Source.ACTIVITY_LOG, activityLog);
    }
}
