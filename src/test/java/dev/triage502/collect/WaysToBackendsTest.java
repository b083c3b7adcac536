package dev.triage502.collect;

import static dev.triage502.azure.FakeAzure.error;
import static dev.triage502.azure.FakeAzure.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.azure.AzureAccess;
import dev.triage502.azure.FakeAzure;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is asked beyond the members' own interfaces, and only where it can matter. */
@Timeout(60)
class WaysToBackendsTest {

    private static final String GROUP = "/subscriptions/s1/resourceGroups/rg";
    private static final String PROVIDERS = GROUP + "/providers/Microsoft.";
    private static final String GATEWAY = PROVIDERS + "Network/applicationGateways/agw";
    private static final String NETWORK = PROVIDERS + "Network/virtualNetworks/vnet";
    private static final String SET = PROVIDERS + "Compute/virtualMachineScaleSets/vmss";
    private static final String CARD = PROVIDERS + "Network/networkInterfaces/nic1";
    private static final Incident INCIDENT =
            Incident.alertedAt(ResourceId.of(GATEWAY), Instant.parse("2026-01-31T09:10:00Z"));

    private final Map<String, FakeAzure.Reply> routes = new LinkedHashMap<>();
    private FakeAzure azure;
    private AzureAccess access;

    @BeforeEach
    void start() throws IOException {
        azure = new FakeAzure(request -> routes.entrySet().stream()
                .filter(route -> request.path()
                                .toLowerCase(Locale.ROOT)
                                .endsWith(route.getKey().toLowerCase(Locale.ROOT))
                        || request.body().contains("triage502: " + route.getKey() + "\\n"))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElseGet(() -> error(404, "ResourceNotFound", "no route for " + request.path())));
        access = azure.access();
        for (String query : List.of("holders", "around", "names", "owners")) {
            rows(query, "");
        }
        network("", "");
    }

    @AfterEach
    void stop() throws IOException {
        access.close();
        azure.close();
    }

    private void answer(String route, String body) {
        routes.put(route, json(body.replace('\'', '"')));
    }

    private void rows(String query, String rows) {
        answer(query, "{'data':[" + rows + "],'resultTruncated':'false'}");
    }

    private void gateway(String pool) {
        answer(
                "/applicationGateways/agw",
                "{'id':'" + GATEWAY
                        + "','name':'agw','location':'West Europe','properties':{'sku':{'name':'Standard_v2',"
                        + "'tier':'Standard_v2'},'gatewayIPConfigurations':[{'properties':{'subnet':{'id':'" + NETWORK
                        + "/subnets/gw'}}}],'backendAddressPools':[{'name':'pool','id':'" + GATEWAY
                        + "/backendAddressPools/pool','properties':{" + pool + "}}]}}");
    }

    private void network(String more, String ofGatewaySubnet) {
        answer(
                "/virtualNetworks/vnet",
                "{'id':'" + NETWORK
                        + "','name':'vnet','properties':{'addressSpace':{'addressPrefixes':['10.0.0.0/16']},"
                        + "'subnets':[" + subnet("gw", "10.0.1.0/24", ofGatewaySubnet) + ","
                        + subnet("app", "10.0.2.0/24", "") + more + "]}}");
    }

    private static String subnet(String name, String prefix, String more) {
        return "{'name':'" + name + "','id':'" + NETWORK + "/subnets/" + name + "','properties':{'addressPrefix':'"
                + prefix + "'" + more + "}}";
    }

    private static String card(String id, String address, String machine) {
        return "{'id':'" + id
                + "','name':'nic','type':'microsoft.network/networkinterfaces','properties':{'virtualMachine':{'id':'"
                + machine
                + "'},'ipConfigurations':[{'properties':{'privateIPAddress':'" + address + "','subnet':{'id':'"
                + NETWORK
                + "/subnets/app'}}}]}}";
    }

    private SourceDocuments run() {
        return new Investigation(access, Investigation.Options.readOnly())
                .run(INCIDENT, Duration.ofSeconds(30), CollectionProgress.none());
    }

    private JsonObject network() {
        return (JsonObject) run().get(Source.NETWORK).toOptional().orElseThrow();
    }

