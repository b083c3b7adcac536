package dev.triage502.store;

import com.google.gson.JsonObject;
import dev.triage502.incident.IncidentWindow;
import dev.triage502.incident.Wording;
import dev.triage502.ledger.LifeState;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which incidents somebody wants to see.
 *
 * @param gateway a part of the gateway's ARM id, or its name; empty for any
 * @param states  the states that are wanted; empty for any
 * @param cause   the id of the cause; empty for any
 * @param from    opened at this moment or later
 * @param to      opened before this moment
 * @param after   where an earlier page ended
 * @param limit   how many at most
 */
public record IncidentFilter(
        String gateway,
        List<LifeState> states,
        String cause,
        Instant from,
        Instant to,
        Optional<String> after,
        int limit) {

    private static final int USUAL = 50;
    private static final int MOST = 500;

    /** Every incident. */
    public static IncidentFilter any() {
        return of(Map.of());
    }

    /**
     * What a query asks for: {@code gateway}, {@code state} (several with commas; {@code open} also stands for every state
     * but closed), {@code cause}, {@code from}, {@code to}, {@code after}, {@code limit}.
     *
     * @throws IllegalArgumentException if a value is wrong: what was expected and what came
     */
    public static IncidentFilter of(Map<String, String> query) {
        Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        given.putAll(query);
        return new IncidentFilter(
                given.getOrDefault("gateway", "").toLowerCase(Locale.ROOT),
                states(given.getOrDefault("state", "")),
                given.getOrDefault("cause", ""),
                time(given, "from").orElse(Instant.EPOCH),
                time(given, "to").orElse(Instant.MAX),
                Optional.ofNullable(given.get("after")).filter(text -> !text.isEmpty()),
                limit(given.getOrDefault("limit", String.valueOf(USUAL))));
    }

    boolean takes(JsonObject summary) {
        Instant opened = Instant.parse(summary.get("openedAt").getAsString());
        String is = summary.get("state").getAsString();
        return Wording.of(summary.get("gateway").getAsString()).has(gateway)
                && (states.isEmpty()
                        || states.stream().anyMatch(state -> state.id().equals(is)))
                && (cause.isEmpty()
                        || summary.has("cause")
                                && summary.getAsJsonObject("cause")
                                        .get("id")
                                        .getAsString()
                                        .equals(cause))
                && !opened.isBefore(from)
                && opened.isBefore(to);
    }

    private static List<LifeState> states(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        if (text.equals("open")) {
            return Arrays.stream(LifeState.values())
                    .filter(state -> state != LifeState.CLOSED)
                    .toList();
        }
        return Arrays.stream(text.split(",", -1))
                .map(each -> LifeState.withId(each.strip())
                        .orElseThrow(() -> new IllegalArgumentException("state: expected one of "
                                + Arrays.stream(LifeState.values())
                                        .map(LifeState::id)
                                        .toList()
                                + "; got \"" + cut(each) + "\"")))
                .toList();
    }

    private static Optional<Instant> time(Map<String, String> given, String name) {
        return Optional.ofNullable(given.get(name))
                .filter(text -> !text.isEmpty())
                .map(text -> IncidentWindow.time(text.replace(' ', '+'))
                        .orElseThrow(() -> new IllegalArgumentException(
                                name + ": expected " + IncidentWindow.TIME_EXPECTED + "; got \"" + cut(text) + "\"")));
    }

    private static int limit(String text) {
        if (!text.matches("[1-9][0-9]{0,2}") || Integer.parseInt(text) > MOST) {
            throw new IllegalArgumentException(
                    "limit: expected a number from 1 to " + MOST + "; got \"" + cut(text) + "\"");
        }
        return Integer.parseInt(text);
    }

    private static String cut(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
