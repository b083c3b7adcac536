package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.incident.ResourceId;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What of a network document is still to be asked for. */
class NetworkReferencesTest {

    private static final String RG = "/subscriptions/s/resourceGroups/rg/providers/";

    private static JsonElement json(String text) {
        return JsonParser.parseString(text.replace("RG/", RG));
    }

    private static NetworkReferences in(String document) {
        return NetworkReferences.of(json(document));
    }

    private static List<String> names(Collection<ResourceId> ids) {
        return ids.stream().map(ResourceId::name).toList();
    }

    private static final String CARDS = "{'networkInterfaces':[{'id':'RG/Microsoft.Network/networkInterfaces/nic-1',"
            + "'properties':{'virtualMachine':{'id':'RG/Microsoft.Compute/virtualMachines/vm-1'},"
            + "'ipConfigurations':[{'properties':{'privateIPAddress':'10.0.2.4','subnet':{'id':'RG/x/vnets/v/subnets/a'}}}]}},"
            + "{'id':'RG/Microsoft.Network/networkInterfaces/nic-2','properties':{"
            + "'privateEndpoint':{'id':'RG/Microsoft.Network/privateEndpoints/pe-1'},"
            + "'ipConfigurations':[{'properties':{'privateIPAddress':'','subnet':{'id':'RG/x/vnets/v/subnets/a'}}}]}}]%s}";

    @Test
    void interfacesTellTheirMachinesAddressesAndSubnets() {
        NetworkReferences found = in(CARDS.formatted(
                ",'privateEndpoints':[{'id':'RG/p/p/pe-2','properties':{'subnet':{'id':'RG/x/vnets/v/subnets/b'}}}],"
                        + "'loadBalancers':[{'properties':{'frontendIPConfigurations':[{'properties':{"
                        + "'privateIPAddress':'10.0.2.100','subnet':{'id':'RG/x/vnets/v/subnets/c'}}}]}}]"));

        assertThat(names(found.idsIn(NetworkReferences.INTERFACES))).containsExactly("nic-1", "nic-2");
        assertThat(names(found.machines())).containsExactly("vm-1");
        assertThat(found.privateAddresses()).containsExactly("10.0.2.4", "10.0.2.100");
        assertThat(names(found.occupiedSubnets())).as("each once").containsExactly("a", "b", "c");
    }

    @Test
    void subnetsTellTheInterfacesInThemEvenWhereTheseMayNotBeRead() {
        NetworkReferences found = in("{'virtualNetworks':[{'properties':{'subnets':[{'id':'RG/v/v/v/subnets/a',"
                + "'properties':{'ipConfigurations':[{'id':'RG/Microsoft.Network/networkInterfaces/n/ipConfigurations/i'}]"
                + "}}]}}],'unread':{'networkInterfaces':{'code':'AuthorizationFailed'}}}");

        assertThat(found.subnets()).containsExactly(RG + "v/v/v/subnets/a");
        assertThat(names(found.configurationsInSubnets())).containsExactly("i");
        assertThat(found.interfacesAreUnread()).isTrue();
        assertThat(in("{'networkInterfaces':[]}").interfacesAreUnread()).isFalse();
    }

    @Test
    void whatIsReferredToAndIsThereAlreadyIsNotMissing() {
        String there = ",'privateEndpoints':[{'id':'RG/Microsoft.Network/privateEndpoints/PE-1'}]";

        assertThat(names(in(CARDS.formatted("")).missingPrivateEndpoints())).containsExactly("pe-1");
        assertThat(in(CARDS.formatted(there)).missingPrivateEndpoints()).isEmpty();
    }

    @Test
    void interfacesOfPrivateEndpointsAreMissingUntilTheyAreThere() {
        String endpoints = "{'privateEndpoints':[{'properties':{'networkInterfaces':["
                + "{'id':'RG/Microsoft.Network/networkInterfaces/nic-9'}]}}]%s}";

        assertThat(names(in(endpoints.formatted("")).missingInterfaces())).containsExactly("nic-9");
        assertThat(in(endpoints.formatted(
                                ",'networkInterfaces':[{'id':'RG/Microsoft.Network/networkInterfaces/nic-9'}]"))
                        .missingInterfaces())
                .isEmpty();
    }

    @Test
    void publicAddressesTellTheLoadBalancersAndInterfacesThatHoldThem() {
        NetworkReferences found = in("{'publicIPAddresses':["
                + "{'properties':{'ipConfiguration':{'id':'RG/Microsoft.Network/loadBalancers/lb"
                + "/frontendIPConfigurations/f'}}},"
                + "{'properties':{'ipConfiguration':{'id':'RG/Microsoft.Network/networkInterfaces/nic"
                + "/ipConfigurations/i'}}},{'properties':{}}]}");

        assertThat(names(found.missingLoadBalancers())).containsExactly("lb");
        assertThat(names(found.missingInterfacesBehind())).containsExactly("nic");
    }

    /** Those of scale sets are in a list of their own. */
    @Test
    void loadBalancersTellTheInterfacesAndScaleSetsBehindThem() {
        NetworkReferences found = in("{'loadBalancers':[{'id':'RG/Microsoft.Network/loadBalancers/lb','properties':{"
                + "'backendAddressPools':[{'properties':{'backendIPConfigurations':["
                + "{'id':'RG/Microsoft.Network/networkInterfaces/nic/ipConfigurations/i'},"
                + "{'id':'RG/Microsoft.Compute/virtualMachineScaleSets/vmss/virtualMachines/0/networkInterfaces/n"
                + "/ipConfigurations/i'},"
                + "{'id':'RG/Microsoft.Compute/virtualMachineScaleSets/vmss/virtualMachines/1/networkInterfaces/n"
                + "/ipConfigurations/i'}]}}]}}]}");

        assertThat(names(found.missingInterfacesBehind())).containsExactly("nic");
        assertThat(found.scaleSetsBehind())
                .containsExactly(ResourceId.of(RG + "Microsoft.Compute/virtualMachineScaleSets/vmss"));
    }

    @Test
    void anEmptyDocumentRefersToNothing() {
        NetworkReferences none = in("{}");

        assertThat(none.subnets()).isEmpty();
        assertThat(none.occupiedSubnets()).isEmpty();
        assertThat(none.missingLoadBalancers()).isEmpty();
        assertThat(none.scaleSetsBehind()).isEmpty();
    }

    @Test
    void anAnswerIsKeptWithWhoseItIs() {
        JsonObject answer = json("{'value':[{'a':1}],'nextLink':'x'}").getAsJsonObject();
        JsonObject more = json("{'value':[],'skipToken':'t'}").getAsJsonObject();

        assertThat(NetworkReferences.effectiveRoutes(ResourceId.of("/nic"), answer))
                .isEqualTo(json("{'networkInterface':{'id':'/nic'},'value':[{'a':1}]}"));
        assertThat(NetworkReferences.ofNetwork(ResourceId.of("/vnet"), answer))
                .isEqualTo(json("{'virtualNetwork':{'id':'/vnet'},'value':[{'a':1}]}"));
        assertThat(NetworkReferences.ofNetwork(ResourceId.of("/vnet"), more))
                .isEqualTo(json("{'virtualNetwork':{'id':'/vnet'},'value':[],'skipToken':'t'}"));
    }
}
