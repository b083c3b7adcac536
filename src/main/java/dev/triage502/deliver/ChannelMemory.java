package dev.triage502.deliver;

import com.google.gson.JsonObject;
import java.util.Optional;

/**
 * What a channel keeps of one incident between messages: the id of the message or ticket on the other side. It is kept
 * as long as the incident is.
 *
 * <p>A channel that makes something notes that it is about to, makes it, and notes the id. If the second note is missing
 * when it is called again, the process died in between: it then looks on the other side before it makes another.
 */
public interface ChannelMemory {

    /**
     * What is kept.
     *
     * @param json what the channel kept; an empty object if nothing is
     * @param tag  marks this very state; empty if nothing is kept
     */
    record Note(JsonObject json, Optional<String> tag) {

        /** A text that was kept under a name. */
        public Optional<String> text(String name) {
            return json.has(name) ? Optional.of(json.get(name).getAsString()) : Optional.empty();
        }

        /** The same, or an empty text. */
        public String textOrNone(String name) {
            return text(name).orElse("");
        }

        /** A number that was kept under a name, or 0. */
        public long number(String name) {
            return text(name).map(Long::parseLong).orElse(0L);
        }

        /** Whether {@code true} was kept under a name. */
        public boolean isTrue(String name) {
            return text(name).map(Boolean::parseBoolean).orElse(false);
        }
    }

    /** What is kept now. */
    Note read();

    /**
     * Keeps something else.
     *
     * @param seen what it replaces, as it was read
     * @return whether it is kept; false if another has kept something since, who then is at it
     */
    boolean write(Note seen, JsonObject json);

    /** A memory of this process alone: for a message that belongs to no incident, such as a test message. */
    static ChannelMemory forgetting() {
        return new ChannelMemory() {
            private JsonObject kept = new JsonObject();
            private int writes;

            @Override
            public synchronized Note read() {
                return new Note(kept.deepCopy(), writes == 0 ? Optional.empty() : Optional.of(String.valueOf(writes)));
            }

            @Override
            public synchronized boolean write(Note seen, JsonObject json) {
                if (!seen.tag().equals(read().tag())) {
                    return false;
                }
                kept = json.deepCopy();
                writes++;
                return true;
            }
        };
    }
}
