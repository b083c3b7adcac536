package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;

class ActivityLogRowTest {

    private static ActivityLogRow named(String operation) {
        return ActivityLogRow.of((JsonObject) Json.of("{'operationName':{'value':'" + operation + "'}}"));
    }

    @Test
    void knowsADeletionInAnyCase() {
        assertThat(named("Microsoft.Compute/virtualMachines/DELETE").isDeletion())
                .isTrue();
        assertThat(named("Microsoft.Network/virtualNetworks/subnets/delete/action")
                        .isDeletion())
                .isTrue();
        assertThat(named("Microsoft.Compute/virtualMachines/write").isDeletion())
                .isFalse();
    }

    @Test
    void knowsWhatIsAboutRightsAndHealth() {
        assertThat(named("microsoft.AUTHORIZATION/roleAssignments/write").concernsRightsOrHealth())
                .isTrue();
        assertThat(named("Microsoft.ResourceHealth/healthevent/Activated/action")
                        .concernsRightsOrHealth())
                .isTrue();
        assertThat(named("Microsoft.Network/routeTables/write").concernsRightsOrHealth())
                .isFalse();
    }

    @Test
    void keepsWhoseAnIdentityIsAndNothingElseOfTheToken() {
        JsonObject row = (JsonObject) Json.of("{'claims':{'name':'Alice','xms_mirid':'/subscriptions/s/x'},"
                + "'authorization':{'scope':'/'},'httpRequest':{'clientIpAddress':'192.0.2.1'}}");

        assertThat(ActivityLogRow.of(row).withoutPerson())
                .isEqualTo(Json.of("{'claims':{'xms_mirid':'/subscriptions/s/x'}}"));
    }
}
