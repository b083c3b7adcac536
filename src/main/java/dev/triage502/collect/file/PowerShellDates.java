package dev.triage502.collect.file;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as Windows PowerShell writes them to JSON, {@code /Date(1772440471000)/}, in ISO 8601. */
final class PowerShellDates {

    private static final Pattern DATE = Pattern.compile("/Date\\((-?\\d{1,15})(?:[+-]\\d{4})?\\)/");

    private PowerShellDates() {}

    /** The same document with such times replaced, in place. */
    static JsonElement replaced(JsonElement element) {
        if (element instanceof JsonObject object) {
            object.entrySet().forEach(field -> field.setValue(replaced(field.getValue())));
        } else if (element instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, replaced(array.get(i)));
            }
        } else if (element instanceof JsonPrimitive text
                && text.isString()
                && text.getAsString().startsWith("/Date(")) {
            Matcher date = DATE.matcher(text.getAsString());
            return date.matches()
                    ? new JsonPrimitive(
                            Instant.ofEpochMilli(Long.parseLong(date.group(1))).toString())
                    : element;
        }
        return element;
    }
}
