package dev.triage502.evidence.arm.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.evidence.Source;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a Terraform state holds of gateways and networks, under Azure's names. */
class TerraformFormTest {

    private static final String GROUP = "/subscriptions/s-1/resourceGroups/rg/providers/Microsoft.Network/";
    private static final String NOT_IN_STATE = "not-in-this-terraform-state";

    private static String resource(String type, String attributes) {
        return "{'type':'" + type + "','instances':[{'attributes':{" + attributes + "}}]}";
    }

    private static String named(String collection, String name, String more) {
        return "'id':'" + GROUP + collection + "/" + name + "','name':'" + name + "','resource_group_name':'rg',"
                + "'location':'westeurope'" + (more.isEmpty() ? "" : "," + more);
    }

    private static Optional<TakenDocument> state(String... resources) {
        return new TerraformForm()
                .take(JsonParser.parseString(
                        "{'version':4,'terraform_version':'1.9.8','resources':" + List.of(resources) + "}"));
    }

    private static JsonObject only(String... resources) {
        List<TakenPart> parts = state(resources).orElseThrow().parts();
        assertThat(parts).hasSize(1);
        return parts.get(0).element().getAsJsonObject();
    }

    private static JsonElement json(String text) {
        return JsonParser.parseString(text);
    }

    private static String group(String more) {
        return resource("azurerm_network_security_group", named("networkSecurityGroups", "nsg", more));
    }

    private static final String BLOCK =
            "{'name':'deny','priority':100,'direction':'Inbound','access':'Deny','protocol':'Tcp',"
                    + "'source_port_range':'*','source_port_ranges':[],'destination_port_range':'443',"
                    + "'source_address_prefix':'','source_address_prefixes':['10.0.1.0/24'],"
                    + "'destination_address_prefix':'*','source_application_security_group_ids':['" + GROUP
                    + "applicationSecurityGroups/asg']}";

    @Test
    void aGroupHasItsRulesUnderAzuresNames() {
        JsonObject group = only(group("'security_rule':[" + BLOCK + "]"));

        assertThat(group.get("id").getAsString()).isEqualTo(GROUP + "networkSecurityGroups/nsg");
        assertThat(group.get("location").getAsString()).isEqualTo("westeurope");
        assertThat(group.getAsJsonArray("securityRules"))
                .containsExactly(json("{'name':'deny','priority':100,'direction':'Inbound','access':'Deny',"
                        + "'protocol':'Tcp','sourcePortRange':'*','destinationPortRange':'443',"
                        + "'sourceAddressPrefixes':['10.0.1.0/24'],'destinationAddressPrefix':'*',"
                        + "'sourceApplicationSecurityGroups':[{'id':'" + GROUP + "applicationSecurityGroups/asg'}],"
                        + "'id':'" + GROUP + "networkSecurityGroups/nsg/securityRules/deny'}"));
    }

    @Test
    void aRuleThatIsAResourceOfItsOwnBelongsToTheGroupOfItsNameAndResourceGroup() {
        String rule = "'name':'late','priority':200,'network_security_group_name':'NSG','resource_group_name':'RG'";

        assertThat(names(only(group("'security_rule':[" + BLOCK + "]"), resource("azurerm_network_security_rule", rule))
                        .getAsJsonArray("securityRules")))
                .containsExactly("deny", "late");
        assertThat(names(only(
                                group(""),
                                resource("azurerm_network_security_rule", rule.replace("'RG'", "'rg-other'")),
                                resource("azurerm_network_security_rule", rule.replace("'NSG'", "'nsg-2'")))
                        .getAsJsonArray("securityRules")))
                .isEmpty();
    }

    /** A state may hold a rule in the group and by itself. */
    @Test
    void aRuleThatIsThereTwiceIsOne() {
        assertThat(only(
                                group("'security_rule':[" + BLOCK + "]"),
                                resource(
                                        "azurerm_network_security_rule",
                                        "'name':'deny','priority':9,'network_security_group_name':'nsg',"
                                                + "'resource_group_name':'rg'"))
                        .getAsJsonArray("securityRules"))
                .extracting(each -> each.getAsJsonObject().get("priority").getAsInt())
                .containsExactly(100);
    }

