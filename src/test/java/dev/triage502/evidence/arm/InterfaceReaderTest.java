package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.BalancerRule;
import dev.triage502.evidence.Network.LoadBalancer;
import dev.triage502.incident.HostName;
import dev.triage502.incident.ResourceId;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What holds an address: interfaces, private endpoints, frontends of load balancers, public addresses. */
class InterfaceReaderTest {

    private static final String NET = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/";
    private static final String LB = NET + "loadBalancers/lb";

    private static Network read(String parts) {
        return SingleReaders.network(Json.of("{'virtualNetworks':[]," + parts + "}"))
                .toOptional()
                .orElseThrow();
    }

    private static String balancer(String front, String rule) {
        return "'loadBalancers':[{'id':'" + LB + "','properties':{'frontendIPConfigurations':[{'id':'" + LB
                + "/frontendIPConfigurations/fe','properties':{" + front + "}}],'probes':[{'id':'" + LB
                + "/probes/p','properties':{'port':8081}}],'loadBalancingRules':[{'id':'" + LB
                + "/loadBalancingRules/r','properties':{'frontendIPConfiguration':{'id':'" + LB
                + "/frontendIPConfigurations/fe'},'frontendPort':443,'backendPort':8443,'probe':{'id':'" + LB
                + "/probes/p'},'backendAddressPool':{'id':'" + LB + "/backendAddressPools/b'}" + rule + "}}]}}]";
    }

    private static LoadBalancer only(Network network) {
        List<LoadBalancer> all = network.loadBalancers().toOptional().orElseThrow();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    @Test
    void aRulePassesOnToThePortOfItsMembersAndIsProbedAtAnother() {
        BalancerRule rule = only(read(balancer("'privateIPAddress':'10.0.2.50'", "")))
                .rules()
                .get(0);

        assertThat(rule.address()).isEqualTo("10.0.2.50");
        assertThat(rule.portOfMember(443)).isEqualTo(8443);
        assertThat(rule.probePort()).isEqualTo(OptionalInt.of(8081));
        assertThat(rule.takes(443)).isTrue();
        assertThat(rule.takes(80)).isFalse();
    }

    @Test
    void withFloatingIpMembersGetThePortThatWasAsked() {
        BalancerRule rule = only(read(balancer("'privateIPAddress':'10.0.2.50'", ",'enableFloatingIP':true")))
                .rules()
                .get(0);

        assertThat(rule.portOfMember(443)).isEqualTo(443);
    }

    @Test
    void aPublicFrontendHasTheAddressOfThePublicIpThatItRefersTo() {
        Network network = read(balancer("'publicIPAddress':{'id':'" + NET + "publicIPAddresses/PIP'}", "")
                + ",'publicIPAddresses':[{'id':'" + NET + "publicIPAddresses/pip','properties':{'ipAddress':"
                + "'203.0.113.60','dnsSettings':{'domainNameLabel':'shop','fqdn':'shop.westeurope.cloudapp.azure.com'},"
                + "'ipConfiguration':{'id':'" + LB + "/frontendIPConfigurations/fe'}}}]");

        assertThat(only(network).frontAddresses()).containsExactly("203.0.113.60");
        assertThat(only(network).rules()).extracting(BalancerRule::address).containsExactly("203.0.113.60");
        assertThat(network.publicAddresses().toOptional().orElseThrow())
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.holder()).contains(ResourceId.of(LB + "/frontendIPConfigurations/fe"));
                    assertThat(each.name()).contains(HostName.of("shop.westeurope.cloudapp.azure.com"));
                });
    }

    @Test
    void aPrivateEndpointThatListsNoAddressHasThoseOfItsInterface() {
        Network network = read("'networkInterfaces':[{'id':'" + NET + "networkInterfaces/pe-nic','properties':{"
                + "'ipConfigurations':[{'name':'c','properties':{'privateIPAddress':'10.0.4.7'}}]}}],"
                + "'privateEndpoints':[{'id':'" + NET
                + "privateEndpoints/pe','properties':{'networkInterfaces':[{'id':'"
                + NET + "networkInterfaces/PE-NIC'}],'manualPrivateLinkServiceConnections':[{'properties':{"
                + "'privateLinkServiceId':'/app','privateLinkServiceConnectionState':{'status':'Pending'}}}]}}]");

        assertThat(network.endpoints().toOptional().orElseThrow())
                .singleElement()
                .satisfies(endpoint -> {
                    assertThat(endpoint.addresses()).containsExactly("10.0.4.7");
                    assertThat(endpoint.status()).isEqualTo("Pending");
                });
    }

    @Test
    void anAddressKnowsTheBackendPoolsThatItIsIn() {
        Network network = read("'networkInterfaces':[{'id':'" + NET + "networkInterfaces/n','properties':{"
                + "'ipConfigurations':[{'name':'c','properties':{'privateIPAddress':'10.0.2.4',"
                + "'loadBalancerBackendAddressPools':[{'id':'" + LB + "/backendAddressPools/b'}]}}]}}]");

        assertThat(network.interfaces()
                        .toOptional()
                        .orElseThrow()
                        .get(0)
                        .addresses()
                        .get(0)
                        .balancerPools())
                .containsExactly(ResourceId.of(LB + "/backendAddressPools/b"));
    }
}
