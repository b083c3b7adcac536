package dev.triage502.function;

import com.google.gson.JsonParseException;
import java.time.DateTimeException;
import java.util.function.Supplier;

/** A queue message that is none of ours: no number of tries makes it one. */
final class UnreadableMessage extends RuntimeException {

    private static final int LONGEST = 200;

    private UnreadableMessage(String message, RuntimeException why) {
        super("not one of our messages (" + why.getClass().getSimpleName() + "): " + cut(message), why);
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

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
