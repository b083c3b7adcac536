package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationOverwrittenTest {

    private static final String WRITE = "Microsoft.Network/applicationGateways/write";
    private static final String CONTROLLERS_POOL = "pool-web-shop-8080-bp-8080";

    /** A gateway whose rule leads to an empty pool, where requests for the same site were served by another pool. */
    private static Scene servedUntilTheWriteBy(String pool, String host) {
        return Scene.v2()
                .pool("placeholder")
                .setting("set", "{'port':80,'protocol':'Http'}")
                .rule("rule", "placeholder", "set")
                .requests(60, 50, 200, row(pool, "former-rule", host, "10.0.2.4:8080", "ERRORINFO_NO_ERROR"))
                .requests(32, 50, 200, row(pool, "former-rule", host, "10.0.2.4:8080", "ERRORINFO_NO_ERROR"))
                .requests(29, 50, 502, row("placeholder", "rule", host, "", "ERRORINFO_UPSTREAM_NO_LIVE"));
    }

    private static String row(String pool, String rule, String host, String server, String errorInfo) {
        return "{'ListenerName':'lis-rule','RuleName':'" + rule + "','BackendPoolName':'" + pool
                + "','BackendSettingName':'set','OriginalHost':'" + host + "','ServerRouted':'" + server
                + "','ServerStatus':'" + (server.isEmpty() ? "" : "200") + "','ErrorInfo':'" + errorInfo + "'}";
    }

    private static Scene writtenBy(Scene scene, int minutesBefore, String caller) {
        return scene.activity(minutesBefore, WRITE, Scene.GATEWAY, caller, "Succeeded");
    }

    private static List<Finding> shown(Scene scene) {
        return Judging.of(new ConfigurationOverwritten(), scene).isShown(Confidence.CONFIRMED);
    }

    @Test
    void shownWhereAnotherWriterRemovedThePoolThatServed() {
        Scene scene = servedUntilTheWriteBy("pool-shop", "shop.example");
        writtenBy(scene, 600, "pipeline@shop.example");
        writtenBy(scene, 30, "platform@shop.example");

        assertThat(shown(scene)).singleElement().satisfies(finding -> {
            assertThat(finding.target().name()).isEqualTo("pool-shop");
            assertThat(finding.values())
                    .containsEntry("writer", "platform@shop.example")
                    .containsEntry("usual-writer", "pipeline@shop.example");
            assertThat(finding.suffering()).extracting(each -> each.name()).contains("placeholder");
        });
    }

    @Test
    void shownThoughOlderFailuresStandInTheLog() {
        Scene scene = servedUntilTheWriteBy("pool-shop", "shop.example")
                .requests(
                        110,
                        2,
                        502,
                        row("pool-shop", "former-rule", "shop.example", "10.0.2.4:8080", "ERRORINFO_NO_ERROR"));
        writtenBy(scene, 600, "pipeline@shop.example");
        writtenBy(scene, 30, "platform@shop.example");

        shown(scene);
    }

    /** A template that nobody kept up to date puts an older port back. */
    @Test
    void shownWhereAnotherWriterChangedThePortThatServed() {
        Scene scene = Scene.v2()
                .pool("pool-shop", "10.0.2.4")
                .setting("set", "{'port':80,'protocol':'Http'}")
                .rule("rule", "pool-shop", "set")
                .requests(60, 50, 200, row("pool-shop", "rule", "shop.example", "10.0.2.4:8080", "ERRORINFO_NO_ERROR"))
                .requests(32, 50, 200, row("pool-shop", "rule", "shop.example", "10.0.2.4:8080", "ERRORINFO_NO_ERROR"))
                .requests(29, 50, 502, row("pool-shop", "rule", "shop.example", "", "ERRORINFO_UPSTREAM_NO_LIVE"));
        writtenBy(scene, 600, "ops@shop.example");
        writtenBy(scene, 30, "pipeline@shop.example");

        assertThat(shown(scene))
                .singleElement()
                .satisfies(finding -> assertThat(finding.values())
                        .containsEntry("changed-port", "80")
                        .containsEntry("former-port", "8080"));
    }

    @Test
    void notShownWhereTheUsualWriterRemovedItsOwnPool() {
        Scene scene = servedUntilTheWriteBy("pool-shop", "shop.example");
        writtenBy(scene, 600, "pipeline@shop.example");
        writtenBy(scene, 30, "Pipeline@shop.example");

        Judging.of(new ConfigurationOverwritten(), scene).isNotShown();
    }

    @Test
    void notShownWhereNoUsualWriterIsKnown() {
        Scene scene = servedUntilTheWriteBy("pool-shop", "shop.example");
        writtenBy(scene, 30, "platform@shop.example");

        Judging.of(new ConfigurationOverwritten(), scene).isNotShown();
    }

    @Test
    void notShownWhereThePoolIsGoneAndNobodyFailsForIt() {
        Scene scene = Scene.v2()
                .pool("placeholder")
                .setting("set", "{'port':80,'protocol':'Http'}")
                .rule("rule", "placeholder", "set")
                .requests(32, 50, 200, row("pool-old", "old", "old.example", "10.0.2.4:8080", "ERRORINFO_NO_ERROR"))
                .requests(29, 50, 502, row("placeholder", "rule", "new.example", "", "ERRORINFO_UPSTREAM_NO_LIVE"));
        writtenBy(scene, 600, "pipeline@shop.example");
        writtenBy(scene, 30, "platform@shop.example");

        Judging.of(new ConfigurationOverwritten(), scene).isNotShown();
    }

    @Test
    void notShownWherePoolAndRuleAreWhatTheyWere() {
        Scene scene = Scene.web().served(32, 50, "10.0.2.4").failed(29, 50, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0);
        writtenBy(scene, 600, "pipeline@shop.example");
        writtenBy(scene, 30, "platform@shop.example");

        Judging.of(new ConfigurationOverwritten(), scene).isNotShown();
    }

    @Test
    void theIngressControllerIsKnownByTheAddOnThatNamesThisGateway() {
        Scene scene = servedUntilTheWriteBy(CONTROLLERS_POOL, "shop.example").document(Source.BACKENDS, addOn(true));
        writtenBy(scene, 30, "platform@shop.example");

        assertThat(shown(scene))
                .allSatisfy(finding -> assertThat(finding.values())
                        .containsEntry("usual-writer", "the ingress controller")
                        .containsEntry("usual-writer-is-controller", "yes"));
    }

    @Test
    void anAddOnThatIsSwitchedOffWritesNothing() {
        Scene scene = servedUntilTheWriteBy(CONTROLLERS_POOL, "shop.example").document(Source.BACKENDS, addOn(false));
        writtenBy(scene, 30, "platform@shop.example");

        Judging.of(new ConfigurationOverwritten(), scene).isNotShown();
    }

    @Test
    void theAddOnsIdentityIsTheControllerThatEmptiesItsOwnPool() {
        Scene scene = servedUntilTheWriteBy(CONTROLLERS_POOL, "shop.example").document(Source.BACKENDS, addOn(true));
        writtenBy(scene, 30, "0000aaaa-0000-4000-8000-000000000001");

        Judging.of(new ConfigurationOverwritten(), scene).isNotShown();
    }

    @Test
    void cannotTellWithoutTheOlderRowsInWhichTheUsualWriterMayBe() {
        Scene scene = servedUntilTheWriteBy("pool-shop", "shop.example");
        writtenBy(scene, 30, "platform@shop.example").olderActivityMissing(Scene.GROUP);

        Judging.of(new ConfigurationOverwritten(), scene).cannotTellWithout(Source.ACTIVITY_LOG, Source.BACKENDS);
    }

    @Test
    void notShownThoughOlderRowsOfAnotherGroupAreMissing() {
        Scene scene = servedUntilTheWriteBy("pool-shop", "shop.example");
        writtenBy(scene, 30, "platform@shop.example").olderActivityMissing(Scene.GROUP + "-network");

        Judging.of(new ConfigurationOverwritten(), scene).isNotShown();
    }

    /** A system-assigned identity has the id of its own resource, in whatever case. */
    @Test
    void theClustersOwnIdentityIsTheControllerThatEmptiesItsOwnPool() {
        Scene scene = servedUntilTheWriteBy(CONTROLLERS_POOL, "shop.example").document(Source.BACKENDS, addOn(true));
        writtenBy(scene, 30, "0000bbbb-0000-4000-8000-000000000002")
                .byIdentity((Scene.GROUP + "/providers/Microsoft.ContainerService/managedClusters/aks")
                        .replace("resourceGroups", "resourcegroups"));

        Judging.of(new ConfigurationOverwritten(), scene).isNotShown();
    }

    private static String addOn(boolean enabled) {
        return "{'managedClusters':[{'id':'" + Scene.GROUP
                + "/providers/Microsoft.ContainerService/managedClusters/aks','properties':{'addonProfiles':{"
                + "'ingressApplicationGateway':{'enabled':" + enabled + ",'config':{'effectiveApplicationGatewayId':'"
                + Scene.GATEWAY + "'},'identity':{'objectId':'0000aaaa-0000-4000-8000-000000000001'}}}}}]}";
    }

    @Test
    void cannotTellWithoutLogAndConfiguration() {
        Judging.of(new ConfigurationOverwritten(), Scene.unread())
                .cannotTellWithout(Source.ACTIVITY_LOG, Source.GATEWAY, Source.ACCESS_LOG, Source.BACKENDS);
    }

    @Test
    void withoutTheAccessLogItIsOpenUnlessNobodyWrote() {
        Scene scene = servedUntilTheWriteBy("pool-shop", "shop.example").without(Source.ACCESS_LOG);

        Judging.of(new ConfigurationOverwritten(), scene)
                .cannotTellWithout(Source.ACTIVITY_LOG, Source.ACCESS_LOG, Source.BACKENDS);
        Judging.of(new ConfigurationOverwritten(), scene.document(Source.ACTIVITY_LOG, "{'value':[]}"))
                .isNotShown();
        Judging.of(new ConfigurationOverwritten(), writtenBy(scene, 30, "platform@shop.example"))
                .cannotTellWithout(Source.ACCESS_LOG, Source.BACKENDS);
    }
}
