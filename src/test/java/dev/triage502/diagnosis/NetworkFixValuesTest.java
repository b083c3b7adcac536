package dev.triage502.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a command changes beside what was found: a present value that is wrong here is lost by the undo. */
class NetworkFixValuesTest {

    private static final String NETWORK = Scene.GROUP + "/providers/Microsoft.Network/";
    private static final String ZONE = NETWORK + "privateDnsZones/corp.example";

    @Test
    void aZoneLacksItsLinkOrItsRecord() {
        Finding finding = found("api.corp.example")
                .with("zone", "corp.example")
                .with("zone-resource-group", "rg-shop")
                .with("vnet-id", Scene.VNET);
        Scene unlinked = Scene.web().network().networkArray("privateDnsZones", zones(""));
        Scene linked = Scene.web()
                .network()
                .networkArray(
                        "privateDnsZones",
                        zones(",{'id':'" + ZONE + "/virtualNetworkLinks/link-vnet-shop','name':'link-vnet-shop',"
                                + "'type':'Microsoft.Network/privateDnsZones/virtualNetworkLinks','properties':{"
                                + "'virtualNetworkLinkState':'Completed','virtualNetwork':{'id':'" + Scene.VNET
                                + "'}}},{'id':'" + ZONE + "/A/api','name':'api',"
                                + "'type':'Microsoft.Network/privateDnsZones/A','properties':{"
                                + "'aRecords':[{'ipv4Address':'10.0.2.9'}]}}"));

        assertThat(values(unlinked, finding))
                .containsEntry("zone-lacks", "link")
                .containsEntry("link-name", "link-vnet-shop")
                .containsEntry("record", "api")
                .doesNotContainKey("record-address");
        assertThat(values(linked, finding))
                .containsEntry("zone-lacks", "record")
                .containsEntry("link-name", "link-vnet-shop-2")
                .containsEntry("record-address", "10.0.2.9");
    }

    @Test
    void theAddressOfAnApplianceIsTheOneThatRoutesOfTheOtherDirectionGoTo() {
        Scene scene = Scene.web()
                .network()
                .routes("snet-agw", "rt-agw", "to-web 10.0.2.0/24 VirtualAppliance 10.0.2.20")
                .routes("snet-web", "rt-web", "back 10.0.1.0/24 VirtualAppliance 10.0.2.21");

        assertThat(values(scene, route("snet-agw", "10.0.2.0/24", "10.0.2.20")))
                .containsEntry("right-next-hop", "10.0.2.21")
                .containsEntry("diverts", "both")
                .containsEntry("prefix-is", "own")
                .containsEntry("other-table-is", "taken")
                .containsEntry("other-table", "rt-web")
                .containsEntry("other-table-resource-group", "rg-shop")
                .containsEntry("gateway-route-table", "rt-agw")
                .containsEntry("gateway-route-table-resource-group", "rg-shop");
        assertThat(values(
                        scene.interfaceOf("nic-fw", "10.0.2.20", "/vm/fw"),
                        route("snet-agw", "10.0.2.0/24", "10.0.2.20")))
                .as("something has the address")
                .doesNotContainKey("right-next-hop");
    }

    @Test
    void aSubnetWithoutATableIsGivenOneForTheOtherDirection() {
        Scene scene = Scene.web()
                .network()
                .routes("snet-agw", "rt-agw", "to-application-gateway 10.0.0.0/16 VirtualAppliance 10.0.9.4");

        assertThat(values(scene, route("snet-agw", "10.0.2.0/24", "10.0.9.4")))
                .containsEntry("other-table-is", "none")
                .containsEntry("other-subnet", "snet-web")
                .containsEntry("other-subnet-id", Scene.VNET + "/subnets/snet-web")
                .doesNotContainKeys("other-table", "other-table-resource-group", "other-route-name")
                .containsEntry("other-prefix", "10.0.1.0/24")
                .containsEntry("other-resource-group", "rg-shop")
                .containsEntry("prefix-is", "free")
                .containsEntry("route-name", "to-application-gateway-2");
    }

