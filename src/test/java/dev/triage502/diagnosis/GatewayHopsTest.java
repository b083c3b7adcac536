package dev.triage502.diagnosis;

import static dev.triage502.diagnosis.PathScenes.FOUR;
import static dev.triage502.diagnosis.PathScenes.confirmed;
import static dev.triage502.diagnosis.PathScenes.path;
import static dev.triage502.diagnosis.PathScenes.shown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.RequestPath.Hop;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands at each hop of a path. */
class GatewayHopsTest {

    private static final Target POOL = Target.of(Kind.POOL, "pool-web", "");

    private static List<Hop> hops(Scene scene) {
        return path(scene, confirmed("some-cause", POOL)).hops();
    }

    private static Hop hop(Scene scene, String kind) {
        return hops(scene).stream()
                .filter(each -> each.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static Scene states(String... states) {
        Scene scene = Scene.web();
        for (int i = 0; i < states.length; i++) {
            scene.health("pool-web", "set-web", "10.0.2." + (4 + i), states[i], "");
        }
        return scene;
    }

    @ParameterizedTest
    @CsvSource({
        "'Unhealthy',0 of 1 healthy",
        "'Healthy Unhealthy Healthy',2 of 3 healthy",
        "'Healthy Draining Unknown Unhealthy','1 of 4 healthy, 1 draining, 1 unknown'",
        "'Healthy Draining Draining','1 of 3 healthy, 2 draining'",
        "'Unknown',health unknown",
        "'Unknown Unknown',health of all unknown"
    })
    void theServersAreCountedByWhatTheirProbesSay(String states, String counted) {
        List<Hop> hops = hops(states(states.split(" ")));

        assertThat(hops.get(hops.size() - 1).detail()).isEqualTo(counted);
    }

    @Test
    void nothingIsCountedWhereHealthWasNotRead() {
        Scene scene = Scene.web().refused(Source.BACKEND_HEALTH);

        assertThat(shown(hops(scene))).last().isEqualTo("Servers 10.0.2.4, 10.0.2.5: broken, fail");
    }

    /** A pool through two settings has each server twice; it counts by its worse probe. */
    @Test
    void aServerThatFailsThroughOneSettingIsNotHealthy() {
        Scene scene = Scene.web()
                .setting("set-too", "{'port':8080,'protocol':'Http'}")
                .rule("rule-zoo", "pool-web", "set-too")
                .health("pool-web", "set-web", "10.0.2.4", "Healthy", "")
                .health("pool-web", "set-web", "10.0.2.5", "Healthy", "")
                .health("pool-web", "set-too", "10.0.2.4", "Unhealthy", "")
                .health("pool-web", "set-too", "10.0.2.5", "Draining", "");

        assertThat(hop(scene, "Servers").detail()).isEqualTo("0 of 2 healthy, 1 draining");
    }

    @Test
    void fewServersAreNamedInTheOrderOfTheirNumbersAndManyAreCounted() {
        Scene four =
                Scene.web().document(Source.GATEWAY, gateway("10.0.2.10", "10.0.2.9", "10.0.2.4", "app.example.com"));
        Scene five = Scene.web()
                .document(Source.GATEWAY, gateway("10.0.2.1", "10.0.2.2", "10.0.2.3", "10.0.2.4", "10.0.2.5"));
        Scene one = Scene.web().document(Source.GATEWAY, gateway("10.0.2.4"));

        assertThat(hop(four, "Servers").name()).isEqualTo("app.example.com, 10.0.2.4, 10.0.2.9, 10.0.2.10");
        assertThat(hop(five, "Servers").name()).isEqualTo("5 servers");
        assertThat(hop(one, "Server").name()).isEqualTo("10.0.2.4");
    }

    private static String gateway(String... members) {
        return Scene.v2()
                .pool("pool-web", members)
                .setting("set-web", "{'port':80,'protocol':'Http','requestTimeout':30}")
                .rule("rule-web", "pool-web", "set-web")
                .documents()
                .get(Source.GATEWAY)
                .toOptional()
                .orElseThrow()
                .toString();
    }

    @Test
    void aListenerSaysItsProtocolAndPort() {
        Scene scene = Scene.web()
                .gatewayProperty("frontendPorts", "[{'name':'port-443','properties':{'port':443}}]")
                .gatewayProperty(
                        "httpListeners",
                        "[{'name':'lis-a','properties':{'protocol':'Http'}},"
                                + "{'name':'LIS-rule-web','properties':{'protocol':'Https','frontendPort':{'id':'"
                                + Scene.GATEWAY + "/frontendPorts/port-443'}}}]");

        assertThat(hop(scene, "Listener").detail()).isEqualTo("HTTPS 443");
    }

    @Test
    void aPathBasedRuleSaysItsPathsInsteadOfItsPriority() {
        Scene scene = Scene.web()
                .pool("pool-api", "10.0.2.9")
                .pathRule("rule-api", "/api/*", "pool-api", "pool-web", "set-web");

        Target api = Target.of(Kind.POOL, "pool-api", "");
        assertThat(shown(path(scene, confirmed("some-cause", api)).hops())).contains("Rule rule-api (/api/*): passes");
    }

    @Test
    void aPoolCountsItsTargetsAndTheInterfacesThatJoinedIt() {
        assertThat(hop(Scene.web(), "Backend pool").detail()).isEqualTo("2 targets");
        assertThat(hop(Scene.web().document(Source.GATEWAY, gateway("10.0.2.4")), "Backend pool")
                        .detail())
                .isEqualTo("1 target");
        assertThat(hop(Scene.web().gatewayProperty("backendAddressPools", joined()), "Backend pool")
                        .detail())
                .isEqualTo("3 targets");
    }

    private static String joined() {
        String card = Scene.GROUP + "/providers/Microsoft.Network/networkInterfaces/nic-";
        return "[{'name':'pool-web','id':'" + Scene.GATEWAY + "/backendAddressPools/pool-web','properties':{"
                + "'backendAddresses':[{'ipAddress':'10.0.2.4'}],'backendIPConfigurations':[{'id':'" + card
                + "1/ipConfigurations/ip'},{'id':'" + card + "2/ipConfigurations/ip'}]}}]";
    }

    /** Of servers in two networks the hops are those to one that fails. */
    @Test
    void theNetworkIsThatOfAServerThatFails() {
        Scene scene = Scene.web()
                .network()
                .group(
                        "snet-web",
                        "nsg-web",
                        "five 100 Inbound Allow * 10.0.2.5/32 80",
                        "rest 200 Inbound Allow * * 80")
                .health("pool-web", "set-web", "10.0.2.4", "Healthy", "")
                .health("pool-web", "set-web", "10.0.2.5", "Unhealthy", Scene.CANNOT_CONNECT);

        assertThat(shown(path(scene, confirmed("backend-not-listening", FOUR)).hops()))
                .contains("NSG, inbound nsg-web (five (100) allows TCP 80): passes");
    }
}
