package dev.triage502.deliver.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.triage502.deliver.ChannelSetting;
import dev.triage502.deliver.ChannelType;
import dev.triage502.deliver.Channels;
import dev.triage502.ledger.MessageReason;
import dev.triage502.report.CauseFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema of the channels' document, made from what the channels declare; the reader and the schema agree. */
class ChannelsSchemaTest {

    private static final Path FILE = Path.of("src/main/resources/schema/channels-v1.json");

    /** Set to {@code true} to have the schema written anew rather than compared. */
    private static final String REWRITE = "triage502.rewrite";

    @Test
    void theSchemaInTheJarIsThatOfTheDeclarations() throws IOException {
        String written = new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(schema()) + "\n";
        if (Boolean.getBoolean(REWRITE)) {
            Files.writeString(FILE, written);
        }

        assertThat(Files.readString(FILE))
                .as("%s; ./mvnw test -Dtest=ChannelsSchemaTest -D%s=true writes it", FILE, REWRITE)
                .isEqualTo(written);
    }

    @Test
    void theDocumentationsExampleIsRight() throws IOException {
        String page = Files.readString(Path.of("docs/channels.md"));
        String example = page.substring(page.indexOf("```json") + 7, page.indexOf("```", page.indexOf("```json") + 7));

        assertThat(problems(example)).isEmpty();
        assertThat(ChannelsDocument.read(example, Channels.ALL, name -> Optional.of("https://h.example/" + name))
                        .allProblems())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"channels\":[{\"name\":\"a1\",\"type\":\"webhook\"}]}",
                "{\"channels\":[{\"name\":\"a1\",\"type\":\"webhook\",\"url\":\"https://h.example/x\"}]}",
                "{\"channels\":[{\"name\":\"A 1\",\"type\":\"webhook\",\"url\":{\"setting\":\"X\"}}]}",
                "{\"channels\":[{\"name\":\"a1\",\"type\":\"fax\",\"url\":{\"setting\":\"X\"}}]}",
                "{\"channels\":[{\"name\":\"a1\",\"type\":\"webhook\",\"url\":{\"setting\":\"X\"},\"room\":\"x\"}]}",
                "{\"channels\":[{\"name\":\"a1\",\"type\":\"webhook\",\"url\":{\"setting\":\"X\"},\"format\":\"xml\"}]}",
                "{\"channels\":[{\"name\":\"a1\",\"type\":\"webhook\",\"url\":{\"setting\":\"X\"},\"filters\":{\"severities\":[5]}}]}",
                "{\"channels\":[{\"name\":\"a1\",\"type\":\"webhook\",\"url\":{\"setting\":\"X\"},\"quietHours\":[{\"from\":\"22:00\"}]}]}",
                "{}"
            })
    void bothRefuseTheSame(String document) {
        assertThat(problems(document)).isNotEmpty();
        assertThat(ChannelsDocument.read(document, Channels.ALL, name -> Optional.of("https://h.example/" + name))
                        .allProblems())
                .isNotEmpty();
    }

    private static List<String> problems(String document) {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema().toString(), InputFormat.JSON);
        return schema.validate(document, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private static JsonObject schema() {
        JsonObject schema = JsonParser.parseString("""
            {"$schema": "https://json-schema.org/draft/2020-12/schema",
             "title": "triage502 channels: which channel gets which message, and when (TRIAGE502_CHANNELS)",
             "type": "object", "required": ["channels"], "additionalProperties": false,
             "properties": {
              "$schema": {"type": "string"},
              "fallback": {"$ref": "#/$defs/name", "description": "the fallback of every channel without one"},
              "channels": {"type": "array", "items": {"$ref": "#/$defs/channel"}}},
             "$defs": {
              "name": {"type": "string", "pattern": "^[a-z][a-z0-9-]{1,30}$"},
              "texts": {"type": "array", "items": {"type": "string", "minLength": 1}},
              "severities": {"type": "array", "items": {"type": "integer", "minimum": 0, "maximum": 4}},
              "time": {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"},
              "reference": {"type": "object", "required": ["setting"], "additionalProperties": false,
               "description": "the value is in this setting of the app", "properties": {"setting": {"type": "string", "minLength": 1}}},
              "filters": {"type": "object", "additionalProperties": false, "properties": {
               "gateways": {"$ref": "#/$defs/texts", "description": "names; * matches anything"},
               "resourceGroups": {"$ref": "#/$defs/texts", "description": "names; * matches anything"},
               "tags": {"type": "object", "additionalProperties": {"type": "string"}},
               "families": {"type": "array", "items": {"enum": []}},
               "leastConfidence": {"enum": []},
               "severities": {"$ref": "#/$defs/severities"},
               "events": {"type": "array", "items": {"enum": []}}}},
              "quietHours": {"type": "object", "required": ["from", "to"], "additionalProperties": false, "properties": {
               "from": {"$ref": "#/$defs/time"}, "to": {"$ref": "#/$defs/time"},
               "zone": {"type": "string", "description": "e.g. Europe/Warsaw; without it UTC"},
               "days": {"type": "array", "items": {"enum": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]}},
               "exceptSeverities": {"$ref": "#/$defs/severities"}}},
              "channel": {"type": "object", "required": ["name", "type"], "oneOf": []}}}
            """).getAsJsonObject();
        JsonObject defs = schema.getAsJsonObject("$defs");
        JsonObject filters = defs.getAsJsonObject("filters").getAsJsonObject("properties");
        filters.getAsJsonObject("families")
                .getAsJsonObject("items")
                .add("enum", ids(CauseFamily.values(), CauseFamily::id));
        filters.getAsJsonObject("events")
                .getAsJsonObject("items")
                .add("enum", ids(MessageReason.values(), MessageReason::id));
        filters.getAsJsonObject("leastConfidence")
                .add("enum", ids(ChannelFilter.CONFIDENCES.toArray(String[]::new), Function.identity()));
        Channels.ALL.forEach(
                type -> defs.getAsJsonObject("channel").getAsJsonArray("oneOf").add(channel(type)));
        return schema;
    }

    private static JsonObject channel(ChannelType type) {
        JsonObject properties = JsonParser.parseString("""
            {"name": {"$ref": "#/$defs/name"}, "type": {}, "filters": {"$ref": "#/$defs/filters"},
             "quietHours": {"type": "array", "items": {"$ref": "#/$defs/quietHours"}}, "fallback": {"$ref": "#/$defs/name"}}
            """).getAsJsonObject();
        properties.getAsJsonObject("type").addProperty("const", type.name());
        type.settings().forEach(setting -> properties.add(setting.key(), setting(setting)));
        JsonObject channel = new JsonObject();
        channel.add("required", ids(type.needed().toArray(ChannelSetting<?>[]::new), ChannelSetting::key));
        channel.addProperty("additionalProperties", false);
        channel.add("properties", properties);
        return channel;
    }

    /** A secret is a reference; anything else may be one. */
    private static JsonObject setting(ChannelSetting<?> setting) {
        JsonObject reference =
                JsonParser.parseString("{\"$ref\": \"#/$defs/reference\"}").getAsJsonObject();
        JsonObject described = new JsonObject();
        described.addProperty("description", setting.meaning());
        if (setting.secret()) {
            described.addProperty("$ref", "#/$defs/reference");
            return described;
        }
        JsonArray either = new JsonArray();
        either.add(setting.shape());
        either.add(reference);
        described.add("anyOf", either);
        return described;
    }

    private static <T> JsonArray ids(T[] all, Function<? super T, String> id) {
        JsonArray array = new JsonArray();
        Stream.of(all).map(id).forEach(array::add);
        return array;
    }
}
