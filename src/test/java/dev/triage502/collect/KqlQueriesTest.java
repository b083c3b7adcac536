package dev.triage502.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KqlQueriesTest {

    private static final Path QUERIES = Path.of("src/main/resources/kql");
    private static final List<String> OF_LOG = List.of("requests", "newest-row");
    private static final Map<String, List<String>> SAMPLES = Map.ofEntries(
            Map.entry(
                    "ids",
                    List.of("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/networkInterfaces/nic")),
            Map.entry("addresses", List.of("10.0.2.4", "fd00::4")),
            Map.entry("names", List.of("app.contoso.com")),
            Map.entry("subnets", List.of()),
            Map.entry(
                    "interfaces",
                    List.of("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/networkInterfaces/nic")),
            Map.entry("groups", List.of("MC_rg_aks_westeurope")),
            Map.entry("type", List.of("microsoft.compute/virtualmachines")),
            Map.entry("types", List.of("microsoft.web/sites")),
            Map.entry("sites", List.of("app.contoso.com")),
            Map.entry("apps", List.of()),
            Map.entry("services", List.of("contoso")),
            Map.entry("zones", List.of("contoso.com")),
            Map.entry(
                    "gateway",
                    List.of("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/agw")));

    @TempDir
    Path folder;

    static Stream<String> names() throws IOException {
        return Files.list(QUERIES)
                .map(file -> file.getFileName().toString().replace(".kql", ""))
                .filter(name -> !name.equals("gateway-log"))
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

    @Test
    void theLanguageServiceAccepts() throws IOException, InterruptedException {
        Path tools =
                Path.of(Optional.ofNullable(System.getenv("TRIAGE502_TOOLS")).orElse("target/tools"));
        boolean installed = Files.isDirectory(tools.resolve("node_modules/@kusto/language-service-next"));
        assumeTrue(installed || "true".equals(System.getenv("CI")), "npm's tools are not installed in " + tools);

        List<String> command =
                new ArrayList<>(List.of("node", "src/test/tools/kql-check.mjs", "src/test/tools/kql-schema.json"));
        for (String name : names().toList()) {
            command.add(Files.writeString(folder.resolve(name + ".kql"), rendered(name))
                    .toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("TRIAGE502_TOOLS", tools.toAbsolutePath().toString());
        Process node = builder.start();
        String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(node.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(said).isEmpty();
        assertThat(node.exitValue()).isZero();
    }
}
