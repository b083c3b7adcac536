package dev.triage502.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code replay} makes of files that people have. {@code gathered/README.md} says where their shapes are from. */
class GatheredFilesTest {

    private static final Path FILES = Path.of("src/test/resources/gathered");

    private final Terminal terminal = new Terminal();

    static Stream<String[]> expected() throws IOException {
        return Files.readAllLines(FILES.resolve("expected.tsv")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("expected")
    void saysWhatEachFileWasTakenFor(String file, String words) {
        int code = terminal.run("replay", FILES.resolve(file).toString());

        String said = terminal.err().lines().findFirst().orElse("");
        String line = "triage502 replay: " + FILES.resolve(file) + ": " + words.replaceAll("…$", "");
        if (words.endsWith("…")) {
            assertThat(said).startsWith(line);
        } else {
            assertThat(said).isEqualTo(line);
        }
        assertThat(code).isEqualTo(words.startsWith("not used") ? 1 : 0);
    }

    @Test
    void everyFileIsInTheTable() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> !name.equals("README.md") && !name.equals("expected.tsv")))
                    .containsExactlyInAnyOrderElementsOf(
                            expected().map(each -> each[0]).toList());
        }
    }

    /** That nothing was changed is an answer; what an empty list of another name lists is not known. */
    @Test
    void anEmptyActivityLogIsReadByItsName(@TempDir Path folder) throws IOException {
        Files.copy(FILES.resolve("az-gateway.json"), folder.resolve("gateway.json"));
        Files.writeString(folder.resolve("activity-log.json"), "[]");
        Files.writeString(folder.resolve("notes.json"), "[]");

        assertThat(terminal.run("replay", folder.toString())).isZero();
        assertThat(terminal.err())
                .contains("activity-log.json: activity log, empty", "notes.json: not used: an empty list");
    }

    /** The same incident, whichever tool the configuration came from. */
    @ParameterizedTest
    @CsvSource({
        "az-gateway.json",
        "powershell-gateway.txt",
        "rest-gateways.json",
        "terraform.tfstate",
        "terraform-plan.json"
    })
    void aConfigurationIsReadAlikeInEachForm(String configuration) {
        JsonObject document = diagnosis(configuration, "az-backend-health.json", "PT1H.json");

        assertThat(document.get("gateway").getAsString()).endsWith("/applicationGateways/agw-shop");
        assertThat(document.getAsJsonObject("rootCause").get("id").getAsString())
                .isEqualTo("backend-returns-error");
        assertThat(document.getAsJsonObject("window").get("to").getAsString()).isEqualTo("2026-05-04T09:12:12Z");
    }

    @ParameterizedTest
    @CsvSource({"template.json,nsg-blocks-backend", "terraform.tfstate,nsg-blocks-backend"})
    void aRuleThatATemplateOrAStateHoldsIsFound(String network, String cause, @TempDir Path folder) throws IOException {
        Path health = folder.resolve("health.json");
        Files.writeString(
                health,
                Files.readString(FILES.resolve("az-backend-health.json"))
                        .replaceAll(
                                "\"healthProbeLog\": \"[^\"]*\"",
                                "\"healthProbeLog\": \"Time taken by the backend to respond to application gateway's"
                                        + " health probe is more than the timeout threshold in the probe setting.\"")
                        .replace("\"Healthy\"", "\"Unhealthy\""));
        assertThat(terminal.run(
                        "replay",
                        "--format",
                        "json",
                        FILES.resolve(network).toString(),
                        health.toString(),
                        FILES.resolve("one-record.json").toString()))
                .isZero();

        JsonObject document = JsonParser.parseString(terminal.out()).getAsJsonObject();
        assertThat(document.getAsJsonObject("rootCause").get("id").getAsString())
                .isEqualTo(cause);
        assertThat(terminal.out()).contains("deny-8080").doesNotContain("resourceGroups/unknown");
    }

    /** A refusal that somebody saved is no missing file: the report says that there was no permission. */
    @Test
    void anErrorThatAzureReturnedIsWhyItsSourceCouldNotBeRead() {
        JsonObject document = diagnosis("az-gateway.json", "backend-health-refused.json", "PT1H.json");

        assertThat(document.getAsJsonArray("evidenceRead"))
                .map(JsonElement::getAsJsonObject)
                .filteredOn(each -> each.get("source").getAsString().equals("backendHealth"))
                .singleElement()
                .satisfies(each -> assertThat(each.toString()).contains("forbidden", "AuthorizationFailed"));
    }

    @Test
    void whatWasReadCountsMoreThanAnError() {
        JsonObject document =
                diagnosis("az-gateway.json", "backend-health-refused.json", "az-backend-health.json", "PT1H.json");

        assertThat(document.getAsJsonObject("rootCause").get("id").getAsString())
                .isEqualTo("backend-returns-error");
    }

    @Test
    void whatIsInACaseAndIsNotReadIsNamed(@TempDir Path folder) throws IOException {
        Path recorded = Files.createDirectories(folder.resolve("one"));
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/cases/two-web-vms-patch-night"))) {
            for (Path file : files.toList()) {
                Files.copy(file, recorded.resolve(file.getFileName()));
            }
        }
        Files.writeString(recorded.resolve("gateway.txt"), "{}");
        Files.createDirectories(recorded.resolve("more"));
        Files.writeString(folder.resolve("backend-health.json"), "{}");

        assertThat(terminal.run("replay", folder.toString())).isZero();
        assertThat(terminal.err().lines())
                .contains(
                        "triage502 replay: " + folder
                                + ": not read, since it is not of a case: backend-health.json. To have files read by"
                                + " their content, name them",
                        "triage502 replay: " + recorded
                                + ": not read, since they are not of a case: gateway.txt, more/. To have files read by"
                                + " their content, name them");
    }

    @Test
    void filesOfTwoGatewaysNeedAName(@TempDir Path folder) throws IOException {
        Path other = folder.resolve("other.json");
        Files.writeString(
                other, Files.readString(FILES.resolve("az-gateway.json")).replace("agw-shop", "agw-blog"));
        String both = FILES.resolve("az-gateway.json").toString();

        assertThat(terminal.run("replay", both, other.toString())).isEqualTo(1);
        assertThat(terminal.err())
                .contains("the files are of 2 gateways (agw-blog, agw-shop); choose one with --gateway");

        Terminal named = new Terminal();
        assertThat(named.run("replay", "--gateway", "agw-blog", both, other.toString()))
                .isZero();
        assertThat(named.out()).contains("agw-blog").doesNotContain("agw-shop");
    }

    @Test
    void linksOutOfAFolderPipesAndHugeFilesAreRefused(@TempDir Path folder) throws Exception {
        Path outside = folder.resolve("outside.json");
        Files.copy(FILES.resolve("az-gateway.json"), outside);
        Path inside = Files.createDirectories(folder.resolve("inside"));
        Files.createSymbolicLink(inside.resolve("linked.json"), outside);
        new ProcessBuilder("mkfifo", inside.resolve("pipe.json").toString())
                .start()
                .waitFor(10, TimeUnit.SECONDS);
        Files.createSymbolicLink(inside.resolve("device.json"), Path.of("/dev/zero"));

        assertThat(terminal.run("replay", inside.toString(), "/dev/zero")).isEqualTo(1);
        assertThat(terminal.err())
                .contains("linked.json: not used: it is a symbolic link to a file outside the folder")
                .contains("device.json: not used: it is a symbolic link to a file outside the folder")
                .contains("pipe.json: not used: it is a pipe or a device")
                .contains("/dev/zero: not used: it is a pipe or a device");
        // JUnit warns of links out of a folder that it removes, in whichever test is running.
        Files.delete(inside.resolve("device.json"));
        Files.delete(inside.resolve("linked.json"));
    }

    private JsonObject diagnosis(String... files) {
        String[] arguments = Stream.concat(
                        Stream.of("replay", "--format", "json"),
                        Stream.of(files).map(file -> FILES.resolve(file).toString()))
                .toArray(String[]::new);
        assertThat(terminal.run(arguments)).as(terminal.err()).isZero();
        return JsonParser.parseString(terminal.out()).getAsJsonObject();
    }
}
