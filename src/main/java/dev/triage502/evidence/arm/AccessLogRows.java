package dev.triage502.evidence.arm;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Optional;

/** What does one row of a query of the access log say? For choosing what to ask next, before the rows are read. */
public final class AccessLogRows {

    private AccessLogRows() {}

    /** Whether the client got a status of 5xx. */
    public static boolean isFailed(JsonObject row) {
        return text(row, "HttpStatus").filter(status -> status.startsWith("5")).isPresent();
    }

    /** When the newest row of the log is from, where the query asks for it and there is one. */
    public static Optional<String> newest(JsonObject row) {
        return text(row, "NewestRow").filter(newest -> !newest.isBlank());
    }

    private static Optional<String> text(JsonObject row, String column) {
        return row.get(column) instanceof JsonPrimitive value ? Optional.of(value.getAsString()) : Optional.empty();
    }
}
