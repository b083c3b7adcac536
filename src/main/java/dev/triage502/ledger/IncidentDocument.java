package dev.triage502.ledger;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.triage502.incident.IncidentJson;
import dev.triage502.ledger.KnownFault.Affected;
import dev.triage502.ledger.LedgerEntry.Firing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An incident as JSON: what the store keeps, what {@code GET /api/incidents/{id}} answers, and what commands print; its
 * shape is {@code schema/incident-v1.json} in the jar.
 *
 * <p>Within v1 fields may be added; none goes or changes its meaning.
 */
public final class IncidentDocument {

    /** The id of the shape. */
    public static final String SCHEMA = "triage502/incident/v1";

    private IncidentDocument() {}

    /** The document of an incident. */
    public static JsonObject write(LedgerEntry entry) {
        JsonObject json = new JsonObject();
        json.addProperty("schema", SCHEMA);
        IncidentJson.write(entry.incident()).entrySet().forEach(each -> json.add(each.getKey(), each.getValue()));
        json.addProperty("state", entry.state().id());
        json.addProperty("revision", entry.looks().judged());
        Course course = entry.course();
        json.addProperty("openedAt", course.openedAt().toString());
        json.addProperty("changedAt", course.newsAt().toString());
        put(json, "closedAt", course.closedAt());
        entry.known().ifPresent(known -> json.add("cause", cause(known)));
        course.recovery().ifPresent(recovery -> json.add("recovery", recovery(recovery)));
        course.recurrence().ifPresent(recurrence -> json.add("recurrence", recurrence(recurrence)));
        json.add("begins", array(course.begins(), at -> new JsonPrimitive(at.toString())));
        json.add("investigations", looks(entry.looks()));
        json.add("alerts", array(entry.firings(), IncidentDocument::firing));
        json.addProperty("messageCount", entry.speech().count());
        json.add("messages", array(entry.speech().messages(), IncidentDocument::message));
        entry.speech().pending().ifPresent(pending -> {
            JsonObject waiting = new JsonObject();
            waiting.addProperty("reason", pending.reason().id());
            waiting.addProperty("sentence", pending.sentence());
            json.add("waiting", waiting);
        });
        json.add("history", array(entry.history(), line -> {
            JsonObject one = new JsonObject();
            one.addProperty("at", line.at().toString());
            one.addProperty("text", line.text());
            return one;
        }));
        json.addProperty("version", course.version());
        return json;
    }

    /**
     * What a message adds to the document of the diagnosis that it carries: why it is sent, and where the incident is in
     * its life.
     */
    public static JsonObject life(LedgerEntry entry, IncidentMessage message) {
        JsonObject json = new JsonObject();
        json.addProperty("state", message.state().id());
        json.addProperty("reason", message.reason().id());
        json.addProperty("sentence", message.sentence());
        json.addProperty("revision", message.revision());
        json.addProperty("message", message.number());
        json.addProperty("openedAt", entry.course().openedAt().toString());
        entry.known().ifPresent(known -> json.add("cause", cause(known)));
        if (message.reason() == MessageReason.RECOVERED) {
            entry.course().recovery().ifPresent(recovery -> json.add("recovery", recovery(recovery)));
        }
        entry.course().recurrence().ifPresent(recurrence -> json.add("recurrence", recurrence(recurrence)));
        return json;
    }

