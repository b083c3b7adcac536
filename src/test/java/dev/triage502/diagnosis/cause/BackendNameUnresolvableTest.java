package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import org.junit.jupiter.api.Test;

class BackendNameUnresolvableTest {

    private static Scene named(String health, String log) {
        return Scene.v2()
                .pool("pool-web", "app.internal.example")
                .setting("set-web", "{'port':80,'protocol':'Http'}")
                .rule("rule-web", "pool-web", "set-web")
                .health("pool-web", "set-web", "app.internal.example", health, log)
                .network();
    }

    @Test
    void shownByAProbeThatCouldNotBeMade() {
        Finding finding = Judging.of(
                        new BackendNameUnresolvable(),
                        named(
                                "Unhealthy",
                                "Application Gateway could not create a probe for this backend. This usually happens"
                                        + " when the FQDN of the backend is not entered correctly."))
                .isShown(Confidence.CONFIRMED)
                .get(0);

        assertThat(finding.target().name()).isEqualTo("app.internal.example");
        assertThat(finding.target().kind()).isEqualTo(Kind.SERVER);
        assertThat(finding.target().at(Place.POOL)).contains("pool-web");
    }

    @Test
    void shownByDnsServersOfOnesOwnToWhichNoRouteLeads() {
        Scene scene = named("Unknown", Scene.NOT_RETRIEVED)
                .document(
                        Source.NETWORK,
                        "{'virtualNetworks':[{'name':'vnet-shop','id':'" + Scene.VNET + "','properties':{"
                                + "'addressSpace':{'addressPrefixes':['10.0.0.0/16']},'virtualNetworkPeerings':[],"
                                + "'dhcpOptions':{'dnsServers':['10.77.0.4']},'subnets':[{'name':'snet-agw','id':'"
                                + Scene.VNET + "/subnets/snet-agw','properties':{'addressPrefix':'10.0.1.0/24'}}]}}],"
                                + "'networkSecurityGroups':[],'routeTables':[],'privateDnsZones':[]}");

        assertThat(Judging.of(new BackendNameUnresolvable(), scene)
                        .isShown(Confidence.CONFIRMED)
                        .get(0)
                        .text())
                .contains("none of the VNet's custom DNS servers is reachable (10.77.0.4");
    }

    @Test
    void notShownByANameThatAnswersTheProbe() {
        Judging.of(new BackendNameUnresolvable(), named("Healthy", "Success").served(5, 5, "10.0.2.4"))
                .isNotShown();
    }

    @Test
    void notShownByMembersThatAreAddresses() {
        Judging.of(
                        new BackendNameUnresolvable(),
                        Scene.web().webHealth("Unhealthy", Scene.CANNOT_CONNECT).network())
                .isNotShown();
    }

    @Test
    void isAnsweredByHealthEvenWhereTheNetworkWasRefused() {
        assertThat(new BackendNameUnresolvable().id()).isEqualTo("backend-name-unresolvable");
        Judging.of(
                        new BackendNameUnresolvable(),
                        named("Unhealthy", "Backend server FQDN cannot be resolved. Check FQDN for correctness.")
                                .refused(Source.NETWORK))
                .isShown(Confidence.CONFIRMED);
    }
}
