package dev.triage502.deliver;

import com.google.gson.JsonObject;
import dev.triage502.deliver.ChannelMemory.Note;
import java.time.Instant;

/**
 * What a ticket channel keeps of one incident.
 *
 * @param id     of the ticket; empty before there is one
 * @param opened the key of what the ticket was made for, which needs no comment
 * @param said   the key of what was said last
 * @param making the key of what was being made when this was kept: the ticket, or a comment; empty if nothing was
 * @param since  when that began, in seconds
 * @param closed whether this channel closed the ticket
 */
record TicketNote(String id, String opened, String said, String making, long since, boolean closed) {

    static TicketNote of(Note note) {
        return new TicketNote(
                note.textOrNone("id"),
                note.textOrNone("opened"),
                note.textOrNone("said"),
                note.textOrNone("making"),
                note.number("since"),
                note.isTrue("closed"));
    }

    boolean hasTicket() {
        return !id.isEmpty();
    }

    boolean isMaking() {
        return !making.isEmpty();
    }

    TicketNote making(String key, Instant now) {
        return new TicketNote(id, opened, said, key, now.getEpochSecond(), closed);
    }

    /** What was being made was surely not. */
    TicketNote notMaking() {
        return new TicketNote(id, opened, said, "", 0, closed);
    }

    TicketNote at(String ticket) {
        return new TicketNote(ticket, opened, said, making, since, closed);
    }

    /** The ticket that was made for a message. */
    TicketNote openedAs(String ticket, String key) {
        return new TicketNote(ticket, key, said, "", 0, false);
    }

    TicketNote closed(boolean is) {
        return new TicketNote(id, opened, said, making, since, is);
    }

    TicketNote said(String key) {
        return new TicketNote(id, opened, key, "", 0, closed);
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("id", id);
        json.addProperty("opened", opened);
        json.addProperty("said", said);
        json.addProperty("making", making);
        json.addProperty("since", since);
        json.addProperty("closed", closed);
        return json;
    }
}
