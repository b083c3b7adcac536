package dev.triage502.function;

import com.google.gson.JsonParseException;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Logger;

/** A queue message that is none of ours: no number of tries makes it one. */
final class UnreadableMessage extends RuntimeException {

    private static final int LONGEST = 200;

    private UnreadableMessage(String message, RuntimeException why) {
        super("not a message of this app: " + cut(message), why);
    }

    static <T> T unless(String message, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (JsonParseException
                | IllegalStateException
                | NullPointerException
                | ClassCastException
                | UnsupportedOperationException
                | NumberFormatException
                | DateTimeException why) {
            throw new UnreadableMessage(message, why);
        }
    }

    /** What a message of a queue says; nothing, and a word in the log, where it is none of ours and is dropped. */
    static <T> Optional<T> orDropped(String queue, Logger log, Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (UnreadableMessage unreadable) {
            log.severe("queue " + queue + ": dropped, " + unreadable.getMessage());
            return Optional.empty();
        }
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
