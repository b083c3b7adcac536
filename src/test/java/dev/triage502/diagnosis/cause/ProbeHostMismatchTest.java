package dev.triage502.diagnosis.cause;

import static dev.triage502.diagnosis.cause.ProbeScenes.look;
import static dev.triage502.diagnosis.cause.ProbeScenes.received;
import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbeHostMismatchTest {

    private static final String APP = "shop-prod.azurewebsites.net";

    @Test
    void shownWhereTheSamePathAnswersToAnotherHost() {
        List<Finding> findings = judge(one(404).look(look("www.example.com", "/health", 404))
                        .look(look("shop.internal", "/health", 200)))
                .isShown(Confidence.CONFIRMED);

        assertThat(findings)
                .anyMatch(each -> "shop.internal".equals(each.values().get("served-host")));
        assertThat(findings)
                .extracting(Finding::text)
                .contains(
                        "probe-web sends host www.example.com to 10.0.2.4",
                        "10.0.2.4 returns 200 for shop.internal/health");
    }

    @Test
    void shownWhereATestProbeFindsAnotherHostWell() {
        Scene scene = one(404).testProbe(
                        "shop.internal", "/health", "pool-web", "set-web", "10.0.2.4", "Healthy", ProbeScenes.SUCCESS);

        assertThat(judge(scene).isShown(Confidence.CONFIRMED))
                .extracting(Finding::source)
                .contains(Source.ON_DEMAND_HEALTH);
    }

    @Test
    void serversThatAnswerTheSameProbeAlikeShareTheReason() {
        Scene scene = Scene.web()
                .webHealth("Unhealthy", received(404))
                .look(look("www.example.com", "/health", 404))
                .look(look("shop.internal", "/health", 200));

        assertThat(judge(scene).isShown(Confidence.CONFIRMED))
                .flatExtracting(Finding::affects)
                .extracting(Target::name)
                .contains("10.0.2.4", "10.0.2.5");
        Judging.of(new ProbeStatusMismatch(), scene).isNotShown();
    }

    @Test
    void aServerThatAnswersWithAnotherStatusHasAReasonOfItsOwn() {
        Scene scene = Scene.web()
                .health("pool-web", "set-web", "10.0.2.4", "Unhealthy", received(404))
                .health("pool-web", "set-web", "10.0.2.5", "Unhealthy", received(401))
                .look(look("www.example.com", "/health", 404))
                .look(look("shop.internal", "/health", 200));

        judge(scene).isShown(Confidence.CONFIRMED);
        Judging.of(new ProbeStatusMismatch(), scene).isShown(Confidence.CONFIRMED);
    }

    @Test
    void aServerWhereTheOtherHostGetsAsLittleHasAReasonOfItsOwn() {
        Scene scene = Scene.web()
                .webHealth("Unhealthy", received(404))
                .look(look("www.example.com", "/health", 404))
                .look(look("shop.internal", "/health", 200))
                .look(look("shop.internal", "/health", 404).replace("10.0.2.4", "10.0.2.5"));

        assertThat(judge(scene).isShown(Confidence.CONFIRMED))
                .flatExtracting(Finding::affects)
                .extracting(Target::name)
                .doesNotContain("10.0.2.5");
    }

    @Test
    void cannotTellByA404Alone() {
        judge(one(404))
                .cannotTellWithout(Source.DIRECT_PROBE, Source.ACCESS_LOG, Source.BACKENDS, Source.ON_DEMAND_HEALTH);
    }

    /** The probe asks for a name that no request is served for; where some are, its path is what is wrong. */
    @Test
    void possibleWhereRequestsAreServedForOtherHostsOnly() {
        String served = "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.4:80',"
                + "'ServerStatus':'200','RequestUri':'/','Host':'%s'}";

        judge(one(404).requests(20, 9, 200, served.formatted("shop.internal"))).isShown(Confidence.POSSIBLE);
        judge(one(404).requests(20, 9, 200, served.formatted("shop.internal"))
                        .requests(20, 9, 200, served.formatted("www.example.com")))
                .cannotTellWithout(Source.DIRECT_PROBE, Source.BACKENDS, Source.ON_DEMAND_HEALTH);
        judge(one(404).requests(20, 9, 200, served.formatted("shop.internal"))
                        .requests(20, 9, 200, served.formatted("*")))
                .cannotTellWithout(Source.DIRECT_PROBE, Source.BACKENDS, Source.ON_DEMAND_HEALTH);
    }

    @Test
    void notShownWhereAnotherPathAnswers() {
        judge(one(404).look(look("www.example.com", "/", 200))).isNotShown();
    }

    @Test
    void notShownWhereAnotherHostGetsAsLittle() {
        assertThat(judge(one(404).look(look("shop.internal", "/health", 404))).isNotShown())
                .extracting(Finding::text)
                .containsExactly("10.0.2.4 returns 404 for shop.internal/health");
    }

    /** Then the look-out sees another backend than the gateway does, and the host is not the matter. */
    @Test
    void notShownWhereTheProbesOwnHostIsServedFromElsewhere() {
        judge(one(404).look(look("www.example.com", "/health", 200)).look(look("shop.internal", "/health", 200)))
                .isNotShown();
    }

    @Test
    void shownByAnAppThatIsAskedForANameThatIsNoneOfItsOwn() {
        Scene scene = app("'host':'www.example.com','path':'/'")
                .health("pool-shop", "set-shop", APP, "Unhealthy", received(404))
                .document(Source.BACKENDS, site(APP));

        assertThat(judge(scene).isShown(Confidence.CONFIRMED).get(0).values())
                .containsEntry("site", "shop-prod")
                .containsEntry("backend-resource-group", "rg-shop");
    }

    @Test
    void onlyLikelyWhereTheAppsOtherNamesWereNotRead() {
        Scene scene = app("'host':'www.example.com','path':'/'")
                .health("pool-shop", "set-shop", APP, "Unhealthy", received(404));

        judge(scene).isShown(Confidence.LIKELY);
        Judging.of(new ProbeStatusMismatch(), scene).isNotShown();
    }

    @Test
    void notShownByAnAppThatIsAskedForADomainOfItsOwn() {
        Scene scene = app("'host':'www.example.com','path':'/'")
                .health("pool-shop", "set-shop", APP, "Unhealthy", received(404))
                .document(Source.BACKENDS, site(APP + "','www.example.com"));

        judge(scene).isNotShown();
        Judging.of(new ProbeStatusMismatch(), scene).isShown(Confidence.CONFIRMED);
    }

    /** The member is an address, and only the answer tells that it is a platform that serves by name. */
    @Test
    void likelyByAnAnswerThatSaysThatThereIsNoSuchHost() {
        Scene scene = one(404).look(look("www.example.com", "/health", 404)
                .replace("}", ",'body':'This Container App is stopped or does not exist.'}"));

        assertThat(judge(scene).isShown(Confidence.LIKELY))
                .extracting(Finding::source)
                .contains(Source.BACKEND_HEALTH, Source.GATEWAY, Source.DIRECT_PROBE);
    }

    /** The same answer for the app's own name says that the app is stopped. */
    @Test
    void notShownByAnAppThatDoesNotExistByItsOwnName() {
        String own = "shop.happyrock.westeurope.azurecontainerapps.io";
        Scene scene = Scene.v2()
                .shop("'port':443", "'host':'" + own + "','path':'/'", own)
                .health("pool-shop", "set-shop", own, "Unhealthy", received(404))
                .look("{'target':'" + own + "','scheme':'https','host':'" + own + "','path':'/','status':404,"
                        + "'body':'This Container App is stopped or does not exist.'}");

        judge(scene).isNotShown();
    }

    /** An app that refuses access answers 403, whatever the host. */
    @Test
    void notShownByAnAppThatRefusesAccess() {
        Scene scene = app("'host':'www.example.com','path':'/'")
                .health("pool-shop", "set-shop", APP, "Unhealthy", received(403));

        judge(scene).isNotShown();
    }

    /** API Management answers 404 for want of a path; its other names are no document of ours. */
    @Test
    void notShownByAGatewayOfApisThatIsAskedForAPathThatItDoesNotServe() {
        Scene scene = Scene.v2()
                .shop("'port':443", "'host':'api.example.com','path':'/'", "shop.azure-api.net")
                .health("pool-shop", "set-shop", "shop.azure-api.net", "Unhealthy", received(404));

        judge(scene).isNotShown();
    }

    @Test
    void notShownWhereTheDefaultProbeIsAtWork() {
        Scene scene = ProbeScenes.defaultProbe()
                .health("pool-web", "set-web", "10.0.2.4", "Unhealthy", received(404))
                .look(look("shop.internal", "/", 200));

        judge(scene).isNotShown();
    }

    /** Clients' requests carry their own host to this setting, so only the probe is wrong. */
    @Test
    void namesTheProbeWhereLiveRequestsCarryAnotherHost() {
        Target target = judge(one(404).look(look("shop.internal", "/health", 200)))
                .isShown(Confidence.CONFIRMED)
                .get(0)
                .target();

        assertThat(target.kind()).isEqualTo(Kind.PROBE);
        assertThat(target.name()).isEqualTo("probe-web");
        assertThat(target.at(Place.SETTING)).contains("set-web");
    }

    @Test
    void namesTheSettingWhereTheProbePicksTheHostFromIt() {
        Target target = target("'hostName':'www.example.com'", "'pickHostNameFromBackendHttpSettings':true,'path':'/'");

        assertThat(target.kind()).isEqualTo(Kind.SETTING);
        assertThat(target.at(Place.PROBE)).contains("probe-shop");
    }

    @Test
    void namesTheSettingWhereClientsComeByTheProbesHost() {
        assertThat(target("'port':443", "'host':'rule-shop.example.com','path':'/'")
                        .kind())
                .isEqualTo(Kind.SETTING);
    }

    @Test
    void namesTheSettingWhereItSendsTheSameHostAsTheProbe() {
        assertThat(target("'hostName':'www.example.com'", "'host':'www.example.com','path':'/'")
                        .kind())
                .isEqualTo(Kind.SETTING);
    }

    /** The probe asks for a host that is served, live requests carry one that is not. */
    @Test
    void shownByLiveRequestsThatFailForTheHostTheyCarry() {
        Scene scene = Scene.web()
                .webHealth("Healthy", ProbeScenes.SUCCESS)
                .requests(9, 30, 502, own("shop.example.com"))
                .look(look("shop.example.com", "/health", 502))
                .look(look("www.example.com", "/health", 200));

        Finding finding = judge(scene).isShown(Confidence.CONFIRMED).get(0);

        assertThat(finding.target().kind()).isEqualTo(Kind.SETTING);
        assertThat(finding.suffering()).extracting(Target::name).containsExactly("10.0.2.4");
        Judging.of(new BackendReturnsError(), scene).isNotShown();
    }

    @Test
    void likelyByLiveRequestsForTheProbesPathThatFailWhileTheProbePasses() {
        Scene scene =
                Scene.web().webHealth("Healthy", ProbeScenes.SUCCESS).requests(9, 30, 502, own("shop.example.com"));

        judge(scene).isShown(Confidence.LIKELY);
    }

    @Test
    void possibleByLooksWhereBackendHealthWasNotRead() {
        Scene scene =
                Scene.web().look(look("www.example.com", "/health", 404)).look(look("shop.internal", "/health", 200));

        judge(scene).isShown(Confidence.POSSIBLE);
    }

    @Test
    void notShownWhenTheBackendsAreHealthy() {
        judge(Scene.web().webHealth("Healthy", ProbeScenes.SUCCESS)).isNotShown();
    }

    @Test
    void cannotTellWhenNothingCouldBeRead() {
        judge(Scene.unread())
                .cannotTellWithout(
                        Source.GATEWAY,
                        Source.BACKEND_HEALTH,
                        Source.ACCESS_LOG,
                        Source.BACKENDS,
                        Source.ON_DEMAND_HEALTH,
                        Source.DIRECT_PROBE);
    }

    private static Scene one(int status) {
        return Scene.web().health("pool-web", "set-web", "10.0.2.4", "Unhealthy", received(status));
    }

    private static Scene app(String probe) {
        return Scene.v2().shop("'port':443", probe, APP);
    }

    private static Target target(String setting, String probe) {
        Scene scene =
                Scene.v2().shop(setting, probe, APP).health("pool-shop", "set-shop", APP, "Unhealthy", received(404));
        return judge(scene).isShown(Confidence.LIKELY).get(0).target();
    }

    private static String own(String host) {
        return "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.4:80',"
                + "'ServerStatus':'502','ErrorInfo':'ERRORINFO_NO_ERROR','RequestUri':'/health','Host':'" + host
                + "','OriginalHost':'" + host + "'}";
    }

    private static String site(String names) {
        return "{'sites':[{'id':'" + Scene.GROUP + "/providers/Microsoft.Web/sites/shop-prod','name':'shop-prod',"
                + "'properties':{'state':'Running','hostNames':['" + names + "']}}]}";
    }

    private static Judging judge(Scene scene) {
        return Judging.of(new ProbeHostMismatch(), scene);
    }
}
