package dev.triage502.diagnosis;

import static dev.triage502.diagnosis.PathScenes.FIVE;
import static dev.triage502.diagnosis.PathScenes.FOUR;
import static dev.triage502.diagnosis.PathScenes.confirmed;
import static dev.triage502.diagnosis.PathScenes.named;
import static dev.triage502.diagnosis.PathScenes.path;
import static dev.triage502.diagnosis.PathScenes.shown;
import static dev.triage502.diagnosis.PathScenes.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.diagnosis.Diagnosis.NotModelled;
import dev.triage502.diagnosis.RequestPath.Hop;
import dev.triage502.diagnosis.RequestPath.State;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a fault is, hop by hop, as the report's path shows it. */
class FailingPathTest {

    private static final Target BLOCK = Target.of(Kind.NSG_RULE, "block", "").on(Place.NSG, "nsg-web");

    private static List<String> hops(Scene scene, NamedCause cause, NotModelled... notModelled) {
        return shown(path(scene, cause, notModelled).hops());
    }

    private static Hop broken(Scene scene, NamedCause cause) {
        return path(scene, cause).hops().stream()
                .filter(hop -> hop.state() == State.BROKEN || hop.state() == State.SLOW)
                .findFirst()
                .orElseThrow();
    }

    private static NotModelled notRead(String what) {
        return new NotModelled("azure-firewall", what, "", Map.of(), Source.NETWORK);
    }

    @Test
    void allHopsUpToTheServersPassWhereTheServersFail() {
        assertThat(hops(web(), confirmed("backend-not-listening", FOUR, FIVE)))
                .containsExactly(
                        "Client any host: passes",
                        "Listener lis-rule-web (HTTPS): passes",
                        "Rule rule-web (priority 100): passes",
                        "Backend setting set-web (HTTP 80, timeout 30 s): passes",
                        "Backend pool pool-web (2 targets): passes",
                        "Servers 10.0.2.4 and 1 more (0 of 2 healthy): broken, port closed");
    }

    @Test
    void eachHopSaysInWhichSubnetItStands() {
        String gateway = "agw-shop · subnet snet-agw 10.0.1.0/24";
        String server = "subnet snet-web 10.0.2.0/24";

        assertThat(path(
                                web().group("snet-web", "nsg-web", "web 100 Inbound Allow * * 80"),
                                confirmed("backend-not-listening", FOUR, FIVE))
                        .hops())
                .extracting(Hop::kind, Hop::place)
                .containsExactly(
                        tuple("Client", ""),
                        tuple("Listener", gateway),
                        tuple("Rule", gateway),
                        tuple("Backend setting", gateway),
                        tuple("Backend pool", gateway),
                        tuple("NSG, inbound", server),
                        tuple("Servers", server));
    }

    @Test
    void aGatewayWhoseNetworkWasNotReadIsAPlaceByItsNameAlone() {
        Scene scene = Scene.web().webHealth("Unhealthy", Scene.CANNOT_CONNECT);

        List<Hop> hops =
                path(scene, confirmed("backend-not-listening", FOUR, FIVE)).hops();

        assertThat(hops)
                .filteredOn(hop -> hop.kind().equals("Listener"))
                .extracting(Hop::place)
                .containsExactly("agw-shop");
        assertThat(shown(hops)).contains("Network NSGs, routes: unchecked, not read");
        assertThat(hops.get(hops.size() - 1).place()).isEmpty();
    }

    @Test
    void oneServerOfSeveralIsNamedAlone() {
        assertThat(hops(web(), confirmed("backend-returns-error", FOUR)))
                .endsWith("Server 10.0.2.4 (0 of 2 healthy): broken, returns 5xx");
    }

