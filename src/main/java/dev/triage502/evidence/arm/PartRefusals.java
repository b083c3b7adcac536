package dev.triage502.evidence.arm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import java.util.ArrayList;
import java.util.List;

/** Which parts of a document could not be read, though the document could? */
public final class PartRefusals {

    private PartRefusals() {}

    /** The refusals in the places of resources and of whole lists, in the document's order. */
    public static List<CouldNotRead<JsonElement>> in(Source source, JsonElement document) {
        List<JsonObject> errors = new ArrayList<>();
        collect(document, errors);
        return errors.stream()
                .map(error -> {
                    JsonObject place = new JsonObject();
                    place.add("error", error);
                    return SourceDocuments.asReading(source, place);
                })
                .flatMap(reading -> reading.unread().stream())
                .toList();
    }

    private static void collect(JsonElement at, List<JsonObject> errors) {
        if (at instanceof JsonArray array) {
            array.forEach(each -> collect(each, errors));
        } else if (at instanceof JsonObject object) {
            if (object.get("unread") instanceof JsonObject unread) {
                unread.entrySet().forEach(entry -> {
                    if (entry.getValue() instanceof JsonObject error) {
                        errors.add(error);
                    }
                });
            }
            if (object.has("id") && object.get("error") instanceof JsonObject error) {
                errors.add(error);
            } else {
                object.entrySet().stream()
                        .filter(entry -> entry.getValue() instanceof JsonArray)
                        .forEach(entry -> collect(entry.getValue(), errors));
            }
        }
    }
}
