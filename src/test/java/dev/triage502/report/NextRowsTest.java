package dev.triage502.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.triage502.report.Report.Row;
import dev.triage502.report.shell.Shell;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What to get next is not a second list of the steps, and not longer than the fix. */
class NextRowsTest {

    private static final String VM_LIST = "az vm list --resource-group rg-shop --output table";
    private static final String HEALTH = "id=$(az account show --query id)\naz rest --url \"https://x/$id\"";

    @Test
    void theFirstTwoHaveTheirCommandsAndTheOthersAreNamed() {
        List<Row> rows = rows(
                List.of(),
                next("Get the backends (not collected)", VM_LIST),
                next("Get the resource health (not collected)", HEALTH),
                next("Get the metrics (not collected)", "az monitor metrics list"),
                next("Get the network (no permission)", "az network vnet show"));

        assertThat(rows).extracting(Row::command).containsExactly(VM_LIST, HEALTH, "");
        assertThat(rows.get(2).text())
                .isEqualTo("Also get the metrics (not collected) and the network (no permission); the JSON has the"
                        + " commands.");
    }

    @Test
    void whatAStepGetsAnywayIsReferredTo() {
        List<String> steps = List.of("az network vnet show", HEALTH.replace("https://x", "https://y") + "\naz more");

        List<Row> rows =
                rows(steps, next("Get the resource health (not collected)", HEALTH), next("Get the backends", VM_LIST));

        assertThat(rows).extracting(Row::command).containsExactly(VM_LIST, "");
        assertThat(rows.get(1).text()).isEqualTo("Get the resource health (not collected): see step 2.");
    }

    @Test
    void oneWithoutACommandIsKept() {
        assertThat(rows(List.of(""), next("Look in the portal", "")))
                .extracting(Row::text)
                .containsExactly("Look in the portal");
    }

    private static JsonObject next(String text, String command) {
        JsonObject next = new JsonObject();
        next.addProperty("text", text);
        next.addProperty("effect", "reads");
        if (!command.isEmpty()) {
            next.addProperty("command", command);
        }
        return next;
    }

    private static List<Row> rows(List<String> commands, JsonObject... nexts) {
        JsonArray steps = new JsonArray();
        commands.forEach(command -> steps.add(next("Look.", command)));
        JsonObject remedy = new JsonObject();
        remedy.add("steps", steps);
        return new NextRows(new ReportSteps(remedy, Shell.BASH, true), 2, 5)
                .of(Stream.of(nexts).toList());
    }
}
