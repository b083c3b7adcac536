package dev.triage502.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.RecordedCase;
import dev.triage502.collect.WholeCase;
import dev.triage502.evidence.Source;
import dev.triage502.local.PretendAzure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DoctorCommandTest {

    private static final RecordedCase CASE =
            CaseFolder.read(Path.of("src/test/resources/cases", "two-web-vms-patch-night"));

    private static Terminal doctor(int expected, String... more) throws IOException {
        return doctor(CASE, expected, more);
    }

    private static Terminal doctor(RecordedCase recorded, int expected, String... more) throws IOException {
        try (PretendAzure azure = PretendAzure.start(recorded.documents(), recorded.gateway())) {
            Terminal terminal = new Terminal(
                    false, Map.of("TRIAGE502_AZURE_ENDPOINT", azure.endpoint().toString()));
            String[] arguments = java.util.stream.Stream.concat(
                            java.util.stream.Stream.of(
                                    "doctor", "--gateway", recorded.gateway().name()),
                            java.util.stream.Stream.of(more))
                    .toArray(String[]::new);
            assertThat(terminal.run(arguments)).as(terminal.err()).isEqualTo(expected);
            return terminal;
        }
    }

    @Test
    void saysWhatCannotBeReadWhatThatCostsAndWhatRepairsIt() throws IOException {
        Terminal terminal = doctor(Main.COULD_NOT);

        assertThat(terminal.out())
                .contains("  readable       gateway\n")
                .contains("  not readable   metrics              no permission\n")
                .contains("needs Microsoft.Insights/metrics/read")
                .contains("less certain: ")
                .contains("az role assignment create --role Reader --assignee 00000000-0000-0000-0000-000000000502"
                        + " --scope ")
                .contains("  off            direct probe\n");
    }

    @Test
    void allWellIsToldByTheExitCode() throws IOException {
        RecordedCase whole = WholeCase.recorded();
        String row = "[{\"TimeGenerated\":\"" + Instant.now().minusSeconds(300) + "\",\"HttpStatus\":200}]";
        RecordedCase now = new RecordedCase(
                whole.id(),
                "",
                whole.gateway(),
                whole.alertedAt(),
                Optional.empty(),
                whole.documents().with(Source.ACCESS_LOG, JsonParser.parseString(row)));

        assertThat(doctor(now, Main.DONE).out()).contains("All sources are readable.");
    }

    @Test
    void theSameAsJson() throws IOException {
        JsonObject json = JsonParser.parseString(
                        doctor(Main.COULD_NOT, "--format", "json").out())
                .getAsJsonObject();

        assertThat(json.get("gateway").getAsString()).isEqualTo(CASE.gateway().toString());
        assertThat(json.getAsJsonArray("sources")).hasSize(11);
    }
}
