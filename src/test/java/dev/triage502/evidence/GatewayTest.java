package dev.triage502.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Gateway.Setting;
import dev.triage502.evidence.Target.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the gateway's parts are to each other: which of several is meant, and whom a probe and a request ask for. */
class GatewayTest {

    @Test
    void findsEachPartByItsNameInAnySpelling() {
        Gateway gateway = two();

        assertThat(gateway.pool("POOL-two"))
                .get()
                .satisfies(pool -> assertThat(pool.name()).isEqualTo("pool-two"));
        assertThat(gateway.setting("Set-Two"))
                .get()
                .satisfies(setting -> assertThat(setting.port()).isEqualTo(8080));
        assertThat(gateway.probe("PROBE-TWO"))
                .get()
                .satisfies(probe -> assertThat(probe.path()).isEqualTo("/two"));
        assertThat(gateway.pool("pool")).isEmpty();
        assertThat(gateway.setting("")).isEmpty();
        assertThat(gateway.probe("two")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/reports/year, pool-slow, true",
        "/Reports/, pool-slow, true",
        "/reports?all, pool-slow, false",
        "/, pool-slow, false",
        "/reports/year, pool-fast, false",
        "/report, pool-fast, true",
        "/anything, pool-unknown, true",
    })
    void aPathOfAMapLeadsPastItsDefault(String path, String pool, boolean may) {
        Gateway gateway = gateway(Scene.v2()
                .pool("pool-slow", "10.0.2.4")
                .pool("pool-fast", "10.0.2.4")
                .setting("set", "{'port':80,'protocol':'Http'}")
                .pathRule("rule", "/reports/*", "pool-slow", "pool-fast", "set"));

        assertThat(gateway.mayLead(path, pool, "SET")).isEqualTo(may);
    }

    @Test
    void aServerOfAnotherDocumentIsNamedAsTheGatewayNamesIt() {
        assertThat(two().server("POOL-TWO", "SET-TWO", "10.0.4.4")).satisfies(server -> {
            assertThat(server.at(Place.POOL)).contains("pool-two");
            assertThat(server.at(Place.SETTING)).contains("set-two");
            assertThat(server.at(Place.PROBE)).contains("probe-two");
        });
        assertThat(two().server("pool-gone", "set-gone", "10.0.4.4")).satisfies(server -> {
            assertThat(server.at(Place.POOL)).contains("pool-gone");
            assertThat(server.at(Place.SETTING)).contains("set-gone");
            assertThat(server.at(Place.PROBE)).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // the probe's own host comes first, unless it takes the setting's
                "'host':'probe.example.com'                            | 'hostName':'set.example.com'            |"
                        + " 10.0.2.4        | probe.example.com",
                "'host':'x','pickHostNameFromBackendHttpSettings':true | 'hostName':'set.example.com'            |"
                        + " 10.0.2.4        | set.example.com",
                "'pickHostNameFromBackendHttpSettings':true            | 'pickHostNameFromBackendAddress':true   |"
                        + " app.example.com | app.example.com",
                "'pickHostNameFromBackendHttpSettings':true            | 'pickHostNameFromBackendAddress':true   |"
                        + " 10.0.2.4        | 127.0.0.1",
                "'pickHostNameFromBackendHttpSettings':true            | 'pickHostNameFromBackendAddress':false  |"
                        + " app.example.com | 127.0.0.1",
                "'path':'/'                                            | 'hostName':'set.example.com'            |"
                        + " 10.0.2.4        | set.example.com",
            })
    void knowsTheHostThatAProbeAsksFor(String probe, String setting, String member, String host) {
        Gateway gateway = gateway(Scene.v2()
                .setting(
                        "set",
                        "{'port':80,'protocol':'Http','probe':{'id':'" + Scene.GATEWAY + "/probes/p'}," + setting + "}")
                .probe("p", "{'protocol':'Http'," + probe + "}"));

        assertThat(gateway.probedHost(gateway.setting("set").orElseThrow(), member))
                .isEqualTo(host);
    }

    @Test
    void theDefaultProbeAsksForTheRootOfThisMachine() {
        Gateway gateway = gateway(Scene.v2().setting("set", "{'port':8080,'protocol':'Http'}"));
        Setting setting = gateway.setting("set").orElseThrow();

        assertThat(gateway.probedHost(setting, "10.0.2.4")).isEqualTo("127.0.0.1");
        assertThat(gateway.probedPath(setting)).isEqualTo("/");
        assertThat(gateway.probedPort(setting)).isEqualTo(8080);
        assertThat(gateway.liveHost(setting, "10.0.2.4")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "managed-by-k8s-ingress,true",
        "Managed-By-K8s-Ingress,true",
        "ingress-for-aks-cluster-id,true",
        "managed-by,false",
        "environment,false"
    })
    void knowsAnIngressControllersTags(String tag, boolean owned) {
        assertThat(gateway(Scene.web().tag(tag, "1.7")).isTaggedByIngressController())
                .isEqualTo(owned);
    }

    @Test
    void aPairOfPoolAndSettingIsOneHoweverManyRulesUseIt() {
        Scene scene = twoPools().rule("rule-more", "pool-two", "set-two");

        assertThat(gateway(scene).associations())
                .extracting(each -> each.pool().name() + " " + each.setting().name())
                .containsExactlyInAnyOrder("pool-web set-web", "pool-two set-two");
    }

    private static Scene twoPools() {
        return Scene.web()
                .pool("pool-two", "10.0.4.4")
                .setting(
                        "set-two",
                        "{'port':8080,'protocol':'Http','probe':{'id':'" + Scene.GATEWAY + "/probes/probe-two'}}")
                .probe("probe-two", "{'protocol':'Http','host':'two.example.com','path':'/two'}")
                .rule("rule-two", "pool-two", "set-two")
                .pool("pool-idle", "10.0.5.4");
    }

    private static Gateway two() {
        return gateway(twoPools());
    }

    private static Gateway gateway(Scene scene) {
        return scene.evidence().gateway().toOptional().orElseThrow();
    }
}