    private boolean isAsked(String part) {
        return azure.requests().stream().anyMatch(request -> (request.path() + request.body()).contains(part));
    }

    private static String ids(JsonElement array) {
        return DocumentPaths.texts(array == null ? new JsonArray() : array, "id")
                .toString();
    }

    @Test
    void interfacesOfAScaleSetInAPoolAreReadFromTheSet() {
        String instance = SET + "/virtualMachines/0/networkInterfaces/nic0";
        gateway("'backendIPConfigurations':[{'id':'" + instance + "/ipConfigurations/ipc'}]");
        answer(
                "/virtualMachineScaleSets/vmss/networkInterfaces",
                "{'value':[" + card(instance, "10.0.2.4", SET + "/virtualMachines/0") + "]}");

        assertThat(ids(network().get("networkInterfaces"))).isEqualTo("[" + instance + "]");
    }

    @Test
    void aroundAnAddressThatIsNobodysInterfacesOfItsSubnetAreRead() {
        gateway("'backendAddresses':[{'ipAddress':'10.0.2.4'}]");
        rows(
                "around",
                card(CARD, "10.0.2.9", PROVIDERS + "Compute/virtualMachines/vm1") + ",{'id':'" + SET
                        + "','name':'vmss','type':'microsoft.compute/virtualmachinescalesets','sku':{'capacity':1},'properties':{}}");
        String instance = SET + "/virtualMachines/0/networkInterfaces/nic0";
        answer(
                "/virtualMachineScaleSets/vmss/networkInterfaces",
                "{'value':[" + card(instance, "10.0.2.10", SET + "/virtualMachines/0") + "]}");

        assertThat(ids(network().get("networkInterfaces"))).isEqualTo("[" + CARD + ", " + instance + "]");
    }

    @Test
    void interfacesOfAFlexibleScaleSetAreOrdinaryOnes() {
        gateway("'backendAddresses':[{'ipAddress':'10.0.2.4'}]");
        rows(
                "around",
                card(CARD, "10.0.2.9", PROVIDERS + "Compute/virtualMachines/vm1") + ",{'id':'" + SET
                        + "','name':'vmss','type':'microsoft.compute/virtualmachinescalesets','sku':{'capacity':1},"
                        + "'properties':{'orchestrationMode':'Flexible'}}");

        assertThat(ids(network().get("networkInterfaces"))).isEqualTo("[" + CARD + "]");
        assertThat(isAsked("/virtualMachineScaleSets/vmss/networkInterfaces")).isFalse();
    }

    @Test
    void thePublicAddressOfAMemberLeadsToItsLoadBalancerAndTheInterfacesBehindIt() {
        String balancer = PROVIDERS + "Network/loadBalancers/lb";
        gateway("'backendAddresses':[{'ipAddress':'20.50.1.9'}]");
        rows(
                "holders",
                "{'id':'" + PROVIDERS + "Network/publicIPAddresses/pip','type':'microsoft.network/publicipaddresses',"
                        + "'properties':{'ipAddress':'20.50.1.9','ipConfiguration':{'id':'" + balancer
                        + "/frontendIPConfigurations/front'}}}");
        answer("/loadBalancers/lb", "{'id':'" + balancer + "','name':'lb','properties':{}}");

        JsonObject network = network();

        assertThat(ids(network.get("publicIPAddresses"))).contains("publicIPAddresses/pip");
        assertThat(ids(network.get("loadBalancers"))).isEqualTo("[" + balancer + "]");
    }

    @Test
    void aNameIsAskedForAsTheLabelOfAPublicAddress() {
        gateway("'backendAddresses':[{'fqdn':'shop.westeurope.cloudapp.azure.com'}]");
        rows(
                "holders",
                "{'id':'" + PROVIDERS + "Network/publicIPAddresses/pip','type':'microsoft.network/publicipaddresses',"
                        + "'properties':{'ipAddress':'20.50.1.9','ipConfiguration':{'id':'" + CARD
                        + "/ipConfigurations/ipc'}}}");
        answer("/networkInterfaces/nic1", card(CARD, "10.0.2.9", PROVIDERS + "Compute/virtualMachines/vm1"));

        assertThat(ids(network().get("networkInterfaces"))).isEqualTo("[" + CARD + "]");
        assertThat(isAsked("dnsSettings.fqdn) in~ ('shop.westeurope.cloudapp.azure.com')"))
                .isTrue();
    }

