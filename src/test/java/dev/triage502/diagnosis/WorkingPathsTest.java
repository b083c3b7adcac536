package dev.triage502.diagnosis;

import static dev.triage502.diagnosis.PathScenes.FIVE;
import static dev.triage502.diagnosis.PathScenes.FOUR;
import static dev.triage502.diagnosis.PathScenes.confirmed;
import static dev.triage502.diagnosis.PathScenes.impact;
import static dev.triage502.diagnosis.PathScenes.path;
import static dev.triage502.diagnosis.PathScenes.shown;
import static dev.triage502.diagnosis.PathScenes.web;
import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Diagnosis.Impact;
import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.diagnosis.RequestPath.WorkingPath;
import dev.triage502.evidence.Scene;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which other ways through the gateway the report shows beside the one that fails. */
class WorkingPathsTest {

    private static final NamedCause FAULT = confirmed("backend-not-listening", FOUR, FIVE);
    private static final Impact NOBODY = impact(List.of(), List.of(), List.of());

    /** A further rule to a pool of its own, whose server is in this state. */
    private static Scene with(Scene scene, String name, String address, String state) {
        return scene.pool("pool-" + name, address)
                .rule("rule-" + name, "pool-" + name, "set-web")
                .health("pool-" + name, "set-web", address, state, "");
    }

    private static Scene api() {
        return with(web(), "api", "10.0.2.9", "Healthy");
    }

    private static List<String> names(RequestPath path) {
        return path.others().stream().map(WorkingPath::name).toList();
    }

    @Test
    void aWayWhoseServersAreHealthyWorks() {
        RequestPath path = path(api(), FAULT);

        assertThat(path.more()).isZero();
        assertThat(path.others()).singleElement().satisfies(other -> {
            assertThat(other.name()).isEqualTo("rule-api.example.com");
            assertThat(other.why()).isEqualTo("its servers are healthy");
            assertThat(shown(other.hops()))
                    .containsExactly(
                            "Client rule-api.example.com: passes",
                            "Listener lis-rule-api (HTTPS): passes",
                            "Rule rule-api (priority 101): passes",
                            "Backend setting set-web (HTTP 80, timeout 30 s): passes",
                            "Backend pool pool-api (1 target): passes",
                            "Server 10.0.2.9 (1 of 1 healthy): passes");
        });
    }

    @Test
    void requestsThatAllWereServedSayMoreThanHealthyServers() {
        Scene scene = with(api(), "zoo", "10.0.2.10", "Healthy");

        RequestPath path = path(scene, FAULT, impact(List.of(), List.of(), List.of("rule-zoo.example.com")));

        assertThat(names(path)).containsExactly("rule-zoo.example.com", "rule-api.example.com");
        assertThat(path.others())
                .extracting(WorkingPath::why)
                .containsExactly("none of its requests failed", "its servers are healthy");
    }

    @Test
    void aWayThatIsHitIsNotOneThatWorks() {
        assertThat(names(path(api(), FAULT, impact(List.of("lis-rule-api"), List.of(), List.of()))))
                .as("its listener has failed requests")
                .isEmpty();
        assertThat(names(path(api(), FAULT, impact(List.of(), List.of("rule-api.example.com"), List.of()))))
                .as("a host of its listener has failed requests")
                .isEmpty();
        assertThat(names(path(api(), FAULT, NOBODY))).isNotEmpty();
    }

    @Test
    void aWayWithAServerThatIsNotHealthyIsNotOneThatWorks() {
        assertThat(names(path(with(web(), "api", "10.0.2.9", "Unhealthy"), FAULT)))
                .isEmpty();
        assertThat(names(path(with(web(), "api", "10.0.2.9", "Unknown"), FAULT)))
                .isEmpty();
        assertThat(names(path(api().health("pool-api", "set-web", "10.0.2.10", "Unhealthy", ""), FAULT)))
                .isEmpty();
        assertThat(names(path(web().pool("pool-api", "10.0.2.9").rule("rule-api", "pool-api", "set-web"), FAULT)))
                .as("nothing is known of its health")
                .isEmpty();
    }

    @Test
    void anotherRuleToThePoolThatFailsIsNotOneThatWorks() {
        assertThat(names(path(api().rule("rule-too", "POOL-web", "set-web"), FAULT)))
                .containsExactly("rule-api.example.com");
    }

    /** Health may be older than the rule that blocks. */
    @Test
    void aWayThatAnNsgBlocksIsNotOneThatWorks() {
        Scene scene = api().group("snet-web", "nsg-web", "no-api 100 Inbound Deny * 10.0.2.9/32 *");

        assertThat(names(path(scene, FAULT))).isEmpty();
    }

    @Test
    void threeAreListedAndTheOthersCounted() {
        Scene scene = web();
        for (int i = 1; i <= 5; i++) {
            scene = with(scene, "p" + i, "10.0.2.1" + i, "Healthy");
        }

        RequestPath path = path(scene, FAULT);

        assertThat(names(path)).containsExactly("rule-p1.example.com", "rule-p2.example.com", "rule-p3.example.com");
        assertThat(path.more()).isEqualTo(2);
    }

    @Test
    void twoRulesOfOneListenerToOnePoolAreOneWay() {
        Scene scene = web().pool("pool-api", "10.0.2.9")
                .pathRule("rule-api", "/api/*", "pool-api", "pool-api", "set-web")
                .health("pool-api", "set-web", "10.0.2.9", "Healthy", "");

        assertThat(path(scene, FAULT).others())
                .as("a basic listener has no host: its own name stands for it")
                .singleElement()
                .satisfies(other -> {
                    assertThat(other.name()).isEqualTo("lis-rule-api");
                    assertThat(shown(other.hops())).startsWith("Client any host: passes");
                });
    }

    @Test
    void itsNetworkHopsAreThoseThatLetItThrough() {
        Scene scene = api().group("snet-web", "nsg-web", "web 100 Inbound Allow * * 80");

        assertThat(shown(path(scene, FAULT).others().get(0).hops()))
                .endsWith(
                        "NSG, inbound nsg-web (web (100) allows TCP 80): passes",
                        "Server 10.0.2.9 (1 of 1 healthy): passes");
    }
}
