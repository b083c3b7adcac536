package dev.triage502.store;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Optional;

/** What a channel keeps of an incident: the id of the message or ticket on the other side. It goes when the incident does. */
public final class ChannelNotes {

    private final KeyValueTable cells;

    ChannelNotes(KeyValueTable cells) {
        this.cells = cells;
    }

    /** What is kept, an empty object if nothing is, and the mark of this very state of it. */
    public record Note(JsonObject json, Optional<String> tag) {}

    /** What a channel keeps of an incident. */
    public Note read(String incident, String channel) {
        return cells.read(StoreKeys.safe(incident), column(channel))
                .map(cell -> new Note(JsonParser.parseString(cell.text()).getAsJsonObject(), Optional.of(cell.tag())))
                .orElseGet(() -> new Note(new JsonObject(), Optional.empty()));
    }

    /**
     * Keeps something else.
     *
     * @param seen the tag of what it replaces
     * @return whether it is kept; false when another wrote since
     */
    public boolean write(String incident, String channel, Optional<String> seen, JsonObject json) {
        return cells.write(StoreKeys.safe(incident), column(channel), json.toString(), seen);
    }

    private static String column(String channel) {
        return "note-" + StoreKeys.safe(channel);
    }
}
