package dev.triage502.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.azure.PublishedFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KqlQueriesTest {

    private static final Path QUERIES = Path.of("src/main/resources/kql");
    private static final Path SCHEMA = Path.of("src/test/tools/kql-schema.json");
    private static final List<String> OF_LOG =
            List.of("requests", "newest-row", "dimensions", "minutes", "served-before");
    private static final Map<String, List<String>> SAMPLES = Map.ofEntries(
            Map.entry(
                    "ids",
                    List.of("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/networkInterfaces/nic")),
            Map.entry("addresses", List.of("10.0.2.4", "fd00::4")),
            Map.entry("subnets", List.of()),
            Map.entry(
                    "interfaces",
                    List.of("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/networkInterfaces/nic")),
            Map.entry("groups", List.of("MC_rg_aks_westeurope")),
            Map.entry("type", List.of("microsoft.compute/virtualmachines")),
            Map.entry("types", List.of("microsoft.web/sites")),
            Map.entry("sites", List.of("app.contoso.com")),
            Map.entry("appnames", List.of("app-contoso")),
            Map.entry("apps", List.of()),
            Map.entry("domains", List.of("contoso.com", "kind-sea-1a2b3c4d.westeurope.azurecontainerapps.io")),
            Map.entry("names", List.of("app.contoso.com")),
            Map.entry("pages", List.of("app.contoso.com", "kind-sea-1a2b3c4d.azurestaticapps.net")),
            Map.entry("accounts", List.of("contosofiles")),
            Map.entry("apis", List.of("contoso-apis")),
            Map.entry(
                    "sets",
                    List.of(
                            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/a")),
            Map.entry("services", List.of("contoso")),
            Map.entry(
                    "networks",
                    List.of("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v")),
            Map.entry("regions", List.of("westeurope")),
            Map.entry("zones", List.of("contoso.com")),
            Map.entry(
                    "gateway",
                    List.of("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/agw")));

    @TempDir
    Path folder;

    static Stream<String> names() throws IOException {
        return Files.list(QUERIES)
                .map(file -> file.getFileName().toString().replace(".kql", ""))
                .filter(name -> !name.startsWith("gateway-log"))
                .sorted();
    }

    private static String rendered(String name) {
        return OF_LOG.contains(name) ? KqlQueries.ofLog(name) : KqlQueries.ofGraph(name, SAMPLES);
    }

    @Test
    void everyQuerySaysItsNameFirst() throws IOException {
        assertThat(names())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(rendered(name)).startsWith("// triage502: " + name + "\n"));
    }

    @Test
    void noPlaceIsLeftOpen() throws IOException {
        assertThat(names()).allSatisfy(name -> assertThat(rendered(name)).doesNotContainPattern("\\{[a-z]+}"));
    }

    @Test
    void noValueCanEndItsQuotes() {
        String query = KqlQueries.ofGraph(
                "gateways",
                Map.of("names", List.of("good.example", "x') or true //", "a'b", "back\\slash", "line\nbreak", "")));

        assertThat(query).contains("name in~ ('good.example')");
    }

    /**
     * That every query is one, and that those of the log name no column which a table may lack: one that does is refused as a
     * whole. All in one run, since the language service takes seconds to load.
     */
    @Test
    void theLanguageServiceAccepts() throws IOException, InterruptedException {
        List<Path> queries = new ArrayList<>();
        for (String name : names().toList()) {
            queries.add(Files.writeString(folder.resolve(name + ".kql"), rendered(name)));
        }
        Map<Path, List<Path>> bySchema = new LinkedHashMap<>();
        bySchema.put(SCHEMA, queries);
        for (Tables each : tables()) {
            Path place = Files.createDirectory(folder.resolve(each.name()));
            bySchema.put(schemaOf(each, place), queriesOfLog(place));
        }

        assertThat(complaints(bySchema)).isEmpty();
    }

    /** The tables as the dated lists have them: a query that names a column which is not there is refused as a whole. */
    private static List<Tables> tables() {
        Map<String, String> v2 = PublishedFacts.azureDiagnosticsColumns("v2");
        return List.of(
                new Tables("list of 2024", PublishedFacts.accessLogColumns("2024-02-18"), v2),
                new Tables("list of 2026", PublishedFacts.accessLogColumns("2026-07-27"), v2),
                new Tables("China", PublishedFacts.accessLogColumnsOfChina(), v2),
                new Tables(
                        "first generation",
                        PublishedFacts.accessLogColumns("2024-02-18"),
                        PublishedFacts.azureDiagnosticsColumns("v1")),
                new Tables(
                        "all in AdditionalFields",
                        PublishedFacts.accessLogColumns("2024-02-18"),
                        PublishedFacts.azureDiagnosticsWithOverflow()));
    }

    /** The columns of the two tables that may hold the log. */
    private record Tables(String name, Map<String, String> accessLogs, Map<String, String> diagnostics) {}

    private static Path schemaOf(Tables tables, Path place) throws IOException {
        JsonObject schema = JsonParser.parseString(Files.readString(SCHEMA)).getAsJsonObject();
        schema.getAsJsonObject("tables").add("AGWAccessLogs", columns(tables.accessLogs()));
        schema.getAsJsonObject("tables").add("AzureDiagnostics", columns(tables.diagnostics()));
        return Files.writeString(place.resolve("schema.json"), schema.toString());
    }

    private static List<Path> queriesOfLog(Path place) throws IOException {
        Path whole = Files.createDirectory(place.resolve("whole"));
        Path least = Files.createDirectory(place.resolve("least"));
        List<Path> queries = new ArrayList<>();
        for (String name : OF_LOG) {
            queries.add(Files.writeString(whole.resolve(name + ".kql"), KqlQueries.ofLog(name)));
            queries.add(Files.writeString(least.resolve(name + ".kql"), KqlQueries.ofLeastLog(name)));
        }
        return queries;
    }

    /** Where the overflow column holds everything, each field is looked for in it. */
    @Test
    void whatTheTableHasNoRoomForIsLookedForInTheOverflow() {
        String query = KqlQueries.ofLog("requests");

        PublishedFacts.azureDiagnosticsColumns("v2").keySet().stream()
                .filter(column -> query.contains("\"" + column + "\"") && column.endsWith("_s"))
                .forEach(column -> assertThat(query)
                        .contains("More." + column)
                        .contains("More." + column.substring(0, column.length() - 2)));
    }

    private static JsonObject columns(Map<String, String> columns) {
        JsonObject json = new JsonObject();
        columns.forEach(json::addProperty);
        return json;
    }

    /** What the language service finds wrong with the queries of each schema, a line each. */
    private static String complaints(Map<Path, List<Path>> bySchema) throws IOException, InterruptedException {
        Path tools =
                Path.of(Optional.ofNullable(System.getenv("TRIAGE502_TOOLS")).orElse("target/tools"));
        boolean installed = Files.isDirectory(tools.resolve("node_modules/@kusto/language-service-next"));
        assumeTrue(installed || "true".equals(System.getenv("CI")), "npm's tools are not installed in " + tools);

        List<String> command = new ArrayList<>(List.of("node", "src/test/tools/kql-check.mjs"));
        bySchema.forEach((schema, queries) -> {
            command.add(schema.toString());
            queries.forEach(query -> command.add(query.toString()));
        });
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("TRIAGE502_TOOLS", tools.toAbsolutePath().toString());
        Process node = builder.start();
        String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(node.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return node.exitValue() == 0 ? said : said + "exit " + node.exitValue();
    }
}
