package dev.triage502.local;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A metric request's {@code $filter}: {@code HttpStatusGroup eq '5xx' and (BackendPool eq 'a' or BackendPool eq 'b')}.
 *
 * @param dimensions the values allowed for each dimension, names in any case; {@code *} allows any and splits by it
 */
record MetricFilter(Map<String, Set<String>> dimensions) {

    private static final Pattern TERM = Pattern.compile("\\s*(\\w+)\\s+eq\\s+'([^']*)'\\s*", Pattern.CASE_INSENSITIVE);

    /** The filter, or empty when it is none that Azure Monitor takes: {@code or} cannot join different dimensions. */
    static Optional<MetricFilter> parse(String text) {
        Map<String, Set<String>> dimensions = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (text.isBlank()) {
            return Optional.of(new MetricFilter(dimensions));
        }
        for (String factor : text.split("(?i)\\band\\b", -1)) {
            String bare = factor.strip();
            bare = bare.startsWith("(") && bare.endsWith(")") ? bare.substring(1, bare.length() - 1) : bare;
            Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            for (String term : bare.split("(?i)\\bor\\b", -1)) {
                Matcher matcher = TERM.matcher(term);
                if (!matcher.matches()) {
                    return Optional.empty();
                }
                String name = matcher.group(1);
                names.add(name);
                dimensions.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(matcher.group(2));
            }
            if (names.size() > 1) {
                return Optional.empty();
            }
        }
        return Optional.of(new MetricFilter(dimensions));
    }

    boolean isEmpty() {
        return dimensions.isEmpty();
    }

    /** Whether a series of these dimension values is asked for; one that does not know a dimension is. */
    boolean matches(Map<String, String> series) {
        return dimensions.entrySet().stream().allMatch(each -> {
            String value = series.get(each.getKey());
            return value == null
                    || each.getValue().contains("*")
                    || each.getValue().stream().anyMatch(value::equalsIgnoreCase);
        });
    }
}
