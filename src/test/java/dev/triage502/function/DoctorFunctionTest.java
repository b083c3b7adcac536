package dev.triage502.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.azure.functions.HttpResponseMessage;
import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.CollectionProgress;
import dev.triage502.collect.RecordedCase;
import dev.triage502.local.PretendAzure;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DoctorFunctionTest {

    private static final RecordedCase CASE =
            CaseFolder.read(Path.of("src/test/resources/cases", "two-web-vms-patch-night"));

    @TempDir
    Path folder;

    private HttpResponseMessage ask(FakeRequest request) throws Exception {
        try (PretendAzure azure = PretendAzure.start(CASE.documents(), CASE.gateway())) {
            Wiring wiring = new Wiring(
                    Map.of(
                            "TRIAGE502_STORE",
                            folder.toString(),
                            "TRIAGE502_AZURE_ENDPOINT",
                            azure.endpoint().toString()),
                    Clock.systemUTC(),
                    CollectionProgress.none());
            return wiring.getInstance(DoctorFunction.class).run(request, new FakeContext());
        }
    }

    @Test
    void tellsOfEachSource() throws Exception {
        HttpResponseMessage answer =
                ask(FakeRequest.get().query("gateway", CASE.gateway().toString()));

        assertThat(answer.getStatusCode()).isEqualTo(200);
        JsonObject json =
                JsonParser.parseString(String.valueOf(answer.getBody())).getAsJsonObject();
        assertThat(json.get("well").getAsBoolean()).isFalse();
        assertThat(json.getAsJsonArray("sources")).hasSize(11);
    }

    @Test
    void asATableForWhoWantsText() throws Exception {
        HttpResponseMessage answer =
                ask(FakeRequest.get().query("gateway", CASE.gateway().name()).header("accept", "text/plain"));

        assertThat(answer.getHeader("Content-Type")).startsWith("text/plain");
        assertThat(String.valueOf(answer.getBody())).contains("What to do");
    }

    @Test
    void aGatewayMustBeNamed() throws Exception {
        HttpResponseMessage answer = ask(FakeRequest.get());

        assertThat(answer.getStatusCode()).isEqualTo(400);
        assertThat(String.valueOf(answer.getBody())).contains("\"where\":\"gateway\"");
    }
}
