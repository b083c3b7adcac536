package dev.triage502.reachability.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.AccessLog.ErrorInfo;
import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.DirectProbes.Connect;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.reachability.ReachabilityResult.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListeningCheckTest {

    private static Scene scene() {
        return new Scene().pool("web", 80, "10.0.2.4").fails("10.0.2.4", ProbeFailure.CANNOT_CONNECT);
    }

    private static List<Finding> shown(Scene scene, Step step) {
        return scene.reach().shows(step).toOptional().orElse(List.of());
    }

    private static List<Finding> hinted(Scene scene, Step step) {
        return scene.reach().hints(step).toOptional().orElseThrow();
    }

    @Test
    void arefusedConnectionOnAFreeWayIsShown() {
        assertThat(shown(scene().look("10.0.2.4", 80, Connect.REFUSED), Step.NOT_LISTENING))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.target().kind()).isEqualTo(Kind.POOL);
                    assertThat(finding.text()).contains("10.0.2.4 in pool-web: port 80 refuses direct connections");
                    assertThat(finding.values()).containsEntry("port", "80");
                });
    }

    @Test
    void aRefusedConnectionAloneIsAHint() {
        Scene scene = scene().withoutNetwork().look("10.0.2.4", 80, Connect.REFUSED);

        assertThat(shown(scene, Step.NOT_LISTENING)).isEmpty();
        assertThat(hinted(scene, Step.NOT_LISTENING))
                .extracting(Finding::source)
                .containsExactlyInAnyOrder(Source.DIRECT_PROBE, Source.BACKEND_HEALTH);
    }

    @Test
    void aFreeWayToAnAddressThatAnInterfaceHoldsAndAProbeThatCannotConnectAreAHint() {
        Scene held = scene().card("nic-1", "10.0.2.4", "snet-app", "vm-1");

        assertThat(hinted(held, Step.NOT_LISTENING)).as("it may be stopped").isEmpty();
        assertThat(hinted(held.machine("vm-1", Power.RUNNING, "VM running"), Step.NOT_LISTENING))
                .singleElement()
                .satisfies(finding -> assertThat(finding.source()).isEqualTo(Source.BACKEND_HEALTH));
    }

    /** The probe's words are the same where a TLS handshake fails. */
    @Test
    void requestsThatWereClosedOverTlsLeaveItOpenWhetherAnythingListens() {
        Scene scene = new Scene()
                .pool("web", 443, "10.0.2.4")
                .fails("10.0.2.4", ProbeFailure.CANNOT_CONNECT)
                .card("nic-1", "10.0.2.4", "snet-app", "vm-1")
                .machine("vm-1", Power.RUNNING, "VM running")
                .served("08:40:00", "pool-web", "10.0.2.4");

        assertThat(hinted(scene, Step.NOT_LISTENING)).hasSize(1);
        assertThat(hinted(
                        scene.request("08:50:00", 502, "pool-web", "10.0.2.4", ErrorInfo.CLOSED_CONNECTION),
                        Step.NOT_LISTENING))
                .isEmpty();
    }

    @Test
    void silenceIsOpenWhereNothingShowsThatAnythingHoldsTheAddress() {
        Scene twice = scene().look("10.0.2.4", 80, Connect.TIMED_OUT);

        assertThat(hinted(scene(), Step.NOT_LISTENING)).isEmpty();
        assertThat(hinted(twice, Step.NOT_LISTENING)).isEmpty();
        assertThat(hinted(twice.look("10.0.2.4", 22, Connect.OK), Step.NOT_LISTENING))
                .isNotEmpty();
    }

    @Test
    void aMachineThatIsKnownToRunMakesItTwoWhereTheServersWereLookedAt() {
        Scene scene =
                scene().card("nic-1", "10.0.2.4", "snet-app", "vm-1").machine("vm-1", Power.RUNNING, "VM running");

        assertThat(hinted(scene, Step.NOT_LISTENING))
                .extracting(Finding::source)
                .containsExactly(Source.BACKEND_HEALTH);
        assertThat(hinted(scene.look("10.0.2.4", 22, Connect.OK), Step.NOT_LISTENING))
                .extracting(Finding::source)
                .containsExactlyInAnyOrder(Source.BACKEND_HEALTH, Source.NETWORK);
    }

    @Test
    void aSlowAnswerIsNoClosedPort() {
        Scene scene = new Scene()
                .pool("web", 80, "10.0.2.4")
                .fails("10.0.2.4", ProbeFailure.TIMED_OUT)
                .card("nic-1", "10.0.2.4", "snet-app", "vm-1");

        assertThat(hinted(scene, Step.NOT_LISTENING)).isEmpty();
        assertThat(hinted(scene.look("10.0.2.4", 80, Connect.TIMED_OUT), Step.NOT_LISTENING))
                .singleElement()
                .asString()
                .contains("as with a host firewall");
    }

    @Test
    void aServerThatAcceptsDirectlyListens() {
        Scene scene = scene().look("10.0.2.4", 80, Connect.OK);

        assertThat(hinted(scene, Step.NOT_LISTENING)).isEmpty();
        assertThat(shown(scene, Step.NOT_LISTENING)).isEmpty();
    }

    @Test
    void aRuleThatDropsItDecidesBefore() {
        Scene scene = scene().look("10.0.2.4", 80, Connect.REFUSED)
                .group("snet-app", Scene.denyIn("deny-all", 4000, "*", "*", "*"));

        assertThat(shown(scene, Step.DENIED)).hasSize(1);
        assertThat(shown(scene, Step.NOT_LISTENING)).isEmpty();
    }

    @Test
    void anUnreadRuleLeavesItOpen() {
        assertThat(scene().unreadGroup("snet-app")
                        .reach()
                        .shows(Step.NOT_LISTENING)
                        .unread())
                .isPresent();
    }

    @Test
    void oneThatAcceptsSpeaksForItsTwin() {
        Scene scene = new Scene()
                .pool("web", 80, "10.0.2.4", "10.0.2.5")
                .fails("10.0.2.4", ProbeFailure.CANNOT_CONNECT)
                .fails("10.0.2.5", ProbeFailure.CANNOT_CONNECT)
                .look("10.0.2.4", 80, Connect.OK);

        assertThat(hinted(scene, Step.NOT_LISTENING)).isEmpty();
    }

    @Test
    void aServiceThatAnswersOnAnotherPortIsShown() {
        Scene scene = scene().look("10.0.2.4", 80, Connect.REFUSED).answered("10.0.2.4", 8080, 200);

        assertThat(shown(scene, Step.OTHER_PORT)).singleElement().satisfies(finding -> {
            assertThat(finding.text()).contains("port 80 is closed, but port 8080 returns 200");
            assertThat(finding.values()).containsEntry("port", "80").containsEntry("open-port", "8080");
        });
        assertThat(shown(scene, Step.NOT_LISTENING)).isEmpty();
    }

    /** An agent's own page on another port says nothing of the service. */
    /** What gets no answer may be dropped by a rule, and the other port may be that of another pool's service. */
    @Test
    void anotherPortIsOnlyAHintWhereTheRulesOrTheGatewayWereNotRead() {
        Scene silent = scene().look("10.0.2.4", 80, Connect.TIMED_OUT).answered("10.0.2.4", 8081, 200);
        Scene refused = scene().look("10.0.2.4", 80, Connect.REFUSED).answered("10.0.2.4", 8081, 200);

        assertThat(shown(silent, Step.OTHER_PORT)).hasSize(1);
        assertThat(shown(refused.withoutNetwork(), Step.OTHER_PORT)).hasSize(1);
        assertThat(shown(silent.withoutNetwork(), Step.OTHER_PORT)).isEmpty();
        assertThat(hinted(silent.withoutNetwork(), Step.OTHER_PORT)).hasSize(1);
    }

    @Test
    void anotherPortThatDoesNotHaveThePathIsAnotherService() {
        Scene agent = scene().look("10.0.2.4", 80, Connect.REFUSED)
                .answered("10.0.2.4", 9100, "/", 404)
                .answered("10.0.2.4", 9100, "/metrics", 200);

        assertThat(shown(agent, Step.OTHER_PORT)).isEmpty();
        assertThat(hinted(agent, Step.OTHER_PORT)).isEmpty();
        assertThat(shown(agent, Step.NOT_LISTENING)).hasSize(1);
        assertThat(shown(agent.answered("10.0.2.4", 8081, "/", 200), Step.OTHER_PORT))
                .singleElement()
                .asString()
                .contains("port 8081 returns 200");
    }

    @Test
    void anotherPortThatIsMerelyOpenIsNotShown() {
        Scene scene = scene().look("10.0.2.4", 80, Connect.REFUSED).look("10.0.2.4", 22, Connect.OK);

        assertThat(shown(scene, Step.OTHER_PORT)).isEmpty();
    }

    @Test
    void anotherPortThatIsMerelyOpenShowsThatTheMachineRunsAndNotThatTheServiceMoved() {
        Scene scene = scene().look("10.0.2.4", 80, Connect.TIMED_OUT).look("10.0.2.4", 3389, Connect.OK);

        assertThat(shown(scene, Step.OTHER_PORT)).isEmpty();
        assertThat(hinted(scene, Step.OTHER_PORT)).isEmpty();
        assertThat(hinted(scene, Step.NOT_LISTENING))
                .extracting(Finding::source)
                .contains(Source.BACKEND_HEALTH, Source.NETWORK, Source.DIRECT_PROBE);
    }

    @Test
    void aProbeThatPassesOnAnotherPortThanRequestsUseHidesTheClosedOne() {
        Scene scene = new Scene()
                .pool("web", 8443, "10.0.2.4")
                .probePort("web", 443)
                .healthy("10.0.2.4")
                .nowhere("09:00:00", "pool-web")
                .look("10.0.2.4", 8443, Connect.REFUSED)
                .answered("10.0.2.4", 443, 200);

        assertThat(shown(scene, Step.OTHER_PORT)).singleElement().asString().contains("port 8443 is closed");
    }

    /** A load balancer that asks the one machine behind it for a path. */
    private static Scene balanced(String path) {
        return balanced(path, "lb");
    }

    private static Scene balanced(String path, String balancer) {
        return new Scene()
                .pool("web", 80, "10.0.2.200")
                .fails("10.0.2.200", ProbeFailure.CANNOT_CONNECT)
                .card("nic-1", "10.0.2.4", "snet-app", "vm-1")
                .balancerPath(path)
                .balancer(balancer, "10.0.2.200", "snet-app", 80)
                .behind(balancer, "nic-1")
                .look("10.0.2.200", 80, Connect.TIMED_OUT);
    }

    @Test
    void aLoadBalancerTakesOutWhatDoesNotAnswer200() {
        Scene scene = balanced("/").answered("10.0.2.4", 80, "/", 404).answered("10.0.2.4", 80, "/healthz", 200);

        assertThat(shown(scene, Step.NOT_LISTENING)).singleElement().satisfies(finding -> {
            assertThat(finding.text()).contains("load balancer lb", "10.0.2.4 returns 404");
            assertThat(finding.values())
                    .containsEntry("good-path", "/healthz")
                    .containsEntry("own-balancer", "yes")
                    .containsEntry("balancer", "lb")
                    .containsEntry("balancer-resource-group", "rg-web")
                    .containsEntry("balancer-probe", "probe")
                    .containsEntry("balancer-path", "/");
        });
    }

    private static Scene withoutMembers(String balancer) {
        return new Scene()
                .pool("web", 80, "10.0.2.200")
                .fails("10.0.2.200", ProbeFailure.TIMED_OUT)
                .card("nic-1", "10.0.2.4", "snet-app", "vm-1")
                .balancersAreEmpty()
                .balancer(balancer, "10.0.2.200", "snet-app", 80);
    }

    @Test
    void aLoadBalancerWithAnEmptyPoolHasNobodyToAnswer() {
        assertThat(hinted(withoutMembers("lb"), Step.NOT_LISTENING))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.text())
                            .contains("is the frontend of load balancer lb", "nothing is in its backend pool members");
                    assertThat(finding.values())
                            .containsEntry("balancer", "lb")
                            .containsEntry("balancer-resource-group", "rg-web")
                            .containsEntry("balancer-pool", "members");
                });
        assertThat(hinted(withoutMembers("lb").behind("lb", "nic-1"), Step.NOT_LISTENING))
                .as("an interface says that it is behind it")
                .noneMatch(finding -> finding.values().containsKey("balancer-pool"));
        assertThat(hinted(withoutMembers("kubernetes-internal"), Step.NOT_LISTENING))
                .as("a cluster puts its nodes into the pool")
                .noneMatch(finding -> finding.values().containsKey("balancer-pool"));
    }

    @Test
    void ofALoadBalancersMembersEachThatWasAskedIsNamed() {
        Scene some = balanced("/")
                .card("nic-2", "10.0.2.5", "snet-app", "vm-2")
                .behind("lb", "nic-2")
                .answered("10.0.2.4", 80, "/", 404);

        assertThat(shown(some, Step.NOT_LISTENING)).singleElement().asString().contains("tested: 1 of its 2 backends");
        assertThat(shown(some.answered("10.0.2.5", 80, "/other", 404), Step.NOT_LISTENING))
                .as("on another path")
                .hasSize(1);
        assertThat(shown(some.answered("10.0.2.5", 80, "/", 503), Step.NOT_LISTENING))
                .singleElement()
                .asString()
                .contains("10.0.2.4 returns 404", "10.0.2.5 returns 503");
    }

    /** The load balancer probes another port, so it goes on sending requests to the one that refuses them. */
    @Test
    void oneMemberOfALoadBalancerThatRefusesFailsAPartOfTheRequests() {
        Scene scene = partlyServed().look("10.0.2.5", 80, Connect.REFUSED).answered("10.0.2.4", 80, "/", 200);

        assertThat(shown(scene, Step.NOT_LISTENING)).singleElement().satisfies(finding -> {
            assertThat(finding.text())
                    .contains("frontend of load balancer lb", "10.0.2.5:80", "refuses", "of its 2 backends");
            assertThat(finding.values())
                    .containsEntry("refusing-member", "10.0.2.5")
                    .containsEntry("port", "80");
        });
        assertThat(shown(partlyServed().answered("10.0.2.4", 80, "/", 200), Step.NOT_LISTENING))
                .as("none refuses")
                .isEmpty();
        assertThat(shown(
                        partlyServed().look("10.0.2.5", 8081, Connect.REFUSED).answered("10.0.2.4", 80, "/", 200),
                        Step.NOT_LISTENING))
                .as("at a port that is not asked")
                .isEmpty();
    }

    private static Scene partlyServed() {
        return new Scene()
                .pool("web", 80, "10.0.2.200")
                .healthy("10.0.2.200")
                .card("nic-1", "10.0.2.4", "snet-app", "vm-1")
                .card("nic-2", "10.0.2.5", "snet-app", "vm-2")
                .balancer("lb", "10.0.2.200", "snet-app", 80)
                .behind("lb", "nic-1", "nic-2")
                .request("09:01:00", 502, "pool-web", "10.0.2.200", ErrorInfo.CLOSED_CONNECTION, "appgw_0")
                .request("09:02:00", 200, "pool-web", "10.0.2.200", ErrorInfo.NO_ERROR, "appgw_0");
    }

    @Test
    void whatAksWritesIsNotSetAtTheLoadBalancer() {
        Scene scene = balanced("/", "kubernetes-internal").answered("10.0.2.4", 80, "/", 404);

        assertThat(shown(scene, Step.NOT_LISTENING))
                .singleElement()
                .satisfies(finding -> assertThat(finding.values()).containsEntry("cluster-balancer", "yes"));
    }

    @Test
    void aLoadBalancerThatOnlyConnectsOrIsAnsweredWellTakesNothingOut() {
        Scene connects = balanced("").answered("10.0.2.4", 80, "/", 404);
        Scene well = balanced("/").answered("10.0.2.4", 80, "/", 200);

        assertThat(shown(connects, Step.NOT_LISTENING)).isEmpty();
        assertThat(shown(well, Step.NOT_LISTENING)).isEmpty();
    }

    /** Nobody looked: that the service was on another port tells more than that the probe cannot connect. */
    @Test
    void requestsThatWereServedAtAnotherPortAreAHintAtThatPort() {
        Scene scene = scene().card("nic-1", "10.0.2.4", "snet-app", "vm-1")
                .servedAt("08:40:00", "pool-web", "10.0.2.4", 9090)
                .nowhere("09:00:00", "pool-web");

        assertThat(hinted(scene, Step.OTHER_PORT)).singleElement().satisfies(finding -> {
            assertThat(finding.text()).contains("served requests on port 9090 until 2026-03-02T08:40", "uses port 80");
            assertThat(finding.values()).containsEntry("port", "80").containsEntry("open-port", "9090");
        });
        assertThat(hinted(scene, Step.NOT_LISTENING)).isEmpty();
        assertThat(hinted(scene.servedAt("08:41:00", "pool-web", "10.0.2.4", 80), Step.OTHER_PORT))
                .isEmpty();
    }

    @Test
    void ofSeveralOtherPortsTheOneThatAnswersWellIsNamed() {
        Scene scene = scene().look("10.0.2.4", 80, Connect.REFUSED)
                .answered("10.0.2.4", 8081, 500)
                .answered("10.0.2.4", 9090, 200)
                .answered("10.0.2.4", 9000, 200);

        assertThat(shown(scene, Step.OTHER_PORT)).singleElement().asString().contains("port 9000 returns 200");
    }

    @Test
    void anErrorOnAnotherPortIsAHint() {
        Scene scene = scene().look("10.0.2.4", 80, Connect.TIMED_OUT).answered("10.0.2.4", 8081, 500);

        assertThat(shown(scene, Step.OTHER_PORT)).isEmpty();
        assertThat(hinted(scene, Step.OTHER_PORT)).singleElement().asString().contains("port 8081 returns 500");
    }

    @Test
    void aConnectionThatWasResetIsNoClosedPort() {
        Scene scene = scene().look("10.0.2.4", 80, Connect.RESET).answered("10.0.2.4", 8080, 200);

        assertThat(shown(scene, Step.OTHER_PORT)).isEmpty();
    }

    @Test
    void otherPortsAreOpenUntilSomebodyLooksAtTheServer() {
        assertThat(scene().reach().shows(Step.OTHER_PORT).unread().orElseThrow().source())
                .isEqualTo(Source.DIRECT_PROBE);
        assertThat(scene().look("10.0.2.9", 80, Connect.REFUSED)
                        .reach()
                        .shows(Step.OTHER_PORT)
                        .unread()
                        .orElseThrow()
                        .detail())
                .isEqualTo("no direct connection to the server was tried");
    }

    @Test
    void aLookThatFindsNoOtherPortSpeaksAgainstOne() {
        for (Connect seen : List.of(Connect.OK, Connect.TIMED_OUT)) {
            assertThat(opposed(scene().look("10.0.2.4", 80, seen), Step.OTHER_PORT))
                    .singleElement()
                    .asString()
                    .contains("no other port was found to respond");
        }
    }

    @Test
    void aServerThatAcceptsSpeaksAgainstAClosedPort() {
        assertThat(opposed(scene().look("10.0.2.4", 80, Connect.OK), Step.NOT_LISTENING))
                .singleElement()
                .asString()
                .contains("accepts direct connections");
    }

    @Test
    void aRefusalSaysFromWhereItWasSeen() {
        assertThat(shown(scene().look("10.0.2.4", 80, Connect.REFUSED, "vm-jump"), Step.NOT_LISTENING))
                .singleElement()
                .extracting(Finding::text)
                .asString()
                .endsWith("port 80 refuses direct connections (tested from vm-jump)");
        assertThat(shown(scene().look("10.0.2.4", 80, Connect.REFUSED), Step.NOT_LISTENING))
                .singleElement()
                .extracting(Finding::text)
                .asString()
                .endsWith("port 80 refuses direct connections");
    }

    @Test
    void aProbeThatTimedOutDoesNotSpeakOfARefusal() {
        Scene scene = new Scene()
                .pool("web", 80, "10.0.2.4")
                .fails("10.0.2.4", ProbeFailure.TIMED_OUT)
                .withoutNetwork()
                .look("10.0.2.4", 80, Connect.REFUSED);

        assertThat(hinted(scene, Step.NOT_LISTENING))
                .extracting(Finding::source)
                .containsExactly(Source.DIRECT_PROBE);
    }

    /** Requests may be served on the one while the probe asks the other. */
    @Test
    void aProbeOfAnotherPortThanRequestsUseTellsNothingOfTheirs() {
        Scene scene = scene().probePort("web", 8080).card("nic-1", "10.0.2.4", "snet-app", "vm-1");

        assertThat(hinted(scene, Step.NOT_LISTENING)).isEmpty();
        assertThat(scene.reach()
                        .shows(Step.NOT_LISTENING)
                        .unread()
                        .orElseThrow()
                        .source())
                .isEqualTo(Source.DIRECT_PROBE);
        assertThat(hinted(scene.look("10.0.2.4", 80, Connect.TIMED_OUT), Step.NOT_LISTENING))
                .isNotEmpty();
    }

    @Test
    void aPortInUseThatAnswersWhileTheOtherInUseIsClosedIsNamed() {
        Scene scene = scene().probePort("web", 8080)
                .look("10.0.2.4", 80, Connect.REFUSED)
                .look("10.0.2.4", 8080, Connect.OK)
                .answered("10.0.2.4", 8080, 200);

        assertThat(shown(scene, Step.OTHER_PORT))
                .singleElement()
                .asString()
                .contains("port 80 is closed, but port 8080 returns 200");
    }

    private static List<Finding> opposed(Scene scene, Step step) {
        return scene.reach().opposes(step).toOptional().orElseThrow();
    }
}
