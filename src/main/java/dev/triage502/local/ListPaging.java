package dev.triage502.local;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A list as ARM gives it: {@code value}, and {@code nextLink} when there is more. */
final class ListPaging {

    private static final String TOKEN = "$skiptoken";

    private ListPaging() {}

    static PretendAnswer page(PretendRequest call, List<? extends JsonElement> all, int size) {
        int from = Math.min(offset(call), all.size());
        int to = Math.min(from + size, all.size());
        JsonObject body = JsonLookup.of("value", JsonLookup.array(all.subList(from, to)));
        if (to < all.size()) {
            body.addProperty("nextLink", link(call, String.valueOf(to)));
        }
        return PretendAnswer.ok(body);
    }

    /** The same list, which says that there is more and never ends. */
    static PretendAnswer endless(PretendRequest call, PretendAnswer answer) {
        if (answer.status() != 200 || !(answer.body() instanceof JsonObject list)) {
            return answer;
        }
        JsonObject body = list.deepCopy();
        if (list.has("value")) {
            body.addProperty("nextLink", link(call, "0"));
        } else if (list.has("data")) {
            body.addProperty("$skipToken", "0");
        }
        return new PretendAnswer(answer.status(), answer.headers(), body);
    }

    static int offset(PretendRequest call) {
        String token = call.parameter(TOKEN);
        return token.chars().allMatch(Character::isDigit) && !token.isEmpty() && token.length() < 9
                ? Integer.parseInt(token)
                : 0;
    }

    private static String link(PretendRequest call, String token) {
        Map<String, String> query = new TreeMap<>(call.query());
        query.put(TOKEN, token);
        StringBuilder link = new StringBuilder(call.base()).append(call.path().replace(" ", "%20"));
        char sign = '?';
        for (Map.Entry<String, String> each : query.entrySet()) {
            link.append(sign).append(encoded(each.getKey())).append('=').append(encoded(each.getValue()));
            sign = '&';
        }
        return link.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
