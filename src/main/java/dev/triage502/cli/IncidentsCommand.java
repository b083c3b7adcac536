package dev.triage502.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.redaction.PlainText;
import dev.triage502.store.IncidentFilter;
import dev.triage502.store.IncidentIndex.Listing;
import dev.triage502.store.Store;
import dev.triage502.store.StoreFailure;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the incidents of a store or of a running app, or shows one with every decision on it. */
@Command(
        name = "incidents",
        description = "Lists incidents, or shows one with all decisions on it.",
        mixinStandardHelpOptions = true,
        footer = {"", IncidentsPlace.KEY})
final class IncidentsCommand implements Callable<Integer> {

    private final Console console;
    private final Clock clock;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private IncidentsPlace where;

    @Parameters(paramLabel = "ID", arity = "0..1", description = "The incident to show. Default: list them.")
    private @Nullable String id;

    @Option(
            names = "--gateway",
            paramLabel = "NAME",
            description = "Only of this gateway: its name or a part of its ID.")
    private String gateway = "";

    @Option(names = "--state", paramLabel = "STATE", description = "Only in these states; open means not closed.")
    private String state = "";

    @Option(names = "--cause", paramLabel = "ID", description = "Only with this cause.")
    private String cause = "";

    @Option(names = "--from", paramLabel = "TIME", description = "Only opened at this time or later.")
    private String from = "";

    @Option(names = "--to", paramLabel = "TIME", description = "Only opened before this time.")
    private String to = "";

    @Option(names = "--after", paramLabel = "NEXT", description = "Continue after the end of an earlier list.")
    private String after = "";

    @Option(names = "--limit", paramLabel = "N", description = "Maximum number. Default: ${DEFAULT-VALUE}.")
    private String limit = "50";

    @Option(names = "--ignored", description = "Instead: why the latest alerts without an incident were ignored.")
    private boolean ignored;

    @Option(
            names = "--revoke-links",
            description = "Instead: revoke all links to the incident ID that were sent or made so far.")
    private boolean revokeLinks;

    @Option(names = "--format", paramLabel = "text|json", description = "Output format. Default: text.")
    private TextOrJson format = TextOrJson.TEXT;

    IncidentsCommand(Console console, Clock clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (revokeLinks && id == null) {
            throw CommandFailed.wrongUsage("--revoke-links requires an incident: add its ID");
        }
        JsonObject answer = where.app == null ? fromStore(String.valueOf(where.store)) : fromApp(where.app);
        PrintWriter out = console.out();
        if (format == TextOrJson.JSON) {
            out.println(answer);
        } else if (revokeLinks) {
            out.println("All links to " + id + " that were sent or made so far no longer work."
                    + " Later messages carry new ones.");
        } else if (ignored) {
            listIgnored(answer, out);
        } else if (id == null) {
            list(answer, out);
        } else {
            show(answer, out);
        }
        return Main.DONE;
    }

    private Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("gateway", gateway);
        query.put("state", state);
        query.put("cause", cause);
        query.put("from", from);
        query.put("to", to);
        query.put("after", after);
        query.put("limit", limit);
        query.values().removeIf(String::isEmpty);
        return query;
    }

    private JsonObject fromStore(String place) {
        try {
            Store store = StoreLocationArgument.open(place, console, clock);
            if (ignored) {
                JsonObject answer = new JsonObject();
                JsonArray all = new JsonArray();
                store.ignoredAlerts().latest().forEach(each -> all.add(each.toJson()));
                answer.add("ignored", all);
                return answer;
            }
            if (id != null && revokeLinks) {
                return revoked(store, id);
            }
            if (id != null) {
                return store.incidents().find(id).orElseThrow(() -> new CommandFailed("no incident with ID " + id));
            }
            Listing listing = store.incidents().list(IncidentFilter.of(query()));
            JsonObject answer = new JsonObject();
            JsonArray incidents = new JsonArray();
            listing.summaries().forEach(incidents::add);
            answer.add("incidents", incidents);
            listing.next().ifPresent(next -> answer.addProperty("next", next));
            return answer;
        } catch (StoreFailure failure) {
            throw new CommandFailed("cannot read the store: " + failure.getMessage(), failure);
        } catch (IllegalArgumentException wrong) {
            throw CommandFailed.wrongUsage(String.valueOf(wrong.getMessage()));
        }
    }

    /** What the app answers to the same. */
    private static JsonObject revoked(Store store, String id) {
        if (store.reports().state(id).isEmpty()) {
            throw new CommandFailed("no incident with ID " + id);
        }
        JsonObject answer = new JsonObject();
        answer.addProperty("id", id);
        answer.addProperty("revoked", store.links().revoke(id));
        return answer;
    }

    private JsonObject fromApp(String url) throws InterruptedException {
        if (ignored) {
            return new RunningApp(url, console).get("/api/ignored-alerts", "ignored");
        }
        if (id != null && revokeLinks) {
            return new RunningApp(url, console)
                    .post("/api/incidents/" + RunningApp.encoded(id) + "/links/revoke", new JsonObject(), "revoked");
        }
        String path = id == null
                ? "/api/incidents?"
                        + query().entrySet().stream()
                                .map(each -> each.getKey() + "=" + RunningApp.encoded(each.getValue()))
                                .collect(Collectors.joining("&"))
                : "/api/incidents/" + RunningApp.encoded(id);
        return new RunningApp(url, console).get(path, id == null ? "incidents" : "history");
    }

    private static void list(JsonObject answer, PrintWriter out) {
        for (JsonElement each : answer.getAsJsonArray("incidents")) {
            JsonObject incident = each.getAsJsonObject();
            out.printf(
                    Locale.ROOT,
                    "%-13s %s  %s%n%14s%s%n",
                    text(incident, "state"),
                    text(incident, "openedAt").substring(0, 16).replace('T', ' ') + " UTC",
                    text(incident, "id"),
                    "",
                    PlainText.line(
                            incident.has("cause")
                                    ? text(incident.getAsJsonObject("cause"), "headline")
                                    : "not investigated yet"));
        }
        if (answer.has("next")) {
            out.println("More: --after " + text(answer, "next"));
        }
    }

    private static void listIgnored(JsonObject answer, PrintWriter out) {
        for (JsonElement each : answer.getAsJsonArray("ignored")) {
            JsonObject one = each.getAsJsonObject();
            int times = one.get("times").getAsInt();
            out.println(second(text(one, "last")) + "  " + PlainText.line(text(one, "why"))
                    + (times == 1 ? "" : " (" + times + " times since " + second(text(one, "first")) + ")"));
        }
    }

    /** {@code 2026-03-02 08:14:31}. */
    private static String second(String time) {
        return time.substring(0, 19).replace('T', ' ');
    }

    private static void show(JsonObject incident, PrintWriter out) {
        out.println(text(incident, "id") + ": " + text(incident, "state"));
        out.println(text(incident, "gateway"));
        if (incident.has("cause")) {
            out.println(PlainText.line(text(incident.getAsJsonObject("cause"), "headline")));
        }
        if (incident.has("recovery")) {
            out.println(PlainText.line(text(incident.getAsJsonObject("recovery"), "sentence")));
        }
        out.println();
        for (JsonElement each : incident.getAsJsonArray("history")) {
            JsonObject line = each.getAsJsonObject();
            out.println(second(text(line, "at")) + "  " + PlainText.line(text(line, "text")));
        }
    }

    private static String text(JsonObject json, String name) {
        return json.get(name).getAsString();
    }
}
