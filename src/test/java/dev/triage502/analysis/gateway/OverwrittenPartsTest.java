package dev.triage502.analysis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What another writer removed, emptied or redirected while it served. */
class OverwrittenPartsTest {

    private static final String WRITE = "Microsoft.Network/applicationGateways/write";

    /** {@code pool-shop} on 10.0.2.4 by {@code rule}, {@code lis-rule} and {@code set}, port 80. */
    private static Scene shop() {
        return Scene.v2()
                .pool("pool-shop", "10.0.2.4")
                .setting("set", "{'port':80,'protocol':'Http'}")
                .rule("rule", "pool-shop", "set");
    }

    private static String row(String pool, String rule, String listener, String setting, String server) {
        return "{'ListenerName':'" + listener + "','RuleName':'" + rule + "','BackendPoolName':'" + pool
                + "','BackendSettingName':'" + setting + "','OriginalHost':'shop.example','ServerRouted':'" + server
                + "','ServerStatus':'" + (server.isEmpty() ? "" : "200") + "','ErrorInfo':'"
                + (server.isEmpty() ? "ERRORINFO_UPSTREAM_NO_LIVE" : "ERRORINFO_NO_ERROR") + "'}";
    }

    private static Scene served(Scene scene, String pool, String rule, String listener, String setting) {
        return scene.requests(32, 50, 200, row(pool, rule, listener, setting, "10.0.2.4:80"));
    }

    private static Scene failing(Scene scene, int minutesBefore) {
        return scene.requests(minutesBefore, 50, 502, row("pool-shop", "rule", "lis-rule", "set", ""));
    }

    private static Scene written(Scene scene, int minutesBefore, String caller) {
        return scene.activity(minutesBefore, WRITE, Scene.GATEWAY, caller, "Succeeded");
    }

    /** The pipeline, and half an hour before the alert somebody else. */
    private static Scene overwritten(Scene scene) {
        return written(written(scene, 600, "pipeline"), 30, "ops");
    }

