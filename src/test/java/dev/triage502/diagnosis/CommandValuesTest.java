package dev.triage502.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A command that is filled in with another setting's port, or another server's host, does harm at night. */
class CommandValuesTest {

    private static final Target FOUR = Target.server("10.0.2.4", "pool-web").on(Place.SETTING, "set-web");

    @Test
    void aServerIsSpokenToAsItsSettingAndItsProbeSay() {
        assertThat(values(Scene.web(), FOUR))
                .contains(
                        Map.entry("server", "10.0.2.4"),
                        Map.entry("server-index", "0"),
                        Map.entry("pool-servers", "10.0.2.4 10.0.2.5"),
                        Map.entry("setting", "set-web"),
                        Map.entry("port", "80"),
                        Map.entry("protocol", "Http"),
                        Map.entry("path", "/health"),
                        Map.entry("limit", "30"),
                        Map.entry("probe", "probe-web"),
                        Map.entry("host", "www.example.com"));
    }

    @Test
    void aPoolOfOneServerThatIsUsedWithOneSettingStandsForBoth() {
        Target pool = Target.of(Kind.POOL, "pool-web", "");

        assertThat(values(Scene.web(), pool))
                .containsEntry("setting", "set-web")
                .doesNotContainKey("server");
        assertThat(values(
                        Scene.v2()
                                .pool("pool-web", "10.0.2.4")
                                .setting("set-web", "{'port':8080,'protocol':'Http'}")
                                .rule("rule-web", "pool-web", "set-web"),
                        pool))
                .contains(Map.entry("server", "10.0.2.4"), Map.entry("port", "8080"), Map.entry("path", "/"));
    }

    @Test
    void aPoolThatHoldsOtherServersIsNotWrittenAgain() {
        Target gone = Target.server("10.0.2.9", "pool-web").on(Place.SETTING, "set-web");

        assertThat(values(Scene.web(), gone)).containsEntry("pool-holds-others", "yes");
        assertThat(values(Scene.web(), FOUR)).doesNotContainKey("pool-holds-others");
        assertThat(values(Scene.v2().pool("pool-web"), gone)).doesNotContainKey("pool-holds-others");
    }

    @Test
    void theSettingsOwnHostComesBeforeTheProbes() {
        Scene scene = Scene.v2()
                .pool("pool-web", "10.0.2.4")
                .setting(
                        "set-web",
                        "{'port':443,'protocol':'Https','hostName':'live.example.com','probe':{'id':'" + Scene.GATEWAY
                                + "/probes/probe-web'}}")
                .probe("probe-web", "{'protocol':'Https','host':'probe.example.com','path':'/'}");

        assertThat(values(scene, FOUR)).containsEntry("host", "live.example.com");
    }

    @Test
    void theHostThatClientsAskForStandsInWhereTheGatewayHasNone() {
        Scene scene = noHost();

        assertThat(values(scene, FOUR)).containsEntry("host", "rule-web.example.com");
        assertThat(values(noHost().failed(5, 4, 502, "", "10.0.2.4", 1), FOUR))
                .containsEntry("host", "www.example.com");
    }

    @Test
    void aHostThatStandsForManyIsNoHostToAskFor() {
        Scene scene = noHost().gatewayProperty(
                        "httpListeners",
                        "[{'name':'lis-rule-web','properties':{'hostNames':['*.example.com','shop?.example.com','Shop.Example.com']}}]");

        assertThat(values(scene, FOUR)).containsEntry("host", "shop.example.com");
    }

    @Test
    void aFindingTellsTheServerWhereTheTargetIsTheSettingItself() {
        Target setting = Target.of(Kind.SETTING, "set-web", "").on(Place.POOL, "pool-web");

        assertThat(values(Scene.web(), setting, Finding.of(Source.BACKEND_HEALTH, FOUR, "x")))
                .containsEntry("server", "10.0.2.4")
                .containsEntry("port", "80");
        assertThat(values(
                        Scene.web(),
                        setting,
                        Finding.of(Source.BACKEND_HEALTH, setting, "x").affecting(List.of(FOUR))))
                .containsEntry("server", "10.0.2.4");
    }

    @Test
    void aServerThatFailsItsProbeStandsForItsSettingAndPool() {
        Scene scene = Scene.web()
                .pool("pool-two", "10.0.4.4")
                .rule("rule-two", "pool-two", "set-web")
                .health("pool-two", "set-web", "10.0.4.4", "Unhealthy", Scene.CANNOT_CONNECT)
                .health("pool-web", "set-other", "10.0.2.6", "Unhealthy", Scene.CANNOT_CONNECT)
                .health("pool-web", "set-web", "10.0.2.4", "Healthy", "Success")
                .health("pool-web", "SET-web", "10.0.2.5", "Unhealthy", Scene.CANNOT_CONNECT);

        Target setting = Target.of(Kind.SETTING, "set-web", "");
        assertThat(values(scene, setting)).containsEntry("server", "10.0.4.4");
        assertThat(values(scene, setting.on(Place.POOL, "Pool-Web"))).containsEntry("server", "10.0.2.5");
    }

    @Test
    void nothingIsMadeUpOfASettingThatNobodyKnows() {
        assertThat(values(Scene.unread(), FOUR)).containsOnly(Map.entry("server", "10.0.2.4"));
        assertThat(values(Scene.web(), Target.of(Kind.GATEWAY, "agw-shop", Scene.GATEWAY)))
                .isEmpty();
    }

