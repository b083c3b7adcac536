package dev.triage502.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ServeCommandTest {

    @TempDir
    private Path home;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Map<String, String> environment, Runnable whileServing, String... args) {
        Console console =
                new Console(new PrintWriter(out, true), new PrintWriter(err, true), false, false, environment);
        return new CommandLine(new ServeCommand(console, whileServing::run, Clock.systemUTC())).execute(args);
    }

    private URI alerts() {
        return URI.create(out.toString().lines().findFirst().orElseThrow().replaceFirst("alerts +", ""));
    }

    private static int post(URI uri) {
        try {
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .POST(BodyPublishers.ofString("{}"))
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .statusCode();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void takesCallsAtTheAddressThatItPrintsUntilItIsStopped() {
        AtomicInteger status = new AtomicInteger();
        Map<String, String> environment = Map.of("XDG_STATE_HOME", home.toString());

        assertThat(run(environment, () -> status.set(post(alerts())), "--port", "0"))
                .isZero();

        assertThat(status).as("the key was right, the body was not").hasValue(400);
        assertThat(out.toString()).contains("store   " + home.resolve("triage502"));
        assertThat(err.toString()).contains("400: the body");
    }

    @Test
    void aKeyOfOnesOwnStaysTheSame() {
        Map<String, String> environment = Map.of("TRIAGE502_STORE", home.toString(), "TRIAGE502_HOST_KEY", "a b");

        assertThat(run(environment, () -> {}, "--port", "0")).isZero();
        assertThat(alerts().getRawQuery()).isEqualTo("code=a+b");
    }

    @Test
    void aStorageAccountThatOnlyAnIdentityOpensIsRefusedInWords() {
        Terminal terminal = new Terminal(false, Map.of("AzureWebJobsStorage__accountName", "sttriage502"));

        assertThat(terminal.run("serve", "--port", "0")).isEqualTo(1);
        assertThat(terminal.err()).contains("AzureWebJobsStorage").contains("TRIAGE502_STORE");
    }
}
