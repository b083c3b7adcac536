package dev.triage502.evidence.arm.form;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Fields of JSON objects by their names in any case: REST and az write {@code backendAddressPools}, PowerShell does not. */
final class AnyCase {

    /** The names under which answers, records and pages hold their elements. */
    private static final List<String> LISTS = List.of("value", "records", "data");

    /** What has one is a thing itself, whatever lists are in it. */
    private static final String OWN_ID = "id";

    private AnyCase() {}

    /** The field, unless there is none or it is null. */
    static Optional<JsonElement> field(JsonElement of, String name) {
        if (!(of instanceof JsonObject object)) {
            return Optional.empty();
        }
        return object.entrySet().stream()
                .filter(each -> each.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .filter(value -> !value.isJsonNull())
                .findFirst();
    }

    /** The field of an object, or of its {@code properties}. */
    static Optional<JsonElement> property(JsonElement of, String name) {
        return field(of, name).or(() -> field(of, "properties").flatMap(inner -> field(inner, name)));
    }

    static boolean has(JsonElement of, String name) {
        return property(of, name).isPresent();
    }

    /** The text of a field, or of its {@code value}; empty where there is none. */
    static String text(JsonElement of, String name) {
        return property(of, name).map(AnyCase::text).orElse("");
    }

    private static String text(JsonElement value) {
        return value.isJsonPrimitive()
                ? value.getAsString()
                : field(value, "value")
                        .filter(JsonElement::isJsonPrimitive)
                        .map(JsonElement::getAsString)
                        .orElse("");
    }

    /** The objects of an array, of the one list that an answer is, or the one object that a document is. */
    static List<JsonObject> elements(JsonElement document) {
        return inner(document).stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .toList();
    }

    /** Whether the document is a list, by itself or as an answer is one. */
    static boolean isList(JsonElement document) {
        return document instanceof JsonArray || list(document).isPresent();
    }

    /** The objects of a field that is an array. */
    static List<JsonObject> objects(JsonElement of, String name) {
        return property(of, name)
                .filter(JsonArray.class::isInstance)
                .map(array -> stream((JsonArray) array)
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .toList())
                .orElse(List.of());
    }

    private static List<JsonElement> inner(JsonElement document) {
        if (document instanceof JsonArray array) {
            return stream(array)
                    .flatMap(each -> list(each).map(AnyCase::stream).orElseGet(() -> Stream.of(each)))
                    .toList();
        }
        return list(document).map(array -> stream(array).toList()).orElseGet(() -> List.of(document));
    }

    private static Optional<JsonArray> list(JsonElement document) {
        return LISTS.stream()
                .filter(name -> field(document, OWN_ID).isEmpty())
                .flatMap(name -> field(document, name).stream())
                .filter(JsonArray.class::isInstance)
                .map(JsonArray.class::cast)
                .filter(array -> stream(array).allMatch(JsonObject.class::isInstance))
                .findFirst();
    }

    static Stream<JsonElement> stream(JsonArray array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
