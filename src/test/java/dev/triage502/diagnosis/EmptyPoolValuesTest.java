package dev.triage502.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Scene;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A rule that leads to an empty pool is sent to one that has servers; a path's rule is changed in its map, not in the rule. */
class EmptyPoolValuesTest {

    @Test
    void theOnePoolThatNothingLeadsToIsOfferedInPlaceOfAnEmptyOne() {
        Scene scene = empty().pool("pool-old", "10.0.2.4").rule("rule-web", "pool-web", "set-web");

        assertThat(values(scene))
                .containsEntry("unused-pool", "pool-old")
                .containsEntry("pools-with-servers", "pool-old");
        assertThat(values(scene.pool("pool-older", "10.0.2.5"))).doesNotContainKey("unused-pool");
    }

    @Test
    void noMoreThanFivePoolsAreNamed() {
        Scene scene = empty().rule("rule-web", "pool-web", "set-web");
        for (int i = 1; i < 8; i++) {
            scene.pool("p" + i, "10.0.3." + i);
        }

        assertThat(values(scene)).containsEntry("pools-with-servers", "p1, p2, p3, p4, p5 and 2 more");
    }

    @Test
    void anEmptyPoolOfAPathMapIsFoundInIt() {
        Scene path = empty().pool("pool-rest", "10.0.2.4").pathRule("r", "/a/*", "pool-web", "pool-rest", "set-web");
        Scene rest = empty().pool("pool-a", "10.0.2.4").pathRule("r", "/a/*", "pool-a", "pool-web", "set-web");

        assertThat(values(path)).containsEntry("path-map", "map-r").containsEntry("path-index", "0");
        assertThat(values(rest)).containsEntry("path-map", "map-r").doesNotContainKey("path-index");
        assertThat(values(empty().rule("rule-web", "pool-web", "set-web"))).doesNotContainKey("path-map");
    }

    @Test
    void aRewriteThatHasThePathMapEvaluatedAgainIsNamed() {
        assertThat(values(rewriting(true)))
                .containsEntry("rewrite-set", "links")
                .containsEntry("rewrite-rule", "old");
        assertThat(values(rewriting(false))).doesNotContainKeys("rewrite-set", "rewrite-rule");
    }

    private static Scene rewriting(boolean again) {
        Scene scene = empty().pool("pool-a", "10.0.2.4").pathRule("r", "/a/*", "pool-a", "pool-web", "set-web");
        scene.gatewayProperty(
                "rewriteRuleSets",
                "[{'name':'links','properties':{'rewriteRules':[{'name':'old','actionSet':{'urlConfiguration':"
                        + "{'modifiedPath':'/b','reroute':" + again + "}}}]}}]");
        return scene.rewrite("map-r", "links");
    }

    @Test
    void aRuleForEveryHostGoesBehindTheOneForTheHostThatFails() {
        Scene scene = shadowing("www.example.com").failed(5, 9, 502, "", "", 0);

        assertThat(values(scene))
                .containsEntry("shadowed-rule", "rule-site")
                .containsEntry("rule-priority", "10")
                .containsEntry("last-priority", "30");
        assertThat(values(shadowing("other.example.com").failed(5, 9, 502, "", "", 0)))
                .doesNotContainKeys("shadowed-rule", "last-priority");
        assertThat(values(shadowing("www.example.com"))).doesNotContainKey("shadowed-rule");
    }

    @Test
    void nothingIsSaidOfAPoolThatHasServers() {
        assertThat(values(Scene.web())).isEmpty();
        assertThat(values(Scene.unread())).isEmpty();
    }

    private static Scene empty() {
        return Scene.v2().pool("pool-web").setting("set-web", "{'port':80,'protocol':'Http'}");
    }

    private static Scene shadowing(String host) {
        return empty().pool("pool-site", "10.0.2.4")
                .gatewayProperty(
                        "httpListeners",
                        "[{'name':'lis-any','properties':{'protocol':'Http'}},"
                                + "{'name':'lis-site','properties':{'protocol':'Http','hostName':'" + host + "'}}]")
                .gatewayProperty(
                        "requestRoutingRules",
                        "[" + rule("rule-web", 10, "lis-any", "pool-web") + ","
                                + rule("rule-site", 20, "lis-site", "pool-site") + "]");
    }

    private static String rule(String name, int priority, String listener, String pool) {
        return "{'name':'" + name + "','properties':{'ruleType':'Basic','priority':" + priority
                + ",'httpListener':{'id':'" + Scene.GATEWAY + "/httpListeners/" + listener
                + "'},'backendAddressPool':{'id':'" + Scene.GATEWAY + "/backendAddressPools/" + pool
                + "'},'backendHttpSettings':{'id':'" + Scene.GATEWAY + "/backendHttpSettingsCollection/set-web'}}}";
    }

    private static Map<String, String> values(Scene scene) {
        return EmptyPoolValues.of(scene.evidence(), Optional.of("pool-web"));
    }
}
