package dev.triage502.store;

import static dev.triage502.json.JsonTree.text;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.store.KeyValueTable.Cell;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was sent to whom: so that a delivery that is queued twice is made once, and none is made after a later one of the
 * same incident. The deliveries of one incident to one channel are one cell, so that each is decided with all others in
 * sight.
 */
public final class Outbox {

    /** A try that has not ended by then died with its process. */
    private static final Duration LONGEST_TRY = Duration.ofSeconds(60);

    private static final int MOST_KEPT = 60;

    private final KeyValueTable cells;
    private final OptimisticUpdate turns;

    Outbox(KeyValueTable cells) {
        this.cells = cells;
        this.turns = new OptimisticUpdate(cells);
    }

    /**
     * One message about an incident to one channel.
     *
     * @param revision the look at the incident that it reports
     * @param event    what it says that happened: {@code diagnosed}, {@code recovered}
     * @param number   its place among the messages about the incident, from 1
     */
    public record Parcel(String incident, int revision, String event, int number, String channel) {

        /** The event that is all that versions before 0.2 sent. */
        public static final String DIAGNOSED = "diagnosed";

        /** A name for this message, the same for each channel and each time that it is tried. */
        public String key() {
            return incident + "-" + name();
        }

        private String name() {
            return event + (revision == 1 ? "" : "-" + revision);
        }

        private String column() {
            return "to-" + StoreKeys.safe(channel);
        }

        private String columnOfBefore() {
            return column() + "-" + revision;
        }
    }

    /** The answer to a claim. */
    public enum Claim {
        /** It is theirs to make. */
        YOURS,
        /** Another is making it, or another of this incident to this channel, at this moment. */
        UNDER_WAY,
        /** It was made, or given up. */
        DONE,
        /** A later message took its place: it is not to be made any more. */
        REPLACED
    }

    /** Notes that a message is queued: none before it is sent from now on. */
    public void queued(Parcel parcel) {
        turns.take(StoreKeys.safe(parcel.incident()), parcel.column(), cell -> {
            JsonObject lane = lane(cell);
            boolean known = newest(lane) >= parcel.number();
            lane.addProperty("newest", Math.max(newest(lane), parcel.number()));
            return new OptimisticUpdate.Written<>(known ? Optional.empty() : Optional.of(lane.toString()), true);
        });
    }

    /** Whether any message about an incident was queued for a channel before. */
    public boolean knows(String incident, String channel) {
        String column = new Parcel(incident, 1, Parcel.DIAGNOSED, 1, channel).column();
        return newest(lane(cells.read(StoreKeys.safe(incident), column))) > 0;
    }

    /** Claims a delivery; an {@code owner} that claims again, as after a crash, gets the same answer. */
    public Claim claim(Parcel parcel, String owner, Instant now) {
        if (wasSettledBefore(parcel)) {
            return Claim.DONE;
        }
        return turns.take(StoreKeys.safe(parcel.incident()), parcel.column(), cell -> {
            JsonObject lane = lane(cell);
            Claim claim = judge(lane, parcel, owner, now);
            if (claim == Claim.YOURS) {
                JsonObject json = state("sending", now);
                json.addProperty("owner", owner);
                put(lane, parcel, json);
            } else if (claim == Claim.REPLACED) {
                JsonObject json = state("given-up", now);
                json.addProperty("why", "a later message took its place");
                put(lane, parcel, json);
            } else {
                return new OptimisticUpdate.Written<>(Optional.empty(), claim);
            }
            return new OptimisticUpdate.Written<>(Optional.of(lane.toString()), claim);
        });
    }

    /** It was made. */
    public void sent(Parcel parcel, Instant now) {
        settle(parcel, state("sent", now));
    }

    /** It was not made, and is queued to be tried again at {@code until}. */
    public void waiting(Parcel parcel, String why, Instant until, Instant now) {
        JsonObject json = state("waiting", now);
        json.addProperty("why", why);
        json.addProperty("until", until.toString());
        settle(parcel, json);
    }

