package dev.triage502.diagnosis;

import static dev.triage502.diagnosis.PathScenes.FIVE;
import static dev.triage502.diagnosis.PathScenes.FOUR;
import static dev.triage502.diagnosis.PathScenes.conclusion;
import static dev.triage502.diagnosis.PathScenes.confirmed;
import static dev.triage502.diagnosis.PathScenes.impact;
import static dev.triage502.diagnosis.PathScenes.named;
import static dev.triage502.diagnosis.PathScenes.path;
import static dev.triage502.diagnosis.PathScenes.shown;
import static dev.triage502.diagnosis.PathScenes.web;
import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Diagnosis.Impact;
import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.diagnosis.RequestPath.Hop;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** By which of the gateway's rules the path of a fault goes, and when there is none. */
class RequestPathTest {

    private static final Target GATEWAY = Target.of(Kind.GATEWAY, "agw-shop", Scene.GATEWAY);
    private static final Impact NOBODY = impact(List.of(), List.of(), List.of());

    /** Two rules to two pools, both through {@code set-web}. */
    private static Scene two() {
        return web().pool("pool-api", "10.0.2.9").rule("rule-api", "pool-api", "set-web");
    }

    private static String ruleOf(RequestPath path) {
        return path.hops().stream()
                .filter(hop -> hop.kind().equals("Rule"))
                .map(Hop::name)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void ofSeveralRulesItIsTheFirstByName() {
        assertThat(ruleOf(path(two(), confirmed("gateway-not-running", GATEWAY))))
                .isEqualTo("rule-api");
    }

    @Test
    void aRuleWhoseListenerIsHitComesBeforeOthers() {
        Impact hit = impact(List.of("LIS-rule-web"), List.of(), List.of());

        assertThat(ruleOf(path(two(), confirmed("gateway-not-running", GATEWAY), hit)))
                .isEqualTo("rule-web");
    }

    /** The path begins with the host that is hit most, so it goes on with that host's listener. */
    @Test
    void ofListenersThatAreHitItIsThatOfTheFirstHost() {
        Impact hit = impact(
                List.of("lis-rule-api", "lis-rule-web"),
                List.of("rule-web.example.com", "rule-api.example.com"),
                List.of());

        assertThat(ruleOf(path(two(), confirmed("gateway-not-running", GATEWAY), hit)))
                .isEqualTo("rule-web");
    }

    @Test
    void aRuleWhosePoolSuffersComesBeforeOneWhoseListenerIsHit() {
        NamedCause cause = named("gateway-not-running", Confidence.CONFIRMED, GATEWAY, List.of(FOUR));
        Impact hit = impact(List.of("lis-rule-api"), List.of(), List.of());

        assertThat(ruleOf(path(two(), cause, hit))).isEqualTo("rule-web");
    }

    @Test
    void theRuleIsOneThatLeadsThroughAllThatIsKnownOfTheFault() {
        Scene scene =
                two().setting("set-other", "{'port':8080,'protocol':'Http'}").rule("rule-a", "pool-web", "set-other");

        assertThat(ruleOf(path(scene, confirmed("backend-not-listening", FOUR))))
                .isEqualTo("rule-web");
        assertThat(ruleOf(path(scene, confirmed("some-cause", Target.of(Kind.POOL, "POOL-WEB", "")))))
                .isEqualTo("rule-a");
        assertThat(ruleOf(path(scene, confirmed("some-cause", Target.of(Kind.LISTENER, "lis-rule-web", "")))))
                .isEqualTo("rule-web");
        assertThat(ruleOf(path(scene, confirmed("some-cause", Target.of(Kind.ROUTING_RULE, "rule-web", "")))))
                .isEqualTo("rule-web");
        assertThat(ruleOf(path(
                        scene,
                        confirmed(
                                "some-cause",
                                Target.of(Kind.PROBE, "PROBE-web", "").on(Place.POOL, "pool-web")))))
                .as("only set-web has the probe")
                .isEqualTo("rule-web");
    }

    @Test
    void aFurtherPlaceOfTheFaultGivesThePathWhereNoRuleLeadsToTheFirst() {
        Target gone = Target.server("10.0.2.4", "pool-gone");

        assertThat(ruleOf(path(web(), confirmed("backend-not-listening", gone, FIVE))))
                .isEqualTo("rule-web");
        assertThat(path(web(), confirmed("backend-not-listening", gone), Optional.empty()))
                .isEmpty();
    }

    @Test
    void thereIsNoPathWithoutTheGatewayOrAPlaceOfTheFault() {
        NamedCause nowhere = conclusion(Conclusion.NO_FAULT_FOUND);

        assertThat(path(Scene.unread(), confirmed("backend-not-listening", FOUR), Optional.empty()))
                .isEmpty();
        assertThat(path(web(), nowhere, Optional.empty())).isEmpty();
    }

    @Test
    void theClientIsTheHostThatIsHitWithTheNumberOfOthers() {
        NamedCause cause = confirmed("backend-not-listening", FOUR);

        assertThat(shown(path(web(), cause, impact(List.of(), List.of("www.example.com"), List.of()))
                        .hops()))
                .startsWith("Client www.example.com: passes");
        assertThat(shown(
                        path(web(), cause, impact(List.of(), List.of("a.example", "b.example", "c.example"), List.of()))
                                .hops()))
                .startsWith("Client a.example (and 2 more): passes");
        assertThat(shown(path(web(), cause, NOBODY).hops())).startsWith("Client any host: passes");
    }

    /** A fault of the setting that only one server of the pool has. */
    @Test
    void theLastHopIsTheServersThatSufferWhereTheOthersAreHealthy() {
        Scene scene = Scene.web()
                .health("pool-web", "set-web", "10.0.2.4", "Unhealthy", "Backend server certificate expired.")
                .health("pool-web", "set-web", "10.0.2.5", "Healthy", "Success");
        Target setting = Target.of(Kind.SETTING, "set-web", "");
        NamedCause one = named("backend-certificate-expired", Confidence.CONFIRMED, setting, List.of(FOUR));

        assertThat(shown(path(scene, one, NOBODY).hops()))
                .last()
                .asString()
                .contains("Server 10.0.2.4 (1 of 2 healthy)");
        assertThat(shown(path(web(), one, NOBODY).hops())).last().asString().contains("Servers 10.0.2.4, 10.0.2.5");
    }

    @Test
    void afterARecoveryThePathIsThatOfTheFirstFaultAndPassesAgain() {
        Scene scene = web().group("snet-web", "nsg-web", "block 200 Inbound Deny * * 80");
        Target block = Target.of(Kind.NSG_RULE, "block", "").on(Place.NSG, "nsg-web");

        Optional<RequestPath> path = RequestPath.of(
                new Situation(scene.evidence()),
                conclusion(Conclusion.RECOVERED),
                List.of(confirmed("nsg-blocks-backend", block), confirmed("backend-not-listening", FOUR)),
                Optional.empty(),
                List.of());

        assertThat(shown(path.orElseThrow().hops()))
                .endsWith(
                        "Backend pool pool-web (2 targets): passes",
                        "NSG, inbound nsg-web (block (200) denies TCP 80): fixed, works again",
                        "Servers 10.0.2.4, 10.0.2.5 (0 of 2 healthy): passes");
    }

    @Test
    void afterARecoveryWithoutAFaultThereIsNoPath() {
        assertThat(RequestPath.of(
                        new Situation(web().evidence()),
                        conclusion(Conclusion.RECOVERED),
                        List.of(),
                        Optional.empty(),
                        List.of()))
                .isEmpty();
    }
}
