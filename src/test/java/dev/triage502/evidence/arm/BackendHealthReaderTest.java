package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.BackendHealth.Server;
import dev.triage502.evidence.BackendHealth.State;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackendHealthReaderTest {

    private static final String POOL = "{'backendAddressPool':{'id':'/g/backendaddressPools/POOL-A'},"
            + "'backendHttpSettingsCollection':[{'backendHttpSettings':{'id':'/g/backendHttpSettingsCollection/set-a'},"
            + "'servers':[{'address':'10.0.0.4','health':'Unhealthy','healthProbeLog':'Connection refused'}]}]}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'backendAddressPools':[POOL]}",
                "{'properties':{'backendAddressPools':[POOL]}}",
                "{'value':[POOL]}",
                "{'value':{'backendAddressPools':[POOL]}}",
                "[POOL]"
            })
    void readsTheAnswerInEveryWrapping(String wrapping) {
        assertThat(read(wrapping.replace("POOL", POOL)).failingWith(ProbeFailure.CANNOT_CONNECT))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "Healthy,HEALTHY",
        "up,HEALTHY",
        "UNHEALTHY,UNHEALTHY",
        "Down,UNHEALTHY",
        "Partial,UNHEALTHY",
        "draining,DRAINING",
        "Unknown,UNKNOWN",
        "a word of next year,UNKNOWN"
    })
    void takesTheWordsOfTheSchemaAndThoseThatAzureSays(String word, State state) {
        BackendHealth health = read("{'backendAddressPools':[" + POOL.replace("'Unhealthy'", "'" + word + "'") + "]}");
        assertThat(health.servers()).extracting(Server::state).containsExactly(state);
    }

    @Test
    void namesServersAsTheGatewayDoes() {
        Evidence evidence = Json.read(SourceDocuments.none()
                .with(
                        Source.GATEWAY,
                        Json.of("{'properties':{'backendAddressPools':[{'name':'Pool-A'}],"
                                + "'backendHttpSettingsCollection':[{'name':'Set-A',"
                                + "'properties':{'port':80,'probe':{'id':'/g/probes/probe-a'}}}]}}"))
                .with(Source.BACKEND_HEALTH, Json.of("{'backendAddressPools':[" + POOL + "]}")));
        Gateway gateway = evidence.gateway().toOptional().orElseThrow();
        Server server =
                evidence.backendHealth().toOptional().orElseThrow().servers().get(0);
        assertThat(server.target())
                .isEqualTo(gateway.server(
                        gateway.pools().get(0), gateway.settings().get(0), "10.0.0.4"));
        assertThat(server.customProbe()).contains(true);
    }

    @Test
    void leavesOutPoolsThatTheRulesDoNotLeadTo() {
        Scene scene = Scene.web()
                .pool("pool-old", "10.0.4.4")
                .health("pool-old", "set-web", "10.0.4.4", "Unhealthy", "Cannot connect to server.")
                .health("pool-web", "set-web", "10.0.2.4", "Healthy", "Success");

        assertThat(scene.evidence().backendHealth().toOptional().orElseThrow().servers())
                .extracting(Server::address)
                .containsExactly("10.0.2.4");
    }

    @Test
    void doesNotGuessWhetherAProbeIsACustomOneWithoutTheGatewaysDocument() {
        assertThat(read("[" + POOL + "]").servers().get(0).customProbe()).isEmpty();
    }

    @Test
    void tellsPairsWithoutServersAndPoolsThatNoRuleUsesFromEachOther() {
        BackendHealth health = read("{'backendAddressPools':["
                + "{'backendAddressPool':{'id':'/g/p/empty'},'backendHttpSettingsCollection':["
                + "{'backendHttpSettings':{'id':'/g/s/set'},'servers':[]}]},"
                + "{'backendAddressPool':{'id':'/g/p/unused'},'backendHttpSettingsCollection':[]}]}");
        assertThat(health.associations())
                .extracting(each -> each.pool(), each -> each.setting(), each -> each.servers())
                .containsExactly(tuple("empty", "set", 0));
        assertThat(health.isAllUnknown()).isFalse();
    }

    @Test
    void takesTheMachinesWordFirstAndTheStatusFromTheText() {
        Server server = read("[{'backendAddressPool':{'id':'/g/p/a'},'backendHttpSettingsCollection':["
                        + "{'backendHttpSettings':{'id':'/g/s/a'},'servers':[{'address':'10.0.0.4','health':'Unhealthy',"
                        + "'healthProbeErrorName':'HttpStatusCodeMismatchWithStatusCode','backendCertificateChainMetadata':{'certificateChainMetadata':[]},'healthProbeLog':'Received"
                        + " invalid status code: 404 in the backend server\u2019s answer.'}]}]}]")
                .servers()
                .get(0);
        assertThat(server.failure()).isEqualTo(ProbeFailure.STATUS_MISMATCH);
        assertThat(server.received()).isEqualTo(OptionalInt.of(404));
    }

    @Test
    void whatTheProbesSawIsUnreadWhereEveryStateIsUnknown() {
        String unknown = POOL.replace("'Unhealthy'", "'Unknown'")
                .replace("Connection refused", "The backend health status could not be retrieved.");
        Evidence evidence = Json.read(Source.BACKEND_HEALTH, "{'backendAddressPools':[" + unknown + "]}");
        assertThat(evidence.backendHealth().isPresent()).isTrue();
        assertThat(evidence.probeResults())
                .isEqualTo(Reading.couldNotRead(
                        Source.BACKEND_HEALTH,
                        Why.UNREACHABLE,
                        "the health of every server is Unknown: \"The backend health status could not be"
                                + " retrieved.\""));
        String both = "{'backendAddressPools':[" + unknown + "," + POOL + "]}";
        assertThat(Json.read(Source.BACKEND_HEALTH, both).probeResults().isPresent())
                .isTrue();
    }

    @Test
    void sortsAddressesAsNumbers() {
        String servers = "{'address':'10.0.0.10','health':'Up'},{'address':'app.example','health':'Up'},"
                + "{'address':'10.0.0.9','health':'Up'}";
        BackendHealth health = read("[{'backendAddressPool':{'id':'/g/p/a'},'backendHttpSettingsCollection':["
                + "{'backendHttpSettings':{'id':'/g/s/a'},'servers':[" + servers + "]}]}]");
        assertThat(health.servers())
                .extracting(Server::address)
                .containsExactly("10.0.0.9", "10.0.0.10", "app.example");
    }

    @Test
    void keepsTheTestProbesHostAndPathWithEachServer() {
        var answers = Json.read(
                        Source.ON_DEMAND_HEALTH,
                        "[{'request':{'host':'shop.example','path':'/health'},"
                                + "'backendAddressPool':{'id':'/g/p/a'},'backendHealthHttpSettings':{"
                                + "'backendHttpSettings':{'id':'/g/s/a'},"
                                + "'servers':[{'address':'10.0.0.4','health':'Healthy','healthProbeLog':"
                                + "'Success. Received 200 status code'}]}},"
                                + "{'request':{'host':'other.example'},'error':{'code':'Conflict','message':'busy'}}]")
                .onDemandHealth()
                .toOptional()
                .orElseThrow()
                .answers();
        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).host()).isEqualTo("shop.example");
        assertThat(answers.get(0).server().received()).isEqualTo(OptionalInt.of(200));
    }

    @Test
    void theTestProbeIsUnreadWhereEveryRequestWasRefused() {
        var reading = Json.read(
                        Source.ON_DEMAND_HEALTH,
                        "[{'request':{},'error':{'code':'AuthorizationFailed','message':'no'}}]")
                .onDemandHealth();
        assertThat(reading.unread().map(Reading.CouldNotRead::why)).isEqualTo(Optional.of(Why.FORBIDDEN));
    }

    private static BackendHealth read(String document) {
        Reading<BackendHealth> reading =
                Json.read(Source.BACKEND_HEALTH, document).backendHealth();
        return reading.toOptional().orElseThrow(() -> new AssertionError(reading));
    }
}