    @Test
    void whereNoCauseIsNamedTheServerThatFailsFirstIsTheSuspect() {
        Scene scene = Scene.web()
                .health("pool-web", "set-web", "10.0.2.4", "Healthy", "Success")
                .health("pool-web", "set-web", "10.0.2.5", "Unknown", Scene.NOT_RETRIEVED);

        assertThat(new FaultValues(scene.evidence()).ofSuspect())
                .containsEntry("server", "10.0.2.5")
                .containsEntry("pool", "pool-web")
                .containsEntry("setting", "set-web")
                .containsEntry("host", "www.example.com")
                .containsEntry("probe-host-wanted", "www.example.com")
                .doesNotContainKey("maintenance-pool");
    }

    @Test
    void thePoolWhoseServersSayThatTheyAreInMaintenanceIsNamed() {
        Scene scene = Scene.web()
                .requests(
                        5,
                        40,
                        503,
                        "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.4:80',"
                                + "'ServerStatus':'503'}")
                .look("{'target':'10.0.2.4','scheme':'http','host':'www.example.com','path':'/','connect':'ok',"
                        + "'status':503,'body':'Down for maintenance until six'}");

        assertThat(new FaultValues(scene.evidence()).ofSuspect()).containsEntry("maintenance-pool", "pool-web");
    }

    @Test
    void whereNothingFailsTheHostThatClientsAskForIsAllThatIsKnown() {
        assertThat(new FaultValues(Scene.web().evidence()).ofSuspect())
                .containsOnly(
                        Map.entry("host", "rule-web.example.com"),
                        Map.entry("uncollected", "backend health and 3 more sources"));
    }

    @Test
    void theGatewaysNamesAndPlacesAreKnownFromItsDocument() {
        Scene scene = Scene.web().network().document(Source.DIAGNOSTIC_SETTINGS, workspaces("", "/w/law-one"));

        assertThat(gatewayValues(scene))
                .containsOnly(
                        Map.entry("gateway", "agw-shop"),
                        Map.entry("gateway-id", Scene.GATEWAY),
                        Map.entry("resource-group", "rg-shop"),
                        Map.entry("subscription", "00000000-0000-0000-0000-000000000001"),
                        Map.entry("location", "westeurope"),
                        Map.entry("sku", "Standard_v2"),
                        Map.entry("generation", "v2"),
                        Map.entry("capacity", "2"),
                        Map.entry("scaling", "fixed"),
                        Map.entry("capacity-before", "--capacity\n=2"),
                        Map.entry("new-gateway-capacity", "3"),
                        Map.entry("gateway-subnet", "snet-agw"),
                        Map.entry("gateway-subnet-id", Scene.VNET + "/subnets/snet-agw"),
                        Map.entry("gateway-subnet-prefix", "10.0.1.0/24"),
                        Map.entry("vnet", "vnet-shop"),
                        Map.entry("vnet-id", Scene.VNET),
                        Map.entry("vnet-resource-group", "rg-shop"),
                        Map.entry("workspace", "/w/law-one"));
    }

    @Test
    void aGatewayThatCouldNotBeReadIsKnownByItsId() {
        assertThat(gatewayValues(Scene.unread()))
                .containsOnlyKeys("gateway", "gateway-id", "resource-group", "subscription");
    }

    @Test
    void howItScalesIsToldAsItIsConfigured() {
        Scene scene = Scene.v1()
                .gatewayProperty("autoscaleConfiguration", "{'minCapacity':2,'maxCapacity':10}")
                .tag("managed-by-k8s-ingress", "1.7.2/shop");

        assertThat(gatewayValues(scene))
                .containsEntry("minimum-capacity", "2")
                .containsEntry("maximum-capacity", "10")
                .containsEntry("generation", "v1")
                .containsEntry("ingress-controller", "the ingress controller");
    }

    @Test
    void aSubnetThatHasNoRoomForMoreInstancesIsToldByWhatAzureRefused() {
        String write = "Microsoft.Network/applicationGateways/write";
        Scene scene = Scene.web();
        scene.activity(
                20,
                write,
                Scene.GATEWAY,
                "ops@example.com",
                "Failed",
                "{'statusMessage':'{\"error\":{\"code\":\"SubnetIsFull\",\"message\":\"Subnet is full.\"}}'}");

        assertThat(gatewayValues(scene)).containsEntry("subnet-full", "yes");
        assertThat(gatewayValues(Scene.web().activity(20, write, Scene.GATEWAY, "ops@example.com", "Failed")))
                .doesNotContainKey("subnet-full");
    }

    private static Scene noHost() {
        return Scene.v2()
                .pool("pool-web", "10.0.2.4")
                .setting("set-web", "{'port':80,'protocol':'Http'}")
                .rule("rule-web", "pool-web", "set-web");
    }

    private static String workspaces(String... ids) {
        StringBuilder all = new StringBuilder("{'value':[");
        for (String id : ids) {
            all.append("{'name':'d','properties':{'workspaceId':'").append(id).append("','logs':[]}},");
        }
        return all.deleteCharAt(all.length() - 1).append("]}").toString();
    }

    private static Map<String, String> values(Scene scene, Target target, Finding... findings) {
        return new FaultValues(scene.evidence()).of(target, List.of(findings));
    }

    private static Map<String, String> gatewayValues(Scene scene) {
        return GatewayValues.of(scene.incident(), scene.evidence());
    }
}
