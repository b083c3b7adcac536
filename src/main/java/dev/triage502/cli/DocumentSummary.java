package dev.triage502.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How much is in a document, in a few words: what a person who watches it being read wants to know of it. */
final class DocumentSummary {

    private DocumentSummary() {}

    /** {@code 12 entries}, {@code 1 virtual network, 2 security groups} or, of anything else, its size. */
    static String at(JsonElement document) {
        if (document instanceof JsonArray array) {
            return counted(array.size(), "entries");
        }
        List<String> parts = new ArrayList<>();
        if (document instanceof JsonObject object && !object.has("properties")) {
            for (Map.Entry<String, JsonElement> each : object.entrySet()) {
                if (each.getValue() instanceof JsonArray array && (!array.isEmpty() || object.size() == 1)) {
                    parts.add(counted(array.size(), each.getKey().equals("value") ? "entries" : words(each.getKey())));
                }
            }
        }
        if (parts.isEmpty()) {
            int bytes = document.toString().getBytes(StandardCharsets.UTF_8).length;
            return bytes < 1024 ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0);
        }
        return String.join(", ", parts);
    }

    private static String counted(int count, String plural) {
        return count + " " + (count == 1 ? plural.replaceAll("ies$", "y").replaceAll("s$", "") : plural);
    }

    /** {@code networkSecurityGroups} as {@code network security groups}; abbreviations stay whole. */
    private static String words(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
