package dev.triage502.evidence.arm.form;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.remedy.command.AzCatalogue;
import dev.triage502.remedy.command.AzReader;
import dev.triage502.remedy.shell.ShellScript;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeededCommandTest {

    private static final AzReader READER = new AzReader(AzCatalogue.read());

    @ParameterizedTest
    @ValueSource(
            strings = {
                NeededCommand.GATEWAY,
                NeededCommand.HEALTH,
                NeededCommand.NSG,
                NeededCommand.ROUTES,
                NeededCommand.VNET,
                NeededCommand.ACTIVITY
            })
    void azHasTheCommandAndItsOptions(String command) {
        String filled = command.replaceAll("<([a-z-]+)>", "$1");

        assertThat(READER.read(ShellScript.parse(filled).commands().get(0), Map.of())
                        .problems())
                .isEmpty();
    }
}
