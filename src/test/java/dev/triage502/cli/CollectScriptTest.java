package dev.triage502.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.triage502.incident.ResourceId;
import dev.triage502.remedy.command.AzCatalogue;
import dev.triage502.remedy.command.AzReader;
import dev.triage502.remedy.shell.ShellScript;
import dev.triage502.report.shell.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectScriptTest {

    private static final String ID = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-shop"
            + "/providers/Microsoft.Network/applicationGateways/agw-shop";

    private static final Path PAGE = Path.of("docs/cases.md");
    private static final String BEGIN = "<!-- collect-script: begin -->\n";
    private static final String END = "<!-- collect-script: end -->\n";

    @Test
    void azHasEveryCommandAndOption() {
        AzReader reader = new AzReader(AzCatalogue.read());
        for (CollectScript.Collected each : new CollectScript(ResourceId.of(ID)).commands()) {
            assertThat(reader.read(
                                    ShellScript.parse(each.command(Shell.BASH))
                                            .commands()
                                            .get(0),
                                    Map.of())
                            .problems())
                    .as(each.command(Shell.BASH))
                    .isEmpty();
        }
    }

    /** az is a stub that prints, for each command, a document of the shape that az prints. */
    @Test
    void whatTheScriptCollectsReplays(@TempDir Path folder) throws Exception {
        Terminal printed = new Terminal();
        assertThat(printed.run("collect-script", "--gateway", ID)).isZero();
        Path script = Files.writeString(folder.resolve("collect.sh"), printed.out());
        Path az = Files.writeString(
                folder.resolve("az"),
                STUB.formatted(Path.of("src/test/resources/gathered").toAbsolutePath()));
        assertThat(az.toFile().setExecutable(true)).isTrue();
        ProcessBuilder bash = new ProcessBuilder(
                        "bash", script.toString(), folder.resolve("case").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        bash.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        Process run = bash.start();
        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).as(Files.readString(folder.resolve("log"))).isZero();

        Terminal terminal = new Terminal();
        assertThat(terminal.run(
                        "replay", "--format", "json", folder.resolve("case").toString()))
                .as(terminal.err())
                .isZero();

        assertThat(terminal.err())
                .contains("gateway.json: application gateway", "access-log.json: access log, 1 row")
                .contains("security-groups.json: 2 NSGs", "machines.json: 2 VMs")
                .contains("route-tables.json: not used: empty");
        assertThat(JsonParser.parseString(terminal.out())
                        .getAsJsonObject()
                        .get("gateway")
                        .getAsString())
                .isEqualTo(ID);
    }

    @Test
    void aNameIsNoId() {
        Terminal terminal = new Terminal();
        assertThat(terminal.run("collect-script", "--gateway", "agw-shop")).isEqualTo(2);
        assertThat(terminal.err()).contains("--gateway agw-shop is a name; use the resource ID");
    }

    @Test
    void theScriptForPowerShellHasTheSameCommands() {
        Terminal terminal = new Terminal();
        assertThat(terminal.run("collect-script", "--gateway", ID, "--shell", "powershell"))
                .isZero();
        List<CollectScript.Collected> all = new CollectScript(ResourceId.of(ID)).commands();
        assertThat(terminal.out().lines().filter(line -> line.startsWith("az ")))
                .hasSize(all.size());
        assertThat(terminal.out()).contains("Out-File -Encoding utf8").doesNotContain("#!/usr/bin");
    }

    @Test
    void thePageListsTheFilesAndTheirCommands() throws Exception {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        String written = page.substring(0, begin) + table() + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("docs.update") || System.getProperty("docs.update") != null) {
            Files.writeString(PAGE, written);
        }
        assertThat(page)
                .as("run this test with -Ddocs.update to write the table")
                .isEqualTo(written);
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| file | shows | made by |\n|---|---|---|\n");
        String placeholder = "/subscriptions/<subscription>/resourceGroups/<resource-group>/providers/Microsoft.Network"
                + "/applicationGateways/<gateway>";
        for (CollectScript.Collected each : new CollectScript(ResourceId.of(placeholder)).commands()) {
            String command = String.join(
                    " ",
                    each.words().stream()
                            .map(word -> word.contains(" ") ? "\"" + word + "\"" : word)
                            .toList());
            table.append("| `")
                    .append(each.file())
                    .append("` | ")
                    .append(each.shows())
                    .append(" | `")
                    .append(command.replace(placeholder, "<gateway-id>").replace("|", "\\|"))
                    .append("` |\n");
        }
        return table.toString();
    }

    private static final String STUB = """
        #!/bin/bash
        files='%s'
        case "$1 $2 $3" in
          'network application-gateway show') cat "$files/az-gateway.json" ;;
          'network application-gateway show-backend-health') cat "$files/az-backend-health.json" ;;
          'rest --method get')
            case "$*" in
              *loganalytics*) cat "$files/log-query.json" ;;
              *) cat "$files/resource-health.json" ;;
            esac ;;
          'monitor metrics list') cat "$files/az-metrics.json" ;;
          'monitor activity-log list') cat "$files/az-activity-log.json" ;;
          'monitor diagnostic-settings list') cat "$files/az-diagnostic-settings.json" ;;
          'network nsg list') cat "$files/az-nsg-list.json" ;;
          'vm list --show-details') cat "$files/az-vm-list.json" ;;
          'network route-table list') echo 'ERROR: (AuthorizationFailed) no' >&2; exit 1 ;;
          *) echo '[]' ;;
        esac
        """;
}