    /**
     * The incident that a document is of.
     *
     * @throws RuntimeException if it is none
     */
    public static LedgerEntry read(JsonObject json) {
        if (!json.has("schema")) {
            return readOfBefore(json);
        }
        return new LedgerEntry(
                IncidentJson.read(json),
                LifeState.withId(text(json, "state")).orElseThrow(() -> new IllegalStateException("state")),
                looks(
                        json.getAsJsonObject("investigations"),
                        json.get("revision").getAsInt()),
                maybe(json, "cause").map(IncidentDocument::known),
                new Course(
                        json.get("version").getAsInt(),
                        time(json, "openedAt"),
                        times(json, "begins"),
                        time(json, "changedAt"),
                        maybe(json, "recovery")
                                .map(each -> new Recovery(
                                        time(each, "at"), text(each, "sentence"), textOrNone(each, "fixedBy"))),
                        maybeTime(json, "closedAt"),
                        maybe(json, "recurrence")
                                .map(each -> new Recurrence(
                                        each.get("times").getAsInt(),
                                        time(each, "first"),
                                        time(each, "last"),
                                        text(each, "before")))),
                list(json, "alerts", IncidentDocument::firing),
                new Speech(
                        json.get("messageCount").getAsInt(),
                        list(json, "messages", IncidentDocument::message),
                        maybe(json, "waiting")
                                .flatMap(each -> MessageReason.withId(text(each, "reason"))
                                        .map(reason -> new Speech.Pending(reason, text(each, "sentence"))))),
                list(json, "history", each -> new HistoryLine(time(each, "at"), text(each, "text"))));
    }

    /** An incident as versions before 0.2 kept it: without a life, of which its alerts tell as much as they can. */
    private static LedgerEntry readOfBefore(JsonObject json) {
        int revision = json.get("revision").getAsInt();
        Instant seen = time(json, "seenAt");
        Optional<Instant> closed = maybeTime(json, "closedAt");
        int announced = json.get("announced").getAsInt();
        return new LedgerEntry(
                IncidentJson.read(json),
                closed.isPresent() ? LifeState.CLOSED : LifeState.OPEN,
                new Looks(revision, announced < revision ? 0 : 1, 0, seen, seen, seen, seen, 0),
                Optional.empty(),
                new Course(0, seen, List.of(seen), seen, Optional.empty(), closed, Optional.empty()),
                list(json, "firings", IncidentDocument::firing),
                Speech.none(),
                List.of());
    }

    private static JsonObject cause(KnownFault known) {
        JsonObject json = new JsonObject();
        json.addProperty("id", known.name().root());
        if (known.name().isCause()) {
            json.addProperty("target", known.name().target());
            json.addProperty("confidence", known.name().confidence());
        }
        json.addProperty("headline", known.name().headline());
        json.addProperty("revision", known.revision());
        if (!known.resource().isEmpty()) {
            json.addProperty("resource", known.resource());
        }
        put(json, "since", known.since());
        known.affected().ifPresent(affected -> {
            JsonObject hit = new JsonObject();
            if (!affected.host().isEmpty()) {
                hit.addProperty("host", affected.host());
            }
            hit.addProperty("failedRequests", affected.failed());
            hit.addProperty("totalRequests", affected.total());
            json.add("affected", hit);
        });
        return json;
    }

    private static KnownFault known(JsonObject json) {
        return new KnownFault(
                new FaultName(
                        text(json, "id"),
                        textOrNone(json, "target"),
                        textOrNone(json, "confidence"),
                        text(json, "headline")),
                json.get("revision").getAsInt(),
                textOrNone(json, "resource"),
                maybeTime(json, "since"),
                maybe(json, "affected")
                        .map(hit -> new Affected(
                                textOrNone(hit, "host"),
                                hit.get("failedRequests").getAsLong(),
                                hit.get("totalRequests").getAsLong())));
    }

    private static JsonObject recovery(Recovery recovery) {
        JsonObject json = new JsonObject();
        json.addProperty("at", recovery.at().toString());
        json.addProperty("sentence", recovery.sentence());
        if (!recovery.fixedBy().isEmpty()) {
            json.addProperty("fixedBy", recovery.fixedBy());
        }
        return json;
    }

    private static JsonObject recurrence(Recurrence recurrence) {
        JsonObject json = new JsonObject();
        json.addProperty("times", recurrence.times());
        json.addProperty("first", recurrence.first().toString());
        json.addProperty("last", recurrence.last().toString());
        json.addProperty("before", recurrence.before());
        return json;
    }

