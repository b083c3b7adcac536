package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import org.junit.jupiter.api.Test;

class BackendAddressUnreachableTest {

    private static Scene at(String address) {
        return Scene.v2()
                .pool("pool-web", address)
                .setting("set-web", "{'port':80,'protocol':'Http'}")
                .rule("rule-web", "pool-web", "set-web")
                .health("pool-web", "set-web", address, "Unhealthy", Scene.TIMED_OUT)
                .network();
    }

    @Test
    void shownByAnAddressInNoConnectedNetwork() {
        Finding finding = Judging.of(new BackendAddressUnreachable(), at("10.77.2.4"))
                .isShown(Confidence.CONFIRMED)
                .get(0);

        assertThat(finding.text()).contains("10.77.2.4");
        assertThat(finding.target().at(Place.POOL)).contains("pool-web");
        assertThat(finding.target().kind()).isEqualTo(Kind.POOL);
    }

    @Test
    void shownByAPrivateEndpointThatNobodyApproved() {
        Scene scene = at("10.0.2.9")
                .networkArray(
                        "privateEndpoints",
                        "[{'id':'" + Scene.GROUP + "/providers/Microsoft.Network/privateEndpoints/pe-db','properties':{"
                                + "'customDnsConfigs':[{'fqdn':'db.example.com','ipAddresses':['10.0.2.9']}],"
                                + "'manualPrivateLinkServiceConnections':[{'properties':{'privateLinkServiceId':'"
                                + Scene.GROUP + "/providers/Microsoft.Network/privateLinkServices/pls-db',"
                                + "'privateLinkServiceConnectionState':{'status':'Pending'}}}]}}]");

        Finding finding = Judging.of(new BackendAddressUnreachable(), scene)
                .isShown(Confidence.CONFIRMED)
                .get(0);

        assertThat(finding.text())
                .contains("private endpoint pe-db, whose connection to pls-db is Pending, not Approved");
        assertThat(finding.values())
                .containsEntry(
                        "private-link-service-id",
                        Scene.GROUP + "/providers/Microsoft.Network/privateLinkServices/pls-db");
    }

    @Test
    void notShownByAnAddressInTheGatewaysOwnNetwork() {
        Judging.of(new BackendAddressUnreachable(), at("10.0.2.4")).isNotShown();
    }

    @Test
    void cannotTellWhenTheNetworkWasRefused() {
        Judging.of(new BackendAddressUnreachable(), at("10.77.2.4").refused(Source.NETWORK))
                .cannotTellWithout(Source.NETWORK, Source.ACCESS_LOG, Source.BACKENDS);
    }
}
