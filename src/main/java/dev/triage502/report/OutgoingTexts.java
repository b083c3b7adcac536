package dev.triage502.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.triage502.redaction.PlainText;
import dev.triage502.redaction.SecretRedaction;

/**
 * A document as it may leave: no secret in any text of it, and no character that moves a cursor, hides text or begins a line
 * of its own. Reports in every form, messages and pages are made of documents and rely on it.
 */
final class OutgoingTexts {

    private OutgoingTexts() {}

    /** The document, with such texts in the same places. */
    static JsonObject of(JsonObject document) {
        JsonObject clean = new JsonObject();
        document.entrySet().forEach(entry -> clean.add(entry.getKey(), of(entry.getKey(), entry.getValue())));
        return clean;
    }

    private static JsonElement of(String name, JsonElement element) {
        if (element instanceof JsonObject object) {
            return of(object);
        }
        if (element instanceof JsonArray array) {
            JsonArray clean = new JsonArray();
            array.forEach(each -> clean.add(of(name, each)));
            return clean;
        }
        boolean isText = element instanceof JsonPrimitive primitive && primitive.isString();
        return isText ? new JsonPrimitive(text(name, element.getAsString())) : element;
    }

    /** Only commands have lines; blanks in them are as the shell is to see them. */
    private static String text(String name, String text) {
        boolean isCommand = name.equals("powershell") || name.endsWith("Powershell") || name.endsWith("ommand");
        return SecretRedaction.of(isCommand ? PlainText.lines(text) : PlainText.line(text));
    }
}