    private static JsonObject looks(Looks looks) {
        JsonObject json = new JsonObject();
        json.addProperty("asked", looks.asked());
        json.addProperty("queued", looks.sends());
        json.addProperty("askedAt", looks.askedAt().toString());
        json.addProperty("dueAt", looks.dueAt().toString());
        json.addProperty("queuedAt", looks.sentAt().toString());
        json.addProperty("followedFrom", looks.followFrom().toString());
        json.addProperty("followUps", looks.step());
        return json;
    }

    private static Looks looks(JsonObject json, int judged) {
        return new Looks(
                json.get("asked").getAsInt(),
                json.get("queued").getAsInt(),
                judged,
                time(json, "askedAt"),
                time(json, "dueAt"),
                time(json, "queuedAt"),
                time(json, "followedFrom"),
                json.get("followUps").getAsInt());
    }

    private static JsonObject firing(Firing firing) {
        JsonObject json = new JsonObject();
        json.addProperty("occurrence", firing.occurrence());
        json.addProperty("firedAt", firing.firedAt().toString());
        json.addProperty("ends", firing.ends());
        put(json, "resolvedAt", firing.resolvedAt());
        return json;
    }

    private static Firing firing(JsonObject json) {
        return new Firing(
                text(json, "occurrence"),
                time(json, "firedAt"),
                json.get("ends").getAsBoolean(),
                maybeTime(json, "resolvedAt"));
    }

    private static JsonObject message(IncidentMessage message) {
        JsonObject json = new JsonObject();
        json.addProperty("number", message.number());
        json.addProperty("at", message.at().toString());
        json.addProperty("revision", message.revision());
        json.addProperty("reason", message.reason().id());
        json.addProperty("event", message.event());
        json.addProperty("state", message.state().id());
        json.addProperty("sentence", message.sentence());
        json.addProperty("settled", message.settled());
        return json;
    }

    private static IncidentMessage message(JsonObject json) {
        return new IncidentMessage(
                json.get("number").getAsInt(),
                json.get("revision").getAsInt(),
                MessageReason.withId(text(json, "reason")).orElseThrow(() -> new IllegalStateException("reason")),
                text(json, "event"),
                LifeState.withId(text(json, "state")).orElseThrow(() -> new IllegalStateException("state")),
                time(json, "at"),
                text(json, "sentence"),
                json.get("settled").getAsBoolean());
    }

    static <T> JsonArray array(List<T> all, Function<T, JsonElement> each) {
        JsonArray array = new JsonArray();
        all.forEach(one -> array.add(each.apply(one)));
        return array;
    }

    static <T> List<T> list(JsonObject json, String name, Function<JsonObject, T> each) {
        List<T> found = new ArrayList<>();
        for (JsonElement element : json.getAsJsonArray(name)) {
            found.add(each.apply(element.getAsJsonObject()));
        }
        return found;
    }

    private static List<Instant> times(JsonObject json, String name) {
        List<Instant> found = new ArrayList<>();
        json.getAsJsonArray(name).forEach(each -> found.add(Instant.parse(each.getAsString())));
        return found;
    }

    private static void put(JsonObject json, String name, Optional<Instant> at) {
        at.ifPresent(moment -> json.addProperty(name, moment.toString()));
    }

    private static Optional<JsonObject> maybe(JsonObject json, String name) {
        return json.has(name) ? Optional.of(json.getAsJsonObject(name)) : Optional.empty();
    }

    static String text(JsonObject json, String name) {
        return json.get(name).getAsString();
    }

    private static String textOrNone(JsonObject json, String name) {
        return json.has(name) ? text(json, name) : "";
    }

    static Instant time(JsonObject json, String name) {
        return Instant.parse(text(json, name));
    }

    private static Optional<Instant> maybeTime(JsonObject json, String name) {
        return json.has(name) ? Optional.of(time(json, name)) : Optional.empty();
    }
}