    private static List<Finding> found(Scene scene) {
        Evidence evidence = scene.evidence();
        ActivityLog activity = evidence.activityLog().toOptional().orElseThrow();
        AccessLog log = evidence.accessLog().toOptional().orElseThrow();
        Gateway gateway = evidence.gateway().toOptional().orElseThrow();
        return OverwrittenParts.of(activity, log, gateway, evidence).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "pool-old,rule,lis-rule,set,POOL,pool-old has been missing since ops updated the gateway",
        "pool-shop,rule-old,lis-rule,set,ROUTING_RULE,rule-old has been missing since ops updated the gateway",
        "pool-shop,rule,lis-old,set,LISTENER,lis-old has been missing since ops updated the gateway",
        "pool-shop,rule,lis-rule,set-old,SETTING,set-old has been missing since ops updated the gateway"
    })
    void aPartThatServedAndIsGoneIsTold(
            String pool, String rule, String listener, String setting, Kind kind, String text) {
        Scene scene = failing(served(overwritten(shop()), pool, rule, listener, setting), 28);

        assertThat(found(scene)).singleElement().satisfies(finding -> {
            assertThat(finding.target().kind()).isEqualTo(kind);
            assertThat(finding.text()).isEqualTo(text + "; it served requests before, when pipeline made the updates");
            assertThat(finding.at()).contains(Scene.AT.minusSeconds(30 * 60));
            assertThat(finding.values())
                    .containsEntry("caller", "ops")
                    .containsEntry("writer", "ops")
                    .containsEntry("usual-writer", "pipeline")
                    .containsEntry("changed-at", "2026-03-02T08:30:00Z")
                    .doesNotContainKey("usual-writer-is-controller");
        });
    }

    @Test
    void whatIsAsItWasIsNotTold() {
        assertThat(found(failing(served(overwritten(shop()), "POOL-shop", "RULE", "LIS-rule", "SET"), 28)))
                .isEmpty();
    }

    @Test
    void aRuleThatLeadsToAnotherPoolIsTold() {
        Scene scene = shop().pool("pool-other", "10.0.2.9").rule("other", "pool-other", "set");

        assertThat(found(failing(served(overwritten(scene), "pool-shop", "other", "lis-other", "set"), 28)))
                .extracting(each -> each.target().kind(), Finding::text)
                .containsExactly(tuple(
                        Kind.ROUTING_RULE,
                        "other has pointed to another pool than pool-shop since ops updated the gateway; it served"
                                + " requests before, when pipeline made the updates"));
    }

    private static Scene redirectedPath(String failing) {
        Scene scene = shop().pool("pool-pay", "10.0.2.8")
                .pool("pool-pay-next", "10.0.2.9")
                .rule("paths", "pool-shop", "set")
                .rule("paths", "pool-pay-next", "set");
        return overwritten(scene)
                .requests(50, 50, 200, row("pool-shop", "paths", "lis-paths", "set", "10.0.2.4:80"))
                .requests(32, 50, 200, row("pool-pay", "paths", "lis-paths", "set", "10.0.2.8:80"))
                .requests(28, 50, 502, row(failing, "paths", "lis-paths", "set", ""))
                .requests(5, 50, 200, row("pool-shop", "paths", "lis-paths", "set", "10.0.2.4:80"));
    }

    @Test
    void aPathThatLeadsToAnotherPoolIsToldThoughTheOtherPathsOfItsRuleServe() {
        assertThat(found(redirectedPath("pool-pay-next")))
                .extracting(Finding::text)
                .singleElement()
                .asString()
                .startsWith("paths has pointed to another pool than pool-pay since ops updated the gateway");
        assertThat(found(redirectedPath("pool-shop"))).isEmpty();
    }

    private static Scene otherServers(Scene scene) {
        return failing(
                overwritten(scene).requests(32, 50, 200, row("pool-shop", "rule", "lis-rule", "set", "10.0.2.9:80")),
                28);
    }

    @Test
    void aPoolThatHoldsOtherServersIsToldWhereNothingHasTheirAddresses() {
        assertThat(found(otherServers(shop().network()))).singleElement().satisfies(finding -> {
            assertThat(finding.target().name()).isEqualTo("pool-shop");
            assertThat(finding.text())
                    .isEqualTo("pool-shop has pointed to 10.0.2.4 instead of 10.0.2.9 since ops updated the gateway; it"
                            + " served requests before, when pipeline made the updates");
            assertThat(finding.values())
                    .containsEntry("former-servers", "10.0.2.9")
                    .as("for a headline that has no room for their names")
                    .containsEntry("points-to", "other servers");
        });
    }

    /** Then somebody moved the pool, and what keeps requests from the new servers is another matter. */
    @Test
    void aPoolThatHoldsOtherServersWhichAreInUseIsNotTold() {
        assertThat(found(otherServers(shop().network().interfaceOf("nic-new", "10.0.2.4", "vm-new"))))
                .as("an interface has the address")
                .isEmpty();
        assertThat(found(otherServers(shop().network())
                        .requests(
                                27,
                                1,
                                500,
                                row("pool-shop", "rule", "lis-rule", "set", "10.0.2.4:80")
                                        .replace("'200'", "'500'"))))
                .as("a server answers there")
                .isEmpty();
        assertThat(found(otherServers(shop()))).as("nobody could look").isEmpty();
    }

    private static Scene named(String served) {
        Scene scene = Scene.v2()
                .pool("pool-shop", "old.azurewebsites.net")
                .setting("set", "{'port':443,'protocol':'Https'}")
                .rule("rule", "pool-shop", "set")
                .network();
        return failing(
                overwritten(scene).requests(32, 50, 200, row("pool-shop", "rule", "lis-rule", "set", served)), 28);
    }

    private static Scene behind(Scene scene, String app) {
        return scene.document(
                Source.BACKENDS,
                "{'sites':[{'id':'" + Scene.GROUP + "/providers/Microsoft.Web/sites/x','properties':{'hostNames':['"
                        + app + "']}}]}");
    }

    @Test
    void namesAreComparedWithNamesWhereTheAppsWereRead() {
        assertThat(found(behind(named("new.azurewebsites.net:443"), "new.azurewebsites.net")))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.values()).containsEntry("former-servers", "new.azurewebsites.net"));
        assertThat(found(behind(named("new.azurewebsites.net:443"), "old.azurewebsites.net")))
                .as("the app is there")
                .isEmpty();
        assertThat(found(named("new.azurewebsites.net:443"))).as("not read").isEmpty();
        assertThat(found(behind(named("20.50.1.7:443"), "new.azurewebsites.net")))
                .as("the log has an address")
                .isEmpty();
    }

    @Test
    void ofSeveralPartsThePoolIsTold() {
        Scene scene = failing(served(overwritten(shop()), "pool-old", "rule-old", "lis-old", "set-old"), 28);

        assertThat(found(scene)).extracting(each -> each.target().name()).containsExactly("pool-old");
    }

    @Test
    void thePoolsThatFailingRequestsGoToSuffer() {
        Scene scene = failing(served(overwritten(shop()), "pool-old", "rule", "lis-rule", "set"), 28);

        assertThat(found(scene).get(0).suffering())
                .extracting(each -> each.name())
                .containsExactly("pool-old", "pool-shop");
    }

    /** The gateway goes over to a new configuration within five minutes. */
    @ParameterizedTest
    @CsvSource({"34,true", "38,false"})
    void requestsThatWereServedLongAfterTheWriteAreNotItsVictims(int writtenBefore, boolean told) {
        Scene scene = written(written(shop(), 600, "pipeline"), writtenBefore, "ops");

        assertThat(found(failing(served(scene, "pool-old", "rule", "lis-rule", "set"), 28)))
                .hasSize(told ? 1 : 0);
    }

    @Test
    void failuresThatBeganBeforeTheWriteAreNotItsDoing() {
        Scene scene = written(written(shop(), 600, "pipeline"), 20, "ops");

        assertThat(found(failing(served(scene, "pool-old", "rule", "lis-rule", "set"), 28)))
                .as("the write before it was the usual writer's")
                .isEmpty();
    }

    @Test
    void clientsOfAnotherSiteDoNotMissThePart() {
        Scene scene = served(overwritten(shop()), "pool-old", "rule", "lis-rule", "set")
                .requests(
                        28,
                        50,
                        502,
                        row("pool-shop", "rule", "lis-rule", "set", "").replace("shop.example", "x.example"));

        assertThat(found(scene)).isEmpty();
    }

    @Test
    void whereTheLogHasNoHostsThePoolTells() {
        assertThat(failingWithoutHosts("pool-old")).hasSize(1);
        assertThat(failingWithoutHosts("")).as("nor a pool").hasSize(1);
        assertThat(failingWithoutHosts("pool-shop")).isEmpty();
    }

    private static List<Finding> failingWithoutHosts(String pool) {
        Scene scene = overwritten(shop().pool("pool-other", "10.0.2.9").rule("other", "pool-other", "set"));
        String failing = row(pool, "rule", "lis-rule", "set", "").replace("shop.example", "");
        return found(served(scene, "pool-old", "rule", "lis-rule", "set").requests(28, 50, 502, failing));
    }

    @Test
    void aConfigurationThatWasNotWhollyUnderstoodLacksNothing() {
        Scene scene = failing(served(overwritten(shop()), "pool-old", "rule", "lis-rule", "set"), 28)
                .gatewayProperty("probes", "[5]");

        assertThat(found(scene)).isEmpty();
    }

    private static List<Finding> withoutLog(Scene scene) {
        Evidence evidence = scene.evidence();
        return OverwrittenParts.withoutLog(
                        evidence.activityLog().toOptional().orElseThrow(),
                        evidence.gateway().toOptional().orElseThrow(),
                        evidence)
                .toList();
    }

    private static Scene emptyPool() {
        return Scene.v2()
                .pool("pool-shop")
                .pool("pool-unused")
                .setting("set", "{'port':80,'protocol':'Http'}")
                .rule("rule", "POOL-shop", "set");
    }

    @Test
    void withoutALogAnEmptyPoolIsToldWhereAnotherWroteLast() {
        assertThat(withoutLog(overwritten(emptyPool()))).singleElement().satisfies(finding -> {
            assertThat(finding.source()).isEqualTo(Source.ACTIVITY_LOG);
            assertThat(finding.text())
                    .isEqualTo("ops updated the gateway last, after updates by pipeline; rules now use pool-shop,"
                            + " which is empty");
            assertThat(finding.values())
                    .containsEntry("writer", "ops")
                    .containsEntry("caller", "ops")
                    .containsEntry("usual-writer", "pipeline")
                    .containsEntry("changed-at", "2026-03-02T08:30:00Z")
                    .doesNotContainKey("usual-writer-is-controller");
        });
    }

    @Test
    void withoutALogAControllerThatWroteBeforeIsSaidToBeOne() {
        Scene scene = written(written(emptyPool(), 600, "ingressapplicationgateway-aks"), 30, "ops");

        assertThat(withoutLog(scene))
                .singleElement()
                .satisfies(finding -> assertThat(finding.values()).containsEntry("usual-writer-is-controller", "yes"));
    }

    /** A controller empties its own pool where no pod is ready; that somebody else wrote before does not matter. */
    @Test
    void withoutALogAPoolThatItsControllerEmptiedIsNotTold() {
        Scene scene = Scene.v2()
                .pool("pool-web-shop-80-bp-8080")
                .setting("set", "{'port':80,'protocol':'Http'}")
                .rule("rule", "pool-web-shop-80-bp-8080", "set");

        assertThat(withoutLog(written(written(scene, 600, "ops"), 30, "ingressapplicationgateway-aks")))
                .isEmpty();
        assertThat(withoutLog(written(written(scene, 600, "ingressapplicationgateway-aks"), 30, "ops")))
                .hasSize(1);
    }

    @Test
    void withoutALogNothingIsToldWhereOneWriterWroteAllOrNothingIsEmpty() {
        assertThat(withoutLog(written(written(emptyPool(), 600, "Ops"), 30, "ops")))
                .isEmpty();
        assertThat(withoutLog(overwritten(shop()))).isEmpty();
        assertThat(withoutLog(emptyPool().quietActivityLog())).isEmpty();
        assertThat(withoutLog(overwritten(emptyPool()).gatewayProperty("probes", "[5]")))
                .isEmpty();
    }
}
