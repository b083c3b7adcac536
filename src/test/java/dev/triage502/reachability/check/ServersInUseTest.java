package dev.triage502.reachability.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.triage502.evidence.AccessLog.ErrorInfo;
import dev.triage502.evidence.DirectProbes.Connect;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.BackendServer.PortUse;
import dev.triage502.reachability.server.BackendServer.ReachState;
import dev.triage502.reachability.server.DirectProbeIndex;
import dev.triage502.reachability.server.Observations;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How each server in use does, by backend health and by requests. */
class ServersInUseTest {

    private static final String FOUR = "10.0.2.4";
    private static final String FIVE = "10.0.2.5";

    private static Scene web() {
        return new Scene().pool("web", 80, FOUR, FIVE);
    }

    private static Map<String, ReachState> states(Scene scene) {
        return new Observations(scene.evidence())
                .servers().stream().collect(Collectors.toMap(BackendServer::address, BackendServer::trouble));
    }

    private static ReachState four(Scene scene) {
        return states(scene).get(FOUR);
    }

    private static Scene failed(Scene scene, String at, String address) {
        return scene.request(at, 502, "pool-web", address, ErrorInfo.TIMED_OUT);
    }

    @ParameterizedTest
    @EnumSource(
            value = ProbeFailure.class,
            names = {"CANNOT_CONNECT", "TIMED_OUT", "NAME_UNRESOLVED", "NOT_RETRIEVED", "OTHER"})
    void aProbeThatGetsNoAnswerDoesNotReachTheServer(ProbeFailure failure) {
        assertThat(four(web().fails(FOUR, failure))).isEqualTo(ReachState.UNREACHED);
    }

    @ParameterizedTest
    @EnumSource(
            value = ProbeFailure.class,
            names = {"STATUS_MISMATCH", "BODY_MISMATCH", "CERTIFICATE_NAME", "CERTIFICATE_EXPIRED", "TLS_ERROR"})
    void aProbeThatFailsForWhatItGotReachesTheServer(ProbeFailure failure) {
        assertThat(four(web().fails(FOUR, failure))).isEqualTo(ReachState.ANSWERED);
    }

    @Test
    void aServerThatHealthDoesNotListDoesWell() {
        assertThat(states(web().fails(FIVE, ProbeFailure.CANNOT_CONNECT)))
                .containsEntry(FOUR, ReachState.WELL)
                .containsEntry(FIVE, ReachState.UNREACHED);
    }

    @Test
    void anUnknownServerIsUnknownUnlessARequestWasServed() {
        assertThat(four(web().unknown(FOUR))).isEqualTo(ReachState.UNKNOWN);
        assertThat(four(web().unknown(FOUR).served("09:00:00", "pool-web", FOUR)))
                .isEqualTo(ReachState.WELL);
        assertThat(four(web().unknown(FOUR).served("09:00:00", "pool-web", FIVE)))
                .as("another server answered")
                .isEqualTo(ReachState.UNKNOWN);
        assertThat(four(failed(web().unknown(FOUR).served("09:00:00", "pool-web", FOUR), "09:10:00", FOUR)))
                .as("and then none was")
                .isEqualTo(ReachState.UNKNOWN);
    }

    /** The log has its address, not its name. */
    @Test
    void anUnknownNameIsWellWhereItsPoolServes() {
        Scene named = new Scene().pool("web", 80, "app.example.com").unknown("app.example.com");

        assertThat(states(named.served("09:00:00", "pool-web", "20.50.1.1"))).containsValue(ReachState.WELL);
    }

    @Test
    void aHealthyServerToWhichRequestsFailDoesPartly() {
        assertThat(four(failed(web().healthy(FOUR), "09:10:00", FOUR))).isEqualTo(ReachState.PARTLY);
        assertThat(four(failed(web().healthy(FOUR), "09:10:00", FOUR).served("09:20:00", "pool-web", FOUR)))
                .isEqualTo(ReachState.PARTLY);
        assertThat(four(web().healthy(FOUR).served("09:20:00", "pool-web", FOUR)))
                .isEqualTo(ReachState.WELL);
    }

    @Test
    void withoutHealthTheLastRequestOfAServerTells() {
        assertThat(four(failed(web(), "09:10:00", FOUR))).isEqualTo(ReachState.UNREACHED);
        assertThat(four(failed(web(), "09:10:00", FOUR).served("09:20:00", "pool-web", FOUR)))
                .isEqualTo(ReachState.PARTLY);
        assertThat(four(web().served("09:20:00", "pool-web", FOUR))).isEqualTo(ReachState.WELL);
        assertThat(four(failed(web(), "09:10:00", FIVE)))
                .as("requests failed on the way to another")
                .isEqualTo(ReachState.WELL);
    }

    @Test
    void requestsThatWereSentNowhereCountAgainstEveryServerOfTheirPool() {
        assertThat(states(web().nowhere("09:10:00", "pool-web")))
                .containsOnlyKeys(FOUR, FIVE)
                .containsValues(ReachState.UNREACHED, ReachState.UNREACHED);
        assertThat(four(web().nowhere("09:10:00", "pool-web").served("09:20:00", "pool-web", FIVE)))
                .isEqualTo(ReachState.PARTLY);
        assertThat(four(web().nowhere("09:10:00", "pool-other"))).isEqualTo(ReachState.WELL);
    }

