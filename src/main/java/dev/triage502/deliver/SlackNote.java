package dev.triage502.deliver;

import com.google.gson.JsonObject;
import dev.triage502.deliver.ChannelMemory.Note;
import java.time.Instant;

/**
 * What the Slack channel keeps of one incident.
 *
 * @param channel the channel that the message is in; empty before there is one
 * @param ts      Slack's id of the message in it
 * @param said    the key of what was said last
 * @param making  the key of what was being said when this was kept; empty if nothing was
 * @param since   when the first try of that began, in seconds
 */
record SlackNote(String channel, String ts, String said, String making, long since) {

    static SlackNote of(Note note) {
        return new SlackNote(
                note.textOrNone("channel"),
                note.textOrNone("ts"),
                note.textOrNone("said"),
                note.textOrNone("making"),
                note.number("since"));
    }

    boolean hasMessage() {
        return !ts.isEmpty();
    }

    /** About to say something; a try before it may have been of something else. */
    SlackNote making(String key, Instant now) {
        return new SlackNote(channel, ts, said, key, making.isEmpty() ? now.getEpochSecond() : since);
    }

    SlackNote said(String key) {
        return new SlackNote(channel, ts, key, "", 0);
    }

    SlackNote at(String where, String id) {
        return new SlackNote(where, id, said, making, since);
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("channel", channel);
        json.addProperty("ts", ts);
        json.addProperty("said", said);
        json.addProperty("making", making);
        json.addProperty("since", since);
        return json;
    }
}