    @Test
    void requestsToWhatAVpnGatewayAnnouncesCanTakeTheApplianceThatTheAnswersTake() {
        Scene scene =
                Scene.web().network().routes("snet-web", "rt-agw", "to-edge 10.0.1.0/24 VirtualAppliance 10.0.9.4");
        Finding onPremises = found("172.20.5.11")
                .with("route-table-id", NETWORK + "routeTables/rt-agw")
                .with("route", "to-edge")
                .with("subnet-id", Scene.VNET + "/subnets/snet-web")
                .with("destination-prefix", "10.0.1.0/24")
                .with("next-hop-type", "VirtualAppliance")
                .with("next-hop", "10.0.9.4")
                .with("address", "172.20.5.11");

        assertThat(values(scene, onPremises)).doesNotContainKey("other-prefix");
        assertThat(values(
                        scene.networkArray(
                                "effectiveRoutes",
                                "[{'networkInterface':{'id':'" + NETWORK + "networkInterfaces/nic-1'},'value':["
                                        + "{'source':'Default','state':'Active','addressPrefix':['172.16.0.0/12'],"
                                        + "'nextHopType':'None','nextHopIpAddress':[]},"
                                        + "{'source':'VirtualNetworkGateway','state':'Active','addressPrefix':"
                                        + "['172.20.0.0/16'],'nextHopType':'VirtualNetworkGateway',"
                                        + "'nextHopIpAddress':['10.0.9.5']}]}]"),
                        onPremises))
                .containsEntry("diverts", "answers")
                .containsEntry("other-prefix", "172.20.0.0/16")
                .containsEntry("other-subnet", "snet-agw")
                .containsEntry("other-table-is", "none");
    }

    /** Inside a VNet a default route does not win, so replies do not take it. */
    @Test
    void aDefaultRouteThroughTheSameApplianceDoesNotRouteTheOtherDirection() {
        Scene scene = Scene.web()
                .network()
                .routes("snet-agw", "rt-agw", "to-web 10.0.2.0/24 VirtualAppliance 10.0.9.4")
                .routes("snet-web", "rt-web", "out 0.0.0.0/0 VirtualAppliance 10.0.9.4");

        assertThat(values(scene, route("snet-agw", "10.0.2.0/24", "10.0.9.4")))
                .containsEntry("diverts", "requests")
                .containsEntry("other-table-is", "free")
                .containsEntry("other-table", "rt-web")
                .containsEntry("other-prefix", "10.0.1.0/24");
    }

    @Test
    void aRouteForTheOtherDirectionGetsANameThatItsTableLacks() {
        Scene scene = Scene.web()
                .network()
                .routes("snet-agw", "rt-agw", "to-web 10.0.2.0/24 VirtualAppliance 10.0.9.4")
                .routes("snet-web", "rt-web", "to-application-gateway 10.9.0.0/16 VirtualAppliance 10.0.9.4");

        assertThat(values(scene, route("snet-agw", "10.0.2.0/24", "10.0.9.4")))
                .containsEntry("other-table-is", "free")
                .containsEntry("other-table", "rt-web")
                .containsEntry("other-route-name", "to-application-gateway-2");
    }

    @Test
    void theOtherSubnetsOfARouteTableAreNamed() {
        String route = "to-web 10.0.2.0/24 VirtualAppliance 10.0.9.4";
        Scene alone = Scene.web().network().routes("snet-agw", "rt-agw", route);

        assertThat(values(alone, route("snet-agw", "10.0.2.0/24", "10.0.9.4"))).doesNotContainKey("other-subnets");
        assertThat(values(alone.routes("snet-web", "rt-agw", route), route("snet-agw", "10.0.2.0/24", "10.0.9.4")))
                .containsEntry("other-subnets", "snet-web");
    }

    @Test
    void aPeeredNetworkIsNamedByItsParts() {
        Finding finding = found("10.8.0.4")
                .with(
                        "remote-vnet-id",
                        "/subscriptions/s-2/resourceGroups/rg (spoke)/providers/Microsoft.Network/virtualNetworks/v;x");

        assertThat(values(Scene.web().network(), finding))
                .containsEntry("remote-vnet", "v;x")
                .containsEntry("remote-vnet-resource-group", "rg (spoke)")
                .containsEntry("remote-subscription", "s-2");
        assertThat(values(Scene.web().network(), found("10.8.0.4")))
                .doesNotContainKeys("remote-vnet", "remote-vnet-resource-group", "remote-subscription");
    }

