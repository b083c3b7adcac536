package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Diagnosis;
import dev.triage502.diagnosis.Diagnostician;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All causes at once: what is named where several are shown, and what one is told to change. */
class CausesTogetherTest {

    private static final String VM = Scene.GROUP + "/providers/Microsoft.Compute/virtualMachines/vm-web";
    private static final String STOPPED = "{'virtualMachines':[{'name':'vm-web','id':'" + VM
            + "','properties':{'instanceView':{'statuses':[{'code':'PowerState/deallocated','displayStatus':"
            + "'VM deallocated'}]}}}]}";

    private static Diagnosis diagnose(Scene scene) {
        return new Diagnostician(Causes.IN_ORDER).diagnose(scene.incident(), scene.evidence());
    }

    private static Scene failing(Scene scene) {
        return scene.failed(5, 40, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0);
    }

    /** {@link Scene#web()} with its network, whose servers do not answer their probes in time. */
    private static Scene silent() {
        return failing(Scene.web().network().webHealth("Unhealthy", Scene.TIMED_OUT));
    }

    private static void assertRoot(Diagnosis diagnosis, String cause, Kind kind, String name) {
        assertThat(diagnosis.root().id()).isEqualTo(cause);
        assertThat(diagnosis.root().target()).hasValueSatisfying(target -> {
            assertThat(target.kind()).isEqualTo(kind);
            assertThat(target.name()).isEqualTo(name);
        });
    }

    @Test
    void stoppedMachinesAreNamedAndNotTheProbesThatTimeOut() {
        Scene scene = silent().interfaceOf("nic-4", "10.0.2.4", VM)
                .interfaceOf("nic-5", "10.0.2.5", VM)
                .document(Source.BACKENDS, STOPPED);

        assertRoot(diagnose(scene), "backends-stopped", Kind.POOL, "pool-web");
        assertThat(diagnose(scene).contributing())
                .as("no symptom stands beside it")
                .isEmpty();
    }

    @Test
    void anNsgIsNamedAndNotTheProbesThatTimeOut() {
        Scene scene = silent().group("snet-web", "nsg-web", "block 200 Inbound Deny * * 80");

        assertRoot(diagnose(scene), "nsg-blocks-backend", Kind.NSG_RULE, "block");
        assertThat(diagnose(scene).contributing())
                .as("no symptom stands beside it")
                .isEmpty();
    }

    @Test
    void aRouteIsNamedAndNotTheProbesThatTimeOut() {
        Scene scene = silent().routes("snet-agw", "rt-agw", "hole 10.0.2.0/24 None");

        assertRoot(diagnose(scene), "route-diverts-backend-traffic", Kind.ROUTE, "hole");
        assertThat(diagnose(scene).contributing())
                .as("no symptom stands beside it")
                .isEmpty();
    }

    @Test
    void anAddressToWhichNoRouteLeadsIsNamedAndNotTheProbesThatTimeOut() {
        Scene scene = failing(Scene.v2()
                .network()
                .pool("pool-web", "172.20.1.4")
                .setting("set-web", "{'port':80,'protocol':'Http'}")
                .probe("probe-web", "{'protocol':'Http','host':'www.example.com','path':'/','timeout':30}")
                .rule("rule-web", "pool-web", "set-web")
                .health("pool-web", "set-web", "172.20.1.4", "Unhealthy", Scene.TIMED_OUT));

        assertRoot(diagnose(scene), "backend-address-unreachable", Kind.POOL, "pool-web");
        assertThat(diagnose(scene).contributing())
                .as("no symptom stands beside it")
                .isEmpty();
    }

    @Test
    void serversThatRefuseAreThePoolsFault() {
        String refused = "{'target':'%s','scheme':'http','host':'www.example.com','path':'/','connect':'refused'}";
        Scene scene = failing(Scene.web().network().webHealth("Unhealthy", Scene.CANNOT_CONNECT))
                .look(refused.formatted("10.0.2.4"))
                .look(refused.formatted("10.0.2.5"));

        assertRoot(diagnose(scene), "backend-not-listening", Kind.POOL, "pool-web");
    }

    @Test
    void aProbeThatTimesOutAloneIsTheProbesFault() {
        Scene scene = silent().look(
                        "{'target':'10.0.2.4','scheme':'http','host':'www.example.com','path':'/health','status':200,"
                                + "'elapsedMs':45000}");

        assertRoot(diagnose(scene), "probe-timeout", Kind.PROBE, "probe-web");
    }

    @ParameterizedTest
    @CsvSource({
        "EXPIRED,backend-certificate-expired",
        "NAME,backend-certificate-name-mismatch",
        "CHAIN,backend-certificate-chain-incomplete",
        "UNTRUSTED,backend-certificate-untrusted"
    })
    void certificatesAreToldAtTheSettingThatChecksThem(String text, String cause) {
        String log = switch (text) {
            case "EXPIRED" -> TlsScenes.EXPIRED;
            case "NAME" -> TlsScenes.NAME;
            case "CHAIN" -> TlsScenes.CHAIN;
            default -> TlsScenes.UNTRUSTED;
        };

        assertRoot(diagnose(Scene.shop().shopHealth("Unhealthy", log)), cause, Kind.SETTING, "set-shop");
    }

