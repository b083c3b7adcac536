package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackendPoolEmptyTest {

    private static Scene withPool(String pool) {
        return Scene.web().pool(pool).setting("set-new", "{'port':80,'protocol':'Http'}");
    }

    @Test
    void shownByAPoolWithoutMembersThatARuleSendsRequestsTo() {
        Judging.of(
                        new BackendPoolEmpty(),
                        withPool("pool-new")
                                .rule("rule-new", "pool-new", "set-new")
                                .quietActivityLog())
                .isShown(Confidence.CONFIRMED)
                .forEach(finding -> assertThat(finding.text()).contains("pool-new", "rule-new"));
    }

    @Test
    void notShownWhereTheRequestsThatFailWentToAnotherPool() {
        Scene scene = withPool("pool-new").rule("rule-new", "pool-new", "set-new");

        Judging.of(new BackendPoolEmpty(), scene.failed(20, 30, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0))
                .isNotShown();
    }

    @Test
    void ofALogWithoutPoolsThePathTellsWhichOneWasAsked() {
        Judging.of(new BackendPoolEmpty(), asked("/spare/part")).isShown(Confidence.CONFIRMED);
        Judging.of(new BackendPoolEmpty(), asked("/cart")).isNotShown();
    }

    private static Scene asked(String path) {
        return withPool("pool-new")
                .quietActivityLog()
                .pathRule("rule-paths", "/spare/*", "pool-new", "pool-web", "set-new")
                .requests(20, 30, 502, "{'OriginalHost':'www.example.com','RequestUri':'" + path + "'}");
    }

    @Test
    void notShownByAnEmptyPoolThatNoRuleUses() {
        assertThat(Judging.of(new BackendPoolEmpty(), withPool("defaultaddresspool"))
                        .isNotShown())
                .extracting(Finding::text)
                .containsExactly("every pool that a rule uses has backend targets");
    }

    @Test
    void notShownByARedirectThatHasNoPoolAtAll() {
        Scene scene = Scene.web()
                .gatewayProperty(
                        "requestRoutingRules",
                        "[{'name':'r','properties':{'ruleType':'Basic','redirectConfiguration':{'id':'x'}}}]");

        Judging.of(new BackendPoolEmpty(), scene).isNotShown();
    }

    @Test
    void notShownByAPoolWhoseMembersAreNetworkInterfaces() {
        Scene scene = Scene.web()
                .gatewayProperty(
                        "backendAddressPools",
                        "[{'name':'pool-web','id':'" + Scene.GATEWAY + "/backendAddressPools/pool-web','properties':{"
                                + "'backendAddresses':[],'backendIPConfigurations':[{'id':'" + Scene.GROUP
                                + "/providers/Microsoft.Network/networkInterfaces/nic/ipConfigurations/ip'}]}}]");

        Judging.of(new BackendPoolEmpty(), scene).isNotShown();
    }

    @Test
    void onlyPossibleAsThePathMapsDefaultUntilRequestsAreSeenToFailThere() {
        Scene scene = withPool("pool-none")
                .quietActivityLog()
                .pathRule("rule-paths", "/api/*", "pool-web", "pool-none", "set-new");

        Judging.of(new BackendPoolEmpty(), scene).isShown(Confidence.POSSIBLE);

        scene.requests(3, 9, 502, "{'BackendPoolName':'pool-none','ErrorInfo':'ERRORINFO_UPSTREAM_NO_LIVE'}");
        Judging.of(new BackendPoolEmpty(), scene).isShown(Confidence.CONFIRMED);
    }

    @Test
    void anEmptyDefaultThatAControllerLeavesBehindPathsIsNormalUntilRequestsFailThere() {
        Scene scene = withPool("defaultaddresspool")
                .tag("managed-by-k8s-ingress", "1.8.1")
                .pathRule("rule-paths", "/api/*", "pool-web", "defaultaddresspool", "set-new")
                .noServers("defaultaddresspool", "set-new")
                .webHealth("Unhealthy", "");

        Judging.of(new BackendPoolEmpty(), scene).isNotShown();

        scene.requests(3, 9, 502, "{'BackendPoolName':'defaultaddresspool','ErrorInfo':'ERRORINFO_UPSTREAM_NO_LIVE'}");
        Judging.of(new BackendPoolEmpty(), scene).isShown(Confidence.POSSIBLE);
        Judging.of(new BackendPoolEmpty(), writtenByTheController(scene)).isShown(Confidence.CONFIRMED);
    }

    /** A controller would have filled it again: another writer may have emptied it, which the log of writes tells. */
    @Test
    void onlyPossibleForAControllersPoolWhileTheWritesWereNotRead() {
        Scene scene = withPool("pool-shop-web-80-bp-80")
                .tag("managed-by-k8s-ingress", "1.8.1")
                .rule("rule-shop", "pool-shop-web-80-bp-80", "set-new")
                .requests(3, 9, 502, "{'BackendPoolName':'pool-shop-web-80-bp-80'}");

        Judging.of(new BackendPoolEmpty(), scene).isShown(Confidence.POSSIBLE);
        Judging.of(new BackendPoolEmpty(), writtenByTheController(scene)).isShown(Confidence.CONFIRMED);
    }

    /** What shows a controller may be what was not read: then neither the writes nor the clusters tell whose pool it is. */
    @Test
    void atMostLikelyWhileNeitherTheWritesNorTheClustersWereRead() {
        Scene scene = withPool("pool-none")
                .rule("rule-none", "pool-none", "set-new")
                .requests(3, 9, 502, "{'BackendPoolName':'pool-none'}");

        Judging.of(new BackendPoolEmpty(), scene).isShown(Confidence.LIKELY);
        Judging.of(new BackendPoolEmpty(), scene.document(Source.BACKENDS, "{'virtualMachines':[]}"))
                .isShown(Confidence.CONFIRMED);
    }

    private static Scene writtenByTheController(Scene scene) {
        return scene.activity(
                600,
                "Microsoft.Network/applicationGateways/write",
                Scene.GATEWAY,
                "ingressapplicationgateway-aks-shop",
                "Succeeded");
    }

    @Test
    void possibleWhereRequestsFailEveryServerIsWellAndNoLogSaysWhichOnes() {
        Scene scene = withPool("defaultaddresspool")
                .tag("managed-by-k8s-ingress", "1.8.1")
                .pathRule("rule-paths", "/api/*", "pool-web", "defaultaddresspool", "set-new")
                .webHealth("Healthy", "Success. Received 200 status code")
                .without(Source.ACCESS_LOG)
                .metric("FailedRequests", "total", List.of(), 0, 0, 12, 30, 25);

        Judging.of(new BackendPoolEmpty(), scene).isShown(Confidence.POSSIBLE);
    }

    @Test
    void healthIsNoSecondWitnessBesideTheGatewaysOwnDocument() {
        Scene scene = withPool("pool-none")
                .pathRule("rule-paths", "/api/*", "pool-web", "pool-none", "set-new")
                .noServers("pool-none", "set-new");

        Judging.of(new BackendPoolEmpty(), scene).isShown(Confidence.POSSIBLE);
    }

    @Test
    void suspectedByHealthAloneWhereAPairIsProbedWithoutServers() {
        Judging.of(new BackendPoolEmpty(), Scene.unread().noServers("pool-web", "set-web"))
                .isShown(Confidence.POSSIBLE);
    }

    @Test
    void notSuspectedByHealthWhereOtherServersFailAndNoRequestIsSeenToFailThere() {
        Scene scene = Scene.unread()
                .noServers("pool-spare", "set-web")
                .health("pool-web", "set-web", "10.0.2.4", "Unhealthy", Scene.TIMED_OUT);

        Judging.of(new BackendPoolEmpty(), scene).cannotTellWithout(Source.GATEWAY, Source.ACCESS_LOG);
    }

    @Test
    void notShownByAPoolForSomePathsWhileNothingTellsWhatFails() {
        Scene scene = withPool("pool-new")
                .quietActivityLog()
                .pathRule("rule-paths", "/spare/*", "pool-new", "pool-web", "set-new");

        Judging.of(new BackendPoolEmpty(), scene).isNotShown();
        Judging.of(new BackendPoolEmpty(), scene.webHealth("Healthy", "Success"))
                .isShown(Confidence.CONFIRMED);
    }

    @Test
    void cannotTellWhenNothingCouldBeRead() {
        Judging.of(new BackendPoolEmpty(), Scene.unread())
                .cannotTellWithout(Source.GATEWAY, Source.ACCESS_LOG, Source.BACKEND_HEALTH);
    }
}
