package dev.triage502.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.json.JsonTree;
import dev.triage502.report.FixScript.NoSuchFix;
import dev.triage502.report.shell.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixScriptTest {

    private static final String CHANGE =
            "az network nsg rule create --resource-group 'rg (prod)' --nsg-name nsg-a --name allow";
    private static final String UNDO =
            "az network nsg rule delete --resource-group 'rg (prod)' --nsg-name nsg-a --name allow";

    @TempDir
    Path folder;

    @Test
    void savesAsksAppliesChecksAndOffersTheUndo() throws Exception {
        assertThat(run(script(CHANGE), "y\ny\n", 0))
                .containsExactly(
                        "network application-gateway show --ids /g",
                        "network nsg show --resource-group rg (prod) --name nsg-a",
                        CHANGE.replace("az ", "").replace("'", ""),
                        "network application-gateway show-backend-health --ids /g",
                        UNDO.replace("az ", "").replace("'", ""));
        assertThat(Files.list(folder)
                        .filter(each -> each.getFileName().toString().startsWith("triage502-before-")))
                .singleElement()
                .satisfies(each -> assertThat(each.resolve("2.json")).hasContent("{}"));
    }

    @Test
    void changesNothingUnlessTheAnswerIsYes() throws Exception {
        assertThat(run(script(CHANGE), "n\n", 1)).noneMatch(call -> call.contains("create"));
        assertThat(run(script(CHANGE), "", 1)).noneMatch(call -> call.contains("create"));
        assertThat(run(script(CHANGE), "y\nn\n", 0)).noneMatch(call -> call.contains("delete"));
    }

    @Test
    void stopsAtTheFirstError() throws Exception {
        assertThat(run(script("az fail now\naz after all"), "y\ny\n", 3)).noneMatch(call -> call.startsWith("after"));
    }

    @Test
    void stopsUntilWhatIsNotKnownIsFilledIn() throws Exception {
        assertThat(run(script("az x --name <new-name>"), "y\n", 2)).isEmpty();
    }

    @Test
    void whatIsNotKnownIsSavedUnderTheSameNameThatAPersonFillsIn() throws Exception {
        assertThat(script("az network nsg rule update --resource-group <nsg-group> --nsg-name a --name b"))
                .contains("Replace <nsg-group> in this script first")
                .contains("\naz network nsg show --resource-group <nsg-group> --name a > ");
    }

    @Test
    void savesEveryMachineThatAChangeNames() throws Exception {
        assertThat(run(script("az vm start --ids /s/vm-a '/s/vm (b)' --no-wait"), "n\n", 1))
                .containsExactly("network application-gateway show --ids /g", "vm show --ids /s/vm-a /s/vm (b)");
    }

    @Test
    void takesTheFirstChangeThatWeakensNothingOrTheOneThatIsAskedFor() throws Exception {
        DiagnosisDocument document = document(CHANGE);

        assertThat(FixScript.of(document, Optional.empty(), Shell.BASH))
                .contains(CHANGE)
                .doesNotContain("az open");
        assertThat(FixScript.of(document, Optional.of(2), Shell.BASH)).contains("az open");
        assertThat(FixScript.of(document, Optional.empty(), Shell.POWERSHELL))
                .contains("az for powershell\nStop-OnError\n")
                .contains("if (-not (Confirm-Step 'Apply it?')) { Write-Host \"Stopped. $stage\"; exit 1 }");
        assertThatThrownBy(() -> FixScript.of(document, Optional.of(9), Shell.BASH))
                .isInstanceOf(NoSuchFix.class)
                .hasMessage("there is no step 9; the report for nsg-blocks-backend has 1 to 3");
        assertThatThrownBy(() -> FixScript.of(document, Optional.of(1), Shell.BASH))
                .hasMessage("step 1 has no command for bash");
    }

    private static String script(String change) throws NoSuchFix {
        return FixScript.of(document(change), Optional.empty(), Shell.BASH);
    }

    private static DiagnosisDocument document(String change) {
        JsonObject json = JsonParser.parseString("""
            {"schema":"triage502/diagnosis/v1","gateway":"/g","headline":"it's $(touch X)","diagnosedAt":"2026-01-01T00:00:00Z",
             "rootCause":{"id":"nsg-blocks-backend","confidence":"confirmed","remedy":{"page":"a.md","verify":"It's `well`.",
              "verifyCommand":"az network application-gateway show-backend-health --ids /g","verifyPowershell":"az verify",
              "steps":[{"text":"Look.","effect":"reads","badge":"reads-only"},
               {"text":"Open.","effect":"changes","badge":"weakens-security","command":"az open"},
               {"text":"Let it's through.","effect":"changes","badge":"changes-configuration","powershell":"az for powershell",
                "undo":"`x`"}]}}}
            """).getAsJsonObject();
        JsonObject step = JsonTree.objects(JsonTree.object(JsonTree.object(json, "rootCause"), "remedy"), "steps")
                .get(2);
        step.addProperty("command", change);
        step.addProperty("undoCommand", UNDO);
        return DiagnosisDocument.read(json);
    }

    /** Runs the script with an az that writes down its calls; {@code az fail} ends with 3. */
    private List<String> run(String script, String answers, int exit) throws Exception {
        Path calls = folder.resolve("calls");
        Files.deleteIfExists(calls);
        Files.createFile(calls);
        Path az = folder.resolve("az");
        Files.writeString(az, "#!/bin/sh\necho \"$*\" >> '" + calls + "'\necho {}\n[ \"$1\" != fail ] || exit 3\n");
        assertThat(az.toFile().setExecutable(true)).isTrue();
        Path file = Files.writeString(folder.resolve("fix.sh"), script);
        ProcessBuilder builder = new ProcessBuilder("bash", file.toString()).directory(folder.toFile());
        builder.environment().merge("PATH", folder.toString(), (path, stub) -> stub + ":" + path);
        Path typed = Files.writeString(folder.resolve("typed"), answers);
        Process process = builder.redirectErrorStream(true)
                .redirectInput(typed.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("out")))
                .isEqualTo(exit);
        assertThat(folder.resolve("X")).doesNotExist();
        return Files.readAllLines(calls);
    }
}
