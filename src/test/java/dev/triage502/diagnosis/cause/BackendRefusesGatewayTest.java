package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackendRefusesGatewayTest {

    private static final String APP = "shop.azurewebsites.net";
    private static final String STATUS =
            "Received invalid status code: %d in the backend server's HTTP response. As per the health probe"
                    + " configuration, 200-399 is the acceptable status code.";

    private static Scene answering(String name, int status) {
        return Scene.v2()
                .pool("pool-app", name)
                .setting("set-app", "{'port':443,'protocol':'Https','pickHostNameFromBackendAddress':true}")
                .rule("rule-app", "pool-app", "set-app")
                .health("pool-app", "set-app", name, "Unhealthy", STATUS.formatted(status))
                .network()
                .networkArray(
                        "publicIPAddresses",
                        "[{'id':'" + Scene.GROUP + "/providers/Microsoft.Network/publicIPAddresses/pip','properties':"
                                + "{'ipAddress':'203.0.113.9','ipConfiguration':{'id':'" + Scene.GATEWAY
                                + "/frontendIPConfigurations/fe'}}}]")
                .networkArray("privateEndpoints", "[]");
    }

    private static Scene site(String rules, String rest) {
        return answering(APP, 403).document(Source.BACKENDS, "{'sites':[" + siteJson(rules, rest) + "]}");
    }

    private static String siteJson(String rules, String rest) {
        return "{'id':'" + Scene.GROUP + "/providers/Microsoft.Web/sites/shop','properties':{'state':'Running',"
                + "'hostNames':['" + APP + "'],'siteConfig':{'ipSecurityRestrictions':[" + rules
                + "],'ipSecurityRestrictionsDefaultAction':'" + rest + "'}}}";
    }

    private static String rule(String from, String action) {
        return "{'ipAddress':'" + from + "','action':'" + action + "','priority':100,'name':'r'}";
    }

    @Test
    void shownByAListThatLacksThePublicAddressTheGatewayComesFrom() {
        Judging.of(new BackendRefusesGateway(), site(rule("198.51.100.0/24", "Allow"), "Deny"))
                .isShown(Confidence.CONFIRMED)
                .forEach(finding -> assertThat(finding.values())
                        .containsEntry("site", "shop")
                        .containsEntry("arrival", "public-address")
                        .containsEntry("free-priority", "101")
                        .containsEntry("access-rule-name", "allow-application-gateway")
                        .containsEntry("gateway-address", "203.0.113.9"));
    }

    @Test
    void aDynamicAddressOfTheGatewayWillChangeAgain() {
        Scene fixed = site(rule("198.51.100.0/24", "Allow"), "Deny");
        Judging.of(new BackendRefusesGateway(), fixed)
                .isShown(Confidence.CONFIRMED)
                .forEach(finding -> assertThat(finding.values()).doesNotContainKey("gateway-address-changes"));

        Scene dynamic = fixed.networkArray(
                "publicIPAddresses",
                "[{'id':'" + Scene.GROUP + "/providers/Microsoft.Network/publicIPAddresses/pip','properties':"
                        + "{'ipAddress':'203.0.113.9','publicIPAllocationMethod':'Dynamic','ipConfiguration':{'id':'"
                        + Scene.GATEWAY + "/frontendIPConfigurations/fe'}}}]");
        Judging.of(new BackendRefusesGateway(), dynamic)
                .isShown(Confidence.CONFIRMED)
                .forEach(finding -> assertThat(finding.values()).containsEntry("gateway-address-changes", "yes"));
    }

    /** The rules of one app let nobody into another. */
    @Test
    void ofSeveralAppsThatRejectEachNamesTheOthers() {
        String json = siteJson(rule("198.51.100.0/24", "Allow"), "Deny");
        Scene both = Scene.v2()
                .pool("pool-app", APP, "shop-2.azurewebsites.net")
                .setting("set-app", "{'port':443,'protocol':'Https','pickHostNameFromBackendAddress':true}")
                .rule("rule-app", "pool-app", "set-app")
                .health("pool-app", "set-app", APP, "Unhealthy", STATUS.formatted(403))
                .health("pool-app", "set-app", "shop-2.azurewebsites.net", "Unhealthy", STATUS.formatted(403))
                .network()
                .networkArray(
                        "publicIPAddresses",
                        "[{'id':'" + Scene.GROUP + "/providers/Microsoft.Network/publicIPAddresses/pip','properties':"
                                + "{'ipAddress':'203.0.113.9','ipConfiguration':{'id':'" + Scene.GATEWAY
                                + "/frontendIPConfigurations/fe'}}}]")
                .networkArray("privateEndpoints", "[]")
                .document(
                        Source.BACKENDS,
                        "{'sites':[" + json + ","
                                + json.replace("sites/shop", "sites/shop-2").replace(APP, "shop-2.azurewebsites.net")
                                + "]}");

        assertThat(Judging.of(new BackendRefusesGateway(), both).isShown(Confidence.CONFIRMED))
                .allSatisfy(finding -> assertThat(finding.values())
                        .containsEntry(
                                "others-that-reject",
                                finding.values().get("site").equals("shop") ? "shop-2" : "shop"));
        assertThat(Judging.of(new BackendRefusesGateway(), site(rule("198.51.100.0/24", "Allow"), "Deny"))
                        .isShown(Confidence.CONFIRMED))
                .allSatisfy(finding -> assertThat(finding.values()).doesNotContainKey("others-that-reject"));
    }

    @Test
    void cannotTellWhereTheRulesOfTheAppWereRefused() {
        Scene refused = answering(APP, 403)
                .document(
                        Source.BACKENDS,
                        "{'sites':[{'id':'" + Scene.GROUP + "/providers/Microsoft.Web/sites/shop','properties':"
                                + "{'state':'Running','hostNames':['" + APP + "'],'siteConfig':{'error':"
                                + "{'code':'AuthorizationFailed','message':'no'}}}}]}");

        Judging.of(new BackendRefusesGateway(), refused)
                .cannotTellWithout(Source.BACKENDS, Source.ACCESS_LOG, Source.DIRECT_PROBE);
    }

    @Test
    void shownByARuleThatRejectsThatAddressBeforeTheRestIsAdmitted() {
        Judging.of(new BackendRefusesGateway(), site(rule("203.0.113.0/24", "Deny"), "Allow"))
                .isShown(Confidence.CONFIRMED)
                .forEach(finding -> assertThat(finding.values())
                        .as("before the rule that denies")
                        .containsEntry("free-priority", "1"));
    }

    @Test
    void shownByASubnetRuleForAGatewayWhoseSubnetLacksTheServiceEndpoint() {
        String subnet = "{'vnetSubnetResourceId':'" + Scene.VNET
                + "/subnets/snet-agw','action':'Allow','priority':1,'name':'gw'}";

        Judging.of(new BackendRefusesGateway(), site(subnet, "Deny")).isShown(Confidence.CONFIRMED);
    }

    @ParameterizedTest
    @CsvSource({"203.0.113.9/32,Deny", "203.0.113.0/24,Deny", "Any,Deny"})
    void notShownWhereARuleLetsTheGatewayIn(String admitted, String rest) {
        assertThat(Judging.of(new BackendRefusesGateway(), site(rule(admitted, "Allow"), rest))
                        .isNotShown())
                .extracting(Finding::text)
                .allMatch(text -> text.contains("allows the gateway"));
    }

    @Test
    void notShownWhereItIsNotKnownFromWhereTheGatewayComes() {
        Scene scene = site(rule("198.51.100.0/24", "Allow"), "Deny").networkArray("publicIPAddresses", "[]");

        Judging.of(new BackendRefusesGateway(), scene).isNotShown();
    }

    /** The probe's own word is the look from the gateway; a look from elsewhere asked the same. */
    @Test
    void likelyWhereOthersAreAnsweredAndRulesWereReadThoughNotWhereTheGatewayComesFrom() {
        Scene scene = site(rule("198.51.100.0/24", "Allow"), "Deny").networkArray("publicIPAddresses", "[]");
        String look = "{'target':'" + APP + "','scheme':'https','host':'" + APP + "','path':'/','from':'office',"
                + "'dns':{'addresses':['%s']},'connect':'ok','status':%d}";

        assertThat(Judging.of(new BackendRefusesGateway(), scene.look(look.formatted("20.50.1.1", 200)))
                        .isShown(Confidence.LIKELY))
                .extracting(Finding::text)
                .anySatisfy(text -> assertThat(text).contains("shop has access rules (r)"));

        Scene privately = site(rule("198.51.100.0/24", "Allow"), "Deny")
                .networkArray("publicIPAddresses", "[]")
                .look(look.formatted("10.0.2.9", 200));
        Judging.of(new BackendRefusesGateway(), privately).isNotShown();
    }

    @Test
    void possibleWhereOthersAreAnsweredAndTheRulesWereNotRead() {
        Scene scene = answering(APP, 403)
                .refused(Source.BACKENDS)
                .look("{'target':'" + APP + "','scheme':'https','host':'" + APP + "','path':'/','from':'office',"
                        + "'dns':{'addresses':['20.50.1.1']},'status':200}");

        Judging.of(new BackendRefusesGateway(), scene).isShown(Confidence.POSSIBLE);
    }

    @Test
    void notShownByRulesWhereAPrivateEndpointOfTheAppMayBeInBetween() {
        Scene scene = site(rule("198.51.100.0/24", "Allow"), "Deny")
                .networkArray(
                        "privateEndpoints",
                        "[{'id':'" + Scene.GROUP + "/providers/Microsoft.Network/privateEndpoints/pe','properties':"
                                + "{'privateLinkServiceConnections':[{'properties':{'privateLinkServiceId':'"
                                + Scene.GROUP + "/providers/Microsoft.Web/sites/shop'}}]}}]");

        Judging.of(new BackendRefusesGateway(), scene).isNotShown();
    }

    @Test
    void notShownWhereAPrivateEndpointDoesNotSayOfWhichServiceItIs() {
        Scene scene = site(rule("198.51.100.0/24", "Allow"), "Deny")
                .networkArray(
                        "privateEndpoints",
                        "[{'id':'" + Scene.GROUP + "/providers/Microsoft.Network/privateEndpoints/pe'}]");

        Judging.of(new BackendRefusesGateway(), scene).isNotShown();
    }

    @Test
    void notShownByALoginPage() {
        Scene scene = answering(APP, 401)
                .document(Source.BACKENDS, "{'sites':[" + siteJson(rule("198.51.100.0/24", "Allow"), "Deny") + "]}");

        Judging.of(new BackendRefusesGateway(), scene).isNotShown();
    }

    @Test
    void shownByAContainerAppThatIsLimitedToItsEnvironmentWhateverItsNameInThePool() {
        String name = "shop.hill-1a2b.westeurope.azurecontainerapps.io";
        Scene scene = answering(name, 404)
                .document(
                        Source.BACKENDS,
                        "{'containerApps':[{'id':'" + Scene.GROUP + "/providers/Microsoft.App/containerApps/shop',"
                                + "'properties':{'configuration':{'ingress':{'external':false,"
                                + "'fqdn':'shop.internal.hill-1a2b.westeurope.azurecontainerapps.io'}}}}]}");

        Judging.of(new BackendRefusesGateway(), scene)
                .isShown(Confidence.CONFIRMED)
                .forEach(finding -> assertThat(finding.values())
                        .containsEntry("exposure", "environment-only")
                        .containsEntry("container-app", "shop"));
    }

    @ParameterizedTest
    @CsvSource({
        "storageAccounts,Microsoft.Storage/storageAccounts,,storage-account",
        "apiManagementServices,Microsoft.ApiManagement/service,Gateway,api-management",
        "staticSites,Microsoft.Web/staticSites,staticSites,static-site"
    })
    void aServiceThatIsOpenToPrivateEndpointsOnlyIsNamedByItsKind(
            String list, String type, @Nullable String group, String value) {
        String name = "shop.example.com";
        Scene scene = answering(name, 403)
                .document(
                        Source.BACKENDS,
                        "{'" + list + "':[{'id':'" + Scene.GROUP + "/providers/" + type + "/shop $(x)','properties':{"
                                + "'publicNetworkAccess':'Disabled','customDomain':{'name':'" + name
                                + "'},'customDomains':['"
                                + name + "'],'hostnameConfigurations':[{'hostName':'" + name + "'}]}}]}");

        Judging.of(new BackendRefusesGateway(), scene)
                .isShown(Confidence.CONFIRMED)
                .forEach(finding -> assertThat(finding.values())
                        .containsEntry("exposure", "private-endpoints-only")
                        .containsEntry("service-id", Scene.GROUP + "/providers/" + type + "/shop $(x)")
                        .containsEntry(value, "shop $(x)")
                        .extractingByKey("endpoint-group")
                        .isEqualTo(group));
    }

    @ParameterizedTest
    @CsvSource({"198.51.100.0/24,true", "203.0.113.9,false"})
    void aStorageAccountThatRejectsByDefaultIsSureOnlyWhereNoAddressRuleMightCount(String admitted, boolean shown) {
        Scene scene = answering("shop.z6.web.core.windows.net", 403)
                .document(
                        Source.BACKENDS,
                        "{'storageAccounts':[{'id':'" + Scene.GROUP
                                + "/providers/Microsoft.Storage/storageAccounts/shop','properties':{"
                                + "'primaryEndpoints':{'web':'https://shop.z6.web.core.windows.net/'},"
                                + "'networkAcls':{'defaultAction':'Deny','ipRules':[{'value':'" + admitted
                                + "'}],'virtualNetworkRules':[]}}}]}");

        Judging judging = Judging.of(new BackendRefusesGateway(), scene);
        if (shown) {
            judging.isShown(Confidence.CONFIRMED);
        } else {
            judging.isNotShown();
        }
    }

    @ParameterizedTest
    @CsvSource({"office,true", "gateway subnet,false"})
    void shownByTwoLooksThatDifferOnlyInWhereTheyComeFrom(String otherPlace, boolean shown) {
        Scene scene = answering(APP, 403)
                .look("{'target':'" + APP + "','scheme':'https','host':'" + APP
                        + "','path':'/','connect':'ok','status':403,'from':'gateway subnet'}")
                .look("{'target':'" + APP + "','scheme':'https','host':'" + APP
                        + "','path':'/','connect':'ok','status':200,'from':'" + otherPlace + "'}");

        Judging judging = Judging.of(new BackendRefusesGateway(), scene);
        if (shown) {
            judging.isShown(Confidence.CONFIRMED);
        } else {
            judging.isNotShown();
        }
    }

    @Test
    void cannotTellWithoutHealthAndLog() {
        Judging.of(new BackendRefusesGateway(), Scene.unread())
                .cannotTellWithout(
                        Source.BACKEND_HEALTH,
                        Source.BACKENDS,
                        Source.DIRECT_PROBE,
                        Source.ACCESS_LOG,
                        Source.GATEWAY,
                        Source.NETWORK);
    }
}