    @Test
    void anNsgBreaksAtTheRuleThatDeniesAndTheServersAreNotReached() {
        Scene scene = web().group("snet-agw", "nsg-agw", "out 100 Outbound Allow * * *")
                .group("snet-web", "nsg-web", "block 200 Inbound Deny * * 80");

        assertThat(hops(scene, confirmed("nsg-blocks-backend", BLOCK)))
                .endsWith(
                        "Backend pool pool-web (2 targets): passes",
                        "NSG, outbound nsg-agw (out (100) allows TCP 80): passes",
                        "NSG, inbound nsg-web (block (200) denies TCP 80): broken, blocks",
                        "Servers 10.0.2.4, 10.0.2.5 (0 of 2 healthy): not-reached");
    }

    @Test
    void whatStandsBehindARuleThatDeniesIsNotReached() {
        Scene scene = web().group("snet-agw", "nsg-agw", "block 100 Outbound Deny * * *")
                .group("snet-web", "nsg-web", "web 200 Inbound Allow * * 80");
        Target rule = Target.of(Kind.NSG_RULE, "block", "").on(Place.NSG, "nsg-agw");

        assertThat(hops(scene, confirmed("nsg-blocks-backend", rule)))
                .endsWith(
                        "NSG, outbound nsg-agw (block (100) denies TCP 80): broken, blocks",
                        "NSG, inbound nsg-web (web (200) allows TCP 80): not-reached",
                        "Servers 10.0.2.4, 10.0.2.5 (0 of 2 healthy): not-reached");
    }

    /** Two groups may have rules of one name. */
    @Test
    void aRuleOfTheSameNameInAnotherNsgIsNotWhereItBreaks() {
        Scene scene = web().group("snet-agw", "nsg-agw", "block 100 Outbound Deny * * *");

        assertThat(hops(scene, confirmed("nsg-blocks-backend", BLOCK)))
                .endsWith(
                        "Backend pool pool-web (2 targets): passes",
                        "NSG rule block (in nsg-web): broken, blocks",
                        "Servers 10.0.2.4, 10.0.2.5 (0 of 2 healthy): not-reached");
    }

    @Test
    void aRuleThatDeniesAndIsNotTheFaultMayBlock() {
        Scene scene = web().group("snet-web", "nsg-web", "block 200 Inbound Deny * * 80");

        assertThat(hops(scene, confirmed("backend-not-listening", FOUR, FIVE)))
                .endsWith(
                        "NSG, inbound nsg-web (block (200) denies TCP 80): unchecked, may block",
                        "Servers 10.0.2.4 and 1 more (0 of 2 healthy): broken, port closed");
    }

    @Test
    void aRouteBreaksWhereItSendsPacketsElsewhere() {
        Scene scene = web().routes("snet-agw", "rt-agw", "to-fw 10.0.2.0/24 VirtualAppliance 10.0.9.4");
        Target route = Target.of(Kind.ROUTE, "to-fw", "").on(Place.ROUTE_TABLE, "rt-agw");

        assertThat(hops(scene, confirmed("route-diverts-backend-traffic", route)))
                .endsWith(
                        "Route to-fw (next hop 10.0.9.4): broken, diverts",
                        "Servers 10.0.2.4, 10.0.2.5 (0 of 2 healthy): not-reached");
    }

    @ParameterizedTest
    @CsvSource({"ROUTE,ROUTE_TABLE,Route", "ADMIN_RULE,NETWORK_MANAGER,Security admin rule", "NSG_RULE,NSG,NSG rule"})
    void aRuleThatRequestsDoNotMeetIsNamedWithWhatHoldsIt(Kind kind, Place holder, String words) {
        Target target = Target.of(kind, "on-the-way-back", "").on(holder, "its-holder");

        assertThat(broken(web(), confirmed("some-cause", target)))
                .extracting(Hop::kind, Hop::name, Hop::detail)
                .containsExactly(words, "on-the-way-back", "in its-holder");
        assertThat(broken(web(), confirmed("some-cause", Target.of(kind, "alone", "")))
                        .detail())
                .isEmpty();
    }

