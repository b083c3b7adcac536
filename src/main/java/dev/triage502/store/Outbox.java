package dev.triage502.store;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.store.KeyValueTable.Cell;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What was sent to whom: so that a delivery that is queued twice is made once. */
public final class Outbox {

    /** A try that has not ended by then died with its process. */
    private static final Duration LONGEST_TRY = Duration.ofMinutes(2);

    private final OptimisticUpdate turns;

    Outbox(KeyValueTable cells) {
        this.turns = new OptimisticUpdate(cells);
    }

    /** One look at an incident, told to one channel. */
    public record Parcel(String incident, int revision, String channel) {

        private String column() {
            return "to-" + StoreKeys.safe(channel) + "-" + revision;
        }
    }

    /** What somebody who wants to make a delivery is told. */
    public enum Claim {
        /** It is theirs to make. */
        YOURS,
        /** Another is making it at this moment. */
        UNDER_WAY,
        /** It was made, or given up. */
        DONE
    }

    /** Asks to make a delivery; {@code owner} who asks again, as after a crash, gets what it had. */
    public Claim claim(Parcel parcel, String owner, Instant now) {
        return turns.take(StoreKeys.safe(parcel.incident()), parcel.column(), cell -> {
            Claim claim =
                    cell.map(Cell::text).map(text -> given(text, owner, now)).orElse(Claim.YOURS);
            JsonObject json = state("sending", now);
            json.addProperty("owner", owner);
            return new OptimisticUpdate.Written<>(
                    claim == Claim.YOURS ? Optional.of(json.toString()) : Optional.empty(), claim);
        });
    }

    /** It was made. */
    public void sent(Parcel parcel, Instant now) {
        put(parcel, state("sent", now));
    }

    /** It was not made, and somebody may try again. */
    public void waiting(Parcel parcel, String why, Instant now) {
        JsonObject json = state("waiting", now);
        json.addProperty("why", why);
        put(parcel, json);
    }

    /** It was not made, and nobody will try again. */
    public void givenUp(Parcel parcel, String why, Instant now) {
        JsonObject json = state("given-up", now);
        json.addProperty("why", why);
        put(parcel, json);
    }

    private void put(Parcel parcel, JsonObject json) {
        turns.take(
                StoreKeys.safe(parcel.incident()),
                parcel.column(),
                cell -> new OptimisticUpdate.Written<>(Optional.of(json.toString()), true));
    }

    private static Claim given(String text, String owner, Instant now) {
        JsonObject json = JsonParser.parseString(text).getAsJsonObject();
        switch (json.get("state").getAsString()) {
            case "sent":
            case "given-up":
                return Claim.DONE;
            case "sending":
                boolean theirs = json.get("owner").getAsString().equals(owner);
                boolean died =
                        now.isAfter(Instant.parse(json.get("at").getAsString()).plus(LONGEST_TRY));
                return theirs || died ? Claim.YOURS : Claim.UNDER_WAY;
            default:
                return Claim.YOURS;
        }
    }

    private static JsonObject state(String state, Instant at) {
        JsonObject json = new JsonObject();
        json.addProperty("state", state);
        json.addProperty("at", at.toString());
        return json;
    }
}
