package dev.triage502.analysis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Pool;
import dev.triage502.evidence.Scene;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pools without members, and pools that run with other members than the configuration's. */
class EmptyPoolsTest {

    private static final String SETTING = "{'port':80,'protocol':'Http'}";

    private static Gateway gateway(Scene scene) {
        return scene.evidence().gateway().toOptional().orElseThrow();
    }

    private static List<String> used(Scene scene) {
        return EmptyPools.used(gateway(scene)).map(Pool::name).toList();
    }

    @Test
    void anEmptyPoolCountsWhereARuleSendsRequestsToIt() {
        Scene scene = Scene.v2()
                .pool("pool-unused")
                .pool("pool-full", "10.0.2.4")
                .pool("pool-empty")
                .setting("set", SETTING)
                .rule("rule-full", "pool-full", "set")
                .rule("rule-empty", "POOL-empty", "set");

        assertThat(used(scene)).containsExactly("pool-empty");
    }

    @Test
    void anEmptyPoolIsOnlyAFallbackWhereItIsThePathMapsDefault() {
        Scene fallback = Scene.v2()
                .pool("pool-empty")
                .pool("pool-api", "10.0.2.4")
                .setting("set", SETTING)
                .pathRule("rule-paths", "/api/*", "pool-api", "pool-empty", "set");
        Scene basicToo = Scene.v2()
                .pool("pool-empty")
                .pool("pool-api", "10.0.2.4")
                .setting("set", SETTING)
                .pathRule("rule-paths", "/api/*", "pool-api", "pool-empty", "set")
                .rule("rule-basic", "pool-empty", "set");
        Scene ofPath = Scene.v2()
                .pool("pool-empty")
                .pool("pool-rest", "10.0.2.4")
                .setting("set", SETTING)
                .pathRule("rule-paths", "/api/*", "pool-empty", "pool-rest", "set");

        assertThat(isOnlyFallback(fallback)).isTrue();
        assertThat(isOnlyFallback(basicToo)).isFalse();
        assertThat(isOnlyFallback(ofPath)).isFalse();
    }

    private static boolean isOnlyFallback(Scene scene) {
        Gateway gateway = gateway(scene);
        return EmptyPools.isOnlyFallback(gateway, gateway.pool("pool-empty").orElseThrow());
    }

    @Test
    void aPoolThatIsProbedAtOtherAddressesRunsWithAnOlderConfiguration() {
        assertThat(differs(Scene.web().health("pool-web", "set-web", "10.0.2.99", "Unhealthy", "")))
                .containsExactly("pool-web is probed at addresses that are not in its configuration");
        assertThat(differs(Scene.web().health("POOL-web", "set-web", "10.0.2.4", "Unhealthy", "")))
                .isEmpty();
        assertThat(differs(Scene.web().noServers("pool-web", "set-web")))
                .as("servers may not be listed yet")
                .isEmpty();
    }

    @Test
    void aPoolThatWasNotWhollyReadSaysNothingOfWhatRuns() {
        Scene joined = Scene.web()
                .gatewayProperty(
                        "backendAddressPools",
                        "[{'name':'pool-web','properties':{'backendAddresses':[{'ipAddress':'10.0.2.4'}],"
                                + "'backendIPConfigurations':[{'id':'" + Scene.GROUP
                                + "/providers/Microsoft.Network/networkInterfaces/nic/ipConfigurations/ip'}]}}]")
                .health("pool-web", "set-web", "10.0.2.99", "Unhealthy", "");
        Scene damaged = Scene.web()
                .gatewayProperty(
                        "backendAddressPools",
                        "[{'name':'pool-web','properties':{'backendAddresses':[{'ipAddress':'10.0.2.4'},{'odd':1}]}}]")
                .health("pool-web", "set-web", "10.0.2.99", "Unhealthy", "");
        Scene empty = Scene.v2()
                .pool("pool-web")
                .setting("set-web", SETTING)
                .rule("rule", "pool-web", "set-web")
                .health("pool-web", "set-web", "10.0.2.99", "Unhealthy", "");

        assertThat(differs(joined)).isEmpty();
        assertThat(differs(damaged)).isEmpty();
        assertThat(differs(empty)).isEmpty();
    }

    private static List<String> differs(Scene scene) {
        return RunningConfiguration.differs(
                        gateway(scene),
                        scene.evidence().backendHealth().toOptional().orElseThrow())
                .map(Finding::text)
                .toList();
    }
}