    @Test
    void aGatewayThatDoesNotRunBreaksBeforeAnyListener() {
        Target gateway = Target.of(Kind.GATEWAY, "agw-shop", Scene.GATEWAY);

        assertThat(hops(
                        web().group("snet-web", "nsg-web", "web 100 Inbound Allow * * 80"),
                        confirmed("gateway-not-running", gateway)))
                .containsExactly(
                        "Client any host: passes",
                        "Application gateway agw-shop: broken, not running",
                        "Listener lis-rule-web (HTTPS): not-reached",
                        "Rule rule-web (priority 100): not-reached",
                        "Backend setting set-web (HTTP 80, timeout 30 s): not-reached",
                        "Backend pool pool-web (2 targets): not-reached",
                        "Servers 10.0.2.4, 10.0.2.5 (0 of 2 healthy): not-reached");
    }

    @ParameterizedTest
    @CsvSource({"nsg-blocks-gateway-manager,NSG_RULE", "route-diverts-gateway-management,ROUTE"})
    void whatCutsOffTheManagementBreaksAtTheGateway(String cause, Kind kind) {
        Target rule = Target.of(kind, "no-internet", "").on(Place.SUBNET, "snet-agw");

        assertThat(hops(web(), confirmed(cause, rule)))
                .startsWith(
                        "Client any host: passes",
                        "Application gateway agw-shop (by no-internet): broken, cut off from its management",
                        "Listener lis-rule-web (HTTPS): not-reached")
                .endsWith("Servers 10.0.2.4, 10.0.2.5 (0 of 2 healthy): not-reached");
    }

    @Test
    void droppedHealthProbesAreNotTheManagement() {
        Target rule = Target.of(Kind.NSG_RULE, "rest", "").on(Place.SUBNET, "snet-agw");
        NamedCause dropped = new NamedCause(
                "nsg-blocks-gateway-manager",
                Optional.of(Confidence.CONFIRMED),
                Optional.of(ConfidenceReason.DIRECT),
                Optional.of(rule),
                List.of(),
                List.of(Finding.of(Source.NETWORK, rule, "blocks").with("dropped-probes", "Azure's health probes")),
                Optional.empty(),
                Map.of());

        assertThat(hops(web(), dropped))
                .contains("Application gateway agw-shop (by rest): broken, cut off from Azure's health probes");
    }

    @ParameterizedTest
    @CsvSource({
        "LISTENER,lis-rule-web,Listener lis-rule-web (HTTPS)",
        "ROUTING_RULE,RULE-WEB,Rule rule-web (priority 100)",
        "SETTING,set-web,'Backend setting set-web (HTTP 80, timeout 30 s)'"
    })
    void aPartOfTheGatewayBreaksAtItsOwnHop(Kind kind, String name, String hop) {
        List<String> hops = hops(web(), confirmed("some-cause", Target.of(kind, name, "")));

        assertThat(hops).contains(hop + ": broken, is at fault");
        assertThat(hops).last().asString().endsWith(": not-reached");
        assertThat(hops).filteredOn(each -> each.contains(": broken")).hasSize(1);
    }

    /** The setting says how TLS is checked; it is the server whose certificate does not pass. */
    @Test
    void aCertificateBreaksAtTheServersThoughTheSettingIsNamed() {
        Target setting = Target.of(Kind.SETTING, "set-web", "");

        assertThat(hops(web(), confirmed("backend-certificate-expired", setting)))
                .contains("Backend setting set-web (HTTP 80, timeout 30 s): passes")
                .endsWith("Servers 10.0.2.4, 10.0.2.5 (0 of 2 healthy): broken, certificate expired");
    }

    @Test
    void aProbeBreaksBetweenThePoolAndTheServers() {
        Target probe = Target.of(Kind.PROBE, "probe-web", "");

        assertThat(hops(web(), confirmed("probe-status-mismatch", probe)))
                .endsWith(
                        "Backend pool pool-web (2 targets): passes",
                        "Health probe probe-web: broken, fails",
                        "Servers 10.0.2.4, 10.0.2.5 (0 of 2 healthy): not-reached");
    }

    @Test
    void anEmptyPoolBreaksItself() {
        Scene scene = Scene.v2()
                .network()
                .pool("pool-web")
                .setting("set-web", "{'port':80,'protocol':'Http'}")
                .rule("rule-web", "pool-web", "set-web");

        assertThat(hops(scene, confirmed("backend-pool-empty", Target.of(Kind.POOL, "pool-web", ""))))
                .endsWith("Backend pool pool-web (no targets): broken, empty", "Servers of pool-web: not-reached");
    }