    @Test
    void aHandshakeThatServersBreakOffIsToldAtTheSetting() {
        Scene scene = Scene.shop()
                .shopHealth("Unhealthy", TlsScenes.CONNECTION_ERROR)
                .look(TlsScenes.brokenOff("sslv3 alert handshake failure"));

        assertRoot(diagnose(scene), "backend-tls-handshake-failed", Kind.SETTING, "set-shop");
    }

    @Test
    void aStatusThatTheProbeDoesNotTakeIsToldAtTheProbe() {
        Scene scene = failing(Scene.web().webHealth("Unhealthy", ProbeScenes.received(404)));

        assertRoot(diagnose(scene), "probe-status-mismatch", Kind.PROBE, "probe-web");
    }

    @Test
    void aStatusThatTheDefaultProbeDoesNotTakeIsToldAtTheSetting() {
        Scene scene = failing(ProbeScenes.defaultProbe().webHealth("Unhealthy", ProbeScenes.received(404)));

        assertRoot(diagnose(scene), "default-probe-rejected", Kind.SETTING, "set-web");
    }

    @Test
    void aStoppedGatewayIsNamedAndNotWhatItsServersSeemToSuffer() {
        Scene scene = silent().gatewayProperty("operationalState", "'Stopped'");

        assertRoot(diagnose(scene), "gateway-not-running", Kind.GATEWAY, "agw-shop");
        assertThat(diagnose(scene).contributing())
                .as("no symptom stands beside it")
                .isEmpty();
    }

    @Test
    void aPlatformEventAndExhaustedCapacityAreTheGateways() {
        Scene event = failing(Scene.web())
                .resourceHealth("{'availabilityState':'Unavailable','healthEventCause':'PlatformInitiated',"
                        + "'summary':'We are on it'}");
        Scene capacity = failing(Scene.web()).metric("CurrentConnections", "total", List.of(), 1000, 20000, 49500);

        assertRoot(diagnose(event), "platform-event", Kind.GATEWAY, "agw-shop");
        assertRoot(diagnose(capacity), "gateway-capacity-exhausted", Kind.GATEWAY, "agw-shop");
    }

    @Test
    void aRefusedUpdateIsTheGatewaysAndStandsAboveTheAddressesThatItLeftStale() {
        Scene scene = silent().gatewayProperty("provisioningState", "'Failed'")
                .activity(30, "Microsoft.Network/applicationGateways/write", Scene.GATEWAY, "controller-one", "Failed");

        assertRoot(diagnose(scene), "configuration-not-applied", Kind.GATEWAY, "agw-shop");
    }

    @Test
    void errorsThatAServerReturnsAreItsOwnAndNotATimeout() {
        Scene scene = Scene.web()
                .webHealth("Healthy", ProbeScenes.SUCCESS)
                .requests(
                        9,
                        40,
                        500,
                        "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.4:80',"
                                + "'ServerStatus':'500','ErrorInfo':'ERRORINFO_NO_ERROR','RequestUri':'/cart'}")
                .failed(8, 4, 504, "ERRORINFO_UPSTREAM_TIMED_OUT", "10.0.2.4", 30)
                .served(9, 400, "10.0.2.5");

        assertRoot(diagnose(scene), "backend-returns-error", Kind.SERVER, "10.0.2.4");
        assertThat(diagnose(scene).root().share())
                .as("the timeouts are not counted with it")
                .contains(40L);
    }

    @Test
    void connectionsThatAServerClosesAreItsOwn() {
        Scene scene = Scene.web()
                .webHealth("Healthy", ProbeScenes.SUCCESS)
                .failed(9, 40, 502, "ERRORINFO_UPSTREAM_CLOSED_CONNECTION", "10.0.2.4", 0.002)
                .requests(
                        5,
                        400,
                        200,
                        "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.4:80',"
                                + "'ServerStatus':'200','ErrorInfo':'ERRORINFO_NO_ERROR','RequestUri':'/cart',"
                                + "'Host':'www.example.com','OriginalHost':'www.example.com'}");

        assertRoot(diagnose(scene), "backend-closes-connection", Kind.SERVER, "10.0.2.4");
    }

    @Test
    void requestsThatAreCutOffAreToldAtTheSetting() {
        Scene scene = Scene.web()
                .webHealth("Healthy", ProbeScenes.SUCCESS)
                .failed(9, 40, 504, "ERRORINFO_UPSTREAM_TIMED_OUT", "10.0.2.4", 30.02)
                .served(8, 400, "10.0.2.4");

        assertRoot(diagnose(scene), "request-timeout", Kind.SETTING, "set-web");
    }
}