    @Test
    void whatHoldsTheAddressesThatAPrivateZoneGivesForANameIsRead() {
        String zone = PROVIDERS + "Network/privateDnsZones/corp.example";
        gateway("'backendAddresses':[{'fqdn':'app.corp.example'}]");
        rows(
                "names",
                "{'id':'" + zone + "','name':'corp.example','type':'microsoft.network/privatednszones',"
                        + "'properties':{'numberOfRecordSets':2}}");
        answer("/privateDnsZones/corp.example/virtualNetworkLinks", "{'value':[]}");
        answer(
                "/privateDnsZones/corp.example/ALL",
                "{'value':[{'id':'" + zone + "/A/app','name':'app','type':'Microsoft.Network/privateDnsZones/A',"
                        + "'properties':{'aRecords':[{'ipv4Address':'10.0.2.9'}]}}]}");
        rows("around", card(CARD, "10.0.2.9", PROVIDERS + "Compute/virtualMachines/vm1"));

        assertThat(ids(network().get("networkInterfaces"))).isEqualTo("[" + CARD + "]");
        assertThat(isAsked("tostring(properties.ipAddress) in ('10.0.2.9')")).isTrue();
    }

    @Test
    void anApplianceBehindALoadBalancerThatARouteLeadsToIsRead() {
        String balancer = PROVIDERS + "Network/loadBalancers/ilb";
        String table = PROVIDERS + "Network/routeTables/rt";
        gateway("'backendAddresses':[{'ipAddress':'10.9.2.4'}]");
        network("", ",'routeTable':{'id':'" + table + "'}");
        answer(
                "/routeTables/rt",
                "{'id':'" + table + "','name':'rt','properties':{'routes':[{'name':'r','properties':{"
                        + "'addressPrefix':'10.9.0.0/16','nextHopType':'VirtualAppliance','nextHopIpAddress':'10.0.2.100'}}]}}");
        rows(
                "around",
                "{'id':'" + balancer + "','name':'ilb','type':'microsoft.network/loadbalancers','properties':{"
                        + "'backendAddressPools':[{'properties':{'backendIPConfigurations':[{'id':'" + CARD
                        + "/ipConfigurations/ipc'}]}}]}}");
        answer("/networkInterfaces/nic1", card(CARD, "10.0.2.11", PROVIDERS + "Compute/virtualMachines/wall1"));

        assertThat(ids(network().get("networkInterfaces"))).isEqualTo("[" + CARD + "]");
    }

    @Test
    void whereNothingHasAPublicAddressLoadBalancersOfTheRegionAndTheirAddressesAreRead() {
        String balancer = PROVIDERS + "Network/loadBalancers/lb";
        String address = PROVIDERS + "Network/publicIPAddresses/pip-new";
        gateway("'backendAddresses':[{'ipAddress':'20.50.1.9'}]");
        rows(
                "around",
                "{'id':'" + balancer + "','name':'lb','type':'microsoft.network/loadbalancers','properties':{"
                        + "'frontendIPConfigurations':[{'id':'" + balancer
                        + "/frontendIPConfigurations/front','properties':{'publicIPAddress':{'id':'" + address
                        + "'}}}]}}");
        answer("/publicIPAddresses/pip-new", "{'id':'" + address + "','properties':{'ipAddress':'20.50.1.77'}}");

        JsonObject network = network();

        assertThat(isAsked("location in~ ('westeurope')")).isTrue();
        assertThat(ids(network.get("loadBalancers"))).isEqualTo("[" + balancer + "]");
        assertThat(ids(network.get("publicIPAddresses"))).isEqualTo("[" + address + "]");
    }

