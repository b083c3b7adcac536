package dev.triage502.store;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Who is at work on an investigation, and when they were last seen: so that another takes over from one that died. */
public final class Heartbeats {

    /** Whoever works is seen each {@link #PERIOD}; after this long without, they are taken to have died. */
    public static final Duration DEAD_AFTER = Duration.ofSeconds(20);

    /** How often whoever works has to be seen. */
    public static final Duration PERIOD = Duration.ofSeconds(5);

    private static final String COLUMN = "at-work";

    private final KeyValueTable cells;
    private final OptimisticUpdate turns;
    private final Processes processes;

    /** What is known of the processes that share a store; nothing where they are on several machines. */
    interface Processes {

        /** The name of this one. */
        String own();

        /** Whether it is known that one has ended. */
        boolean isDead(String name);
    }

    Heartbeats(KeyValueTable cells, Processes processes) {
        this.cells = cells;
        this.turns = new OptimisticUpdate(cells);
        this.processes = processes;
    }

    /** Begins work, or goes on with it; false if another is at this or a later investigation and alive. */
    public boolean beat(String incident, int revision, String worker, Instant now) {
        return turns.take(StoreKeys.safe(incident), COLUMN, cell -> {
            JsonObject before = read(cell);
            boolean anothers = before.has("worker")
                    && !before.get("worker").getAsString().equals(worker)
                    && before.get("revision").getAsInt() >= revision
                    && isAlive(before, now);
            JsonObject json = new JsonObject();
            json.addProperty("process", processes.own());
            json.addProperty("worker", worker);
            json.addProperty("revision", revision);
            json.addProperty("at", now.toString());
            return new OptimisticUpdate.Written<>(
                    anothers ? Optional.empty() : Optional.of(json.toString()), !anothers);
        });
    }

    /** Ends work. */
    public void end(String incident, String worker) {
        turns.take(StoreKeys.safe(incident), COLUMN, cell -> {
            JsonObject before = read(cell);
            boolean mine =
                    before.has("worker") && before.get("worker").getAsString().equals(worker);
            return new OptimisticUpdate.Written<>(mine ? Optional.of("{}") : Optional.empty(), true);
        });
    }

    /** Whether somebody is at work on an incident and alive. */
    public boolean isAtWork(String incident, Instant now) {
        JsonObject json = read(cells.read(StoreKeys.safe(incident), COLUMN));
        return json.has("worker") && isAlive(json, now);
    }

    private boolean isAlive(JsonObject json, Instant now) {
        boolean dead =
                json.has("process") && processes.isDead(json.get("process").getAsString());
        return !dead && !now.isAfter(Instant.parse(json.get("at").getAsString()).plus(DEAD_AFTER));
    }

    private static JsonObject read(Optional<KeyValueTable.Cell> cell) {
        return cell.map(each -> JsonParser.parseString(each.text()).getAsJsonObject())
                .orElseGet(JsonObject::new);
    }
}
