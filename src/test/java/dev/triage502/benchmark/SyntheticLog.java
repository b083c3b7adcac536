package dev.triage502.benchmark;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.triage502.evidence.arm.LargestGateway;
import java.time.Instant;

/**
 * An access log as varied as traffic gets: every pool of the largest gateway, a dozen servers each, thousands of paths,
 * a fifth of the requests failing in several ways, all over the hour.
 */
final class SyntheticLog {

    private static final int[] STATUSES = {200, 200, 200, 404, 502, 200, 200, 301, 200, 504};

    private SyntheticLog() {}

    /** So many rows, each of which stands for so many requests. */
    static JsonArray of(int rows, int requestsEach) {
        Instant from = LargestGateway.incident().from();
        JsonArray log = new JsonArray();
        for (int i = 0; i < rows; i++) {
            int status = STATUSES[i % STATUSES.length];
            int pool = i * 7 % LargestGateway.PARTS;
            JsonObject row = new JsonObject();
            row.addProperty("TimeGenerated", from.plusSeconds(i * 17L % 3600).toString());
            row.addProperty("Requests", requestsEach);
            row.addProperty("HttpStatus", status);
            row.addProperty("ServerStatus", status == 504 ? "" : String.valueOf(status));
            row.addProperty("ErrorInfo", status == 502 ? "ERRORINFO_UPSTREAM_NO_LIVE" : "ERRORINFO_NO_ERROR");
            row.addProperty("ServerRouted", "10." + pool + ".0." + (4 + i % 12) + ":8080");
            row.addProperty("BackendPoolName", "p" + pool);
            row.addProperty("BackendSettingName", "s" + pool);
            row.addProperty("RuleName", "r" + pool);
            row.addProperty("ListenerName", "l" + pool);
            row.addProperty("Host", "h" + pool + ".example.com");
            row.addProperty("OriginalHost", "h" + pool + ".example.com");
            row.addProperty("RequestUri", "/shop/" + (i % 5000) + "/part-" + Integer.toString(i * 31 % 4096, 36));
            row.addProperty("InstanceId", "appgw_" + i % 4);
            row.addProperty("TimeTaken", 0.01 * (i % 300));
            log.add(row);
        }
        return log;
    }
}
