package dev.triage502.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a command should set is taken from what was seen; what nobody saw is not made up. */
class RepairValuesTest {

    private static final String LOOK = "{'target':'10.0.2.4','scheme':'http','host':'www.example.com','status':";
    private static final String TLS =
            "{'target':'10.0.3.4','scheme':'https','host':'shop.example.com','path':'/','tls':{"
                    + "'subject':'CN=shop.example.com','issuer':'CN=Issuing','chain':['CN=shop.example.com','CN=Issuing','CN=Root'],"
                    + "'verified':";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200,'path':'/ready','elapsedMs':20} | /ready",
                "200,'path':'/ready','elapsedMs':4000} |",
                "404,'path':'/ready','elapsedMs':20} |",
                "200,'path':'/health','elapsedMs':20} |",
            })
    void aPathThatAnswersQuicklyAndAsWantedCanBeProbed(String look, String path) {
        Map<String, String> values = web(Scene.web().look(LOOK + look));

        assertThat(values.get("probe-path-seen")).isEqualTo(path);
    }

    private static String silent(String path) {
        return "{'target':'10.0.2.4:80','scheme':'http','host':'www.example.com','path':'" + path
                + "','connect':'ok','elapsedMs':45000}";
    }

    @Test
    void aServerThatAnswersNothingIsNotHelpedByALongerTimeout() {
        assertThat(web(Scene.web().look(silent("/health")).look(silent("/site.css"))))
                .containsEntry("hanging-server", "10.0.2.4")
                .doesNotContainKeys("new-limit", "probe-new-timeout");
    }

    @Test
    void onePathWithoutAnAnswerMayBeSlow() {
        assertThat(web(Scene.web().look(silent("/report"))))
                .doesNotContainKey("hanging-server")
                .containsKey("new-limit");
        assertThat(web(Scene.web()
                        .look(silent("/report"))
                        .look(silent("/export"))
                        .look(LOOK + "200,'path':'/ready','elapsedMs':20}")))
                .doesNotContainKey("hanging-server");
    }

    @Test
    void aPathThatAnotherHostAnswersIsNoneToProbe() {
        assertThat(
                        web(
                                Scene.web()
                                        .look(
                                                "{'target':'10.0.2.4','scheme':'http','host':'b.example.com','status':200,'path':'/ready'}")))
                .doesNotContainKey("probe-path-seen");
    }

    @Test
    void thePathThatMostRequestsWereServedAtStandsInWhereNobodyLooked() {
        assertThat(web(Scene.web().served(5, 40, "10.0.2.4"))).containsEntry("probe-path-seen", "/");
        assertThat(web(Scene.web().failed(5, 40, 502, "", "10.0.2.4", 1))).doesNotContainKey("probe-path-seen");
    }

    @Test
    void whatTheGatewayAnsweredWithoutALiveServerSaysNothingOfAPath() {
        Scene scene = Scene.web()
                .served(20, 40, "10.0.2.4")
                .requests(
                        5,
                        9,
                        502,
                        "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'',"
                                + "'ServerStatus':'502','ErrorInfo':'ERRORINFO_UPSTREAM_NO_LIVE','RequestUri':'/'}");

        assertThat(web(scene)).containsEntry("probe-path-seen", "/");
    }

    /** A backend that has lost its pages is not helped by another path to probe. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | /orders | /stock | /orders and /stock",
                "404 | /orders | /orders |",
                "404 | /orders | /health |",
                "403 | /orders | /stock |",
            })
    void pagesAreLostWhereSeveralPathsAreAnsweredWith404Since(String status, String one, String other, String lost) {
        Scene scene = Scene.web().served(20, 40, "10.0.2.4");
        answered(scene, 5, status, one);
        answered(scene, 4, status, other);
        // Without a live server the log may have the gateway's own status as the server's.
        scene.requests(
                3,
                9,
                502,
                "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'','ServerStatus':'502',"
                        + "'ErrorInfo':'ERRORINFO_UPSTREAM_NO_LIVE','RequestUri':'/orders'}");

        assertThat(web(scene).get("lost-paths")).isEqualTo(lost);
        assertThat(web(scene.served(2, 1, "10.0.2.4"))).doesNotContainKey("lost-paths");
    }

    @Test
    void pagesThatWereNeverServedAreNotLost() {
        Scene scene = Scene.web();
        answered(scene, 5, "404", "/orders");
        answered(scene, 4, "404", "/stock");

        assertThat(web(scene)).doesNotContainKey("lost-paths");
    }

    private static void answered(Scene scene, int minutesBefore, String status, String path) {
        scene.requests(
                minutesBefore,
                2,
                Integer.parseInt(status),
                "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.4:80',"
                        + "'ServerStatus':'" + status + "','RequestUri':'" + path + "'}");
    }

    /** The log counts the paths that never fail together. */
    @Test
    void whatStandsForManyPathsIsNoneToProbe() {
        Scene scene = Scene.web()
                .requests(
                        5,
                        40,
                        200,
                        "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.4:80',"
                                + "'ServerStatus':'200','Host':'www.example.com','ServerResponseLatency':'0.02',"
                                + "'RequestUri':'/*'}");

        assertThat(web(scene)).doesNotContainKey("probe-path-seen");
    }

    @Test
    void aPathThatWasServedAndIsRejectedSinceIsNoneToProbe() {
        Scene scene = Scene.web()
                .served(20, 40, "10.0.2.4")
                .requests(
                        5,
                        9,
                        401,
                        "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.4:80',"
                                + "'ServerStatus':'401','RequestUri':'/'}");

        assertThat(web(scene)).doesNotContainKey("probe-path-seen");
    }

    @Test
    void theOneProbeThatNothingUsesFits() {
        Scene scene = Scene.web().setting("set-bare", "{'port':80,'protocol':'Http'}");
        String spare = "{'protocol':'Http','host':'www.example.com','path':'/up'}";

        assertThat(values(scene, "set-bare", "10.0.2.4")).doesNotContainKey("unused-probe");
        assertThat(values(scene.probe("spare", spare), "set-bare", "10.0.2.4")).containsEntry("unused-probe", "spare");
        assertThat(values(scene, "set-web", "10.0.2.4")).doesNotContainKey("unused-probe");
        assertThat(values(scene.probe("other", spare), "set-bare", "10.0.2.4")).doesNotContainKey("unused-probe");
    }

    @Test
    void aProbeThatTakesItsHostFromASettingThatHasNoneDoesNotFit() {
        Scene scene = Scene.web()
                .setting("set-bare", "{'port':80,'protocol':'Http'}")
                .probe("spare", "{'protocol':'Http','pickHostNameFromBackendHttpSettings':true,'path':'/up'}");

        assertThat(values(scene, "set-bare", "10.0.2.4")).doesNotContainKey("unused-probe");
    }

    @Test
    void aRootThatASettingDoesNotNeedIsSeenByAClientThatTrustsTheServer() {
        String root = "'hostName':'shop.example.com','trustedRootCertificates':[{'id':'/x/house'}]";

        assertThat(shop(Scene.v2().shop(root).look(TLS + "true}}"))).containsEntry("publicly-trusted", "yes");
        assertThat(shop(Scene.v2().shop(root).look(TLS + "false}}"))).doesNotContainKey("publicly-trusted");
        assertThat(shop(Scene.shop().look(TLS + "true}}"))).doesNotContainKey("publicly-trusted");
    }

    @Test
    void theOnlyRootThatIsUploadedAndNotAttachedIsTheOneToAttach() {
        Scene scene = Scene.shop().gatewayProperty("trustedRootCertificates", "[{'name':'house','properties':{}}]");

        assertThat(shop(scene)).containsEntry("root-to-attach", "house");
        assertThat(shop(scene.look(TLS + "false}}")))
                .as("a chain that it did not sign")
                .doesNotContainKey("root-to-attach");
    }

    @Test
    void theRootsThatASettingTrustsStayAttached() {
        String root = "'hostName':'shop.example.com','trustedRootCertificates':[{'id':'/x/house;x'}]";
        Scene scene = Scene.v2()
                .shop(root)
                .gatewayProperty(
                        "trustedRootCertificates",
                        "[{'name':'house;x','properties':{}},{'name':'partner','properties':{}}]");

        assertThat(shop(scene))
                .containsEntry("roots-to-keep", "house;x partner")
                .containsEntry("roots-and-new-options", "--root-certs\n=house;x\n=backend-root");
        assertThat(shop(Scene.v2().shop(root)))
                .as("none is uploaded beside")
                .doesNotContainKey("roots-to-keep")
                .containsEntry("roots-and-new-options", "--root-certs\n=house;x\n=backend-root");
        assertThat(shop(Scene.v2().shop("'hostName':'shop.example.com'")))
                .containsEntry("roots-and-new-options", "--root-certs\n=backend-root");
    }

    @Test
    void anotherProtocolMovesTheSettingToThePortThatSpeaksIt() {
        Finding tls = finding("open-port", "8443").with("open-protocol", "Https");
        assertThat(values(Scene.web(), "set-web", "10.0.2.4", tls))
                .containsEntry("protocol-differs", "yes")
                .containsEntry("switch-port", "8443")
                .doesNotContainKey("port-is-open-port");
        assertThat(values(Scene.web(), "set-web", "10.0.2.4", finding("open-protocol", "Https")))
                .as("on the port of the setting")
                .containsEntry("switch-port", "80");
        assertThat(values(
                        Scene.web(),
                        "set-web",
                        "10.0.2.4",
                        finding("open-port", "80").with("open-protocol", "Http")))
                .containsEntry("port-is-open-port", "yes")
                .doesNotContainKeys("protocol-differs", "switch-port");
    }

    @Test
    void aProbeWithoutAPathThatWasSeenAsksForTheRoot() {
        assertThat(web(Scene.web())).containsEntry("probe-path-wanted", "/");
        assertThat(web(Scene.web().look(LOOK + "200,'path':'/ready','elapsedMs':20}")))
                .containsEntry("probe-path-wanted", "/ready");
    }

    @Test
    void aNameThatTheCertificateCoversIsSent() {
        Finding wildcard = finding("names", "*.example.com example.com");

        assertThat(values(Scene.shop(), "set-shop", "10.0.3.4", wildcard))
                .containsEntry("certificate-host", "shop.example.com");
        assertThat(values(Scene.shop(), "set-shop", "10.0.3.4", finding("names", "*.example.org, b.example.org")))
                .containsEntry("certificate-host", "b.example.org");
        assertThat(shop(Scene.shop())).doesNotContainKey("certificate-host");
    }

    @Test
    void whatIsSentAlreadyNeedsNoChange() {
        Finding served = finding("served-host", "shop.example.com");

        assertThat(values(Scene.shop(), "set-shop", "10.0.3.4", served))
                .containsEntry("setting-sends-served-host", "yes")
                .containsEntry("probe-sends-served-host", "yes");
        assertThat(values(Scene.shop(), "set-shop", "10.0.3.4", finding("served-host", "b.example.com")))
                .doesNotContainKeys("setting-sends-served-host", "probe-sends-served-host");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "nothing",
            value = {
                "10.0.2.4,30,60,nothing",
                "20.0.2.4,30,60,nothing",
                "20.0.2.4,200,240,public-address",
                "app.azurewebsites.net,200,230,app-service"
            })
    void aRequestIsGivenTwiceTheTimeAsFarAsTheBackendLetsIt(String member, int now, String longer, String by) {
        Scene scene = Scene.v2()
                .pool("p", member)
                .setting("set-web", "{'port':80,'protocol':'Http','requestTimeout':" + now + "}")
                .rule("r", "p", "set-web");

        assertThat(values(scene, "set-web", member)).containsEntry("new-limit", longer);
        assertThat(values(scene, "set-web", member).get("limited-by")).isEqualTo(by);
    }

    @Test
    void noTimeIsAddedWhereTheBackendEndsTheRequestFirst() {
        Scene scene = Scene.v2()
                .pool("p", "app.azurewebsites.net")
                .setting("set-web", "{'port':80,'protocol':'Http','requestTimeout':240}")
                .rule("r", "p", "set-web");

        assertThat(values(scene, "set-web", "app.azurewebsites.net"))
                .containsEntry("backend-limit", "230")
                .containsEntry("limited-by", "app-service")
                .doesNotContainKey("new-limit");
    }

    @Test
    void aProbeWaitsHalfAsLongAgainAsThePathWasSeenToTake() {
        assertThat(values(Scene.web(), "set-web", "10.0.2.4", finding("seconds", "41.2")))
                .containsEntry("probe-new-timeout", "65")
                .containsEntry("probe-new-interval", "65")
                .doesNotContainKey("probe-timeout-short");
        assertThat(web(Scene.web().look(LOOK + "200,'path':'/health','elapsedMs':41200}")))
                .as("a direct request shows how long it takes, whatever showed the cause")
                .containsEntry("probe-new-timeout", "65");
        assertThat(web(Scene.web().look(LOOK + "200,'path':'/health','elapsedMs':20}")))
                .as("it was quick then")
                .containsEntry("probe-new-timeout", "60");
        assertThat(web(Scene.web())).containsEntry("probe-new-timeout", "60").containsEntry("probe-new-interval", "60");
    }

    /** A path that answers in time for the usual timeout is not what is to be changed. */
    @Test
    void aProbeThatWaitsForLessThanUsualIsTold() {
        Scene scene = Scene.v2().shop("'requestTimeout':30", "'path':'/ready','timeout':2", "10.0.3.4");

        assertThat(values(scene, "set-shop", "10.0.3.4", finding("seconds", "3.1")))
                .containsEntry("probe-new-timeout", "5")
                .containsEntry("probe-timeout-short", "yes");
        assertThat(values(scene, "set-shop", "10.0.3.4", finding("seconds", "21.4")))
                .doesNotContainKey("probe-timeout-short");
    }

    @Test
    void theProbeAloneMovesWhereTheServerAnswersItAndItsPathIsOnAnotherPort() {
        Finding elsewhere = finding("open-port", "8081").with("open-protocol", "Http");
        Finding answered = finding("status", "404");

        assertThat(values(Scene.web(), "set-web", "10.0.2.4", elsewhere, answered))
                .containsEntry("check-port", "8081");
        assertThat(values(Scene.web(), "set-web", "10.0.2.4", elsewhere))
                .as("nothing answers on the probed port: the service has moved")
                .doesNotContainKey("check-port");
        assertThat(values(Scene.web(), "set-web", "10.0.2.4", finding("open-port", "80"), answered))
                .as("the same port")
                .doesNotContainKey("check-port");
        Finding tls = finding("open-port", "8443").with("open-protocol", "Https");
        assertThat(values(Scene.web(), "set-web", "10.0.2.4", tls, answered))
                .as("another protocol, which a probe cannot have alone")
                .doesNotContainKey("check-port");
    }

    @Test
    void oneSlowServerAmongQuickOnesIsNotGivenMoreTime() {
        assertThat(web(Scene.web())).containsEntry("new-limit", "60");
        assertThat(values(Scene.web(), "set-web", "10.0.2.4", finding("slow-server", "10.0.2.4")))
                .doesNotContainKeys("new-limit", "backend-limit");
    }

    @Test
    void whatAnotherServerAnswersTellsNothingOfThisOne() {
        assertThat(values(Scene.web().look(LOOK + "200,'path':'/ready','elapsedMs':20}"), "set-web", "10.0.2.5"))
                .doesNotContainKey("probe-path-seen");
        Scene trusted = Scene.v2()
                .shop("'hostName':'shop.example.com','trustedRootCertificates':[{'id':'/x/house'}]")
                .look(TLS + "true}}");
        assertThat(values(trusted, "set-shop", "10.0.3.5")).doesNotContainKey("publicly-trusted");
    }

    @Test
    void aPathHasToAnswerWithTheTextThatTheProbeWants() {
        String probe = "{'protocol':'Http','host':'www.example.com','path':'/health','match':{'body':'UP'}}";
        Scene scene = Scene.v2()
                .pool("pool-web", "10.0.2.4")
                .setting(
                        "set-web",
                        "{'port':80,'protocol':'Http','probe':{'id':'" + Scene.GATEWAY + "/probes/probe-web'}}")
                .probe("probe-web", probe)
                .rule("rule-web", "pool-web", "set-web")
                .served(5, 40, "10.0.2.4")
                .look(LOOK + "200,'path':'/a','body':'DOWN'}");

        assertThat(web(scene)).as("a log has no texts").doesNotContainKey("probe-path-seen");
        assertThat(web(scene.look(LOOK + "200,'path':'/ready','body':'it is UP'}")))
                .containsEntry("probe-path-seen", "/ready");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'BackendSettingName':'set-web','Host':'www.example.com','ServerResponseLatency':'0.1' | /shop",
                "'BackendSettingName':'set-api','Host':'www.example.com','ServerResponseLatency':'0.1' |",
                "'BackendSettingName':'set-web','Host':'b.example.com','ServerResponseLatency':'0.1' |",
                "'BackendSettingName':'set-web','Host':'www.example.com','ServerResponseLatency':'9.5' |",
                "'BackendSettingName':'set-web','Host':'www.example.com' |"
            })
    void onlyAPathThatIsServedQuicklyThroughTheSettingByTheProbesHostCanBeProbed(String columns, String path) {
        Scene scene = Scene.web()
                .requests(
                        5,
                        40,
                        200,
                        "{'BackendPoolName':'pool-web','ServerRouted':'10.0.2.4:80','ServerStatus':'200',"
                                + "'ErrorInfo':'ERRORINFO_NO_ERROR','RequestUri':'/shop'," + columns + "}");

        assertThat(web(scene).get("probe-path-seen")).isEqualTo(path);
    }

    @Test
    void aPathThatWasRejectedBeforeItWasServedOrElsewhereCanBeProbed() {
        assertThat(web(rejected(Scene.web(), 40, "set-web").served(20, 40, "10.0.2.4")))
                .containsEntry("probe-path-seen", "/");
        assertThat(web(rejected(Scene.web().served(20, 40, "10.0.2.4"), 5, "set-api")))
                .containsEntry("probe-path-seen", "/");
        assertThat(web(rejected(rejected(Scene.web(), 40, "set-web").served(20, 40, "10.0.2.4"), 5, "set-web")))
                .doesNotContainKey("probe-path-seen");
    }

    private static Scene rejected(Scene scene, int minutesBefore, String setting) {
        return scene.requests(
                minutesBefore,
                9,
                401,
                "{'BackendPoolName':'pool-web','BackendSettingName':'" + setting + "','ServerRouted':'10.0.2.4:80',"
                        + "'ServerStatus':'401','RequestUri':'/'}");
    }

    @Test
    void anUnusedProbeOfTheOtherProtocolDoesNotFit() {
        Scene scene = Scene.web()
                .setting("set-bare", "{'port':80,'protocol':'Http'}")
                .probe("spare", "{'protocol':'Https','host':'www.example.com','path':'/up'}");

        assertThat(values(scene, "set-bare", "10.0.2.4")).doesNotContainKey("unused-probe");
    }

    @Test
    void thePoolsOtherMembersLimitTheTimeToo() {
        Scene scene = Scene.v2()
                .pool("p", "10.0.2.4", "app.azurewebsites.net")
                .pool("other", "20.0.2.4")
                .setting("set-web", "{'port':80,'protocol':'Http','requestTimeout':200}")
                .setting("set-other", "{'port':80,'protocol':'Http','requestTimeout':200}")
                .rule("r", "p", "set-web")
                .rule("o", "other", "set-other");

        assertThat(values(scene, "set-web", "10.0.2.4")).containsEntry("new-limit", "230");
        assertThat(values(scene, "set-other", "")).containsEntry("new-limit", "240");
    }

    private static Finding finding(String name, String value) {
        return Finding.of(Source.DIRECT_PROBE, Target.server("10.0.3.4", "pool-shop"), "seen")
                .with(name, value);
    }

    private static Map<String, String> web(Scene scene) {
        return values(scene, "set-web", "10.0.2.4");
    }

    private static Map<String, String> shop(Scene scene) {
        return values(scene, "set-shop", "10.0.3.4");
    }

    private static Map<String, String> values(Scene scene, String setting, String server, Finding... findings) {
        Evidence evidence = scene.evidence();
        Gateway gateway = evidence.gateway().toOptional().orElseThrow();
        return RepairValues.of(evidence, gateway, gateway.setting(setting).orElseThrow(), server, List.of(findings));
    }
}
