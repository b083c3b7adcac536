package dev.triage502.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.RecordedCase;
import dev.triage502.local.PretendAzure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RecordCommandTest {

    @TempDir
    Path folder;

    private static RecordedCase named(String name) {
        return CaseFolder.read(Path.of("src/test/resources/cases", name));
    }

    private Terminal record(RecordedCase recorded, String... more) throws IOException {
        PretendAzure.Options options = PretendAzure.Options.usual().operations(1, Duration.ZERO);
        try (PretendAzure azure = PretendAzure.start(recorded.documents(), recorded.gateway(), options)) {
            Terminal terminal = new Terminal(
                    false, Map.of("TRIAGE502_AZURE_ENDPOINT", azure.endpoint().toString()));
            String[] arguments = Stream.concat(
                            Stream.of(
                                    "record",
                                    "--gateway",
                                    recorded.gateway().toString(),
                                    "--out",
                                    folder.resolve("case").toString(),
                                    "--until",
                                    recorded.alertedAt().toString()),
                            Stream.of(more))
                    .toArray(String[]::new);
            int code = terminal.run(arguments);
            assertThat(code).as(terminal.err()).isZero();
            return terminal;
        }
    }

    private static String rootCauses(String json) {
        return json.replaceAll("(?s).*\"rootCause\":\\{\"id\":\"([^\"]+)\".*?\"confidence\":\"([^\"]+)\".*", "$1 $2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"allow-list-of-instances", "restriction-wrong-source", "every-ten-minutes", "aca-internal-edge"})
    void whatIsRecordedIsDiagnosedAsWhatWasLive(String name) throws IOException {
        RecordedCase recorded = named(name);
        Terminal live = new Terminal();
        live.run("replay", "--format", "json", "src/test/resources/cases/" + name);

        Terminal terminal = record(recorded, "--hide-names");

        Terminal replayed = new Terminal();
        assertThat(replayed.run(
                        "replay", "--format", "json", folder.resolve("case").toString()))
                .isZero();
        assertThat(rootCauses(replayed.out())).isEqualTo(rootCauses(live.out()));
        assertThat(terminal.out()).contains("sources in ").contains("./triage502 replay ");
    }

    @Test
    void theFolderIsACaseWithoutAnAnswer() throws IOException {
        record(named("two-web-vms-patch-night"));

        RecordedCase written = CaseFolder.read(folder.resolve("case"));

        assertThat(written.expected()).isEmpty();
        assertThat(written.alertedAt())
                .isEqualTo(named("two-web-vms-patch-night").alertedAt());
        assertThat(written.gateway()).isEqualTo(named("two-web-vms-patch-night").gateway());
        assertThat(Files.readString(folder.resolve("case/case.json"))).doesNotContain("expected");
        assertThat(Files.readString(folder.resolve("case/metrics.json"))).contains("AuthorizationFailed");
    }

    @Test
    void aFolderThatHoldsSomethingIsLeftAlone() throws IOException {
        Files.writeString(folder.resolve("metrics.json"), "{}");
        Terminal terminal = new Terminal(false, Map.of("TRIAGE502_AZURE_ENDPOINT", "http://127.0.0.1:1"));

        int code = terminal.run(
                "record",
                "--gateway",
                named("two-web-vms-patch-night").gateway().toString(),
                "--out",
                folder.toString());

        assertThat(code).isEqualTo(Main.COULD_NOT);
        assertThat(terminal.err()).contains(folder + " is not empty");
        assertThat(Files.readString(folder.resolve("metrics.json"))).isEqualTo("{}");
    }
}