    @Test
    void aPoolThatHasServersBreaksAtThem() {
        assertThat(hops(web(), confirmed("some-cause", Target.of(Kind.POOL, "pool-web", ""))))
                .endsWith(
                        "Backend pool pool-web (2 targets): passes",
                        "Servers 10.0.2.4, 10.0.2.5 (0 of 2 healthy): broken, fail");
    }

    @ParameterizedTest
    @CsvSource({"LIKELY,likely port closed", "POSSIBLE,possibly port closed", "CONFIRMED,port closed"})
    void theWordAtTheBrokenHopSaysHowSureItIs(Confidence sure, String word) {
        assertThat(broken(web(), named("backend-not-listening", sure, FOUR, List.of()))
                        .word())
                .isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({"request-timeout,timeout", "backend-overloaded,too slow"})
    void serversThatAnswerTooLateAreSlowAndNotBroken(String cause, String word) {
        assertThat(hops(web(), confirmed(cause, FOUR)))
                .last()
                .isEqualTo("Server 10.0.2.4 (0 of 2 healthy): slow, " + word);
    }

    @Test
    void severalServersFailAndOneFails() {
        assertThat(broken(web(), confirmed("some-cause", FOUR)).word()).isEqualTo("fails");
        assertThat(broken(web(), confirmed("some-cause", FOUR, FIVE)).word()).isEqualTo("fail");
    }

    /** It stands where packets have left the gateway's subnet; of more than two the first two are told. */
    @Test
    void whatHasRulesThatAreNotReadIsListedAsNotChecked() {
        Scene scene = web().group("snet-agw", "nsg-agw", "out 100 Outbound Allow * * *");

        assertThat(hops(
                        scene,
                        confirmed("backend-not-listening", FOUR, FIVE),
                        notRead("the rules of the firewall"),
                        notRead("the network policies"),
                        notRead("a third")))
                .endsWith(
                        "Backend pool pool-web (2 targets): passes",
                        "NSG, outbound nsg-agw (out (100) allows TCP 80): passes",
                        "On the way the rules of the firewall: unchecked, not checked",
                        "On the way the network policies: unchecked, not checked",
                        "Servers 10.0.2.4 and 1 more (0 of 2 healthy): broken, port closed");
    }

    @Test
    void nothingNotCheckedIsListedBeforeAFaultThatIsElsewhereInTheNetwork() {
        Target back = Target.of(Kind.ROUTE, "back", "").on(Place.ROUTE_TABLE, "rt-web");

        assertThat(hops(web(), confirmed("route-diverts-backend-traffic", back), notRead("the firewall")))
                .endsWith(
                        "Backend pool pool-web (2 targets): passes",
                        "Route back (in rt-web): broken, diverts",
                        "Servers 10.0.2.4, 10.0.2.5 (0 of 2 healthy): not-reached");
    }

    /** The page has room for nine. */
    @Test
    void hopsThatPassAreTakenTogetherWhereThereAreTooMany() {
        Scene scene = web().group("snet-agw", "nsg-agw", "out 100 Outbound Allow * * *")
                .routes("snet-agw", "rt-agw", "to-fw 10.0.2.0/24 VirtualAppliance 10.0.9.4")
                .group("snet-web", "nsg-web", "block 200 Inbound Deny * * 80");

        assertThat(hops(scene, confirmed("nsg-blocks-backend", BLOCK), notRead("the firewall")))
                .hasSize(9)
                .endsWith(
                        "Backend pool pool-web (2 targets): passes",
                        "Network nsg-agw, to-fw: passes",
                        "On the way the firewall: unchecked, not checked",
                        "NSG, inbound nsg-web (block (200) denies TCP 80): broken, blocks",
                        "Servers 10.0.2.4, 10.0.2.5 (0 of 2 healthy): not-reached");
    }
}
