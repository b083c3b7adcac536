package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import org.junit.jupiter.api.Test;

class BackendNameResolvesElsewhereTest {

    private static final String APP = Scene.GROUP + "/providers/Microsoft.Web/sites/web-shop";

    /** A private endpoint at 10.0.2.9 for the app; its zone is linked to the gateway's network or not. */
    private static Scene moved(boolean linked) {
        String zone = Scene.GROUP + "/providers/Microsoft.Network/privateDnsZones/privatelink.azurewebsites.net";
        String link = "{'name':'link','id':'" + zone + "/virtualNetworkLinks/link','type':"
                + "'Microsoft.Network/privateDnsZones/virtualNetworkLinks','properties':{'virtualNetwork':{'id':'"
                + Scene.VNET
                + "'},'virtualNetworkLinkState':'Completed'}},";
        return Scene.v2()
                .pool("pool-web", "web-shop.azurewebsites.net")
                .setting("set-web", "{'port':443,'protocol':'Https','pickHostNameFromBackendAddress':true}")
                .rule("rule-web", "pool-web", "set-web")
                .health(
                        "pool-web",
                        "set-web",
                        "web-shop.azurewebsites.net",
                        "Unhealthy",
                        "Received invalid status code: 403 in the backend server's HTTP response.")
                .network()
                .networkArray(
                        "privateDnsZones",
                        "[{'name':'privatelink.azurewebsites.net','id':'" + zone
                                + "','type':'Microsoft.Network/privateDnsZones','properties':{}},"
                                + (linked ? link : "")
                                + "{'name':'web-shop','id':'" + zone
                                + "/A/web-shop','type':'Microsoft.Network/privateDnsZones/A','properties':{'aRecords':[{"
                                + "'ipv4Address':'10.0.2.9'}]}}]")
                .networkArray(
                        "privateEndpoints",
                        "[{'name':'pe','id':'" + Scene.GROUP
                                + "/providers/Microsoft.Network/privateEndpoints/pe','properties':{"
                                + "'privateLinkServiceConnections':[{'properties':{'privateLinkServiceId':'" + APP
                                + "','privateLinkServiceConnectionState':{'status':'Approved'}}}],'customDnsConfigs':[{"
                                + "'fqdn':'web-shop.azurewebsites.net','ipAddresses':['10.0.2.9']}]}}]");
    }

    @Test
    void shownByAnEndpointWhoseZoneTheGatewaysNetworkDoesNotAsk() {
        Finding finding = Judging.of(new BackendNameResolvesElsewhere(), moved(false))
                .isShown(Confidence.CONFIRMED)
                .get(0);

        assertThat(finding.target().name()).isEqualTo("web-shop.azurewebsites.net");
        assertThat(finding.target().kind()).isEqualTo(Kind.SERVER);
        assertThat(finding.target().at(Place.POOL)).contains("pool-web");
        assertThat(finding.source()).isEqualTo(Source.NETWORK);
    }

    @Test
    void notShownByANameThatLeadsToTheServerThatIsAsked() {
        Scene scene = moved(true)
                .requests(
                        5,
                        9,
                        403,
                        "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.9:443',"
                                + "'ServerStatus':'403'}");

        Judging.of(new BackendNameResolvesElsewhere(), scene).isNotShown();
    }

    @Test
    void notShownByMembersThatAreAddresses() {
        Judging.of(
                        new BackendNameResolvesElsewhere(),
                        Scene.web().webHealth("Unhealthy", Scene.CANNOT_CONNECT).network())
                .isNotShown();
    }
}