    /** It was not made, and is not tried again. */
    public void givenUp(Parcel parcel, String why, Instant now) {
        JsonObject json = state("given-up", now);
        json.addProperty("why", why);
        settle(parcel, json);
    }

    /** Whether it was made or given up. */
    public boolean isSettled(Parcel parcel) {
        return isDone(entry(parcel)) || wasSettledBefore(parcel);
    }

    /** When it is to be tried again, if it is waiting for that. */
    public Optional<Instant> waitsUntil(Parcel parcel) {
        return entry(parcel)
                .filter(json -> json.get("state").getAsString().equals("waiting") && json.has("until"))
                .map(json -> Instant.parse(json.get("until").getAsString()));
    }

    private Optional<JsonObject> entry(Parcel parcel) {
        Optional<Cell> cell = cells.read(StoreKeys.safe(parcel.incident()), parcel.column());
        return entry(lane(cell), parcel.name());
    }

    private boolean wasSettledBefore(Parcel parcel) {
        return parcel.event().equals(Parcel.DIAGNOSED)
                && isDone(cells.read(StoreKeys.safe(parcel.incident()), parcel.columnOfBefore())
                        .map(cell -> JsonParser.parseString(cell.text()).getAsJsonObject()));
    }

    private static Claim judge(JsonObject lane, Parcel parcel, String owner, Instant now) {
        Optional<JsonObject> mine = entry(lane, parcel.name());
        if (isDone(mine)) {
            return Claim.DONE;
        }
        if (parcel.number() < newest(lane)) {
            return Claim.REPLACED;
        }
        JsonObject parcels = parcels(lane);
        for (String name : parcels.keySet()) {
            JsonObject other = parcels.getAsJsonObject(name);
            boolean theirs = name.equals(parcel.name()) && owner.equals(text(other, "owner"));
            if (!theirs && isUnderWay(other, now)) {
                return Claim.UNDER_WAY;
            }
        }
        return Claim.YOURS;
    }

    private static boolean isUnderWay(JsonObject entry, Instant now) {
        return text(entry, "state").equals("sending")
                && !now.isAfter(Instant.parse(text(entry, "at")).plus(LONGEST_TRY));
    }

    private static boolean isDone(Optional<JsonObject> entry) {
        return entry.filter(json -> List.of("sent", "given-up").contains(text(json, "state")))
                .isPresent();
    }

    private void settle(Parcel parcel, JsonObject json) {
        turns.take(StoreKeys.safe(parcel.incident()), parcel.column(), cell -> {
            JsonObject lane = lane(cell);
            put(lane, parcel, json);
            return new OptimisticUpdate.Written<>(Optional.of(lane.toString()), true);
        });
    }

    private static void put(JsonObject lane, Parcel parcel, JsonObject json) {
        lane.addProperty("newest", Math.max(newest(lane), parcel.number()));
        JsonObject parcels = parcels(lane);
        parcels.remove(parcel.name());
        parcels.add(parcel.name(), json);
        while (parcels.size() > MOST_KEPT) {
            parcels.remove(parcels.keySet().iterator().next());
        }
    }

    private static JsonObject lane(Optional<Cell> cell) {
        JsonObject fresh = new JsonObject();
        fresh.addProperty("newest", 0);
        fresh.add("parcels", new JsonObject());
        return cell.map(each -> JsonParser.parseString(each.text()).getAsJsonObject())
                .orElse(fresh);
    }

    private static int newest(JsonObject lane) {
        return lane.get("newest").getAsInt();
    }

    private static JsonObject parcels(JsonObject lane) {
        return lane.getAsJsonObject("parcels");
    }

    private static Optional<JsonObject> entry(JsonObject lane, String name) {
        return Optional.ofNullable(parcels(lane).getAsJsonObject(name));
    }

    private static JsonObject state(String state, Instant at) {
        JsonObject json = new JsonObject();
        json.addProperty("state", state);
        json.addProperty("at", at.toString());
        return json;
    }
}
