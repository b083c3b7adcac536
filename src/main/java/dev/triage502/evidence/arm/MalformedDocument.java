package dev.triage502.evidence.arm;

import com.google.gson.JsonElement;

/** An answer is not what the document should be; says where, what would be right and what was seen. */
final class MalformedDocument extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int LONGEST = 80;

    MalformedDocument(String message) {
        super(message);
    }

    static MalformedDocument at(String where, String expected, JsonElement seen) {
        return of(where, expected, seen.toString());
    }

    static MalformedDocument at(String where, String expected, String seen) {
        return of(where, expected, '"' + seen + '"');
    }

    /** As {@link #at}, where what was seen is told in words. */
    static MalformedDocument of(String where, String expected, String seen) {
        String brief = seen.length() <= LONGEST ? seen : seen.substring(0, LONGEST) + "…";
        return new MalformedDocument((where.isEmpty() ? "" : where + ": ") + expected + " was expected, not " + brief);
    }
}
