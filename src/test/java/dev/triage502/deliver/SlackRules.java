package dev.triage502.deliver;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What Slack documents, or was seen to refuse, of a message. */
final class SlackRules {

    private static final Schema MESSAGE = schema();
    private static final int LONGEST_TEXT_OF_UPDATE = 3_800;
    private static final int LONGEST_BLOCKS = 9_000;

    private SlackRules() {}

    /** What is wrong with a message; nothing if Slack takes it. */
    static List<String> faults(String message) {
        List<String> faults = new ArrayList<>(MESSAGE.validate(message, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList());
        JsonObject json = JsonParser.parseString(message).getAsJsonObject();
        if (json.get("text").getAsString().getBytes(StandardCharsets.UTF_8).length > LONGEST_TEXT_OF_UPDATE) {
            faults.add("msg_too_long");
        }
        if (json.get("blocks").toString().length() > LONGEST_BLOCKS) {
            faults.add("msg_blocks_too_long");
        }
        Set<String> ids = new HashSet<>();
        texts(json.get("blocks"), "action_id").stream()
                .filter(id -> !ids.add(id))
                .forEach(id -> faults.add("action_id twice: " + id));
        return faults;
    }

    /** Each text of a name, wherever it stands. */
    static List<String> texts(JsonElement json, String name) {
        List<String> found = new ArrayList<>();
        if (json instanceof JsonArray array) {
            array.forEach(each -> found.addAll(texts(each, name)));
        } else if (json instanceof JsonObject object) {
            object.entrySet().forEach(each -> {
                if (each.getKey().equals(name) && each.getValue().isJsonPrimitive()) {
                    found.add(each.getValue().getAsString());
                }
                found.addAll(texts(each.getValue(), name));
            });
        }
        return found;
    }

    private static Schema schema() {
        try (InputStream in = SlackRules.class.getResourceAsStream("/channels/slack-message.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
