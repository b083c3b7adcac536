package dev.triage502.local;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request that came in, its body read.
 *
 * @param path    decoded, in the spelling that came
 * @param query   decoded, names in any case; of a name given twice the last counts
 * @param headers names in any case
 */
record PretendRequest(String method, String path, Map<String, String> query, Map<String, String> headers, byte[] body) {

    static PretendRequest of(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Map.Entry<String, List<String>> header :
                exchange.getRequestHeaders().entrySet()) {
            headers.put(header.getKey(), String.join(", ", header.getValue()));
        }
        return new PretendRequest(
                exchange.getRequestMethod().toUpperCase(Locale.ROOT),
                exchange.getRequestURI().getPath(),
                queryOf(exchange.getRequestURI().getRawQuery()),
                headers,
                exchange.getRequestBody().readAllBytes());
    }

    private static Map<String, String> queryOf(@Nullable String rawQuery) {
        Map<String, String> query = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        query.putAll(queryInSpelling(rawQuery));
        return query;
    }

    /** The parameters of a query, decoded, names as they came. */
    static Map<String, String> queryInSpelling(@Nullable String rawQuery) {
        Map<String, String> query = new LinkedHashMap<>();
        if (rawQuery == null || rawQuery.isEmpty()) {
            return query;
        }
        for (String pair : rawQuery.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            query.put(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        return query;
    }

    boolean is(String wanted) {
        return method.equals(wanted);
    }

    /** A query parameter's value, or an empty string. */
    String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    /** A header's value, or an empty string. */
    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** The body, if it is a JSON object; an empty body reads as an empty object. */
    Optional<JsonObject> json() {
        if (body.length == 0) {
            return Optional.of(new JsonObject());
        }
        return JsonLookup.parse(body).filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
    }

    /** Scheme, host and port that the caller spoke to: what links in an answer begin with. */
    String base() {
        return "http://" + header("Host");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
