package dev.triage502.local;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Log Analytics' {@code POST /v1{resourceId}/query} over recorded access-log rows.
 *
 * <p>Nothing here runs KQL: a query says its name in its first line, {@code // triage502: NAME}, and is answered as
 * that query would be. Source: https://learn.microsoft.com/azure/azure-monitor/logs/api/overview
 */
final class LogQueryApi {

    private static final Pattern NAME = Pattern.compile("\\s*//\\s*triage502:\\s*([a-z0-9-]+)\\s*\\R[\\s\\S]*");
    private static final String ACTION = "Microsoft.Insights/logs/AGWAccessLogs/read";

    private final Estate estate;

    LogQueryApi(Estate estate) {
        this.estate = estate;
    }

    Answer answer(Call call) {
        String lower = call.path().toLowerCase(Locale.ROOT);
        if (!call.is("POST") || !lower.endsWith("/query")) {
            return Answer.error(404, "PathNotFoundError", "The requested path does not exist");
        }
        String resource = call.path().substring("/v1".length(), call.path().length() - "/query".length());
        if (!ResourceId.of(resource).equals(estate.gateway())) {
            return Answer.error(404, "ResourceNotFoundError", "The resource '" + resource + "' could not be found");
        }
        Optional<JsonObject> body = call.json();
        String query = body.map(each -> Json.text(each, "query")).orElse("");
        if (query.isBlank()
                || !call.header("Content-Type").toLowerCase(Locale.ROOT).startsWith("application/json")) {
            return Answer.badRequest("BadArgumentError", "The request had some invalid properties");
        }
        return Refusal.or(estate.document(Source.ACCESS_LOG), ACTION, resource, rows -> run(query, rows));
    }

    private static Answer run(String query, JsonElement rows) {
        Matcher name = NAME.matcher(query);
        return name.matches()
                ? Answer.badRequest(
                        "BadArgumentError", "The pretend Azure knows no query of the name '" + name.group(1) + "'.")
                : Answer.badRequest(
                        "BadArgumentError",
                        "The pretend Azure answers only queries that begin with" + " \"// triage502: NAME\".");
    }
}
