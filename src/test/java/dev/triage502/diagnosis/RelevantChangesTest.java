package dev.triage502.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.analysis.traffic.RequestOutcomes;
import dev.triage502.diagnosis.Diagnosis.Change;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelevantChangesTest {

    private static final String STORAGE = Scene.GROUP + "/providers/Microsoft.Storage/storageAccounts/";
    private static final String NSG = Scene.GROUP + "/providers/Microsoft.Network/networkSecurityGroups/nsg-web";
    private static final String WRITE = "Microsoft.Network/networkSecurityGroups/write";

    @Test
    void whatTouchesTheFaultComesBeforeWhatIsNearer() {
        Scene scene = failing()
                .activity(6, "Microsoft.Network/routeTables/write", Scene.GROUP + "/rt", "near", "Succeeded")
                .activity(300, WRITE, NSG, "far", "Succeeded");

        assertThat(who(scene, Target.of(Kind.NSG_RULE, "deny", NSG.toUpperCase(Locale.ROOT) + "/securityRules/deny")))
                .containsExactly("far", "near");
        assertThat(who(scene, Target.of(Kind.NSG_RULE, "deny", NSG + "-other/securityRules/deny")))
                .containsExactly("near", "far");
        assertThat(who(scene)).containsExactly("near", "far");
    }

    @Test
    void whatTouchesAPartOfTheFaultTouchesIt() {
        Scene scene = failing()
                .activity(6, "Microsoft.Network/routeTables/write", Scene.GROUP + "/rt", "near", "Succeeded")
                .activity(300, WRITE, NSG + "/securityRules/deny", "far", "Succeeded");

        assertThat(who(scene, Target.of(Kind.NSG_RULE, "nsg-web", NSG))).containsExactly("far", "near");
    }

    @Test
    void whatCameAfterTheFirstFailureComesLastUnlessItWasStampedLate() {
        Scene scene = failing()
                .activity(1, WRITE, NSG, "after", "Succeeded")
                .activity(4, WRITE, NSG, "late", "Succeeded")
                .activity(600, WRITE, NSG, "long before", "Succeeded");

        assertThat(who(scene)).containsExactly("late", "long before", "after");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Microsoft.Network/networkSecurityGroups/read",
                "Microsoft.Compute/virtualMachines/instanceView/read",
                "Microsoft.Web/sites/config/list/action",
                "Microsoft.Network/applicationGateways/backendhealth/action",
                "Microsoft.Storage/storageAccounts/write",
                "Microsoft.Authorization/roleAssignments/write"
            })
    void whatOnlyLooksOrCannotMatterIsLeftOut(String operation) {
        assertThat(who(failing().activity(6, operation, NSG, "x", "Succeeded"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Microsoft.Network/privateDnsZones/A/write",
                "Microsoft.Compute/virtualMachines/deallocate/action",
                "Microsoft.Web/sites/stop/action",
                "Microsoft.App/containerApps/write",
                "Microsoft.KeyVault/vaults/write",
                "Microsoft.ContainerService/managedClusters/stop/action"
            })
    void whatCanMatterIsTold(String operation) {
        assertThat(who(failing().activity(6, operation, NSG, "x", "Succeeded"))).containsExactly("x");
    }

    /** Accounts that no pool holds are written all day. */
    @Test
    void aStorageAccountMattersWhereAPoolHoldsIt() {
        Scene scene = failing()
                .pool("pool-files", "stfiles.blob.core.windows.net")
                .activity(6, "Microsoft.Storage/storageAccounts/write", STORAGE + "stFiles", "own", "Succeeded")
                .activity(
                        7, "Microsoft.Storage/storageAccounts/listKeys/action", STORAGE + "stfiles", "key", "Succeeded")
                .activity(8, "Microsoft.Storage/storageAccounts/write", STORAGE + "stother", "other", "Succeeded");

        assertThat(who(scene)).containsExactly("own");
    }

    @Test
    void saysHowItEnded() {
        Scene scene = failing()
                .activity(6, WRITE, NSG, "a", "Succeeded")
                .activity(
                        7,
                        WRITE,
                        NSG,
                        "b",
                        "Failed",
                        "{'statusMessage':'{\"error\":{\"code\":\"InUse\",\"message\":\"No.\"}}'}")
                .activity(8, WRITE, NSG, "c", "Failed")
                .activity(9, WRITE, NSG, "d", "Started");

        assertThat(changes(scene))
                .extracting(Change::what)
                .containsExactly(WRITE, WRITE + ", failed: InUse", WRITE + ", failed", WRITE + ", end not logged");
        assertThat(changes(scene)).extracting(Change::failed).containsExactly(false, true, true, false);
        assertThat(changes(scene).get(0).at()).isEqualTo(Scene.AT.minusSeconds(6 * 60));
    }

    @Test
    void twelveAtMost() {
        Scene scene = failing();
        for (int i = 0; i < 20; i++) {
            scene.activity(10 + i, WRITE, NSG, "n" + i, "Succeeded");
        }

        assertThat(who(scene)).hasSize(12).startsWith("n0", "n1").endsWith("n11");
    }

    @Test
    void nothingWhereTheLogWasNotRead() {
        assertThat(who(failing())).isEmpty();
    }

    @Test
    void aHealthEventIsNotSaidToBeInProgressSinceItsEndIsAnEventOfItsOwn() {
        String event = "Microsoft.ResourceHealth/healthevent/";
        Scene scene = failing()
                .activity(9, event + "Activated/action", Scene.GATEWAY, "", "Active")
                .activity(7, event + "Resolved/action", Scene.GATEWAY, "", "Resolved");

        assertThat(changes(scene))
                .extracting(Change::text)
                .containsExactlyInAnyOrder(
                        "Azure Resource Health reported an event for gateway agw-shop",
                        "Azure Resource Health reported the end of an event for gateway agw-shop");
    }

    /** First failing request five minutes before the alert. */
    private static Scene failing() {
        return Scene.web().failed(5, 40, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0);
    }

    private static List<Change> changes(Scene scene, Target... concerned) {
        return RelevantChanges.around(scene.evidence(), new RequestOutcomes(scene.evidence()), List.of(concerned));
    }

    private static List<String> who(Scene scene, Target... concerned) {
        return changes(scene, concerned).stream().map(Change::who).toList();
    }
}