    @Test
    void zonesOfOtherDomainsThatAreLinkedToTheGatewaysNetworkShowThatZonesAreSeen() {
        String link = PROVIDERS + "Network/privateDnsZones/corp.example/virtualNetworkLinks/vnet";
        gateway("'backendAddresses':[{'fqdn':'app.ase-1.appserviceenvironment.net'}]");
        rows(
                "names",
                "{'id':'" + link + "','name':'vnet','type':'microsoft.network/privatednszones/virtualnetworklinks',"
                        + "'properties':{'virtualNetwork':{'id':'" + NETWORK + "'}}}");

        assertThat(ids(network().get("privateDnsZones"))).isEqualTo("[" + link + "]");
        assertThat(isAsked("virtualNetwork.id) in~ ('" + NETWORK + "')")).isTrue();
        assertThat(isAsked("/privateDnsZones/corp.example/virtualNetworkLinks")).isFalse();
    }

    @Test
    void theEnvironmentOfAnAppThatHasAnotherNameIsReadByItsId() {
        String app = PROVIDERS + "App/containerApps/app";
        String environment = PROVIDERS + "App/managedEnvironments/env";
        gateway("'backendAddresses':[{'fqdn':'shop.contoso.com'}]");
        rows(
                "owners",
                "{'id':'" + app + "','type':'microsoft.app/containerapps','properties':{'runningStatus':'Running',"
                        + "'environmentId':'" + environment + "'}}");
        answer("/managedEnvironments/env", "{'id':'" + environment + "','properties':{'vnetConfiguration':{}}}");

        JsonElement backends = run().get(Source.BACKENDS).toOptional().orElseThrow();

        assertThat(ids(((JsonObject) backends).get("managedEnvironments"))).isEqualTo("[" + environment + "]");
        assertThat(isAsked("'shop.contoso.com'")).isTrue();
    }

    @Test
    void aNameOfAnotherServiceIsNotLookedForAmongAllServices() {
        gateway("'backendAddresses':[{'fqdn':'files.z6.web.core.windows.net'}]");
        run();

        assertThat(isAsked("microsoft.storage/storageaccounts")).isTrue();
        assertThat(isAsked("microsoft.web/staticsites")).isFalse();
        assertThat(isAsked("microsoft.apimanagement/service")).isFalse();
    }

    @Test
    void whereEveryAddressIsHeldNothingAroundIsRead() {
        gateway("'backendAddresses':[{'ipAddress':'10.0.2.4'}]");
        rows("holders", card(CARD, "10.0.2.4", PROVIDERS + "Compute/virtualMachines/vm1"));

        assertThat(ids(network().get("networkInterfaces"))).isEqualTo("[" + CARD + "]");
        assertThat(isAsked("triage502: around")).isFalse();
        assertThat(isAsked("effectiveRouteTable")).isFalse();
        assertThat(isAsked("serviceTagDetails")).isFalse();
    }

    @Test
    void aListWithoutTheInterfacesOfAVeryLargeScaleSetIsToldToBeShort() {
        gateway("'backendAddresses':[{'ipAddress':'10.0.2.4'}]");
        rows(
                "around",
                card(CARD, "10.0.2.9", PROVIDERS + "Compute/virtualMachines/vm1") + ",{'id':'" + SET
                        + "','name':'vmss','type':'microsoft.compute/virtualmachinescalesets','sku':{'capacity':900},'properties':{}}");

        assertThat(network().get("networkInterfaces").toString())
                .contains("NotCollected", "scale set vmss has too many instances");
        assertThat(isAsked("/virtualMachineScaleSets/vmss/networkInterfaces")).isFalse();
    }

    @Test
    void nodesThatRoutesLeadToAreRead() {
        gateway("'backendAddresses':[{'ipAddress':'10.244.1.7'}]");
        network("", ",'routeTable':{'id':'" + PROVIDERS + "Network/routeTables/rt'}");
        answer(
                "/routeTables/rt",
                "{'id':'" + PROVIDERS + "Network/routeTables/rt','name':'rt','properties':{'routes':[{'name':'node',"
                        + "'properties':{'addressPrefix':'10.244.1.0/24','nextHopType':'VirtualAppliance',"
                        + "'nextHopIpAddress':'10.0.2.66'}}]}}");
        rows(
                "around",
                "{'id':'" + SET
                        + "','name':'vmss','type':'microsoft.compute/virtualmachinescalesets','sku':{'capacity':1},'properties':{}}");
        String instance = SET + "/virtualMachines/0/networkInterfaces/nic0";
        answer(
                "/virtualMachineScaleSets/vmss/networkInterfaces",
                "{'value':[" + card(instance, "10.0.2.67", SET + "/virtualMachines/0") + "]}");

        assertThat(ids(network().get("networkInterfaces"))).isEqualTo("[" + instance + "]");
    }

