package dev.triage502.reachability.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.reachability.ReachabilityResult;
import dev.triage502.reachability.ReachabilityResult.Step;
import org.junit.jupiter.api.Test;

class OutageEndTest {

    private static final String VM = Scene.GROUP + "/providers/Microsoft.Compute/virtualMachines/vm-web";
    private static final String NSG = Scene.GROUP + "/providers/Microsoft.Network/networkSecurityGroups/nsg-web";
    private static final String START = "Microsoft.Compute/virtualMachines/start/action";
    private static final String RULE_WRITE = "Microsoft.Network/networkSecurityGroups/securityRules/write";
    private static final String RULE_DELETE = "Microsoft.Network/networkSecurityGroups/securityRules/delete";

    /** No server was live from 50 to 30 minutes ago, and requests were served 28 minutes ago. */
    private static Scene ended() {
        return Scene.web()
                .webHealth("Healthy", "Success. Received 200 status code")
                .failed(50, 5, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0)
                .failed(30, 5, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0)
                .served(28, 9, "10.0.2.4:80")
                .network()
                .interfaceOf("nic-web", "10.0.2.4", VM);
    }

    private static ReachabilityResult.Ending at(Step step, Scene scene) {
        return ReachabilityAnalysis.of(scene.evidence()).ended(step);
    }

    @Test
    void aServerThatWasStartedWhenTheFailuresEndedHadBeenStopped() {
        Scene scene = ended().activity(30, START, VM, "duty@shop.example", "Succeeded");

        assertThat(at(Step.STOPPED, scene).shows())
                .singleElement()
                .extracting(Finding::text)
                .asString()
                .contains("VM vm-web was started by duty@shop.example when the failures ended");
    }

    @Test
    void theStartOfAnotherMachineTellsNothing() {
        Scene scene = ended().activity(30, START, VM + "-reports", "bi@shop.example", "Succeeded");

        assertThat(at(Step.STOPPED, scene).shows()).isEmpty();
    }

    @Test
    void aStartLongBeforeTheEndTellsNothing() {
        Scene scene = ended().activity(45, START, VM, "duty@shop.example", "Succeeded");

        assertThat(at(Step.STOPPED, scene).shows()).isEmpty();
    }

    @Test
    void aStartTellsNothingWhereRequestsStillFail() {
        Scene scene = ended().failed(2, 5, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0)
                .activity(30, START, VM, "duty@shop.example", "Succeeded");

        assertThat(at(Step.STOPPED, scene).shows()).isEmpty();
    }

    @Test
    void aRuleThatCameAndWentWithTheFailuresHadBlockedTheServer() {
        Scene scene = ended().group("snet-web", "nsg-web")
                .activity(51, RULE_WRITE, NSG + "/securityRules/lockdown", "sec@shop.example", "Succeeded")
                .activity(30, RULE_DELETE, NSG + "/securityRules/lockdown", "duty@shop.example", "Succeeded");

        assertThat(at(Step.DENIED, scene).shows()).singleElement().satisfies(found -> {
            assertThat(found.target().name()).isEqualTo("lockdown");
            assertThat(found.text()).contains("changed when requests to", "and deleted by");
        });
    }

    @Test
    void aRuleThatIsOnlyDeletedHintsAtMostAndNotWhereRequestsWereServedBefore() {
        Scene deleted = ended().group("snet-web", "nsg-web")
                .activity(30, RULE_DELETE, NSG + "/securityRules/lockdown", "duty@shop.example", "Succeeded");
        assertThat(at(Step.DENIED, deleted).shows()).isEmpty();
        assertThat(at(Step.DENIED, deleted).hints()).hasSize(1);

        Scene servedBefore = deleted.served(58, 9, "10.0.2.4:80");
        assertThat(at(Step.DENIED, servedBefore).hints()).isEmpty();
    }

    @Test
    void aRuleOfAnotherGroupTellsNothing() {
        Scene scene = ended().group("snet-web", "nsg-web")
                .activity(51, RULE_WRITE, NSG + "-hr/securityRules/lockdown", "sec@shop.example", "Succeeded")
                .activity(30, RULE_DELETE, NSG + "-hr/securityRules/lockdown", "duty@shop.example", "Succeeded");

        assertThat(at(Step.DENIED, scene).shows()).isEmpty();
    }
}
