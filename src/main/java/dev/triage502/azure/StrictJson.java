package dev.triage502.azure;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.internal.LazilyParsedNumber;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Is a text a whole JSON document, and which?
 *
 * <p>Gson's own parser takes much that is no JSON (a web page is a string to it) and ignores what follows a document;
 * a truncated answer must not pass for a short one.
 */
public final class StrictJson {

    /** Azure nests some ten levels; a document that nests without end must not end the thread. */
    private static final int DEEPEST = 100;

    private StrictJson() {}

    /** Why a text is no JSON document, and where. */
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String message) {
            super(message);
        }
    }

    /** The document, in UTF-8 or, as Windows' shells write files, in UTF-16 with a byte order mark. */
    public static JsonElement parse(byte[] bytes) throws Malformed {
        return parse(new String(bytes, charsetOf(bytes)));
    }

    /** The document; a byte order mark before it is no part of it. */
    public static JsonElement parse(String text) throws Malformed {
        if (text.isBlank()) {
            throw new Malformed("it is empty");
        }
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            JsonElement document = value(reader, 0);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new Malformed("not valid JSON: text after the end of the document at " + reader.getPath());
            }
            return document;
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw new Malformed("not valid JSON (" + firstLine(e) + "); it begins with \"" + beginning(text) + "\"");
        }
    }

    private static JsonElement value(JsonReader reader, int depth) throws IOException, Malformed {
        if (depth > DEEPEST) {
            throw new Malformed("more than " + DEEPEST + " nested levels at " + reader.getPath());
        }
        switch (reader.peek()) {
            case BEGIN_OBJECT:
                return object(reader, depth);
            case BEGIN_ARRAY:
                return array(reader, depth);
            case STRING:
                return new JsonPrimitive(reader.nextString());
            case NUMBER:
                return new JsonPrimitive(new LazilyParsedNumber(reader.nextString()));
            case BOOLEAN:
                return new JsonPrimitive(reader.nextBoolean());
            default:
                reader.nextNull();
                return JsonNull.INSTANCE;
        }
    }

    private static JsonObject object(JsonReader reader, int depth) throws IOException, Malformed {
        JsonObject object = new JsonObject();
        reader.beginObject();
        while (reader.hasNext()) {
            object.add(reader.nextName(), value(reader, depth + 1));
        }
        reader.endObject();
        return object;
    }

    private static JsonArray array(JsonReader reader, int depth) throws IOException, Malformed {
        JsonArray array = new JsonArray();
        reader.beginArray();
        while (reader.hasNext()) {
            array.add(value(reader, depth + 1));
        }
        reader.endArray();
        return array;
    }

    private static Charset charsetOf(byte[] bytes) {
        boolean marked = bytes.length >= 2
                && ((bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE)
                        || (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF));
        return marked ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    }

    private static String firstLine(Exception e) {
        String message = String.valueOf(e.getMessage());
        int hint = message.indexOf("Use JsonReader.setLenient(true) to accept malformed JSON");
        String said = hint < 0
                ? message.lines().findFirst().orElse("")
                : "invalid syntax"
                        + message.substring(hint + "Use JsonReader.setLenient(true) to accept malformed JSON".length());
        return said.replaceFirst("^End of input", "unexpected end of input")
                .replaceFirst(" column (\\d+) path \\S+$", ", column $1");
    }

    private static String beginning(String text) {
        String line = text.strip().lines().findFirst().orElse("");
        return line.length() <= 60 ? line : line.substring(0, 60) + "…";
    }
}