    @Test
    void aPrivateEndpointThatIsNotApprovedIsNamedWithItsSubnet() {
        String id = Scene.GROUP + "/providers/Microsoft.Network/privateEndpoints/pe-shop";
        Scene scene = Scene.web()
                .network()
                .networkArray(
                        "privateEndpoints",
                        "[{'id':'" + id + "','name':'pe-shop','properties':{'subnet':{'id':'" + Scene.VNET
                                + "/subnets/snet-web'},'privateLinkServiceConnections':[{'properties':{"
                                + "'privateLinkServiceId':'/x','privateLinkServiceConnectionState':{"
                                + "'status':'Rejected'}}}]}}]");

        assertThat(values(scene, found("10.0.2.9").with("private-endpoint-id", id)))
                .containsEntry("endpoint-status", "Rejected")
                .containsEntry("private-endpoint", "pe-shop")
                .containsEntry("private-endpoint-resource-group", "rg-shop")
                .containsEntry("endpoint-subnet-id", Scene.VNET + "/subnets/snet-web");
        assertThat(values(scene, found("10.0.2.9").with("private-endpoint-id", id + "-2")))
                .as("one that was not read")
                .doesNotContainKeys("endpoint-status", "private-endpoint");
    }

    @Test
    void aStorageAccountIsReachedByAServiceEndpointThatTheSubnetLacks() {
        Finding account = found("st.blob.core.windows.net").with("storage-account", "st");

        assertThat(values(Scene.web().network(), account))
                .containsEntry("endpoints-with", "Microsoft.Storage")
                .containsEntry("endpoints-before", "--remove\n=serviceEndpoints");
        assertThat(values(Scene.web().network(), found("10.0.2.4")))
                .as("no storage account")
                .doesNotContainKeys("endpoints-with", "endpoints-before");
    }

    @Test
    void oneAddressIsAPrefixForARoute() {
        Scene scene = Scene.web().network().routes("snet-agw", "rt-agw", "drop 10.0.2.0/24 None");

        assertThat(values(scene, route("snet-agw", "10.0.2.4", "").with("next-hop-type", "None")))
                .containsEntry("exact-prefix", "10.0.2.4/32")
                .containsEntry("diverts", "elsewhere")
                .doesNotContainKeys("other-table-is", "right-next-hop");
    }

    @Test
    void aRuleGetsANameAndANumberThatNothingHas() {
        Scene scene = Scene.web()
                .network()
                .group(
                        "snet-web",
                        "nsg-web",
                        "stop 100 Inbound Deny 10.0.1.0/24 * *",
                        "allow-application-gateway 200 Inbound Allow 10.0.1.0/24 * 80",
                        "next 201 Inbound Allow 10.0.3.0/24 * 80");

        assertThat(values(scene, rule("stop", "100").with("allow-rule", "allow-application-gateway")))
                .containsEntry("later-priority", "202")
                .containsEntry("allow-name", "allow-application-gateway-2")
                .containsEntry("management-name", "allow-gateway-management");
    }

    @Test
    void aRuleThatLetsALoadBalancersProbesInIsNamedAfterThem() {
        Scene scene = Scene.web().network().group("snet-web", "nsg-web", "stop 100 Inbound Deny * * *");

        assertThat(values(scene, rule("stop", "100").with("arrives-from", "load-balancer")))
                .containsEntry("allow-name", "allow-load-balancer-probes");
        assertThat(values(scene, rule("stop", "100").with("arrives-from", "public-address")))
                .containsEntry("allow-name", "allow-application-gateway");
    }

    @Test
    void anInterfaceIsAddedToTheGroupThatTheRuleLetsThrough() {
        String groups = NETWORK + "applicationSecurityGroups/";
        Scene scene = Scene.web().network().interfaceOf("nic-web", "10.0.2.4", "/vm/web");
        scene.networkArray(
                "networkSecurityGroups",
                "[{'id':'" + NETWORK
                        + "networkSecurityGroups/nsg-web','name':'nsg-web','properties':{'securityRules':[{"
                        + "'name':'web','properties':{'priority':100,'direction':'Inbound','access':'Allow','protocol':'Tcp',"
                        + "'sourceAddressPrefix':'10.0.1.0/24','sourcePortRange':'*','destinationPortRange':'80',"
                        + "'destinationApplicationSecurityGroups':[{'id':'" + groups + "asg-web'}]}}]}}]");

        assertThat(values(scene, rule("rest", "4000")))
                .containsEntry("missing-group", groups + "asg-web")
                .containsEntry("missing-group-name", "asg-web")
                .containsEntry("nic", "nic-web")
                .containsEntry("nic-resource-group", "rg-shop")
                .containsEntry("groups-with", " " + groups + "asg-web")
                .containsEntry("ip-config", "ip")
                .containsEntry("groups-before", "--remove\n=applicationSecurityGroups");
    }

