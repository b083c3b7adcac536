package dev.triage502.evidence.arm;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.triage502.incident.ArmName;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What does one row of a query of the access log say? For choosing what to ask next, before the rows are read. */
public final class AccessLogRows {

    private AccessLogRows() {}

    /** A pool, and one of its servers or none. */
    private record Place(ArmName pool, String server) {}

    /** Whether the client got a status of 5xx. */
    public static boolean isFailed(JsonObject row) {
        return text(row, "HttpStatus").filter(status -> status.startsWith("5")).isPresent();
    }

    /**
     * Whether requests of a pool failed, or requests sent to one of its servers, and the rows show none that the same
     * pool, or server, served.
     */
    public static boolean anyOnlyFails(JsonArray rows) {
        Set<Place> failing = new HashSet<>();
        Set<Place> serving = new HashSet<>();
        ResourceReferences.resources(rows).forEach(row -> {
            ArmName pool = ArmName.of(text(row, "BackendPoolName").orElse(""));
            String server = text(row, "ServerRouted")
                    .map(text -> text.substring(text.lastIndexOf(',') + 1).strip())
                    .orElse("");
            if (isFailed(row)) {
                failing.add(new Place(pool, ""));
                failing.add(new Place(pool, server));
            } else if (!server.isEmpty() && isAnswered(row)) {
                serving.add(new Place(pool, ""));
                serving.add(new Place(pool, server));
            }
        });
        return !serving.containsAll(failing);
    }

    private static boolean isAnswered(JsonObject row) {
        return text(row, "HttpStatus")
                .filter(status -> status.matches("[1-4]\\d\\d") && !status.equals("499"))
                .isPresent();
    }

    /** When the newest row of the log is from, where the query asks for it and there is one. */
    public static Optional<String> newest(JsonObject row) {
        return text(row, "NewestRow").filter(newest -> !newest.isBlank());
    }

    private static Optional<String> text(JsonObject row, String column) {
        return row.get(column) instanceof JsonPrimitive value ? Optional.of(value.getAsString()) : Optional.empty();
    }
}
