package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Backends.Power;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineReaderTest {

    private static final String ID =
            "'id':'/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/m'";

    private static Power power(String properties) {
        return MachineReader.machine(ArmObject.document(Json.of("{" + ID + "," + properties + "}")), Optional.empty())
                .power();
    }

    @ParameterizedTest
    @CsvSource({
        "PowerState/running, RUNNING",
        "powerstate/DEALLOCATED, STOPPED",
        "PowerState/stopped, STOPPED",
        "PowerState/deallocating, IN_TRANSITION",
        "PowerState/unknown, UNSAID"
    })
    void readsTheInstanceView(String code, Power power) {
        assertThat(power("'properties':{'instanceView':{'statuses':[{'code':'ProvisioningState/succeeded'},{'code':'"
                        + code + "'}]}}"))
                .isEqualTo(power);
    }

    @Test
    void aMachineThatIsBeingUpdatedIsInTransitionThoughItRuns() {
        assertThat(power("'properties':{'instanceView':{'statuses':[{'code':'ProvisioningState/updating'},"
                        + "{'code':'PowerState/running'}]}}"))
                .isEqualTo(Power.IN_TRANSITION);
        assertThat(
                        power(
                                "'properties':{'provisioningState':'Updating','instanceView':{'statuses':[{'code':'PowerState/stopped'}]}}"))
                .isEqualTo(Power.STOPPED);
    }

    @Test
    void readsTheWordOfTheCommandLine() {
        assertThat(power("'powerState':'VM deallocated'")).isEqualTo(Power.STOPPED);
    }

    @Test
    void aScaleSetRunsWhileOneOfItsInstancesDoes() {
        String instance =
                "{'id':'/subscriptions/s/%s','properties':{'instanceView':{'statuses':[{'code':'PowerState/%s'}]}}}";
        ArmObject set = ArmObject.document(Json.of("{" + ID + ",'sku':{'capacity':2},'instances':["
                + instance.formatted("a", "stopped") + "," + instance.formatted("b", "running") + "]}"));

        assertThat(MachineReader.scaleSet(set, Optional.empty(), List.of(), new Losses())
                        .power())
                .isEqualTo(Power.RUNNING);
    }
}
