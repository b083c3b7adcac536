package dev.triage502.evidence.arm;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why an operation failed, as the activity log says it: a JSON document in a string, whose {@code error} may hold
 * {@code details} that say more than it does.
 */
record StatusMessage(String code, String message) {

    /** What an event says; where it has no such message, its sub-status ({@code Forbidden}) stands for it. */
    static StatusMessage of(ArmObject event) {
        ArmObject properties = event.object("properties");
        StatusMessage read = properties.find("statusMessage") instanceof JsonObject written
                ? in(written)
                : parsed(properties.text("statusMessage"));
        if (!read.code().isEmpty() || !read.message().isEmpty()) {
            return read;
        }
        ArmObject subStatus = event.find("subStatus") instanceof JsonObject
                ? event.object("subStatus")
                : ArmObject.document(new JsonObject());
        return new StatusMessage(subStatus.text("value"), subStatus.text("localizedValue"));
    }

    private static StatusMessage parsed(String text) {
        if (text.stripLeading().startsWith("{")) {
            try {
                return in(JsonParser.parseString(text));
            } catch (JsonParseException e) {
                return new StatusMessage("", text);
            }
        }
        return new StatusMessage("", text);
    }

    private static StatusMessage in(JsonElement document) {
        ArmObject message = ArmObject.document(document);
        ArmObject error = message.find("error") instanceof JsonObject ? message.object("error") : message;
        String details = error.objects("details").stream()
                .map(detail -> detail.text("message"))
                .filter(detail -> !detail.isBlank() && !detail.equals(error.text("message")))
                .distinct()
                .sorted()
                .collect(Collectors.joining(" "));
        return new StatusMessage(
                error.text("code"),
                Stream.of(error.text("message"), details)
                        .filter(text -> !text.isBlank())
                        .collect(Collectors.joining(" ")));
    }
}
