package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import org.junit.jupiter.api.Test;

class ConfigurationNotAppliedTest {

    private static final String WRITE = "Microsoft.Network/applicationGateways/write";
    private static final String REFUSAL =
            "{'statusMessage':'{\\'error\\':{\\'code\\':\\'InvalidRequest\\',\\'message\\':\\'one object is"
                    + " invalid\\'}}'}";

    private static Scene refused() {
        return Scene.web().activity(30, WRITE, Scene.GATEWAY, "controller-one", "Failed", REFUSAL);
    }

    @Test
    void shownByARefusedWriteOfAGatewayThatIsFailed() {
        Finding finding = Judging.of(
                        new ConfigurationNotApplied(),
                        refused()
                                .gatewayProperty("provisioningState", "'Failed'")
                                .failed(20, 30, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0))
                .isShown(Confidence.CONFIRMED)
                .get(0);

        assertThat(finding.text()).contains("controller-one failed", "InvalidRequest", "one object is invalid");
    }

    @Test
    void withoutTheLogItIsNotKnownThatRequestsFailSinceTheRefusal() {
        Judging.of(new ConfigurationNotApplied(), refused().gatewayProperty("provisioningState", "'Failed'"))
                .isShown(Confidence.LIKELY);
        Judging.of(
                        new ConfigurationNotApplied(),
                        Scene.web()
                                .activity(90, WRITE, Scene.GATEWAY, "controller-one", "Failed", REFUSAL)
                                .gatewayProperty("provisioningState", "'Failed'"))
                .isShown(Confidence.POSSIBLE);
    }

    /** Whether an address is stale is not known here; a state of Failed alone says nothing of what failed much later. */
    @Test
    void notShownByAStateThatRequestsOutlived() {
        Scene scene = Scene.web()
                .activity(90, WRITE, Scene.GATEWAY, "controller-one", "Failed", REFUSAL)
                .gatewayProperty("provisioningState", "'Failed'")
                .served(40, 50, "10.0.2.4")
                .failed(20, 30, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0);

        Judging.of(new ConfigurationNotApplied(), scene).isNotShown();
    }

    @Test
    void namesWhoWasRefusedAndOnWhat() {
        String subnet = Scene.VNET + "/subnets/snet-agw";
        String linked =
                "{'statusMessage':'{\\'error\\':{\\'code\\':\\'LinkedAuthorizationFailed\\',\\'message\\':\\'The"
                        + " client x with object id \\\\u0027f42ea81c-90a1-5f12-9879-c6a8d3a0efe9\\\\u0027 has permission"
                        + " to perform action a/write on scope \\\\u0027/s\\\\u0027; however, it does not have permission"
                        + " to perform action(s) join/action on the linked scope(s) \\\\u0027"
                        + subnet + "\\\\u0027 (respectively) or the linked scope(s) are invalid.\\'}}'}";
        Scene scene = Scene.web().activity(30, WRITE, Scene.GATEWAY, "controller-one", "Failed", linked);

        assertThat(Judging.of(new ConfigurationNotApplied(), scene)
                        .isShown(Confidence.POSSIBLE)
                        .get(0)
                        .values())
                .containsEntry("error-code", "LinkedAuthorizationFailed")
                .containsEntry("identity-type", "ServicePrincipal")
                .containsEntry("identity", "f42ea81c-90a1-5f12-9879-c6a8d3a0efe9")
                .containsEntry("linked-scope", subnet)
                .containsEntry("linked-role", "Network Contributor");
        assertThat(Judging.of(
                                new ConfigurationNotApplied(),
                                Scene.web().activity(30, WRITE, Scene.GATEWAY, "a@example.com", "Failed", REFUSAL))
                        .isShown(Confidence.POSSIBLE)
                        .get(0)
                        .values())
                .containsEntry("error-code", "InvalidRequest")
                .containsEntry("identity-type", "User")
                .doesNotContainKeys("identity", "linked-scope");
    }

    @Test
    void saysWhereTheGatewayCouldNotReadItsVault() {
        String vault = REFUSAL.replace("InvalidRequest", "ApplicationGatewayKeyVaultSecretException");
        Scene scene = Scene.web().activity(30, WRITE, Scene.GATEWAY, "controller-one", "Failed", vault);

        assertThat(Judging.of(new ConfigurationNotApplied(), scene)
                        .isShown(Confidence.POSSIBLE)
                        .get(0)
                        .values())
                .containsEntry("vault-refused", "yes");
    }

    @Test
    void onlyPossibleByARefusedWriteThatNothingElseTellsOf() {
        Judging.of(new ConfigurationNotApplied(), refused()).isShown(Confidence.POSSIBLE);
    }

    @Test
    void cannotTellWithoutTheOlderRowsInWhichARefusalMayBe() {
        Scene scene = refused()
                .activity(10, WRITE, Scene.GATEWAY, "controller-one", "Succeeded")
                .olderActivityMissing(Scene.GROUP);

        Judging.of(new ConfigurationNotApplied(), scene)
                .cannotTellWithout(Source.ACTIVITY_LOG, Source.BACKEND_HEALTH, Source.ACCESS_LOG, Source.NETWORK);
    }

