package dev.triage502.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.RecordedCase;
import dev.triage502.incident.ResourceId;
import dev.triage502.local.PretendAzure;
import dev.triage502.triage.Triage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Choosing gateways, a table of several, watching one, and exit codes for pipelines. */
class SeveralGatewaysTest {

    private final RecordedCase recorded = CaseFolder.read(Path.of("src/test/resources/cases/two-web-vms-patch-night"));
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private PretendAzure azure;

    @BeforeEach
    void begin() throws Exception {
        azure = PretendAzure.start(recorded.documents(), recorded.gateway());
    }

    @AfterEach
    void end() {
        azure.close();
    }

    @Test
    void withoutATerminalTheGatewaysAreListedOrTheOnlyOneIsTaken() {
        assertThat(run(false, "--exit-code")).isBetween(10, 13);
        assertThat(out.toString()).contains(recorded.gateway().name());
    }

    @Test
    void aResourceGroupWithoutGatewaysIsSaid() {
        assertThat(run(false, "--resource-group", "rg-nowhere")).isEqualTo(1);
        assertThat(err.toString())
                .contains("no application gateway in resource group rg-nowhere that you can access", "az account list");
    }

    @Test
    void aSubscriptionIsGivenByItsIdOrItsName() {
        assertThat(run(false, "--exit-code", "--subscription", "Pretend")).isBetween(10, 13);
        assertThat(run(false, "--subscription", recorded.gateway().subscription()))
                .isZero();
        assertThat(run(false, "--subscription", "Shop (production)")).isEqualTo(1);
        assertThat(err.toString())
                .contains("no subscription named Shop (production) that you can access. 'az account list' shows yours");
    }

    @Test
    void severalGatewaysAreATableAndReports() {
        String other = recorded.gateway().toString().replace("agw-web", "agw-other");

        int code = run(false, "--exit-code", "--gateway", recorded.gateway().toString(), "--gateway", other);

        assertThat(out.toString().lines().findFirst()).hasValue("OUTCOME      GATEWAY                        ANSWER");
        assertThat(out.toString()).contains("agw-web  ", "agw-other  ");
        assertThat(code).isBetween(10, 13);
    }

    @Test
    void severalGatewaysAreADocumentALineInJson() {
        String other = recorded.gateway().toString().replace("agw-web", "agw-other");

        run(false, "--format", "json", "--gateway", recorded.gateway().toString(), "--gateway", other);

        assertThat(out.toString().lines())
                .hasSize(2)
                .allMatch(line -> JsonParser.parseString(line).isJsonObject());
        assertThat(run(false, "--watch", "--gateway", recorded.gateway().toString(), "--gateway", other))
                .isEqualTo(2);
    }

    @Test
    void aWatchGoesOnUntilTheGatewayHasRecovered() throws Exception {
        Thread watching = new Thread(
                () -> run(false, "--watch", "--gateway", recorded.gateway().toString()));
        watching.start();
        for (int i = 0; i < 600 && !err.toString().contains("no change: "); i++) {
            Thread.sleep(100);
        }
        assertThat(err.toString()).contains("no change: ");
        assertThat(watching.isAlive()).isTrue();
        watching.interrupt();
        watching.join(10_000);
    }

    @Test
    void aPersonOnATerminalChooses() {
        InputStream standard = System.in;
        System.setIn(new ByteArrayInputStream("2\n".getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(GatewaySelection.chosen(List.of(gateway("agw-a"), gateway("agw-b")), console(true)))
                    .isEqualTo(gateway("agw-b"));
        } finally {
            System.setIn(standard);
        }
        assertThat(err.toString()).contains("  1  agw-a  (rg)", "  2  agw-b  (rg)", "Which gateway? 1 to 2: ");
    }

    private static ResourceId gateway(String name) {
        return ResourceId.of(
                "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/" + name);
    }

    private Console console(boolean terminal) {
        return new Console(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                terminal,
                false,
                Map.of("TRIAGE502_AZURE_ENDPOINT", azure.endpoint().toString()));
    }

    private int run(boolean terminal, String... options) {
        Console console = console(terminal);
        DiagnoseCommand command = new DiagnoseCommand(
                console,
                EarlySignIn.none(console.env()),
                new Triage(),
                Clock.fixed(recorded.alertedAt(), ZoneOffset.UTC),
                Duration.ofMillis(10));
        CommandLine line = new CommandLine(command).setErr(new PrintWriter(err, true));
        line.setExecutionExceptionHandler((problem, each, parsed) -> {
            err.write(problem + "\n");
            return problem instanceof CommandFailed failed ? failed.code() : 1;
        });
        return line.execute(options);
    }
}
