package dev.triage502.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The latest calls that led to no incident, and why: for whoever wonders why an alert was not investigated. The same
 * reason again is counted, so that one rule that is set up wrongly does not push out the others.
 */
public final class IgnoredAlerts {

    private static final String ROW = "alerts";
    private static final String COLUMN = "ignored";
    private static final int MOST = 50;

    private final KeyValueTable cells;
    private final OptimisticUpdate turns;

    IgnoredAlerts(KeyValueTable cells) {
        this.cells = cells;
        this.turns = new OptimisticUpdate(cells);
    }

    /**
     * Why an alert was ignored.
     *
     * @param why   in words, without secrets
     * @param times how often that was so
     * @param first when for the first time
     * @param last  when for the last time
     */
    public record Ignored(String why, int times, Instant first, Instant last) {

        /** As documents have it. */
        public JsonObject toJson() {
            JsonObject json = new JsonObject();
            json.addProperty("why", why);
            json.addProperty("times", times);
            json.addProperty("first", first.toString());
            json.addProperty("last", last.toString());
            return json;
        }

        private static Ignored read(JsonObject json) {
            return new Ignored(
                    json.get("why").getAsString(),
                    json.get("times").getAsInt(),
                    Instant.parse(json.get("first").getAsString()),
                    Instant.parse(json.get("last").getAsString()));
        }
    }

    /** Notes that an alert was ignored. */
    public void add(String why, Instant now) {
        turns.take(ROW, COLUMN, cell -> {
            List<Ignored> all = new ArrayList<>(read(cell));
            Optional<Ignored> same =
                    all.stream().filter(each -> each.why().equals(why)).findFirst();
            same.ifPresent(all::remove);
            all.add(
                    0,
                    new Ignored(
                            why,
                            same.map(each -> each.times() + 1).orElse(1),
                            same.map(Ignored::first).orElse(now),
                            now));
            JsonArray kept = new JsonArray();
            all.stream().limit(MOST).map(Ignored::toJson).forEach(kept::add);
            return new OptimisticUpdate.Written<>(Optional.of(kept.toString()), true);
        });
    }

    /** The latest, the newest first. */
    public List<Ignored> latest() {
        return read(cells.read(ROW, COLUMN));
    }

    private static List<Ignored> read(Optional<KeyValueTable.Cell> cell) {
        List<Ignored> all = new ArrayList<>();
        for (JsonElement each : cell.map(
                        text -> JsonParser.parseString(text.text()).getAsJsonArray())
                .orElseGet(JsonArray::new)) {
            all.add(Ignored.read(each.getAsJsonObject()));
        }
        return all;
    }
}
