package dev.triage502.remedy.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.remedy.shell.CannotParse;
import dev.triage502.remedy.shell.ShellCommand;
import dev.triage502.remedy.shell.ShellScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every az command on a page exists, with the options and values that it is given. */
class PageCommandsTest {

    /** How many problems the pages had when the check was written; may only fall. */
    private static final int KNOWN = 0;

    private static final AzReader READER = new AzReader(AzCatalogue.read());

    @Test
    void everyCommandExistsAndEveryStepNamesWhatItNeeds() {
        List<String> problems = new ArrayList<>();
        int read = 0;
        for (PageText step : PageText.all()) {
            for (String command : step.commands()) {
                read += check(step, command, problems);
            }
        }

        assertThat(read).isGreaterThan(100);
        assertThat(problems).as(String.join("\n", problems)).hasSizeLessThanOrEqualTo(KNOWN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "az network nsg rule make --name a | UNKNOWN_COMMAND",
                "az vm start --ids /a --now | UNKNOWN_OPTION",
                "az vm start --name a | MISSING_OPTION",
                "az network nsg rule update -g a --nsg-name b -n c --access Maybe | WRONG_VALUE",
                "az network nsg rule update -g a --nsg-name b -n c extra d --access | WRONG_VALUE",
                "az network application-gateway http-settings update -g a --gateway-name b -n c --validate-sni true |"
                        + " NEEDS_VERSION",
                "az monitor log-analytics query --workspace a --analytics-query b | NEEDS_EXTENSION",
                "az role assignment create --assignee a --assignee-object-id b --role c --scope d | WRONG_VALUE",
                "az vm start -g a --name @file | WRONG_VALUE",
                "az monitor metrics list --resource a --metric b | ABBREVIATED",
                "az network watcher test-connectivity --source-resource /x/applicationGateways/y --dest-address a |"
                        + " WRONG_VALUE",
            })
    void whatAzDoesNotTakeIsFound(String command, AzProblem.Kind kind) {
        assertThat(problems(command)).extracting(AzProblem::kind).contains(kind);
    }

    @Test
    void whatAzTakesIsNotFound() {
        assertThat(problems("az network nsg rule create -g a --nsg-name b -n c --priority 100 --access allow"
                        + " --source-address-prefixes 10.0.0.0/24 10.1.0.0/24 --destination-port-ranges '*'"))
                .isEmpty();
        assertThat(problems("az vm start --ids /a /b")).isEmpty();
        assertThat(problems("az vm start --ids=/a")).isEmpty();
    }

    private static List<AzProblem> problems(String command) {
        return READER.read(ShellScript.parse(command).commands().get(0), Map.of())
                .problems();
    }

    private static int check(PageText step, String command, List<String> problems) {
        int read = 0;
        try {
            for (ShellCommand each : ShellScript.parse(command).all()) {
                if (each.isAz()) {
                    read++;
                    READER.read(each, Map.of()).problems().stream()
                            .filter(problem -> !problem.kind().isNeed()
                                    || !step.prose().contains(problem.need().replaceFirst("\\.0$", "")))
                            .forEach(problem -> problems.add(step.where() + ": " + problem));
                }
            }
        } catch (CannotParse e) {
            problems.add(step.where() + ": cannot parse: " + e.getMessage());
        }
        return read;
    }
}
