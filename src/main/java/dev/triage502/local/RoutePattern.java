package dev.triage502.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A route of an HTTP function: {@code diagnoses/{id}}, with the prefix before it. Case does not matter, nor does a
 * slash at the end; a constraint after a colon is not looked at.
 */
record RoutePattern(List<String> segments) {

    static RoutePattern of(String prefix, String route) {
        return new RoutePattern(segmentsOf(prefix + "/" + route));
    }

    /** The values of the route's parameters, or empty when the path is another. */
    Optional<Map<String, String>> match(String path) {
        List<String> given = segmentsOf(path);
        if (given.size() > segments.size()) {
            return Optional.empty();
        }
        Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            boolean isParameter = segment.startsWith("{");
            if (i >= given.size()) {
                if (!isParameter || !segment.contains("?")) {
                    return Optional.empty();
                }
            } else if (isParameter) {
                values.put(segment.replaceAll("[{}?]|:.*", ""), given.get(i));
            } else if (!segment.equalsIgnoreCase(given.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    /** How many segments are the same for every path: of two routes that match, the one with more is meant. */
    long literals() {
        return segments.stream().filter(segment -> !segment.startsWith("{")).count();
    }

    private static List<String> segmentsOf(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (!segment.isEmpty()) {
                segments.add(segment);
            }
        }
        return segments;
    }
}