    /** What fails now was served with the same configuration for long. */
    @Test
    void notShownWhereRequestsWereServedForLongAfterTheRefusal() {
        Scene scene = refused()
                .gatewayProperty("provisioningState", "'Failed'")
                .network()
                .webHealth("Unhealthy", "Received invalid status code: 503 in the backend server's HTTP response.")
                .failed(5, 9, 503, "ERRORINFO_NO_ERROR", "10.0.2.4", 0.01);

        Judging.of(new ConfigurationNotApplied(), scene).isShown(Confidence.CONFIRMED);
        assertThat(Judging.of(new ConfigurationNotApplied(), scene.served(10, 50, "10.0.2.4"))
                        .isNotShown()
                        .get(0)
                        .text())
                .isEqualTo("requests were served for 25 minutes after the update was refused");
    }

    @Test
    void notShownOnceTheSameWriterSucceeded() {
        Scene scene = refused().activity(10, WRITE, Scene.GATEWAY, "controller-one", "Succeeded");

        Judging.of(new ConfigurationNotApplied(), scene).isNotShown();
    }

    @Test
    void notShownByAWriteThatWasRefusedAfterTheFirstFailure() {
        Scene scene = refused()
                .gatewayProperty("provisioningState", "'Succeeded'")
                .failed(50, 30, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0);

        Judging.of(new ConfigurationNotApplied(), scene).isNotShown();
    }

    /** The log begins when it does: where it shows no request served, its first failure is not the onset. */
    @Test
    void possibleByAControllersLaterRefusalWhereTheLogShowsThatNothingWasEverServed() {
        Scene fails = Scene.web()
                .activity(20, WRITE, Scene.GATEWAY, "agic-shop", "Failed", REFUSAL)
                .failed(50, 30, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0);

        Judging.of(new ConfigurationNotApplied(), fails).isShown(Confidence.POSSIBLE);
        Judging.of(new ConfigurationNotApplied(), fails.served(58, 9, "10.0.2.4"))
                .isNotShown();
    }

    @Test
    void shownByAWriterThatHasBeenRefusedSinceBeforeTheFirstFailure() {
        Scene scene = refused()
                .activity(70, WRITE, Scene.GATEWAY, "Controller-One", "Failed", REFUSAL)
                .activity(90, WRITE, Scene.GATEWAY, "controller-one", "Succeeded")
                .gatewayProperty("provisioningState", "'Failed'")
                .failed(50, 30, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0);

        Judging.of(new ConfigurationNotApplied(), scene).isShown(Confidence.CONFIRMED);
    }

    @Test
    void aWriteThatIsUnderWayMakesNothingGood() {
        Judging.of(
                        new ConfigurationNotApplied(),
                        refused().activity(10, WRITE, Scene.GATEWAY, "controller-one", "Started"))
                .isShown(Confidence.POSSIBLE);
    }

    @Test
    void stillSuspectedWhenAnotherWriterSucceeded() {
        Scene scene = refused().activity(10, WRITE, Scene.GATEWAY, "controller-two", "Succeeded");

        Judging.of(new ConfigurationNotApplied(), scene).isShown(Confidence.POSSIBLE);
    }

    @Test
    void suspectedWhenThePoolIsProbedAtAddressesItDoesNotHold() {
        Scene scene = Scene.web().health("pool-web", "set-web", "10.0.2.99", "Unhealthy", Scene.CANNOT_CONNECT);

        assertThat(Judging.of(new ConfigurationNotApplied(), scene)
                        .isShown(Confidence.POSSIBLE)
                        .get(0)
                        .text())
                .contains("pool-web is probed at addresses");
    }

    @Test
    void shownByWritesThatAnUpdateThatIsStuckTurnsAwayWheneverTheyCame() {
        Scene scene = stuck(40);

        assertThat(Judging.of(new ConfigurationNotApplied(), scene)
                        .isShown(Confidence.CONFIRMED)
                        .get(0)
                        .text())
                .contains("an update by ops@example.com was rejected because another one has not finished");
    }

    @Test
    void notShownByAWriteThatAnOrdinaryUpdateTurnsAwayAfterTheFirstFailure() {
        Judging.of(new ConfigurationNotApplied(), stuck(12)).isNotShown();
    }

    private static Scene stuck(int minutes) {
        return Scene.web()
                .gatewayProperty("provisioningState", "'Updating'")
                .failed(30, 30, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0)
                .activity(minutes, WRITE, Scene.GATEWAY, "deploy@example.com", "Started")
                .activity(
                        8,
                        WRITE,
                        Scene.GATEWAY,
                        "ops@example.com",
                        "Failed",
                        REFUSAL.replace("InvalidRequest", "AnotherOperationInProgress"));
    }

    @Test
    void notShownByAWriteOfAnotherGateway() {
        Scene scene = Scene.web().activity(30, WRITE, Scene.GATEWAY + "-other", "controller-one", "Failed", REFUSAL);

        Judging.of(new ConfigurationNotApplied(), scene).isNotShown();
    }
}
