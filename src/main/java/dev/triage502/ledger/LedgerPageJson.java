package dev.triage502.ledger;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.triage502.ledger.LedgerPage.Early;
import dev.triage502.ledger.LedgerPage.Past;
import java.time.DateTimeException;
import java.util.List;

/** A {@link LedgerPage} as the text that a store keeps. */
public final class LedgerPageJson {

    private LedgerPageJson() {}

    public static String write(LedgerPage page) {
        JsonArray entries = IncidentDocument.array(page.entries(), IncidentDocument::write);
        JsonArray past = IncidentDocument.array(page.past(), one -> {
            JsonObject json = new JsonObject();
            json.addProperty("id", one.id());
            json.addProperty("root", one.root());
            json.addProperty("target", one.target());
            json.addProperty("openedAt", one.openedAt().toString());
            return json;
        });
        JsonArray early = IncidentDocument.array(page.early(), one -> {
            JsonObject json = new JsonObject();
            json.addProperty("occurrence", one.occurrence());
            json.addProperty("at", one.at().toString());
            return json;
        });
        JsonObject json = new JsonObject();
        json.add("entries", entries);
        json.add("past", past);
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
                    IncidentDocument.list(json, "entries", IncidentDocument::read),
                    json.has("past") ? IncidentDocument.list(json, "past", LedgerPageJson::past) : List.of(),
                    IncidentDocument.list(json, "early", LedgerPageJson::early));
        } catch (JsonParseException
                | IllegalStateException
                | NullPointerException
                | ClassCastException
                | NumberFormatException
                | DateTimeException spoiled) {
            return LedgerPage.empty();
        }
    }

    private static Past past(JsonObject json) {
        return new Past(
                IncidentDocument.text(json, "id"),
                IncidentDocument.text(json, "root"),
                IncidentDocument.text(json, "target"),
                IncidentDocument.time(json, "openedAt"));
    }

    private static Early early(JsonObject json) {
        return new Early(IncidentDocument.text(json, "occurrence"), IncidentDocument.time(json, "at"));
    }
}
