package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Listener;
import dev.triage502.evidence.Gateway.Pool;
import dev.triage502.evidence.Gateway.Probe;
import dev.triage502.evidence.Gateway.Rule;
import dev.triage502.evidence.Gateway.Setting;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class GatewayReaderTest {

    private static final String V2 = "'sku':{'name':'Standard_v2','tier':'Standard_v2'}";
    private static final String V1 = "'sku':{'name':'Standard_Medium','tier':'Standard'}";

    @Test
    void expandsAPathMapIntoOneRuleForEachPathAndTheDefaultLast() {
        Gateway gateway = read(V2 + ",'requestRoutingRules':[{'name':'r','properties':{'priority':10,"
                + "'httpListener':{'id':'/x/httpListeners/l'},'urlPathMap':{'id':'/x/urlPathMaps/MAP'}}}],"
                + "'urlPathMaps':[{'name':'map','properties':{"
                + "'defaultBackendAddressPool':{'id':'/x/p/web'},'defaultBackendHttpSettings':{'id':'/x/s/web-set'},"
                + "'pathRules':[{'name':'api','properties':{'paths':['/api/*','/v2/*'],"
                + "'backendAddressPool':{'id':'/x/p/api'},'backendHttpSettings':{'id':'/x/s/api-set'}}},"
                + "{'name':'old','properties':{'paths':['/old/*'],'redirectConfiguration':{'id':'/x/rd/old'}}}]}}]");
        assertThat(gateway.rules())
                .extracting(Rule::name, Rule::listener, Rule::paths, Rule::pool, Rule::setting, Rule::routes)
                .containsExactly(
                        tuple("r", "l", List.of("/api/*", "/v2/*"), "api", "api-set", true),
                        tuple("r", "l", List.of("/old/*"), "", "", false),
                        tuple("r", "l", List.of(), "web", "web-set", true));
    }

    @Test
    void ordersRulesByPriorityAndWithoutOneAsTheyAreListed() {
        assertThat(read(V2 + ",'requestRoutingRules':[" + rule("b", 200) + "," + rule("a", 100) + "]")
                        .rules())
                .extracting(Rule::name)
                .containsExactly("a", "b");
        assertThat(read(V1 + ",'requestRoutingRules':[{'name':'z'},{'name':'a'},{'name':'m'}]")
                        .rules())
                .extracting(Rule::name)
                .containsExactly("z", "a", "m");
    }

    @Test
    void findsAListenersPortAndAllItsHosts() {
        Gateway gateway = read(V2 + ",'frontendPorts':[{'name':'port_443','properties':{'port':443}}],"
                + "'httpListeners':[{'name':'l','properties':{'protocol':'Https','hostName':null,"
                + "'hostNames':['*.b.example','a.example'],'frontendPort':{'id':'/x/frontendPorts/PORT_443'}}}]");
        assertThat(gateway.listeners())
                .containsExactly(new Listener("l", "Https", OptionalInt.of(443), List.of("*.b.example", "a.example")));
    }

    @Test
    void countsInterfacesThatJoinedAPoolAsItsMembers() {
        Gateway gateway = read(V2 + ",'backendAddressPools':[{'name':'vms','properties':{'backendIPConfigurations':["
                + "{'id':'/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkInterfaces/n1"
                + "/ipConfigurations/c'}]}},"
                + "{'name':'mixed','properties':{'backendAddresses':[{'fqdn':'app.example'},{'ipAddress':'10.0.0.10'},"
                + "{'ipAddress':'10.0.0.9'},{}]}},{'name':'none','properties':{'backendAddresses':[]}},"
                + "{'name':'said-nothing-of'},"
                + "{'name':'unreadable','properties':{'backendAddresses':[{'ipAddress':['10.0.0.4']}]}}]");
        assertThat(gateway.pools())
                .extracting(Pool::name, Pool::members, pool -> pool.interfaces().size(), Pool::isEmpty)
                .containsExactly(
                        tuple("mixed", List.of("10.0.0.9", "10.0.0.10", "app.example"), 0, false),
                        tuple("none", List.of(), 0, true),
                        tuple("said-nothing-of", List.of(), 0, false),
                        tuple("unreadable", List.of(), 0, false),
                        tuple("vms", List.of(), 1, false));
    }

    @Test
    void readsLayerFourAsListenersSettingsAndRulesToo() {
        Gateway gateway = read(V2 + ",'frontendPorts':[{'name':'p','properties':{'port':1433}}],"
                + "'listeners':[{'name':'l4','properties':{'protocol':'Tcp','frontendPort':{'id':'/x/y/p'}}}],"
                + "'backendSettingsCollection':[{'name':'sql','properties':{'port':1433,'protocol':'Tcp','timeout':60}}],"
                + "'routingRules':[{'name':'r4','properties':{'priority':1,'listener':{'id':'/x/y/l4'},"
                + "'backendAddressPool':{'id':'/x/y/db'},'backendSettings':{'id':'/x/y/sql'}}}]");
        assertThat(gateway.listeners()).extracting(Listener::port).containsExactly(OptionalInt.of(1433));
        assertThat(gateway.settings())
                .extracting(Setting::name, Setting::port, Setting::requestTimeoutSeconds)
                .containsExactly(tuple("sql", 1433, 60));
        assertThat(gateway.rules())
                .extracting(Rule::listener, Rule::pool, Rule::setting)
                .containsExactly(tuple("l4", "db", "sql"));
    }

    @Test
    void takesAzuresDefaultsWhereAFieldIsNotGiven() {
        Gateway gateway = read(V2 + ",'backendHttpSettingsCollection':[{'name':'s','properties':{'protocol':'Https'}}],"
                + "'probes':[{'name':'p','properties':{'protocol':'Https','path':'/'}}]");
        assertThat(gateway.settings().get(0))
                .extracting(
                        Setting::port,
                        Setting::requestTimeoutSeconds,
                        Setting::checksChain,
                        Setting::checksName,
                        Setting::probe)
                .containsExactly(443, 20, true, true, "");
        assertThat(gateway.probes().get(0))
                .extracting(
                        Probe::intervalSeconds,
                        Probe::timeoutSeconds,
                        Probe::unhealthyThreshold,
                        Probe::statusCodes,
                        Probe::port)
                .containsExactly(30, 30, 3, List.of("200-399"), OptionalInt.empty());
    }

    @Test
    void readsTheSwitchesOfBackendTls() {
        Setting setting = read(V2 + ",'backendHttpSettingsCollection':[{'name':'s','properties':{'protocol':'Https',"
                        + "'validateCertChainAndExpiry':false,'validateSNI':'false','sniName':'x.example',"
                        + "'dedicatedBackendConnection':true,'connectionDraining':{'enabled':true,'drainTimeoutInSec':40},"
                        + "'trustedRootCertificates':[{'id':'/x/trustedRootCertificates/corp'}]}}]")
                .settings()
                .get(0);
        assertThat(setting)
                .extracting(
                        Setting::checksChain,
                        Setting::checksName,
                        Setting::sniName,
                        Setting::dedicatedConnection,
                        Setting::drainingSeconds,
                        Setting::trustedRoots)
                .containsExactly(false, false, "x.example", true, 40, List.of("corp"));
    }

    @Test
    void knowsAGatewayThatNeedsNoManagementTraffic() {
        String isPublic = "'frontendIPConfigurations':[{'name':'f','properties':{'publicIPAddress':{'id':'/x'}}}]";
        String isPrivate = "'frontendIPConfigurations':[{'name':'f','properties':{'privateIPAddress':'10.0.0.9'}}]";
        assertThat(read(V2 + "," + isPublic).isolated()).isFalse();
        assertThat(read(V2 + "," + isPrivate).isolated()).isTrue();
        assertThat(read(V1 + "," + isPrivate).isolated()).isFalse();
        assertThat(read(V2 + "," + isPublic + ",'networkIsolationEnabled':true").isolated())
                .isTrue();
        assertThat(read(V2).isolated()).as("no frontends listed").isFalse();
    }

    @Test
    void readsWhatTheCommandLinePrintsWithoutALevelForProperties() {
        Gateway gateway = Json.read(
                        Source.GATEWAY,
                        "{'id':'" + Json.GATEWAY + "','operationalState':'Stopped',"
                                + "'backendAddressPools':[{'name':'p','backendAddresses':[{'ipAddress':'10.0.0.4'}]}]}")
                .gateway()
                .toOptional()
                .orElseThrow();
        assertThat(gateway.operationalState()).isEqualTo("Stopped");
        assertThat(gateway.pools().get(0).members()).containsExactly("10.0.0.4");
    }

    @Test
    void aPartThatIsNotWhatItShouldBeCostsItselfAndTheGatewaySaysWhere() {
        Gateway pools = read("'backendAddressPools':[{'name':'p'},'words']");
        assertThat(pools.pools()).extracting(Pool::name).containsExactly("p");
        assertThat(pools.gap().orElseThrow().detail())
                .isEqualTo("gateway.json: backendAddressPools[1]: an object was expected, not \"words\"");
        Gateway probes = read("'probes':[{'name':'p','properties':{'interval':'soon'}},{'name':'q'}],'sku':{}");
        assertThat(probes.probes()).extracting(Probe::name).containsExactly("q");
        assertThat(probes.gap().orElseThrow().detail())
                .isEqualTo("gateway.json: probes[0].interval: a number was expected, not \"soon\"");
    }

    @Test
    void aSettingWhoseProbeIsNotUnderstoodDoesNotSeemToHaveTheDefaultOne() {
        Gateway gateway = read("'probes':[{'name':'p','properties':{'interval':'soon'}}],"
                + "'backendHttpSettingsCollection':[{'name':'s','properties':{'probe':{'id':'/x/probes/p'}}},"
                + "{'name':'t','properties':{'port':80}}]");
        assertThat(gateway.settings()).extracting(Gateway.Setting::name).containsExactly("t");
    }

    @Test
    void readsTheStatesTheRootsAndThePrivateFrontends() {
        Gateway gateway =
                read(V2 + ",'location':'westeurope','provisioningState':'Updating','operationalState':'Running',"
                        + "'trustedRootCertificates':[{'name':'ca','properties':{'data':'no certificate'}}],"
                        + "'frontendIPConfigurations':[{'name':'b','properties':{'privateIPAddress':'10.0.1.20'}},"
                        + "{'name':'a','properties':{'privateIPAddress':'10.0.1.10'}},"
                        + "{'name':'public','properties':{'publicIPAddress':{'id':'/pip'}}}],'backendAddressPools':[]");

        assertThat(gateway.provisioningState()).isEqualTo("Updating");
        assertThat(gateway.operationalState()).isEqualTo("Running");
        assertThat(gateway.privateFrontends()).containsExactly("10.0.1.10", "10.0.1.20");
        assertThat(gateway.publicFrontend()).isTrue();
        assertThat(gateway.roots())
                .extracting(Gateway.Root::name, Gateway.Root::subject)
                .containsExactly(tuple("ca", ""));
    }

    @Test
    void aProbeSaysWhetherItStatesItsStatusCodes() {
        String probe = "'backendAddressPools':[],'probes':[{'name':'p','properties':{'protocol':'Http'%s}}]";

        assertThat(read(V2 + "," + probe.formatted(",'match':{'statusCodes':['200-399','404']}"))
                        .probes())
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.statesStatusCodes()).isTrue();
                    assertThat(each.statusCodes()).containsExactly("200-399", "404");
                });
        assertThat(read(V2 + "," + probe.formatted("")).probes())
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.statesStatusCodes()).isFalse();
                    assertThat(each.statusCodes()).containsExactly("200-399");
                });
        assertThat(read(V2 + "," + probe.formatted(",'match':{'statusCodes':['200','any']}"))
                        .probes())
                .as("one code is not understood")
                .isEmpty();
    }

    @Test
    void aSettingWithoutAPortHasThatOfItsProtocol() {
        String setting =
                "'backendAddressPools':[],'backendHttpSettingsCollection':[{'name':'s','properties':{'protocol':'%s'}}]";

        assertThat(read(V2 + "," + setting.formatted("Https")).settings().get(0).port())
                .isEqualTo(443);
        assertThat(read(V2 + "," + setting.formatted("Tls")).settings().get(0).port())
                .isEqualTo(443);
        assertThat(read(V2 + "," + setting.formatted("Http")).settings().get(0).port())
                .isEqualTo(80);
    }

    @Test
    void anIpConfigurationWithoutItsSubnetIsAGap() {
        assertThat(read(V2 + ",'backendAddressPools':[],'gatewayIPConfigurations':[{'name':'ip'}]")
                        .gap())
                .isPresent();
    }

    @Test
    void anEmptyMemberIsNone() {
        assertThat(read(V2 + ",'backendAddressPools':[{'name':'p','properties':{'backendAddresses':["
                                + "{'fqdn':' '},{'fqdn':' app.example '}]}}]")
                        .pools()
                        .get(0)
                        .members())
                .containsExactly("app.example");
    }

    private static String rule(String name, int priority) {
        return "{'name':'" + name + "','properties':{'priority':" + priority + "}}";
    }

    private static Gateway read(String properties) {
        return reading(properties).toOptional().orElseThrow(() -> new AssertionError(reading(properties)));
    }

    private static Reading<Gateway> reading(String properties) {
        return Json.read(Source.GATEWAY, "{'id':'" + Json.GATEWAY + "','properties':{" + properties + "}}")
                .gateway();
    }
}
