package dev.triage502.function;

import com.google.gson.JsonObject;
import dev.triage502.deliver.ChannelMemory;
import dev.triage502.store.ChannelNotes;

/** What a channel keeps of one incident, in the store. */
record StoredChannelMemory(ChannelNotes notes, String incident, String channel) implements ChannelMemory {

    @Override
    public Note read() {
        ChannelNotes.Note kept = notes.read(incident, channel);
        return new Note(kept.json(), kept.tag());
    }

    @Override
    public boolean write(Note seen, JsonObject json) {
        return notes.write(incident, channel, seen.tag(), json);
    }
}
