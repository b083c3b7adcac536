package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import org.junit.jupiter.api.Test;

class BackendNotListeningTest {

    private static Scene silent() {
        return Scene.web().webHealth("Unhealthy", Scene.CANNOT_CONNECT).network();
    }

    private static String look(String connect) {
        return "[{'target':'10.0.2.4','scheme':'http','host':'www.example.com','path':'/health','connect':'" + connect
                + "'},{'target':'10.0.2.5','scheme':'http','host':'www.example.com','path':'/health','connect':'"
                + connect
                + "'}]";
    }

    @Test
    void shownByARefusalWhereEverythingLetsTheGatewayThrough() {
        Judging.of(new BackendNotListening(), silent().document(Source.DIRECT_PROBE, look("refused")))
                .isShown(Confidence.CONFIRMED)
                .forEach(finding -> {
                    assertThat(finding.target().kind()).isIn(Kind.SERVER, Kind.POOL);
                    assertThat(finding.target().at(Place.POOL)).contains("pool-web");
                });
    }

    @Test
    void onlyPossibleByAnOpenWayToAnAddressThatAnInterfaceHolds() {
        Scene held = silent().interfaceOf("nic-1", "10.0.2.4", "vm-1").interfaceOf("nic-2", "10.0.2.5", "vm-2");

        Judging.of(new BackendNotListening(), held)
                .cannotTellWithout(Source.BACKENDS, Source.ACCESS_LOG, Source.DIRECT_PROBE);
        assertThat(Judging.of(new BackendNotListening(), held.document(Source.ACTIVITY_LOG, "{'value':[]}"))
                        .isShown(Confidence.POSSIBLE))
                .as("nothing was stopped")
                .extracting(Finding::source)
                .contains(Source.BACKEND_HEALTH);
    }

    /** Requests may be served on their port while the probe's is closed. */
    @Test
    void openWhereTheProbeAsksAnotherPortAndNobodyLooked() {
        Scene held = Scene.v2()
                .pool("pool-web", "10.0.2.4", "10.0.2.5")
                .probe("probe-web", "{'host':'www.example.com','path':'/health','protocol':'Http','port':8081}")
                .setting(
                        "set-web",
                        "{'port':80,'protocol':'Http','probe':{'id':'" + Scene.GATEWAY + "/probes/probe-web'}}")
                .rule("rule-web", "pool-web", "set-web")
                .webHealth("Unhealthy", Scene.CANNOT_CONNECT)
                .network()
                .interfaceOf("nic-1", "10.0.2.4", "vm-1")
                .interfaceOf("nic-2", "10.0.2.5", "vm-2");

        Judging.of(new BackendNotListening(), held).cannotTellWithout(Source.ACCESS_LOG, Source.DIRECT_PROBE);
        Judging.of(new ProbePortOrProtocolMismatch(), held)
                .cannotTellWithout(Source.ACCESS_LOG, Source.BACKENDS, Source.ON_DEMAND_HEALTH, Source.DIRECT_PROBE);
    }

    @Test
    void openWhileNothingShowsThatAnythingHoldsTheAddress() {
        Judging.of(new BackendNotListening(), silent())
                .cannotTellWithout(Source.BACKENDS, Source.ACCESS_LOG, Source.DIRECT_PROBE);
    }

    @Test
    void notShownWhereARuleDropsThePackets() {
        Judging.of(new BackendNotListening(), silent().group("snet-web", "nsg-web", "no-more 300 Inbound Deny * * *"))
                .isNotShown();
    }

    @Test
    void notShownByAServerThatAnsweredTheProbe() {
        Judging.of(
                        new BackendNotListening(),
                        Scene.web()
                                .webHealth(
                                        "Unhealthy",
                                        "Received invalid status code: 404 in the backend server's HTTP response.")
                                .network())
                .isNotShown();
    }
}
