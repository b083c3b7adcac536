package dev.triage502.ledger;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.triage502.incident.IncidentJson;
import dev.triage502.ledger.LedgerEntry.Firing;
import dev.triage502.ledger.LedgerPage.Early;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A {@link LedgerPage} as the text that a store keeps. */
public final class LedgerPageJson {

    private LedgerPageJson() {}

    public static String write(LedgerPage page) {
        JsonArray entries = new JsonArray();
        page.entries().forEach(entry -> entries.add(write(entry)));
        JsonArray early = new JsonArray();
        for (Early one : page.early()) {
            JsonObject json = new JsonObject();
            json.addProperty("occurrence", one.occurrence());
            json.addProperty("at", one.at().toString());
            early.add(json);
        }
        JsonObject json = new JsonObject();
        json.add("entries", entries);
        json.add("early", early);
        return json.toString();
    }

    /**
     * The page that a text is. What is no page reads as an empty one: an outage must be looked at even if the books
     * are spoiled, at the price of looking twice.
     */
    public static LedgerPage read(String text) {
        try {
            JsonObject json = JsonParser.parseString(text).getAsJsonObject();
            return new LedgerPage(
                    list(json, "entries", LedgerPageJson::entry), list(json, "early", LedgerPageJson::early));
        } catch (JsonParseException
                | IllegalStateException
                | NullPointerException
                | ClassCastException
                | NumberFormatException
                | DateTimeException spoiled) {
            return LedgerPage.empty();
        }
    }

    private static JsonObject write(LedgerEntry entry) {
        JsonArray firings = new JsonArray();
        for (Firing firing : entry.firings()) {
            JsonObject json = new JsonObject();
            json.addProperty("occurrence", firing.occurrence());
            json.addProperty("firedAt", firing.firedAt().toString());
            json.addProperty("ends", firing.ends());
            firing.resolvedAt().ifPresent(at -> json.addProperty("resolvedAt", at.toString()));
            firings.add(json);
        }
        JsonObject json = IncidentJson.write(entry.incident());
        json.addProperty("revision", entry.revision());
        json.addProperty("announced", entry.announced());
        json.addProperty("seenAt", entry.seenAt().toString());
        entry.closedAt().ifPresent(at -> json.addProperty("closedAt", at.toString()));
        json.add("firings", firings);
        return json;
    }

    private static LedgerEntry entry(JsonObject json) {
        return new LedgerEntry(
                IncidentJson.read(json),
                json.get("revision").getAsInt(),
                json.get("announced").getAsInt(),
                time(json, "seenAt"),
                maybeTime(json, "closedAt"),
                list(json, "firings", LedgerPageJson::firing));
    }

    private static Firing firing(JsonObject json) {
        return new Firing(
                text(json, "occurrence"),
                time(json, "firedAt"),
                json.get("ends").getAsBoolean(),
                maybeTime(json, "resolvedAt"));
    }

    private static Early early(JsonObject json) {
        return new Early(text(json, "occurrence"), time(json, "at"));
    }

    private static <T> List<T> list(JsonObject json, String name, Function<JsonObject, T> each) {
        List<T> found = new ArrayList<>();
        for (JsonElement element : json.getAsJsonArray(name)) {
            found.add(each.apply(element.getAsJsonObject()));
        }
        return found;
    }

    private static String text(JsonObject json, String name) {
        return json.get(name).getAsString();
    }

    private static Instant time(JsonObject json, String name) {
        return Instant.parse(text(json, name));
    }

    private static Optional<Instant> maybeTime(JsonObject json, String name) {
        return json.has(name) ? Optional.of(time(json, name)) : Optional.empty();
    }
}
