package dev.triage502.reachability.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.BackendPair;
import dev.triage502.evidence.DirectProbes.Connect;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.HostName;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.BackendServer.ReachState;
import dev.triage502.reachability.server.Observations;
import org.junit.jupiter.api.Test;

class ObservationsTest {

    private static Scene failing() {
        return new Scene().pool("web", 80, "10.0.2.4").fails("10.0.2.4", ProbeFailure.CANNOT_CONNECT);
    }

    private static BackendPair only(Observations observed) {
        assertThat(observed.servers()).hasSize(1);
        return observed.servers().get(0).pair();
    }

    @Test
    void aFailingServerThatAnswersDirectlySpeaksForItsPair() {
        Observations observed =
                new Observations(failing().look("10.0.2.4", 80, Connect.OK).evidence());

        assertThat(observed.isAccepting(only(observed))).isTrue();
        assertThat(observed.isAccepting(BackendPair.of("other", "other"))).isFalse();
    }

    @Test
    void oneOfItsPortsThatRefusesSpeaksAgainstIt() {
        Observations observed = new Observations(failing()
                .look("10.0.2.4", 80, Connect.REFUSED)
                .look("10.0.2.4", 22, Connect.OK)
                .evidence());

        assertThat(observed.isAccepting(only(observed))).isFalse();
    }

    @Test
    void aServerThatDoesWellSaysNothingOfThoseThatFail() {
        Observations observed = new Observations(new Scene()
                .pool("web", 80, "10.0.2.4")
                .healthy("10.0.2.4")
                .look("10.0.2.4", 80, Connect.OK)
                .evidence());

        assertThat(observed.isAccepting(only(observed))).isFalse();
    }

    @Test
    void howAServerDoesIsUnseenWhereNeitherHealthNorLogWasRead() {
        Observations observed =
                new Observations(new Scene().pool("web", 80, "10.0.2.4").evidence());

        assertThat(observed.servers()).extracting(BackendServer::trouble).containsExactly(ReachState.UNSEEN);
        assertThat(observed.health().unread()).isPresent();
    }

    @Test
    void aPoolAndAServerAreFoundInAnySpelling() {
        Observations observed = new Observations(
                failing().served("10:00:00", "POOL-WEB", "10.0.2.4").evidence());

        assertThat(observed.requests().orElseThrow().of(ArmName.of("Pool-Web")).lastServed())
                .isPresent();
        assertThat(observed.requests()
                        .orElseThrow()
                        .of(ArmName.of("pool-web"), HostName.of("10.0.2.4"))
                        .lastServed())
                .isPresent();
    }
}
