package dev.triage502.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecidingSourcesTest {

    private static final String RECEIVED_403 =
            "Received invalid status code: 403 in the backend server's HTTP response.";

    private static Map<String, String> values(Scene scene) {
        return new DecidingSources(scene.evidence()).values();
    }

    private static Scene silent() {
        return Scene.web().webHealth("Unhealthy", Scene.TIMED_OUT);
    }

    @Test
    void whatStandsOnTheWayDecidesWhereServersAreSilent() {
        assertThat(values(silent().refused(Source.NETWORK).refused(Source.BACKENDS)))
                .containsEntry("deciding", "network and backends");
    }

    @Test
    void healthDecidesFirstWhereItIsWhatWasRefused() {
        Scene scene = Scene.web().refused(Source.BACKEND_HEALTH).network();

        assertThat(values(scene).get("deciding")).startsWith("backend health");
    }

    /** What nobody tried to read is not what could not be read. */
    @Test
    void whatWasRefusedIsNamedBeforeWhatNobodyCollected() {
        assertThat(values(silent().refused(Source.BACKENDS)))
                .containsEntry("deciding", "backends")
                .doesNotContainKey("uncollected");
        assertThat(values(silent()))
                .containsEntry("uncollected", "network and backends")
                .doesNotContainKey("deciding");
    }

    /** A server that answers is reached: what it answered is the news, and no rule on the way is asked for. */
    @Test
    void whatServersAnswerIsToldWhereItIsNotKnownWhatTheyAreAsked() {
        Scene scene = Scene.web().webHealth("Unhealthy", RECEIVED_403).refused(Source.GATEWAY);

        assertThat(values(scene))
                .containsEntry("deciding", "gateway")
                .containsEntry("answering-servers", "10.0.2.4 and 10.0.2.5")
                .containsEntry("probe-answer", "403");
    }

    @Test
    void oneServerThatAnswersIsNamedAlone() {
        Scene scene = Scene.web()
                .health("pool-web", "set-web", "10.0.2.4", "Unhealthy", RECEIVED_403)
                .health("pool-web", "set-web", "10.0.2.5", "Healthy", "Success");

        assertThat(values(scene)).containsEntry("answering-server", "10.0.2.4").doesNotContainKey("answering-servers");
    }

    @Test
    void noAnswerIsToldOfServersThatDiffer() {
        Scene scene = Scene.web()
                .health("pool-web", "set-web", "10.0.2.4", "Unhealthy", RECEIVED_403)
                .health("pool-web", "set-web", "10.0.2.5", "Unhealthy", Scene.TIMED_OUT);

        assertThat(values(scene)).doesNotContainKeys("answering-server", "answering-servers", "probe-answer");
    }

    /** The probe is green for a name of its own: the name that clients bring may be the reason, or the handshake. */
    @Test
    void aLookAtTheServersDecidesWhereNoTlsSessionComesAbout() {
        Scene scene = Scene.v2()
                .shop("'requestTimeout':30", "'host':'shop.internal','path':'/'", "10.0.3.4")
                .health("pool-shop", "set-shop", "10.0.3.4", "Healthy", "Success")
                .requests(
                        9,
                        40,
                        502,
                        "{'BackendPoolName':'pool-shop','BackendSettingName':'set-shop','ServerRouted':'10.0.3.4:443',"
                                + "'OriginalHost':'shop.example.com','BackendSslProtocol':'',"
                                + "'ErrorInfo':'ERRORINFO_UPSTREAM_CLOSED_CONNECTION'}");

        assertThat(values(scene)).containsEntry("uncollected", "direct probe");
        assertThat(values(scene.document(Source.DIRECT_PROBE, "[]"))).doesNotContainKey("uncollected");
    }

    @Test
    void requestsThatEndBeforeTheirTimeAreQuotedAndTheServerTheyWentToIsAsked() {
        Scene scene = Scene.web()
                .webHealth("Healthy", "Success")
                .served(20, 50, "10.0.2.4")
                .failed(9, 6, 504, "ERRORINFO_UPSTREAM_TIMED_OUT", "10.0.2.5", 21);

        assertThat(new DecidingSources(scene.evidence()).seen())
                .singleElement()
                .satisfies(found -> assertThat(found.text()).contains("6 requests", "21.0 s", "set-web"));
        assertThat(new FaultValues(scene.evidence()).ofSuspect())
                .containsEntry("server", "10.0.2.5")
                .containsEntry("port", "80");
    }

    @Test
    void whereAllThatDecidesWasReadTheServersThatAreSilentAreNamed() {
        Scene scene = silent().network()
                .document(Source.BACKENDS, "{'virtualMachines':[]}")
                .document(Source.DIRECT_PROBE, "[]");

        assertThat(values(scene))
                .doesNotContainKey("deciding")
                .containsEntry("silent-servers", "10.0.2.4 and 10.0.2.5");
    }

    @Test
    void oneServerThatIsSilentIsNamedAlone() {
        Scene scene = Scene.web()
                .health("pool-web", "set-web", "10.0.2.4", "Unhealthy", Scene.TIMED_OUT)
                .health("pool-web", "set-web", "10.0.2.5", "Healthy", "Success")
                .network()
                .document(Source.BACKENDS, "{'virtualMachines':[]}")
                .document(Source.DIRECT_PROBE, "[]");

        assertThat(values(scene)).containsEntry("silent-server", "10.0.2.4").doesNotContainKey("silent-servers");
    }

    @Test
    void whatFailsItsProbeIsToldWithTheProbesWords() {
        Scene scene = Scene.web()
                .health("pool-web", "set-web", "10.0.2.4", "Unhealthy", Scene.TIMED_OUT)
                .health("pool-web", "set-web", "10.0.2.5", "Healthy", "Success");

        assertThat(new DecidingSources(scene.evidence()).unhealthy())
                .singleElement()
                .satisfies(finding -> assertThat(finding.text()).startsWith("10.0.2.4 is Unhealthy: \""));
        assertThat(new FaultValues(scene.evidence()).ofSuspect()).containsEntry("unhealthy-server", "10.0.2.4");
        assertThat(new FaultValues(Scene.web().webHealth("Healthy", "Success").evidence()).ofSuspect())
                .doesNotContainKey("unhealthy-server");
    }

    @Test
    void whatWasRefusedBesideItIsNotToBlame() {
        Scene scene = silent().network()
                .document(Source.BACKENDS, "{'virtualMachines':[]}")
                .document(Source.DIRECT_PROBE, "[]")
                .refused(Source.METRICS)
                .refused(Source.RESOURCE_HEALTH);

        assertThat(values(scene)).doesNotContainKey("deciding");
    }

    @Test
    void theLogDecidesWhereEveryServerIsHealthy() {
        Scene scene = Scene.web()
                .webHealth("Healthy", "Success. Received 200 status code")
                .refused(Source.ACCESS_LOG);

        assertThat(values(scene)).containsEntry("deciding", "access log");
    }

    @Test
    void theServiceItselfDecidesWhereItAnswers403() {
        Scene app = Scene.v2()
                .shop("'hostName':'a.azurewebsites.net'", "'path':'/'", "a.azurewebsites.net")
                .health("pool-shop", "set-shop", "a.azurewebsites.net", "Unhealthy", RECEIVED_403)
                .network();

        assertThat(values(app)).containsEntry("uncollected", "backends");
        assertThat(BackendPages.of(app.evidence())).isEqualTo("backends-app-service");
        assertThat(BackendPages.of(silent().evidence())).isEqualTo("backends");
    }

    @Test
    void theProbesWordsStandBesideWhatDirectLooksAtTheSameServersGot() {
        Scene scene = silent().look("{'target':'10.0.2.4:80','scheme':'http','path':'/a','connect':'ok','status':404}")
                .look("{'target':'10.0.2.4:80','scheme':'http','path':'/','connect':'ok'}")
                .look("{'target':'10.0.2.5:80','scheme':'http','path':'/','connect':'refused'}")
                .look("{'target':'10.0.2.5:80','scheme':'http','path':'/','connect':'timeout'}")
                .look("{'target':'10.0.2.9:80','scheme':'http','path':'/','connect':'refused'}");

        assertThat(seen(scene))
                .hasSize(6)
                .anyMatch(text -> text.startsWith("10.0.2.4 is Unhealthy: \""))
                .anyMatch(text -> text.startsWith("10.0.2.5 is Unhealthy: \""))
                .contains(
                        "10.0.2.4:80 returns 404 for /a in a direct request",
                        "10.0.2.4:80 accepts a direct connection",
                        "10.0.2.5:80 refuses a direct connection",
                        "10.0.2.5:80 does not respond to a direct connection");
    }

    private static List<String> seen(Scene scene) {
        return new DecidingSources(scene.evidence())
                .seen().stream().map(Finding::text).toList();
    }

    @Test
    void theLogIsNotAskedForWhereServersFail() {
        Scene scene = silent().network()
                .document(Source.BACKENDS, "{'virtualMachines':[]}")
                .document(Source.DIRECT_PROBE, "[]")
                .refused(Source.ACCESS_LOG);

        assertThat(values(scene)).doesNotContainKey("deciding");
    }

    @Test
    void aLookDecidesWhereServersFailAndAllElseWasRead() {
        Scene scene = silent().network()
                .document(Source.BACKENDS, "{'virtualMachines':[]}")
                .refused(Source.DIRECT_PROBE);

        assertThat(values(scene)).containsEntry("deciding", "direct probe");
    }

    @Test
    void ofManySilentServersTheFirstIsNamedAndTheOthersAreCounted() {
        Scene scene = silent().health("pool-web", "set-web", "10.0.2.6", "Unhealthy", Scene.TIMED_OUT)
                .health("pool-web", "set-web", "10.0.2.7", "Unhealthy", RECEIVED_403)
                .network()
                .document(Source.BACKENDS, "{'virtualMachines':[]}")
                .document(Source.DIRECT_PROBE, "[]");

        assertThat(values(scene)).containsEntry("silent-servers", "10.0.2.4 and 2 more servers");
    }
}