    @Test
    void aNameFailsWithItsPool() {
        Scene named = new Scene().pool("web", 80, "app.example.com");

        assertThat(states(failed(named, "09:10:00", "20.50.1.1"))).containsValue(ReachState.UNREACHED);
    }

    private static BackendServer first(Scene scene) {
        return new Observations(scene.evidence()).servers().get(0);
    }

    @Test
    void probeAndRequestsMayUseTwoPorts() {
        assertThat(first(web()).doors()).containsExactly(new PortUse(OptionalInt.of(80), true, true));
        assertThat(first(web().probePort("web", 8080)).doors())
                .containsExactly(
                        new PortUse(OptionalInt.of(8080), true, false), new PortUse(OptionalInt.of(80), false, true));
    }

    @Test
    void aServerThatOnlyHealthKnowsHasNoKnownPort() {
        BackendServer server = first(new Scene()
                .pool("web", 80, FOUR)
                .fails(FOUR, ProbeFailure.CANNOT_CONNECT)
                .withoutGateway());

        assertThat(server.doors()).containsExactly(new PortUse(OptionalInt.empty(), true, true));
        assertThat(server.failsWith(ProbeFailure.CANNOT_CONNECT)).isTrue();
        assertThat(server.failsWith(ProbeFailure.TIMED_OUT)).isFalse();
    }

    /** Which of several addresses joined a pool is not told. */
    @Test
    void anInterfaceThatJoinedAPoolIsAServerByItsOneAddress() {
        Scene scene =
                new Scene().pool("web", 80).joined("web", "nic-1", "nic-2").card("nic-1", FOUR, "snet-app", "vm-1");

        assertThat(states(scene)).containsOnlyKeys(FOUR);
    }

    @Test
    void serversAreInTheOrderOfTheirAddresses() {
        assertThat(new Observations(new Scene()
                                .pool("web", 80, "10.0.2.10", "10.0.2.9", "app.example.com")
                                .evidence())
                        .servers())
                .extracting(BackendServer::address, BackendServer::isNamed)
                .containsExactlyInAnyOrder(
                        tuple("10.0.2.9", false), tuple("10.0.2.10", false), tuple("app.example.com", true))
                .containsSubsequence(tuple("10.0.2.9", false), tuple("10.0.2.10", false));
    }

    private static DirectProbeIndex looks(Scene scene) {
        return new Observations(scene.evidence()).probes();
    }

    @Test
    void aLookAtTheServersPortCountsAndOneAtAnotherIsElsewhere() {
        Scene scene = web().look(FOUR, 80, Connect.REFUSED).look(FOUR, 22, Connect.OK);
        BackendServer server = first(scene);

        assertThat(looks(scene).refused(server)).map(DirectProbe::port).contains(OptionalInt.of(80));
        assertThat(looks(scene).accepting(server)).isEmpty();
        assertThat(looks(scene).elsewhere(server)).extracting(DirectProbe::port).containsExactly(OptionalInt.of(22));
        assertThat(looks(scene).alive(server)).isPresent();
        assertThat(looks(scene).isLookedAt(server)).isTrue();
        assertThat(looks(web()).isLookedAt(server)).isFalse();
        assertThat(looks(scene).atPort(22)).hasSize(1);
        assertThat(looks(scene).atPort(443)).isEmpty();
    }

    @Test
    void aServerThatOnlyTimedOutIsNotSeenToBeAlive() {
        Scene scene = web().look(FOUR, 80, Connect.TIMED_OUT);

        assertThat(looks(scene).alive(first(scene))).isEmpty();
        assertThat(looks(scene).refused(first(scene))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"200,true", "399,true", "404,true"})
    void anAddressThatAnswersAccepts(int status, boolean accepts) {
        Scene scene = web().answered(FOUR, 80, status);

        assertThat(looks(scene).accepting(first(scene)).isPresent()).isEqualTo(accepts);
    }

    /** What a name led to may be another machine. */
    @Test
    void aNameThatConnectsAcceptsOnlyWhereItAnswersWell() {
        Scene connected = new Scene().pool("web", 443, "app.example.com").look("app.example.com", 443, Connect.OK);
        Scene answered = new Scene().pool("web", 443, "app.example.com").answered("app.example.com", 443, 200);
        Scene refused = new Scene().pool("web", 443, "app.example.com").look("app.example.com", 443, Connect.REFUSED);

        assertThat(looks(connected).accepting(first(connected))).isEmpty();
        assertThat(looks(answered).accepting(first(answered))).isPresent();
        assertThat(looks(refused).refused(first(refused))).isPresent();
        assertThat(looks(refused).alive(first(refused))).isEmpty();
    }

    @Test
    void theAddressesOfANameAreThoseThatAnyLookGave() {
        Scene scene = new Scene()
                .pool("web", 443, "app.example.com")
                .resolved("app.example.com", "vm-1", "20.50.1.2", "20.50.1.1")
                .resolved("app.example.com", "vm-2", "20.50.1.1")
                .look("app.example.com", 443, Connect.OK);

        assertThat(looks(scene).addressesOf(first(scene))).containsExactly("20.50.1.1", "20.50.1.2");
        assertThat(looks(scene).asked(first(scene))).hasSize(2);
    }
}