    private static List<String> names(JsonArray array) {
        return AnyCase.stream(array)
                .map(each -> each.getAsJsonObject().get("name").getAsString())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'disable_bgp_route_propagation':true | true",
                "'disable_bgp_route_propagation':false | false",
                "'bgp_route_propagation_enabled':true | false",
                "'bgp_route_propagation_enabled':false | true"
            })
    void aRouteTableSaysWhetherItKeepsBgpOutByEitherName(String attribute, boolean disabled) {
        JsonObject table = only(resource("azurerm_route_table", named("routeTables", "rt", attribute)));

        assertThat(table.get("disableBgpRoutePropagation").getAsBoolean()).isEqualTo(disabled);
    }

    @Test
    void aRouteTableHasItsRoutes() {
        JsonObject table = only(
                resource(
                        "azurerm_route_table",
                        named(
                                "routeTables",
                                "rt",
                                "'route':[{'name':'fw','address_prefix':'10.0.2.0/24','next_hop_type':"
                                        + "'VirtualAppliance','next_hop_in_ip_address':'10.0.9.4'}]")),
                resource(
                        "azurerm_route",
                        "'name':'drop','address_prefix':'10.0.3.0/24','next_hop_type':'None',"
                                + "'next_hop_in_ip_address':'','route_table_name':'rt','resource_group_name':'rg'"));

        assertThat(table.has("disableBgpRoutePropagation"))
                .as("it does not say")
                .isFalse();
        assertThat(table.getAsJsonArray("routes"))
                .containsExactly(
                        json("{'name':'fw','addressPrefix':'10.0.2.0/24','nextHopType':'VirtualAppliance',"
                                + "'nextHopIpAddress':'10.0.9.4','id':'" + GROUP + "routeTables/rt/routes/fw'}"),
                        json("{'name':'drop','addressPrefix':'10.0.3.0/24','nextHopType':'None','id':'" + GROUP
                                + "routeTables/rt/routes/drop'}"));
    }

    private static String network(String more) {
        return resource(
                "azurerm_virtual_network",
                named("virtualNetworks", "vnet", "'address_space':['10.0.0.0/16'],'dns_servers':['10.0.9.5']") + more);
    }

    private static JsonObject subnet(String... resources) {
        JsonArray subnets = only(resources).getAsJsonArray("subnets");
        assertThat(subnets).hasSize(1);
        return subnets.get(0).getAsJsonObject();
    }

    private static final String SUBNET = resource(
            "azurerm_subnet",
            "'id':'" + GROUP + "virtualNetworks/vnet/subnets/app','name':'app','virtual_network_name':'vnet',"
                    + "'resource_group_name':'rg','address_prefixes':['10.0.2.0/24']");

    @Test
    void aNetworkHasItsRangesAndDnsServers() {
        JsonObject network = only(network(""));

        assertThat(network.get("addressSpace")).isEqualTo(json("{'addressPrefixes':['10.0.0.0/16']}"));
        assertThat(network.get("dhcpOptions")).isEqualTo(json("{'dnsServers':['10.0.9.5']}"));
        assertThat(network.getAsJsonArray("subnets")).isEmpty();
    }

    /** An NSG or a route table may be attached by another state: none is not what is known. */
    @Test
    void aSubnetToWhichThisStateAttachesNothingRefersToWhatIsNotInIt() {
        JsonObject subnet = subnet(network(""), SUBNET);

        assertThat(subnet.get("name").getAsString()).isEqualTo("app");
        assertThat(subnet.get("id").getAsString()).isEqualTo(GROUP + "virtualNetworks/vnet/subnets/app");
        assertThat(subnet.get("addressPrefixes")).isEqualTo(json("['10.0.2.0/24']"));
        assertThat(subnet.get("networkSecurityGroup"))
                .isEqualTo(json("{'id':'" + GROUP + "networkSecurityGroups/" + NOT_IN_STATE + "'}"));
        assertThat(subnet.get("routeTable")).isEqualTo(json("{'id':'" + GROUP + "routeTables/" + NOT_IN_STATE + "'}"));
    }

    @Test
    void aSubnetHasWhatAnAssociationAttaches() {
        JsonObject subnet = subnet(
                network(""),
                SUBNET,
                resource(
                        "azurerm_subnet_network_security_group_association",
                        "'subnet_id':'" + GROUP + "virtualNetworks/vnet/subnets/other',"
                                + "'network_security_group_id':'other'"),
                resource(
                        "azurerm_subnet_network_security_group_association",
                        "'subnet_id':'" + GROUP.replace("rg", "RG") + "virtualNetworks/vnet/subnets/APP',"
                                + "'network_security_group_id':'the-nsg'"),
                resource(
                        "azurerm_subnet_route_table_association",
                        "'subnet_id':'" + GROUP + "virtualNetworks/vnet/subnets/app','route_table_id':'the-table'"));

        assertThat(subnet.get("networkSecurityGroup")).isEqualTo(json("{'id':'the-nsg'}"));
        assertThat(subnet.get("routeTable")).isEqualTo(json("{'id':'the-table'}"));
    }

    @Test
    void aSubnetThatIsABlockOfItsNetworkSaysItsGroupItself() {
        JsonObject subnet = subnet(
                network(",'subnet':[{'name':'app','address_prefix':'10.0.2.0/24','id':'','security_group':'the-nsg',"
                        + "'route_table_id':'the-table'}]"));

        assertThat(subnet)
                .isEqualTo(json("{'addressPrefixes':['10.0.2.0/24'],'id':'" + GROUP
                        + "virtualNetworks/vnet/subnets/app','name':'app','networkSecurityGroup':{'id':'the-nsg'},"
                        + "'routeTable':{'id':'the-table'}}"));
    }

    @Test
    void aSubnetThatIsABlockAndAResourceIsTheResource() {
        JsonObject subnet = subnet(
                network(",'subnet':[{'name':'app','address_prefix':'10.0.99.0/24','security_group':'block'}]"), SUBNET);

        assertThat(subnet.get("addressPrefixes")).isEqualTo(json("['10.0.2.0/24']"));
    }

    private static JsonObject gateway(String more) {
        return only(resource("azurerm_application_gateway", named("applicationGateways", "agw", more)))
                .getAsJsonObject("properties");
    }

    @Test
    void aGatewayHasItsSizeAndScale() {
        JsonObject gateway = gateway("'sku':[{'name':'WAF_v2','tier':'WAF_v2','capacity':2}],"
                + "'autoscale_configuration':[{'min_capacity':1,'max_capacity':4}]");

        assertThat(gateway.get("sku")).isEqualTo(json("{'name':'WAF_v2','tier':'WAF_v2','capacity':2}"));
        assertThat(gateway.get("autoscaleConfiguration")).isEqualTo(json("{'minCapacity':1,'maxCapacity':4}"));
        assertThat(gateway("'sku':[],'autoscale_configuration':[]").has("sku")).isFalse();
    }

    @Test
    void aPoolHasItsAddressesAndNames() {
        assertThat(gateway("'backend_address_pool':[{'id':'p-id','name':'p','ip_addresses':['10.0.2.4'],"
                                + "'fqdns':['app.example']}]")
                        .get("backendAddressPools"))
                .isEqualTo(json("[{'id':'p-id','name':'p','backendAddresses':[{'ipAddress':'10.0.2.4'},"
                        + "{'fqdn':'app.example'}]}]"));
    }

    /** Network interfaces that joined it are resources apart, and perhaps in another state. */
    @Test
    void aPoolWithoutAddressesIsNotSaidToBeEmpty() {
        assertThat(gateway("'backend_address_pool':[{'name':'p','ip_addresses':[],'fqdns':[]}]")
                        .get("backendAddressPools"))
                .isEqualTo(json("[{'name':'p'}]"));
    }

    @Test
    void aSettingHasItsProbeRootsAndDraining() {
        assertThat(gateway("'backend_http_settings':[{'name':'s','port':443,'protocol':'Https','request_timeout':30,"
                                + "'host_name':'','probe_id':'the-probe','trusted_root_certificate_names':['ca'],"
                                + "'connection_draining':[{'enabled':true,'drain_timeout_sec':60}]}]")
                        .get("backendHttpSettingsCollection"))
                .isEqualTo(json("[{'name':'s','port':443,'protocol':'Https','requestTimeout':30,"
                        + "'probe':{'id':'the-probe'},'trustedRootCertificates':[{'id':'" + GROUP
                        + "applicationGateways/agw/trustedRootCertificates/ca'}],"
                        + "'connectionDraining':{'enabled':true,'drainTimeoutInSec':60}}]"));
        assertThat(gateway("'backend_http_settings':[{'name':'s','trusted_root_certificate_names':[]}]")
                        .get("backendHttpSettingsCollection"))
                .isEqualTo(json("[{'name':'s'}]"));
    }

    @ParameterizedTest
    @CsvSource({"0,", "8080,8080"})
    void aProbeOfPortZeroUsesTheSettings(int port, String told) {
        JsonObject probe = gateway("'probe':[{'name':'p','path':'/health','port':" + port
                        + ",'match':[{'body':'','status_code':['200-399']}]}]")
                .getAsJsonArray("probes")
                .get(0)
                .getAsJsonObject();

        assertThat(AnyCase.text(probe, "port")).isEqualTo(told == null ? "" : told);
        assertThat(probe.get("match")).isEqualTo(json("{'statusCodes':['200-399']}"));
    }

    @Test
    void rulesListenersAndPathMapsReferById() {
        JsonObject gateway = gateway("'http_listener':[{'name':'l','protocol':'Https','host_names':['a.example'],"
                + "'frontend_port_id':'port-id'}],'frontend_port':[{'name':'p443','port':443}],"
                + "'request_routing_rule':[{'name':'r','rule_type':'Basic','priority':10,'http_listener_id':'l-id',"
                + "'backend_address_pool_id':'p-id','backend_http_settings_id':'s-id','url_path_map_id':''}],"
                + "'url_path_map':[{'name':'m','default_backend_address_pool_id':'p-id','path_rule':["
                + "{'name':'api','paths':['/api/*'],'backend_http_settings_id':'s-id'}]}],"
                + "'frontend_ip_configuration':[{'name':'pub','public_ip_address_id':'pip-id',"
                + "'private_ip_address':''}],'gateway_ip_configuration':[{'name':'ipc','subnet_id':'snet-id'}],"
                + "'trusted_root_certificate':[{'name':'ca','data':'MII'}]");

        assertThat(gateway.get("httpListeners"))
                .isEqualTo(json("[{'name':'l','protocol':'Https','hostNames':['a.example'],"
                        + "'frontendPort':{'id':'port-id'}}]"));
        assertThat(gateway.get("frontendPorts")).isEqualTo(json("[{'name':'p443','port':443}]"));
        assertThat(gateway.get("requestRoutingRules"))
                .isEqualTo(json("[{'name':'r','ruleType':'Basic','priority':10,'httpListener':{'id':'l-id'},"
                        + "'backendAddressPool':{'id':'p-id'},'backendHttpSettings':{'id':'s-id'}}]"));
        assertThat(gateway.get("urlPathMaps"))
                .isEqualTo(json("[{'name':'m','defaultBackendAddressPool':{'id':'p-id'},'pathRules':["
                        + "{'name':'api','paths':['/api/*'],'backendHttpSettings':{'id':'s-id'}}]}]"));
        assertThat(gateway.get("frontendIPConfigurations"))
                .isEqualTo(json("[{'name':'pub','publicIPAddress':{'id':'pip-id'}}]"));
        assertThat(gateway.get("gatewayIPConfigurations"))
                .isEqualTo(json("[{'name':'ipc','subnet':{'id':'snet-id'}}]"));
        assertThat(gateway.get("trustedRootCertificates")).isEqualTo(json("[{'name':'ca','data':'MII'}]"));
    }

    private static final String SHOWN = "{'format_version':'1.0','terraform_version':'1.9.8',%s}";

    private static String values(String type, String attributes) {
        return "{'root_module':{'resources':[],'child_modules':[{'child_modules':[],'resources':[{'type':'" + type
                + "','values':{" + attributes + "}}]}]}}";
    }

    @Test
    void resourcesOfModulesAreFoundInAShownState() {
        String state = SHOWN.formatted("'values':" + values("azurerm_route_table", named("routeTables", "rt", "")));

        assertThat(new TerraformForm().take(json(state)).orElseThrow().as()).isEqualTo("Terraform state: route table");
    }

    /** What a plan would change is not so yet. */
    @Test
    void ofAPlanTheStateBeforeItIsTaken() {
        String before =
                "'prior_state':{'values':" + values("azurerm_route_table", named("routeTables", "rt", "")) + "}";
        String planned = "'planned_values':" + values("azurerm_network_security_group", "'id':'x'");

        assertThat(new TerraformForm()
                        .take(json(SHOWN.formatted(planned + "," + before)))
                        .orElseThrow()
                        .as())
                .isEqualTo("Terraform plan (state before it): route table");
        assertThat(new TerraformForm().take(json(SHOWN.formatted(planned)))).isEmpty();
    }

    @Test
    void whatIsNoStateOrHasNothingOfUseIsNotTaken() {
        assertThat(state(resource("azurerm_storage_account", "'id':'x'"))).isEmpty();
        assertThat(state()).isEmpty();
        assertThat(new TerraformForm().take(json("{'resources':[]}"))).isEmpty();
        assertThat(new TerraformForm().take(json("{'terraform_version':'1.9.8'}")))
                .isEmpty();
        assertThat(TerraformForm.isTerraform(json("{'terraform_version':'1.9.8','resources':[]}")))
                .isTrue();
    }

    @Test
    void theGatewayIsAWholeDocumentAndTheNetworkIsArrays() {
        assertThat(state(
                                resource("azurerm_application_gateway", named("applicationGateways", "agw", "")),
                                group(""),
                                network(""))
                        .orElseThrow())
                .satisfies(taken -> {
                    assertThat(taken.as()).isEqualTo("Terraform state: application gateway, NSG, VNet");
                    assertThat(taken.parts())
                            .extracting(TakenPart::source)
                            .containsExactly(Source.GATEWAY, Source.NETWORK, Source.NETWORK);
                    assertThat(taken.parts())
                            .extracting(TakenPart::array)
                            .containsExactly("", "networkSecurityGroups", "virtualNetworks");
                });
    }
}
