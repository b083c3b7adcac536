package dev.triage502.evidence.arm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.triage502.evidence.Reading.Present;
import dev.triage502.evidence.Source;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** The same documents, with some of their nodes missing, or of a kind that nobody expects there. */
final class Damaged {

    private static final List<Supplier<JsonElement>> WRONG = List.of(
            () -> JsonNull.INSTANCE,
            () -> new JsonPrimitive(""),
            () -> new JsonPrimitive("///"),
            () -> new JsonPrimitive("\u0000 \u2028 \ud83d 10.0.0.0/99"),
            () -> new JsonPrimitive("{not json"),
            () -> new JsonPrimitive(-1),
            () -> new JsonPrimitive(1e300),
            () -> new JsonPrimitive(true),
            JsonObject::new,
            JsonArray::new,
            () -> {
                JsonArray nested = new JsonArray();
                nested.add(new JsonArray());
                nested.add(JsonNull.INSTANCE);
                return nested;
            });

    private final Random random;
    private final double share;

    private Damaged(long seed) {
        random = new Random(seed);
        share = 0.002 + random.nextDouble() * 0.05;
    }

    static SourceDocuments of(SourceDocuments documents, long seed) {
        Damaged damaged = new Damaged(seed);
        SourceDocuments result = documents;
        for (Source source : Source.values()) {
            if (documents.get(source) instanceof Present<JsonElement> document) {
                result = result.with(source, damaged.damage(document.value()));
            }
        }
        return result;
    }

    private JsonElement damage(JsonElement element) {
        if (random.nextDouble() < share) {
            return WRONG.get(random.nextInt(WRONG.size())).get();
        }
        if (element instanceof JsonObject object) {
            JsonObject result = new JsonObject();
            for (Map.Entry<String, JsonElement> field : object.entrySet()) {
                if (random.nextDouble() >= share) {
                    result.add(field.getKey(), damage(field.getValue()));
                }
            }
            return result;
        }
        if (element instanceof JsonArray array) {
            JsonArray result = new JsonArray();
            array.forEach(each -> result.add(damage(each)));
            return result;
        }
        return element;
    }
}
