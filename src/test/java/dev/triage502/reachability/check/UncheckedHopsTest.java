package dev.triage502.reachability.check;

import static dev.triage502.reachability.check.Scene.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.DirectProbes.Connect;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.reachability.ReachabilityResult.Step;
import dev.triage502.reachability.UncheckedHop;
import dev.triage502.reachability.UncheckedHop.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class UncheckedHopsTest {

    private static final String HOP = "10.0.9.4";

    private static Scene scene() {
        return new Scene()
                .pool("web", 443, "10.0.2.4", "10.0.2.5")
                .fails("10.0.2.4", ProbeFailure.CANNOT_CONNECT)
                .fails("10.0.2.5", ProbeFailure.CANNOT_CONNECT);
    }

    private static Scene throughAnAppliance() {
        return scene().routes("snet-agw", route("to-app", "10.0.2.0/24", NextHop.APPLIANCE, HOP))
                .routes("snet-app", route("to-agw", "10.0.1.0/24", NextHop.APPLIANCE, HOP));
    }

    private static UncheckedHop only(Scene scene) {
        List<UncheckedHop> hops = scene.reach().unchecked();
        assertThat(hops).hasSize(1);
        return hops.get(0);
    }

    @Test
    void anAzureFirewallOnTheWayIsNamedOnceWithAllServersBehindIt() {
        UncheckedHop hop = only(throughAnAppliance().subnet("vnet-a", "AzureFirewallSubnet", "10.0.9.0/26"));

        assertThat(hop.kind()).isEqualTo(Kind.AZURE_FIREWALL);
        assertThat(hop.text())
                .isEqualTo("traffic to 10.0.2.4, 10.0.2.5 passes the Azure Firewall at 10.0.9.4, whose rules triage502"
                        + " does not read");
        assertThat(hop.values()).containsEntry("hop-address", HOP);
        assertThat(hop.source()).isEqualTo(Source.NETWORK);
        assertThat(hop.servers()).extracting(Target::name).containsExactly("10.0.2.4", "10.0.2.5");
    }

    @Test
    void anyOtherNextHopIsAnAppliance() {
        UncheckedHop hop = only(throughAnAppliance()
                .subnet("vnet-a", "snet-nva", "10.0.9.0/24")
                .card("nic-nva", HOP, "snet-nva", "vm-nva")
                .machine("vm-nva", Power.RUNNING, "VM running"));

        assertThat(hop.kind()).isEqualTo(Kind.APPLIANCE);
        assertThat(hop.name()).isEqualTo("VM vm-nva at 10.0.9.4");
    }

    @Test
    void whatAStepExplainsNeedsNoFurtherRules() {
        // Only one direction passes the appliance: that explains the silence by itself.
        Scene oneWay = scene().routes("snet-agw", route("to-app", "10.0.2.0/24", NextHop.APPLIANCE, HOP));

        assertThat(oneWay.reach().shows(Step.DIVERTED).toOptional().orElseThrow())
                .isNotEmpty();
        assertThat(oneWay.reach().unchecked()).isEmpty();
    }

    @Test
    void whatServesMeanwhileIsReachedThroughIt() {
        Scene flapping = throughAnAppliance()
                .subnet("vnet-a", "AzureFirewallSubnet", "10.0.9.0/26")
                .nowhere("09:00:00", "pool-web")
                .served("09:10:00", "pool-web", "10.0.2.4")
                .nowhere("09:12:00", "pool-web");

        assertThat(only(flapping).servers()).extracting(Target::name).containsExactly("10.0.2.5");
        assertThat(only(flapping.nowhere("09:29:00", "pool-web")).servers()).hasSize(2);
    }

    @Test
    void serversThatDoWellPassNothingWorthNaming() {
        Scene well = new Scene()
                .pool("web", 443, "10.0.2.4")
                .healthy("10.0.2.4")
                .routes("snet-agw", route("to-app", "10.0.2.0/24", NextHop.APPLIANCE, HOP))
                .routes("snet-app", route("to-agw", "10.0.1.0/24", NextHop.APPLIANCE, HOP));

        assertThat(well.reach().unchecked()).isEmpty();
    }

    @Test
    void whatLiesInNoPeeredNetworkIsReachedThroughTheHub() {
        Scene joined = new Scene()
                .pool("web", 443, "10.7.2.4")
                .fails("10.7.2.4", ProbeFailure.CANNOT_CONNECT)
                .peer("vnet-a", "HV_hub-west_5d3c", "Connected", true, true);

        UncheckedHop hop = only(joined);
        assertThat(hop.kind()).isEqualTo(Kind.VIRTUAL_WAN_HUB);
        assertThat(hop.text()).contains("the Virtual WAN hub of HV_hub-west_5d3c", "routing intent");
    }

    @Test
    void whatIsReachedThroughAVpnGatewayStandsBehindFirewallsThatAzureDoesNotKnow() {
        Scene onPremises = new Scene()
                .pool("web", 443, "172.20.1.4")
                .fails("172.20.1.4", ProbeFailure.CANNOT_CONNECT)
                .subnet("vnet-a", "GatewaySubnet", "10.0.250.0/27")
                .learned("", "172.20.0.0/16", NextHop.NETWORK_GATEWAY);

        UncheckedHop hop = only(onPremises);
        assertThat(hop.kind()).isEqualTo(Kind.ON_PREMISES);
        assertThat(hop.text())
                .isEqualTo("traffic to 172.20.1.4 passes the on-premises network, whose firewall rules triage502 does"
                        + " not read");
    }

    @Test
    void whatIsPeeredDirectlyDoesNotPassTheHub() {
        Scene peered = new Scene()
                .net("vnet-b", "10.7.0.0/16")
                .subnet("vnet-b", "snet-b", "10.7.2.0/24")
                .peered("vnet-a", "vnet-b")
                .pool("web", 443, "10.7.2.4")
                .fails("10.7.2.4", ProbeFailure.CANNOT_CONNECT)
                .peer("vnet-a", "HV_hub-west_5d3c", "Connected", true, true);

        assertThat(peered.reach().unchecked()).isEmpty();
    }

    @Test
    void networkPoliciesOfTheClusterThatHasThePodsAreNamed() {
        UncheckedHop hop = only(scene().cluster("aks-shop", "10.0.2.0/24", "calico"));

        assertThat(hop.kind()).isEqualTo(Kind.NETWORK_POLICIES);
        assertThat(hop.source()).isEqualTo(Source.BACKENDS);
        assertThat(hop.name()).isEqualTo("the network policies (calico) of cluster aks-shop");
        assertThat(hop.values()).containsEntry("cluster", "aks-shop").containsEntry("cluster-resource-group", "rg-web");
    }

    @Test
    void aClusterWithoutPoliciesOrElsewhereIsNotOnTheWay() {
        assertThat(scene().cluster("aks-shop", "10.0.2.0/24", "").reach().unchecked())
                .isEmpty();
        assertThat(scene().cluster("aks-shop", "10.240.0.0/16", "calico")
                        .reach()
                        .unchecked())
                .isEmpty();
    }

    @Test
    void aWayThatPassesRulesThatAreNotReadIsNotCalledOpen() {
        Scene known = scene().card("nic-1", "10.0.2.4", "snet-app", "vm-1")
                .machine("vm-1", Power.RUNNING, "VM running")
                .look("10.0.2.4", 22, Connect.OK);

        assertThat(texts(known))
                .anyMatch(text -> text.contains("NSG rules and routes allow the gateway's connections"));
        // Silence may be the policies' as well.
        Scene policies = known.cluster("aks-shop", "10.0.2.0/24", "cilium");
        assertThat(texts(policies)).isEmpty();
        assertThat(policies.reach().shows(Step.NOT_LISTENING).unread())
                .hasValueSatisfying(why ->
                        assertThat(why.detail()).contains("passes the network policies (cilium) of cluster aks-shop"));
    }

    private static List<String> texts(Scene scene) {
        return scene.reach().hints(Step.NOT_LISTENING).toOptional().orElseThrow().stream()
                .map(each -> each.text())
                .toList();
    }

    @Test
    void aConnectedGroupIsAWayWithoutAPeering() {
        Scene apart = new Scene()
                .net("vnet-b", "10.7.0.0/16")
                .subnet("vnet-b", "snet-b", "10.7.2.0/24")
                .pool("web", 443, "10.7.2.4")
                .fails("10.7.2.4", ProbeFailure.CANNOT_CONNECT);
        assertThat(apart.reach().shows(Step.NO_WAY).toOptional().orElseThrow()).hasSize(1);

        apart.card("nic-jump", "10.0.2.9", "snet-app", "vm-jump")
                .resolved("nic-jump", "10.7.0.0/16", NextHop.CONNECTED_GROUP);
        assertThat(apart.reach().shows(Step.NO_WAY).toOptional().orElseThrow()).isEmpty();
    }
}
