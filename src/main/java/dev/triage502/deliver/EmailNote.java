package dev.triage502.deliver;

import com.google.gson.JsonObject;
import dev.triage502.deliver.ChannelMemory.Note;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What the email channel keeps of one incident.
 *
 * @param said      the key of the mail that was sent last
 * @param making    the key of the mail that was being sent when this was kept; empty if none was
 * @param operation the id under which that mail was sent
 * @param since     when that was tried first, in seconds
 * @param sending   when the request that is under way began, in seconds; 0 once it has ended
 */
record EmailNote(String said, String making, String operation, long since, long sending) {

    /** The service knows a repeat for five minutes. */
    private static final Duration KNOWN_FOR = Duration.ofMinutes(4);

    /** A request takes less; after that its process has died. */
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(30);

    static EmailNote of(Note note) {
        return new EmailNote(
                note.textOrNone("said"),
                note.textOrNone("making"),
                note.textOrNone("operation"),
                note.number("since"),
                note.number("sending"));
    }

    /** How long to leave it to another process, which is sending a mail now or has just died; nothing if there is none. */
    Optional<Duration> busyFor(Instant now) {
        Duration left = Duration.between(now, Instant.ofEpochSecond(sending).plus(LONGEST_REQUEST));
        return sending == 0 || left.isNegative() || left.isZero() ? Optional.empty() : Optional.of(left);
    }

    /** About to send a mail that was not tried before, or that the service could not send. */
    EmailNote fresh(String key, Instant now) {
        return new EmailNote(said, key, UUID.randomUUID().toString(), now.getEpochSecond(), now.getEpochSecond());
    }

    /** About to send the same again. */
    EmailNote again(Instant now) {
        boolean isKnown = now.isBefore(Instant.ofEpochSecond(since).plus(KNOWN_FOR));
        return new EmailNote(said, making, operation, isKnown ? since : now.getEpochSecond(), now.getEpochSecond());
    }

    /** The request has ended, and the mail may or may not have been taken. */
    EmailNote ended() {
        return new EmailNote(said, making, operation, since, 0);
    }

    /** The request has ended, and the mail was not taken. */
    EmailNote refused() {
        return new EmailNote(said, "", "", 0, 0);
    }

    EmailNote sent() {
        return new EmailNote(making, "", "", 0, 0);
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("said", said);
        json.addProperty("making", making);
        json.addProperty("operation", operation);
        json.addProperty("since", since);
        json.addProperty("sending", sending);
        return json;
    }
}
