package dev.triage502.deliver;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One setting of a channel: what it is called, what it is for, and which values are right.
 *
 * @param key       its name in the document of the channels: {@code url}
 * @param secret    whether its value may never be seen
 * @param otherwise what holds without it, for the table of settings
 * @param meaning   what it is for, for the same table and the schema
 * @param example   a value that is right
 * @param expected  what a value has to be, for whoever set another one
 * @param shape     the JSON Schema of a value
 * @param read      what a value is; nothing if it is not right. A value from the environment is a text
 */
public record ChannelSetting<T>(
        String key,
        boolean secret,
        String otherwise,
        String meaning,
        String example,
        String expected,
        JsonObject shape,
        Function<JsonElement, Optional<T>> read) {

    /** The URL that a channel posts to; whoever has it can post, so it is a secret. */
    public static ChannelSetting<SecretUrl> secretUrl(String key, String otherwise, String meaning, String example) {
        return new ChannelSetting<>(
                key,
                true,
                otherwise,
                meaning,
                example,
                "an https URL, e.g. " + example + ", that is not of a link-local address",
                type("string"),
                value -> text(value).flatMap(SecretUrl::parse));
    }

    /**
     * The same, but not for all values.
     *
     * @param expected what a value has to be, for whoever set another one
     */
    ChannelSetting<T> accepting(Predicate<T> right, String expected) {
        return new ChannelSetting<>(
                key,
                secret,
                otherwise,
                meaning,
                example,
                expected,
                shape,
                value -> read.apply(value).filter(right));
    }

    /** A secret that matches a pattern: a token, a key. */
    public static ChannelSetting<SecretText> secret(
            String key, String otherwise, String meaning, String example, String pattern) {
        return secret(
                key,
                otherwise,
                meaning,
                example,
                "a value such as " + example,
                text -> Optional.of(text).filter(each -> each.matches(pattern)).map(SecretText::new));
    }

    /** A secret with more to it than a pattern says. */
    static ChannelSetting<SecretText> secret(
            String key,
            String otherwise,
            String meaning,
            String example,
            String expected,
            Function<String, Optional<SecretText>> read) {
        return new ChannelSetting<>(
                key,
                true,
                otherwise,
                meaning,
                example,
                expected,
                type("string"),
                value -> text(value).flatMap(read));
    }

    /** A text that is no secret and matches a pattern. */
    public static ChannelSetting<String> text(
            String key, String otherwise, String meaning, String example, String pattern) {
        JsonObject shape = type("string");
        shape.addProperty("pattern", "^(?:" + pattern + ")$");
        return new ChannelSetting<>(
                key,
                false,
                otherwise,
                meaning,
                example,
                "a value such as " + example,
                shape,
                value -> text(value).filter(text -> text.matches(pattern)));
    }

    /** One of some words. */
    public static ChannelSetting<String> choice(String key, String meaning, String otherwise, String... words) {
        JsonObject shape = new JsonObject();
        JsonArray all = new JsonArray();
        Stream.of(words).forEach(all::add);
        shape.add("enum", all);
        return new ChannelSetting<>(
                key,
                false,
                otherwise,
                meaning,
                words[words.length - 1],
                String.join(" or ", words),
                shape,
                value -> text(value).filter(List.of(words)::contains));
    }

    /** Several texts. */
    public static ChannelSetting<List<String>> texts(String key, String otherwise, String meaning, String example) {
        JsonObject shape = type("array");
        shape.add("items", type("string"));
        return new ChannelSetting<>(
                key,
                false,
                otherwise,
                meaning,
                example,
                "a list of texts such as " + example,
                shape,
                ChannelSetting::textsOf);
    }

    /** Texts by name, e.g. the priority for each severity. */
    public static ChannelSetting<Map<String, String>> table(
            String key, String otherwise, String meaning, String example) {
        JsonObject shape = type("object");
        shape.add("additionalProperties", type("string"));
        return new ChannelSetting<>(
                key,
                false,
                otherwise,
                meaning,
                example,
                "an object of texts such as " + example,
                shape,
                ChannelSetting::tableOf);
    }

    private static Optional<List<String>> textsOf(JsonElement value) {
        List<String> texts = new ArrayList<>();
        if (!(value instanceof JsonArray array)) {
            return Optional.empty();
        }
        for (JsonElement each : array) {
            text(each).ifPresent(texts::add);
        }
        return texts.size() == array.size() ? Optional.of(texts) : Optional.empty();
    }

    private static Optional<Map<String, String>> tableOf(JsonElement value) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (!(value instanceof JsonObject object)) {
            return Optional.empty();
        }
        object.entrySet().forEach(each -> text(each.getValue()).ifPresent(text -> texts.put(each.getKey(), text)));
        return texts.size() == object.size() ? Optional.of(texts) : Optional.empty();
    }

    private static Optional<String> text(JsonElement value) {
        return value instanceof JsonPrimitive primitive && primitive.isString()
                ? Optional.of(primitive.getAsString()).filter(text -> !text.isBlank())
                : Optional.empty();
    }

    private static JsonObject type(String name) {
        JsonObject shape = new JsonObject();
        shape.addProperty("type", name);
        return shape;
    }
}