    @Test
    void asManyMachinesAsServersAreGoneTookTheirPlace() {
        Finding gone = found("10.0.2.5");
        Scene scene = Scene.web().network().interfaceOf("nic-old", "10.0.2.4", "/vm/old");

        assertThat(values(scene.interfaceOf("nic-new", "10.0.2.14", "/vm/new"), gone))
                .containsEntry("successors", "10.0.2.14");
        assertThat(values(scene.interfaceOf("nic-jump", "10.0.2.40", "/vm/jump"), gone))
                .as("nobody knows which of two")
                .doesNotContainKey("successors");
        assertThat(values(scene, found("10.20.2.14"))).as("mistyped").containsEntry("successors", "10.0.2.14");
        assertThat(values(scene, found("10.0.2.4"))).as("not gone").doesNotContainKey("successors");
    }

    private static Finding rule(String name, String priority) {
        return found("10.0.2.4")
                .with("nsg-id", NETWORK + "networkSecurityGroups/nsg-web")
                .with("rule", name)
                .with("priority", priority)
                .with("direction", "Inbound")
                .with("port", "80");
    }

    @Test
    void theDnsServersOfTheGatewaysNetworkAreNamed() {
        String other = "{'id':'" + NETWORK + "virtualNetworks/vnet-other','properties':{'addressSpace':{"
                + "'addressPrefixes':['10.9.0.0/16']},'dhcpOptions':{'dnsServers':['10.9.0.53']},'subnets':[]}}";
        String home = "{'id':'" + Scene.VNET + "','properties':{'addressSpace':{'addressPrefixes':['10.0.0.0/16']},"
                + "'dhcpOptions':{'dnsServers':['10.0.0.53','10.0.0.54']},'subnets':[{'name':'snet-agw','id':'"
                + Scene.VNET + "/subnets/snet-agw','properties':{'addressPrefix':'10.0.1.0/24'}}]}}";

        assertThat(values(
                        Scene.web().network().networkArray("virtualNetworks", "[" + other + "," + home + "]"),
                        found("a")))
                .containsEntry("dns-servers", "10.0.0.53 10.0.0.54");
        assertThat(values(Scene.web().network(), found("a"))).doesNotContainKey("dns-servers");
    }

    private static Map<String, String> inZone(String zone, String records, String endpoints, String server) {
        String id = NETWORK + "privateDnsZones/" + zone;
        Scene scene = Scene.web()
                .network()
                .networkArray(
                        "privateDnsZones",
                        "[{'id':'" + id + "','name':'" + zone + "','type':'Microsoft.Network/privateDnsZones',"
                                + "'properties':{}}" + records.replace("ZONE", id) + "]")
                .networkArray("privateEndpoints", endpoints);
        return values(
                scene,
                found(server)
                        .with("zone", zone)
                        .with("zone-resource-group", "rg-shop")
                        .with("vnet-id", Scene.VNET));
    }

    private static String record(String name, String address) {
        return ",{'id':'ZONE/A/" + name + "','name':'" + name + "','type':'Microsoft.Network/privateDnsZones/A',"
                + "'properties':{'aRecords':[{'ipv4Address':'" + address + "'}]}}";
    }

    @Test
    void theRightAddressOfANameIsItsPrivateEndpoints() {
        String endpoint = "[{'id':'" + NETWORK
                + "privateEndpoints/pe','properties':{'privateLinkServiceConnections':[{'properties':{"
                + "'privateLinkServiceId':'/x'}}],'customDnsConfigs':[{'fqdn':"
                + "'shop.azurewebsites.net','ipAddresses':['10.0.2.9']}]}}]";
        String zone = "privatelink.azurewebsites.net";

        assertThat(inZone(zone, "", endpoint, "Shop.azurewebsites.net"))
                .containsEntry("record", "shop")
                .containsEntry("right-address", "10.0.2.9");
        assertThat(inZone(zone, "", endpoint, "cart.azurewebsites.net"))
                .containsEntry("record", "cart")
                .doesNotContainKey("right-address");
    }

    /** An environment for container apps has one address; whatever its zone holds leads to it. */
    @Test
    void theRightAddressOfAContainerAppIsTheOneThatItsZoneHolds() {
        String zone = "hill.westeurope.azurecontainerapps.io";
        String app = "shop.hill.westeurope.azurecontainerapps.io";

        assertThat(inZone(zone, record("*", "10.0.2.80"), "[]", app)).containsEntry("right-address", "10.0.2.80");
        assertThat(inZone(zone, record("*", "10.0.2.80") + record("a", "10.0.2.81"), "[]", app))
                .as("nobody knows which")
                .doesNotContainKey("right-address");
        assertThat(inZone("corp.example", record("a", "10.0.2.80"), "[]", "b.corp.example"))
                .as("any other zone holds many services")
                .doesNotContainKey("right-address");
        assertThat(inZone("corp.example", record("@", "10.0.2.80"), "[]", "Corp.example"))
                .as("the domain itself")
                .containsEntry("record", "@")
                .containsEntry("record-address", "10.0.2.80");
    }

