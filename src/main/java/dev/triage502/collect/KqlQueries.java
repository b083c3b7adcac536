package dev.triage502.collect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The queries, each a file {@code kql/NAME.kql} whose first line names it: {@code // triage502: NAME}. */
final class KqlQueries {

    /** What may stand in a query in place of a {@code {list}}: names of resources, hosts and addresses, and ids. */
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._:/()-]{1,512}");

    /** In place of an empty list. An empty text would be equal to each property that is not there. */
    private static final String NOTHING = "'?'";

    private KqlQueries() {}

    /** A query of the gateway's log: its name, then the log under one set of names, then the query. */
    static String ofLog(String name) {
        return ofLog(name, "gateway-log");
    }

    /** The same with the fewest columns, none of which a table has to have. */
    static String ofLeastLog(String name) {
        return ofLog(name, "gateway-log-least");
    }

    private static String ofLog(String name, String log) {
        String query = read(name);
        int first = query.indexOf('\n') + 1;
        return query.substring(0, first) + read(log) + query.substring(first);
    }

    /**
     * A query of Resource Graph, whose API has no parameters: lists of values take the places {@code {name}}. Values
     * come from a gateway's configuration, so one that could end its quotes is left out; no resource is called so.
     */
    static String ofGraph(String name, Map<String, ? extends Collection<String>> lists) {
        String query = read(name);
        for (Map.Entry<String, ? extends Collection<String>> list : lists.entrySet()) {
            query = query.replace("{" + list.getKey() + "}", quoted(list.getValue()));
        }
        return query;
    }

    private static String quoted(Collection<String> values) {
        String list = new TreeSet<>(values)
                .stream()
                        .filter(value -> HARMLESS.matcher(value).matches())
                        .map(value -> "'" + value + "'")
                        .collect(Collectors.joining(", "));
        return list.isEmpty() ? NOTHING : list;
    }

    private static String read(String name) {
        try (InputStream in = KqlQueries.class.getResourceAsStream("/kql/" + name + ".kql")) {
            if (in == null) {
                throw new IllegalStateException("no query " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
