package dev.triage502.deliver;

import static dev.triage502.json.JsonTree.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.triage502.report.DiagnosisDocument;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A diagnosis document that is no longer than somebody takes: the least needed entries of its lists go first, commands
 * and the cause stay whole, and each id of evidence that stays resolves. Says in {@code cut} that it was cut.
 */
final class DocumentShortener {

    private static final List<String> LISTS = List.of(
            "contributing", "ruledOut", "couldNotTell", "notChecked", "notModelled", "next", "differences", "changes");

    private final JsonObject json;
    private final int most;
    private final int longest;
    private final Set<String> cited = new HashSet<>();

    /** Keeps the first {@code most} of each list, and of Azure's words {@code longest} characters. */
    private DocumentShortener(JsonObject json, int most, int longest) {
        this.json = json;
        this.most = most;
        this.longest = longest;
    }

    static String of(DiagnosisDocument document, int bytes) {
        String whole = document.toString();
        if (size(whole) <= bytes) {
            return whole;
        }
        String cut = new DocumentShortener(document.json().deepCopy(), 30, 400).cut(document.incident());
        for (int most = 10; size(cut) > bytes && most > 0; most = most / 2) {
            cut = new DocumentShortener(document.json().deepCopy(), most, 150).cut(document.incident());
        }
        return cut;
    }

    private String cut(String incident) {
        // A chart's numbers are the first that a receiver can do without.
        json.remove("timeline");
        LISTS.forEach(name -> shorten(json, name));
        named(json.get("rootCause"));
        each("contributing").forEach(this::named);
        each("ruledOut").forEach(this::cites);
        if (json.get("impact") instanceof JsonObject impact) {
            List.of("listeners", "hosts", "servers", "byHost", "notAffected").forEach(name -> shorten(impact, name));
        }
        each("evidenceRead").forEach(read -> words(read, "detail"));
        each("changes").forEach(change -> words(change, "what"));
        each("notChecked").forEach(failed -> words(failed, "because"));
        JsonArray evidence = new JsonArray();
        for (JsonElement entry : each("evidence")) {
            if (entry instanceof JsonObject object && cited.contains(text(object, "id"))) {
                words(object, "text");
                evidence.add(object);
            }
        }
        json.add("evidence", evidence);
        json.addProperty(
                "cut",
                "Shortened: lists end after " + most + " items, quotes from Azure after " + longest
                        + " characters. Full document: GET /api/diagnoses/" + incident);
        return json.toString();
    }

    private void named(JsonElement cause) {
        if (cause instanceof JsonObject object) {
            shorten(object, "alsoAt");
            words(object, "summary");
        }
        cites(cause);
    }

    private void cites(JsonElement claim) {
        if (claim instanceof JsonObject object) {
            words(object, "because");
            shorten(object, "evidence");
            if (object.get("evidence") instanceof JsonArray ids) {
                ids.forEach(id -> cited.add(id.getAsString()));
            }
        }
    }

    private void shorten(JsonObject holder, String name) {
        if (holder.get(name) instanceof JsonArray list && list.size() > most) {
            JsonArray first = new JsonArray();
            for (int i = 0; i < most; i++) {
                first.add(list.get(i));
            }
            holder.add(name, first);
        }
    }

    private void words(JsonElement holder, String name) {
        if (holder instanceof JsonObject object
                && object.get(name) instanceof JsonPrimitive text
                && text.isString()
                && text.getAsString().length() > longest) {
            object.addProperty(name, text.getAsString().substring(0, longest) + "…");
        }
    }

    private Iterable<JsonElement> each(String name) {
        return json.get(name) instanceof JsonArray list ? list : new JsonArray();
    }

    private static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