    /** Answers are diverted on the backend's subnet; then the gateway's own needs the route. */
    @Test
    void answersThatAreDivertedNeedARouteOnTheGatewaysSubnet() {
        Scene scene = Scene.web()
                .network()
                .routes("snet-agw", "rt-other", "x 10.9.0.0/16 VirtualAppliance 10.0.9.4")
                .routes("snet-web", "rt-agw", "to-web 10.0.1.0/24 VirtualAppliance 10.0.9.4");

        assertThat(values(scene, route("snet-web", "10.0.1.0/24", "10.0.9.4")))
                .containsEntry("diverts", "answers")
                .containsEntry("other-subnet", "snet-agw")
                .containsEntry("other-prefix", "10.0.2.0/24")
                .containsEntry("other-table", "rt-other")
                .containsEntry("other-table-is", "free")
                .containsEntry("other-route-name", "to-backend");
    }

    /** To take one of two directions off an appliance only makes it drop the rest. */
    @Test
    void bothDirectionsThroughOneApplianceAreToldAsSuch() {
        Scene scene = Scene.web()
                .network()
                .routes("snet-agw", "rt-agw", "to-web 10.0.2.0/24 VirtualAppliance 10.0.9.4")
                .routes("snet-web", "rt-web", "back 10.0.1.0/24 VirtualAppliance 10.0.9.4");

        assertThat(values(scene, route("snet-agw", "10.0.2.0/24", "10.0.9.4"))).containsEntry("diverts", "both");
    }

    @Test
    void theAddressOfAnApplianceIsElseTheOneInterfaceOfItsSubnetThatNoRouteGoesTo() {
        String[] routes = {
            "to-web 10.0.2.0/24 VirtualAppliance 10.0.2.20", "other 10.8.0.0/16 VirtualAppliance 10.0.2.22"
        };
        Scene one = Scene.web()
                .network()
                .routes("snet-agw", "rt-agw", routes)
                .interfaceOf("nic-new", "10.0.2.21", "/vm/fw")
                .interfaceOf("nic-used", "10.0.2.22", "/vm/other");

        assertThat(values(one, route("snet-agw", "10.0.2.0/24", "10.0.2.20")))
                .containsEntry("right-next-hop", "10.0.2.21");
        assertThat(values(
                        one.interfaceOf("nic-third", "10.0.2.23", "/vm/third"),
                        route("snet-agw", "10.0.2.0/24", "10.0.2.20")))
                .as("nobody knows which of two")
                .doesNotContainKey("right-next-hop");
    }

    @Test
    void nothingIsSaidOfANetworkThatWasNotRead() {
        assertThat(values(Scene.web(), route("snet-agw", "10.0.2.0/24", "10.0.9.4")))
                .isEmpty();
    }

    @Test
    void aPoolIsPutBackAsItWas() {
        Target server = Target.server("10.0.2.5", "pool-web");

        assertThat(new FaultValues(Scene.web().evidence()).of(server, List.of(Finding.of(Source.NETWORK, server, "x"))))
                .containsEntry("pool-servers", "10.0.2.4 10.0.2.5")
                .containsEntry("server-index", "1");
    }

    private static Finding found(String server) {
        return Finding.of(Source.NETWORK, Target.server(server, "pool-web"), "x");
    }

    private static Finding route(String subnet, String prefix, String hop) {
        return found("10.0.2.4")
                .with("route-table-id", NETWORK + "routeTables/rt-agw")
                .with("route", "to-web")
                .with("subnet-id", Scene.VNET + "/subnets/" + subnet)
                .with("destination-prefix", prefix)
                .with("next-hop-type", hop.isEmpty() ? "None" : "VirtualAppliance")
                .with("next-hop", hop)
                .with("address", "10.0.2.4 10.0.2.5");
    }

    private static String zones(String more) {
        return "[{'id':'" + ZONE + "','name':'corp.example','type':'Microsoft.Network/privateDnsZones','properties':{}}"
                + more + "]";
    }

    private static Map<String, String> values(Scene scene, Finding finding) {
        return NetworkFixValues.of(scene.evidence(), List.of(finding));
    }
}
