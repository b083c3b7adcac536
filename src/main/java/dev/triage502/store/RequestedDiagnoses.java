package dev.triage502.store;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.incident.Incident;
import dev.triage502.incident.IncidentJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Diagnoses that somebody asked for, which belong to no incident of an alert: those still to be made, and all by age. */
public final class RequestedDiagnoses {

    private static final String WAITING = "requested";
    private static final String BY_AGE = "requested-by-age";
    private static final int PAGE = 500;

    /** What is queued and not made after this long is queued again; the second time after twice as long. */
    private static final Duration MADE_WITHIN = Duration.ofSeconds(45);

    private final KeyValueTable cells;
    private final OptimisticUpdate turns;

    RequestedDiagnoses(KeyValueTable cells) {
        this.cells = cells;
        this.turns = new OptimisticUpdate(cells);
    }

    /**
     * One that is still to be made.
     *
     * @param queuedAt when it was last put into the queue
     * @param sends    how often that was
     */
    public record Waiting(Incident incident, Instant queuedAt, int sends) {

        /** Whether it should have been begun: whoever took it may have died. */
        public boolean isLate(Instant now) {
            return now.isAfter(queuedAt.plus(MADE_WITHIN.multipliedBy(Math.min(sends, 2))));
        }
    }

    /** One that was asked for, and where it stands by its age. */
    record Old(String column, String id) {}

    /** Notes that one is put into the queue now. */
    public void queued(Incident incident, Instant now) {
        turns.take(WAITING, StoreKeys.safe(incident.id()), cell -> {
            int sends = cell.map(each -> read(each.text()).sends()).orElse(0);
            JsonObject json = IncidentJson.write(incident);
            json.addProperty("queuedAt", now.toString());
            json.addProperty("queued", sends + 1);
            return new OptimisticUpdate.Written<>(Optional.of(json.toString()), true);
        });
    }

    /** Those still to be made. */
    public List<Waiting> waiting() {
        return list(WAITING, "").stream().map(each -> read(each.text())).toList();
    }

    /** One is made, or given up. */
    public void done(String id) {
        cells.remove(WAITING, StoreKeys.safe(id));
    }

    /** Notes when one was asked for, so that it is removed when it is old. */
    public void asked(String id, Instant now) {
        turns.take(BY_AGE, StoreKeys.byAge(now, id), cell -> new OptimisticUpdate.Written<>(Optional.of("{}"), true));
    }

    List<Old> askedBefore(Instant moment, int atMost) {
        return cells.list(BY_AGE, StoreKeys.age(moment), atMost).stream()
                .map(each -> new Old(each.column(), StoreKeys.withoutAge(each.column())))
                .toList();
    }

    void remove(Old old) {
        for (KeyValueTable.Listed each : list(old.id(), "")) {
            cells.remove(old.id(), each.column());
        }
        cells.remove(BY_AGE, old.column());
    }

    private List<KeyValueTable.Listed> list(String row, String from) {
        List<KeyValueTable.Listed> all = new ArrayList<>();
        String after = from;
        List<KeyValueTable.Listed> some;
        do {
            some = cells.list(row, after, PAGE);
            all.addAll(some);
            after = some.isEmpty() ? after : some.get(some.size() - 1).column();
        } while (some.size() == PAGE);
        return all;
    }

    private static Waiting read(String text) {
        JsonObject json = JsonParser.parseString(text).getAsJsonObject();
        return new Waiting(
                IncidentJson.read(json),
                Instant.parse(json.get("queuedAt").getAsString()),
                json.get("queued").getAsInt());
    }
}
