package dev.triage502.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.store.Feedback.Given;
import dev.triage502.store.Feedback.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What was said of diagnoses: one word for an incident, the last that was said. It outlives the incident. */
public final class FeedbackStore {

    private static final String ROW = "feedback";
    private static final int PAGE = 500;

    /** A cause or a conclusion of the vocabulary; whether there is such a one is known to whoever asks. */
    private static final Pattern CAUSE = Pattern.compile("[a-z][a-z0-9-]{1,60}");

    private final KeyValueTable cells;
    private final OptimisticUpdate turns;

    FeedbackStore(KeyValueTable cells) {
        this.cells = cells;
        this.turns = new OptimisticUpdate(cells);
    }

    /**
     * The feedback on an incident's diagnosis.
     *
     * @param incident its document
     * @param cause    the true cause, where the verdict is wrong; may be empty
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static Feedback on(JsonObject incident, String verdict, String cause, String target, Given given) {
        Verdict is = Verdict.withId(verdict)
                .orElseThrow(() -> new IllegalArgumentException("verdict: expected right, wrong or unsure"));
        if (!incident.has("cause")) {
            throw new IllegalArgumentException("the incident has no diagnosis yet");
        }
        if (!cause.isEmpty() && (is != Verdict.WRONG || !CAUSE.matcher(cause).matches())) {
            throw new IllegalArgumentException("cause: expected the id of the true cause, with the verdict wrong only");
        }
        if (target.length() > 200) {
            throw new IllegalArgumentException("target: expected a name of at most 200 characters");
        }
        JsonObject named = incident.getAsJsonObject("cause");
        String id = named.get("id").getAsString();
        return new Feedback(
                incident.get("id").getAsString(),
                named.get("revision").getAsInt(),
                is,
                id,
                named.has("confidence") ? named.get("confidence").getAsString() : "",
                is == Verdict.RIGHT ? id : cause,
                target,
                given);
    }

    /** Keeps it, in place of what was said of the incident before. */
    public void put(Feedback feedback) {
        turns.take(
                ROW,
                StoreKeys.safe(feedback.incident()),
                cell -> new OptimisticUpdate.Written<>(
                        Optional.of(feedback.toJson().toString()), true));
    }

    /** All that was said. */
    public List<Feedback> all() {
        List<Feedback> all = new ArrayList<>();
        String after = "";
        List<KeyValueTable.Listed> some;
        do {
            some = cells.list(ROW, after, PAGE);
            for (KeyValueTable.Listed each : some) {
                all.add(Feedback.read(JsonParser.parseString(each.text()).getAsJsonObject()));
                after = each.column();
            }
        } while (some.size() == PAGE);
        return all;
    }

    /** The files of a case, with the true cause as what is expected of a diagnosis. */
    public static Map<String, String> labelled(Map<String, String> files, Feedback feedback) {
        Map<String, String> labelled = new TreeMap<>(files);
        labelled.computeIfPresent("case.json", (name, text) -> {
            JsonObject json = JsonParser.parseString(text).getAsJsonObject();
            JsonObject expected = new JsonObject();
            expected.addProperty("rootCause", feedback.cause());
            if (!feedback.target().isEmpty()) {
                expected.addProperty("target", feedback.target());
            }
            json.add("expected", expected);
            return json.toString();
        });
        return labelled;
    }

    /** How often the diagnosis was right, by the cause that was named and how sure that was said to be. */
    public static JsonObject accuracy(List<Feedback> all) {
        Map<String, JsonObject> byCause = new TreeMap<>();
        Map<String, JsonObject> mistaken = new TreeMap<>();
        JsonObject together = counts();
        for (Feedback each : all) {
            JsonObject row = byCause.computeIfAbsent(each.named() + " " + each.confidence(), key -> {
                JsonObject fresh = counts();
                fresh.addProperty("named", each.named());
                if (!each.confidence().isEmpty()) {
                    fresh.addProperty("confidence", each.confidence());
                }
                return fresh;
            });
            count(row, each.verdict());
            count(together, each.verdict());
            if (each.verdict() == Verdict.WRONG && each.hasKnownCause()) {
                JsonObject pair = mistaken.computeIfAbsent(each.named() + " " + each.cause(), key -> {
                    JsonObject fresh = new JsonObject();
                    fresh.addProperty("named", each.named());
                    fresh.addProperty("cause", each.cause());
                    fresh.addProperty("incidents", 0);
                    return fresh;
                });
                pair.addProperty("incidents", pair.get("incidents").getAsInt() + 1);
            }
        }
        JsonObject json = new JsonObject();
        json.add("all", together);
        json.add("byCause", array(byCause));
        json.add("mistaken", array(mistaken));
        return json;
    }

    private static JsonObject counts() {
        JsonObject json = new JsonObject();
        for (Verdict verdict : Verdict.values()) {
            json.addProperty(verdict.id(), 0);
        }
        return json;
    }

    private static void count(JsonObject row, Verdict verdict) {
        row.addProperty(verdict.id(), row.get(verdict.id()).getAsInt() + 1);
    }

    private static JsonArray array(Map<String, JsonObject> rows) {
        JsonArray array = new JsonArray();
        rows.values().forEach(array::add);
        return array;
    }
}