    @Test
    void routesInEffectAreAskedWhereTheNetworkMayHaveLearnedSome() {
        gateway("'backendAddresses':[{'ipAddress':'10.0.2.4'}]");
        network("," + subnet("GatewaySubnet", "10.0.9.0/24", ""), "");
        rows("holders", card(CARD, "10.0.2.4", PROVIDERS + "Compute/virtualMachines/vm1"));
        answer(
                "/nic1/effectiveRouteTable",
                "{'value':[{'source':'VirtualNetworkGateway','state':'Active','addressPrefix':['0.0.0.0/0'],"
                        + "'nextHopType':'VirtualNetworkGateway','nextHopIpAddress':['10.0.9.4']}]}");

        assertThat(network().get("effectiveRoutes").toString())
                .startsWith("[{\"networkInterface\":{\"id\":\"" + CARD + "\"},\"value\":[{\"source\":")
                .contains("0.0.0.0/0");
    }

    @Test
    void routesInEffectThatMayNotBeAskedAreToldWithTheActionThatIsMissing() {
        gateway("'backendAddresses':[{'ipAddress':'10.0.2.4'}]");
        network("," + subnet("GatewaySubnet", "10.0.9.0/24", ""), "");
        rows("holders", card(CARD, "10.0.2.4", PROVIDERS + "Compute/virtualMachines/vm1"));
        routes.put(
                "/nic1/effectiveRouteTable",
                error(403, "AuthorizationFailed", "does not have authorization to perform action"));

        JsonObject network = network();

        assertThat(network.getAsJsonObject("unread").get("effectiveRoutes").toString())
                .contains("AuthorizationFailed");
        assertThat(ids(network.get("networkInterfaces"))).isEqualTo("[" + CARD + "]");
    }

    @Test
    void aTagInARuleOnTheWayOutIsResolvedForAMemberInTheOpen() {
        gateway("'backendAddresses':[{'fqdn':'shop.contoso.com'}]");
        String group = PROVIDERS + "Network/networkSecurityGroups/nsg";
        network("", ",'networkSecurityGroup':{'id':'" + group + "'}");
        answer(
                "/networkSecurityGroups/nsg",
                "{'id':'" + group + "','name':'nsg','properties':{'securityRules':["
                        + rule("out", "Outbound", "Storage") + "," + rule("in", "Inbound", "AzureCloud") + "]}}");
        answer(
                "/locations/westeurope/serviceTagDetails",
                "{'value':[{'name':'Storage','id':'Storage','properties':{'addressPrefixes':['20.38.0.0/16']}}]}");

        assertThat(network().get("serviceTags").toString()).contains("Storage", "20.38.0.0/16");
        assertThat(azure.requests())
                .filteredOn(request -> request.path().endsWith("serviceTagDetails"))
                .singleElement()
                .satisfies(request -> assertThat(request.query()).containsEntry("tagName", "Storage"));
    }

    private static String rule(String name, String direction, String destination) {
        return "{'name':'" + name + "','properties':{'priority':100,'direction':'" + direction
                + "','access':'Deny','protocol':'*','sourceAddressPrefix':'*','sourcePortRange':'*',"
                + "'destinationPortRange':'*','destinationAddressPrefix':'" + destination + "'}}";
    }

    @Test
    void theRevisionsOfAContainerAppStandInTheApp() {
        gateway("'backendAddresses':[{'fqdn':'app.region.azurecontainerapps.io'}]");
        String app = PROVIDERS + "App/containerApps/app";
        rows(
                "owners",
                "{'id':'" + app
                        + "','type':'microsoft.app/containerapps','name':'app','properties':{'runningStatus':'Running'}}");
        answer("/containerApps/app/revisions", "{'value':[{'name':'app--1','properties':{'active':false}}]}");

        JsonElement backends = run().get(Source.BACKENDS).toOptional().orElseThrow();

        assertThat(DocumentPaths.texts(backends, "containerApps.properties.revisions.properties.active"))
                .containsExactly("false");
    }
}
