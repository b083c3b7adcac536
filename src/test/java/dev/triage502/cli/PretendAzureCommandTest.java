package dev.triage502.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import picocli.CommandLine;

@Isolated("what it prints has the log of the whole process in it")
class PretendAzureCommandTest {

    private final StringWriter out = new StringWriter();
    private final Console console =
            new Console(new PrintWriter(out, true), new PrintWriter(new StringWriter()), false, false, Map.of());

    @Test
    void saysWhereItAnswersAndAnswersUntilItIsStopped() {
        AtomicInteger status = new AtomicInteger();
        int code = run(() -> status.set(get(out.toString().lines().findFirst().orElseThrow())), "--case", "empty-pool");

        assertThat(code).isZero();
        assertThat(status).hasValue(401);
        assertThat(out.toString())
                .startsWith("TRIAGE502_AZURE_ENDPOINT=http://127.0.0.1:")
                .contains("alerted at  2020-09-23T16:10:00Z");
    }

    @Test
    void servesACaseInAFolder() {
        assertThat(run(() -> {}, "--case", "src/test/resources/cases/python-orders-api"))
                .isZero();
        assertThat(out.toString()).contains("/applicationGateways/");
    }

    @Test
    void aCaseThatThereIsNotIsToldWithThoseThatThereAre() {
        Terminal terminal = new Terminal();

        assertThat(terminal.run("pretend-azure", "--case", "no-such")).isEqualTo(1);
        assertThat(terminal.err()).contains("no-such").contains("blocked-by-nsg");
    }

    @Test
    void withoutACaseItIsWrongUsage() {
        assertThat(new Terminal().run("pretend-azure")).isEqualTo(2);
    }

    private int run(Runnable whileServing, String... args) {
        return new CommandLine(new PretendAzureCommand(console, whileServing::run)).execute(args);
    }

    private static int get(String line) {
        URI uri = URI.create(line.substring(line.indexOf('=') + 1) + "/subscriptions?api-version=2022-12-01");
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .statusCode();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
