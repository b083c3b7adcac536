package dev.triage502.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.triage502.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bundled incidents as az and PowerShell would have printed their documents, in files of any name: the diagnosis is
 * that of the case.
 */
class OtherToolsTest {

    private static final Path CASES = Path.of("src/test/resources/cases");

    /** Written by triage502 or by a person, so that no tool prints them. */
    private static final Set<String> OURS = Set.of("case.json", "direct-probe.json", "on-demand-health.json");

    private static final Set<String> COMPOSITE = Set.of("network.json", "backends.json");

    private static final Set<String> LISTED = Set.of(
            "virtualNetworks",
            "networkSecurityGroups",
            "routeTables",
            "networkInterfaces",
            "privateEndpoints",
            "loadBalancers",
            "publicIPAddresses",
            "virtualMachines",
            "scaleSets",
            "sites",
            "containerApps",
            "managedClusters");

    @TempDir
    private Path folder;

    static Stream<Path> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.filter(Files::isDirectory).sorted().toList().stream();
        }
    }

    static Stream<Path> someCases() throws IOException {
        return Sample.oneIn(6, cases());
    }

    @ParameterizedTest
    @MethodSource("someCases")
    void someAreToldAlikeFromOtherTools(Path recorded) throws IOException {
        isToldAlike(recorded);
    }

    @Tag("thorough")
    @ParameterizedTest
    @MethodSource("cases")
    void allAreToldAlikeFromOtherTools(Path recorded) throws IOException {
        isToldAlike(recorded);
    }

    private void isToldAlike(Path recorded) throws IOException {
        String told = told(recorded);
        assertThat(told(rewritten(recorded, "az", OtherToolsTest::flat, text -> "WARNING: az is new\n" + text)))
                .isEqualTo(told);
        assertThat(told(rewritten(recorded, "ps", tree -> pascal(flat(tree)), UnaryOperator.identity())))
                .isEqualTo(told);
    }

    private Path rewritten(Path recorded, String tool, UnaryOperator<JsonElement> shape, UnaryOperator<String> printed)
            throws IOException {
        Path target = Files.createDirectories(folder.resolve(tool));
        try (Stream<Path> files = Files.list(recorded)) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                JsonElement document = JsonParser.parseString(Files.readString(file));
                if (OURS.contains(name)) {
                    write(target, tool, name, document.toString());
                } else if (COMPOSITE.contains(name)) {
                    write(
                            target,
                            tool,
                            "rest of " + name,
                            apart(target, tool, document, shape, printed).toString());
                } else {
                    write(
                            target,
                            tool,
                            name,
                            printed.apply(shape.apply(document).toString()));
                }
            }
        }
        return target;
    }

    /** Each list of resources as a file of its own, as commands list them; what no command lists stays. */
    private static JsonObject apart(
            Path target,
            String tool,
            JsonElement document,
            UnaryOperator<JsonElement> shape,
            UnaryOperator<String> printed)
            throws IOException {
        JsonObject rest = new JsonObject();
        for (Map.Entry<String, JsonElement> field : document.getAsJsonObject().entrySet()) {
            if (LISTED.contains(field.getKey()) && isOfWholeResources(field.getValue())) {
                write(
                        target,
                        tool,
                        field.getKey(),
                        printed.apply(shape.apply(field.getValue()).toString()));
            } else {
                rest.add(field.getKey(), field.getValue());
            }
        }
        return rest;
    }

    private static boolean isOfWholeResources(JsonElement list) {
        boolean whole = list.getAsJsonArray().size() > 0;
        for (JsonElement each : list.getAsJsonArray()) {
            whole &= each.getAsJsonObject().has("id") && !each.getAsJsonObject().has("error");
        }
        return whole;
    }

    private static void write(Path target, String tool, String name, String text) throws IOException {
        Files.write(
                target.resolve("a " + name.replace(".json", "") + ".out"),
                text.getBytes(tool.equals("ps") ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8));
    }

    private static String told(Path folder) {
        Terminal terminal = new Terminal();
        assertThat(terminal.run("replay", "--format", "json", folder.toString()))
                .as(terminal.err())
                .isZero();
        JsonObject document = JsonParser.parseString(terminal.out()).getAsJsonObject();
        return document.get("headline") + causes(document.get("rootCause")) + causes(document.get("contributing"));
    }

    private static String causes(JsonElement causes) {
        JsonArray all = new JsonArray();
        if (causes instanceof JsonArray array) {
            array.forEach(each -> all.add(each.getAsJsonObject().get("id")));
        } else if (causes instanceof JsonObject one) {
            all.add(one.get("id"));
            all.add(one.get("confidence"));
        }
        return all.toString();
    }

    /** As az prints resources: the fields of {@code properties} beside the name. */
    private static JsonElement flat(JsonElement tree) {
        if (tree instanceof JsonArray array) {
            JsonArray copy = new JsonArray();
            array.forEach(each -> copy.add(flat(each)));
            return copy;
        }
        if (!(tree instanceof JsonObject object)) {
            return tree;
        }
        JsonObject copy = new JsonObject();
        object.entrySet().forEach(field -> copy.add(field.getKey(), flat(field.getValue())));
        if (copy.get("properties") instanceof JsonObject properties && (copy.has("id") || copy.has("name"))) {
            boolean clash = properties.keySet().stream()
                    .anyMatch(key -> copy.has(key) && !copy.get(key).equals(properties.get(key)));
            if (!clash) {
                copy.remove("properties");
                properties.entrySet().forEach(field -> copy.add(field.getKey(), field.getValue()));
            }
        }
        return copy;
    }

    /** As PowerShell prints them: names begin with a capital, and times are Windows' own. */
    private static JsonElement pascal(JsonElement tree) {
        if (tree instanceof JsonArray array) {
            JsonArray copy = new JsonArray();
            array.forEach(each -> copy.add(pascal(each)));
            return copy;
        }
        if (!(tree instanceof JsonObject object)) {
            return tree instanceof JsonPrimitive text && text.isString() ? time(text) : tree;
        }
        JsonObject copy = new JsonObject();
        for (Map.Entry<String, JsonElement> field : object.entrySet()) {
            boolean named = List.of("tags", "claims").contains(field.getKey());
            copy.add(capital(field.getKey()), named ? field.getValue() : pascal(field.getValue()));
        }
        return copy;
    }

    private static String capital(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static JsonPrimitive time(JsonPrimitive text) {
        try {
            Instant at = OffsetDateTime.parse(text.getAsString()).toInstant();
            return new JsonPrimitive("/Date(" + at.toEpochMilli() + ")/");
        } catch (DateTimeParseException noTime) {
            return text;
        }
    }
}
