package dev.triage502.ledger;

import static dev.triage502.json.JsonTree.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.ledger.KnownFault.Affected;
import dev.triage502.report.DiagnosisDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the document of an investigation means for the incident's life.
 *
 * @param name       what it names
 * @param resource   the ARM id of what is at fault, or was; may be empty
 * @param since      the first failed request
 * @param until      the last failed request
 * @param affected   who is hit most
 * @param recovery   the facts of a measured recovery; empty where none was measured
 * @param unmeasured why it cannot be measured whether requests fail; empty where it can
 */
public record LookResult(
        FaultName name,
        String resource,
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<Affected> affected,
        Optional<Measured> recovery,
        String unmeasured) {

    static final String RECOVERED = "recovered";
    static final String NO_FAULT = "no-fault-found";
    private static final String INSUFFICIENT = "insufficient-evidence";

    /** A change in Azure; {@code who} may be empty. */
    public record Changed(Instant at, String what, String who, String resource) {}

    /** How many servers of a pool are healthy. */
    public record Servers(String pool, long healthy, long total) {}

    /** What shows that requests are served again. */
    public record Measured(Optional<Affected> during, List<Servers> pools, List<Changed> changes) {}

    /** What a document says. */
    public static LookResult of(DiagnosisDocument document) {
        JsonObject json = document.json();
        JsonObject root = object(json, "rootCause");
        JsonObject impact = object(json, "impact");
        String id = document.rootCause();
        boolean working = id.equals(RECOVERED) || id.equals(NO_FAULT);
        return new LookResult(
                new FaultName(id, target(object(root, "target")), document.confidence(), document.headline()),
                resource(json, root),
                moment(impact, "since"),
                moment(impact, "until"),
                affected(impact),
                working ? Optional.of(measured(object(json, "recovery"))) : Optional.empty(),
                id.equals(INSUFFICIENT) ? unmeasured(json) : "");
    }

    /** What is at fault; after a recovery what was, as far as it can still be told. */
    private static String resource(JsonObject json, JsonObject root) {
        String at = text(object(root, "target"), "id");
        return at.isEmpty()
                ? objects(json, "contributing").stream()
                        .map(each -> text(object(each, "target"), "id"))
                        .filter(id -> !id.isEmpty())
                        .findFirst()
                        .orElse("")
                : at;
    }

    boolean isRecovered() {
        return name.root().equals(RECOVERED);
    }

    boolean foundNoFault() {
        return name.root().equals(NO_FAULT);
    }

    private static String target(JsonObject target) {
        if (target.size() == 0) {
            return "";
        }
        JsonObject on = object(target, "on");
        String nsg = text(on, "nsg");
        String table = text(on, "routeTable");
        String where = nsg.isEmpty() ? table : nsg;
        return text(target, "kind") + " " + text(target, "name") + (where.isEmpty() ? "" : " of " + where);
    }

    private static Optional<Affected> affected(JsonObject impact) {
        List<JsonObject> hosts = objects(impact, "byHost");
        if (!hosts.isEmpty()) {
            return Optional.of(affected(text(hosts.get(0), "host"), hosts.get(0)));
        }
        return impact.has("failedRequests") && impact.get("failedRequests").getAsLong() > 0
                ? Optional.of(affected("", impact))
                : Optional.empty();
    }

    private static Affected affected(String host, JsonObject counted) {
        return new Affected(
                host,
                counted.get("failedRequests").getAsLong(),
                counted.get("totalRequests").getAsLong());
    }

    private static Measured measured(JsonObject recovery) {
        JsonObject during = object(recovery, "during");
        List<Servers> pools = new ArrayList<>();
        objects(recovery, "pools")
                .forEach(pool -> pools.add(new Servers(
                        text(pool, "pool"),
                        pool.get("healthyServers").getAsLong(),
                        pool.get("totalServers").getAsLong())));
        List<Changed> changes = new ArrayList<>();
        objects(recovery, "changes")
                .forEach(change -> changes.add(new Changed(
                        Instant.parse(text(change, "at")),
                        text(change, "what"),
                        text(change, "who"),
                        text(change, "resource"))));
        return new Measured(
                during.size() == 0 ? Optional.empty() : Optional.of(affected(text(during, "host"), during)),
                pools,
                changes);
    }

    /** Why requests are not counted: neither of the two sources that count them was read. */
    private static String unmeasured(JsonObject json) {
        List<String> why = new ArrayList<>();
        for (JsonObject read : objects(json, "evidenceRead")) {
            String source = text(read, "source");
            if (source.equals("accessLog") || source.equals("metrics")) {
                if (!text(read, "state").equals("could-not-read")) {
                    return "";
                }
                String words = source.equals("accessLog") ? "the access log" : "metrics";
                why.add(words + " could not be read (" + text(read, "why").replace('-', ' ') + ")");
            }
        }
        return String.join(", and ", why);
    }

    private static Optional<Instant> moment(JsonObject json, String name) {
        String text = text(json, name);
        return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    }

    private static JsonObject object(JsonObject json, String name) {
        return json.get(name) instanceof JsonObject object ? object : new JsonObject();
    }

    private static List<JsonObject> objects(JsonObject json, String name) {
        List<JsonObject> all = new ArrayList<>();
        if (json.get(name) instanceof JsonArray array) {
            for (JsonElement each : array) {
                if (each instanceof JsonObject object) {
                    all.add(object);
                }
            }
        }
        return all;
    }
}
