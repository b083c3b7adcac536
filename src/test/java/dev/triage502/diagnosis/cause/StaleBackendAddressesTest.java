package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import org.junit.jupiter.api.Test;

class StaleBackendAddressesTest {

    private static Scene silent() {
        return Scene.web().webHealth("Unhealthy", Scene.TIMED_OUT).network();
    }

    /** Interfaces of scale sets are not on every list, so that an address without one is no proof. */
    @Test
    void onlyPossibleByAnAddressThatNoInterfaceHolds() {
        Finding finding = Judging.of(
                        new StaleBackendAddresses(),
                        silent().interfaceOf(
                                        "nic-new",
                                        "10.0.2.44",
                                        Scene.GROUP + "/providers/Microsoft.Compute/virtualMachines/vm"))
                .isShown(Confidence.POSSIBLE)
                .get(0);

        assertThat(finding.text()).contains("10.0.2.4");
        assertThat(finding.target().kind()).isEqualTo(Kind.POOL);
        assertThat(finding.target().at(Place.POOL)).contains("pool-web");
    }

    @Test
    void notShownByAddressesThatInterfacesHold() {
        String vm = Scene.GROUP + "/providers/Microsoft.Compute/virtualMachines/vm";

        Judging.of(
                        new StaleBackendAddresses(),
                        silent().interfaceOf("nic-4", "10.0.2.4", vm)
                                .interfaceOf("nic-5", "10.0.2.5", vm)
                                .quietActivityLog())
                .isNotShown();
    }

    private static final String UNKNOWN_THERE =
            "{'target':'203.0.113.18','scheme':'https','host':'shop.azurewebsites.net',"
                    + "'path':'/','connect':'ok','status':404,'body':'404 Web Site not found.'}";

    /** An app's former address answers for no app; a proxy that leads to the app answers for it. */
    private static Scene byNumber(String status, String inbound) {
        return Scene.v2()
                .shop(
                        "'hostName':'shop.azurewebsites.net'",
                        "'pickHostNameFromBackendHttpSettings':true,'path':'/'",
                        "203.0.113.18")
                .health("pool-shop", "set-shop", "203.0.113.18", "Unhealthy", "Received invalid status code: " + status)
                .network()
                .document(
                        Source.BACKENDS,
                        "{'sites':[{'id':'" + Scene.GROUP + "/providers/Microsoft.Web/sites/shop','name':'shop',"
                                + "'properties':{'state':'Running','hostNames':['www.example.com','shop.azurewebsites.net'],"
                                + "'inboundIpAddress':'" + inbound + "'}}]}");
    }

    @Test
    void shownByAnAppThatHasAnotherAddressNow() {
        Finding finding = Judging.of(
                        new StaleBackendAddresses(),
                        byNumber("404", "203.0.113.61").look(UNKNOWN_THERE))
                .isShown(Confidence.CONFIRMED)
                .get(0);

        assertThat(finding.text())
                .contains("app shop, whose host name shop.azurewebsites.net is asked for there, has 203.0.113.61");
        assertThat(finding.values())
                .containsEntry("address", "203.0.113.61")
                .containsEntry("moved-app", "shop")
                .containsEntry("successor-app", "shop.azurewebsites.net");
    }

    @Test
    void onlyPossibleWhereNobodyLookedAtWhatAnswersAtTheFormerAddressOfAnApp() {
        Judging.of(new StaleBackendAddresses(), byNumber("404", "203.0.113.61")).isShown(Confidence.POSSIBLE);
    }

    @Test
    void notShownByAnAppThatHasTheAddressNorByAProxyThatLeadsToIt() {
        Judging.of(new StaleBackendAddresses(), byNumber("404", "203.0.113.18").look(UNKNOWN_THERE))
                .isNotShown();
        Judging.of(new StaleBackendAddresses(), byNumber("503", "203.0.113.61")).isNotShown();
    }

    @Test
    void cannotTellFromHealthAlone() {
        Judging.of(
                        new StaleBackendAddresses(),
                        Scene.web().webHealth("Unhealthy", Scene.TIMED_OUT).refused(Source.NETWORK))
                .cannotTellWithout(
                        Source.NETWORK, Source.ACCESS_LOG, Source.ACTIVITY_LOG, Source.BACKENDS, Source.DIRECT_PROBE);
    }
}
