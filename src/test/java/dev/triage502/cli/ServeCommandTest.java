package dev.triage502.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Isolated("what it prints has the log of the whole process in it")
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
        assertThat(out.toString()).contains("store     " + home.resolve("triage502"));
        assertThat(err.toString()).contains("400: the body");
    }

    @Test
    void aKeyOfOnesOwnStaysTheSame() {
        Map<String, String> environment = Map.of("TRIAGE502_STORE", home.toString(), "TRIAGE502_HOST_KEY", "a b");

        assertThat(run(environment, () -> {}, "--port", "0")).isZero();
        assertThat(alerts().getRawQuery()).isEqualTo("code=a+b");
    }

    private void refuses(Map<String, String> environment, String port, String... words) {
        Terminal terminal = new Terminal(false, environment);

        assertThat(terminal.run("serve", "--port", port)).isEqualTo(2);
        assertThat(terminal.err().lines()).as(terminal.err()).hasSize(1);
        assertThat(terminal.err())
                .startsWith("triage502 serve: ")
                .contains(words)
                .doesNotContain("Exception", "java.");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void aStoreThatCannotBeWrittenIsToldAtStart() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "no folder");

        refuses(
                Map.of("TRIAGE502_STORE", file.resolve("store").toString()),
                "0",
                "TRIAGE502_STORE",
                file + "/store",
                "a file is where a folder should be");
        refuses(Map.of("XDG_STATE_HOME", file.toString()), "0", "Set TRIAGE502_STORE to a writable folder");
    }

    @Test
    void queuesThatCannotBeWrittenAreToldAtStart() throws IOException {
        Files.writeString(home.resolve("queues"), "no folder");

        refuses(Map.of("TRIAGE502_STORE", home.toString()), "0", "queue triage502-incidents", "TRIAGE502_STORE");
    }

    @Test
    void storageThatDoesNotAnswerIsToldAtStartWithoutItsKey() {
        String at = "http://127.0.0.1:1/devstoreaccount1";
        String connection =
                "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=c2VjcmV0a2V5;BlobEndpoint=" + at
                        + ";QueueEndpoint=" + at + ";TableEndpoint=" + at;

        refuses(Map.of("AzureWebJobsStorage", connection), "0", "AzureWebJobsStorage", "emulator is running");
        refuses(
                Map.of("AzureWebJobsStorage", connection, "TRIAGE502_STORE", home.toString()),
                "0",
                "AzureWebJobsStorage",
                "queue triage502-incidents");
        assertThat(err.toString()).doesNotContain("c2VjcmV0a2V5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AccountName=a;AccountKey=???", "UseDevelopmentStorage=maybe", "nonsense"})
    void aConnectionStringThatIsNoneIsToldAtStart(String connection) {
        refuses(Map.of("AzureWebJobsStorage", connection), "0", "AzureWebJobsStorage");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:1,nothing responds there",
        "http://127.0.0.1:99999,nothing responds there",
        "nonsense,only a URL on this machine",
        "ftp://127.0.0.1,only a URL on this machine",
        "http://[,only a URL on this machine",
        "https://example.com,only a URL on this machine"
    })
    void anEndpointThatIsDeadOrNoneIsToldAtStart(String endpoint, String words) {
        refuses(
                Map.of("TRIAGE502_STORE", home.toString(), "TRIAGE502_AZURE_ENDPOINT", endpoint),
                "0",
                "TRIAGE502_AZURE_ENDPOINT is \"" + endpoint + "\"",
                words);
    }

    @Test
    void everySettingThatIsWrongIsALine() {
        Terminal terminal = new Terminal(
                false,
                Map.of(
                        "TRIAGE502_STORE", home.toString(),
                        "TRIAGE502_AZURE_CLOUD", "moon",
                        "TRIAGE502_WEBHOOK_URL", "nowhere",
                        "TRIAGE502_KEEP_EVIDENCE", "perhaps"));

        assertThat(terminal.run("serve", "--port", "0")).isEqualTo(2);
        assertThat(terminal.err().lines()).hasSize(3).allMatch(line -> line.startsWith("triage502 serve: TRIAGE502_"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"70000", "-1", "http", "", "7071.5"})
    void whatIsNoPortIsWrongUsageForBothThatServe(String port) {
        refuses(Map.of("TRIAGE502_STORE", home.toString()), port, "--port", "use a port from 1 to 65535");
        Terminal pretend = new Terminal();
        assertThat(pretend.run("pretend-azure", "--case", "empty-pool", "--port", port))
                .isEqualTo(2);
        assertThat(pretend.err()).contains("use a port from 1 to 65535");
    }

    @Test
    void aPortThatIsTakenIsToldByBothThatServe() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = String.valueOf(taken.getLocalPort());

            refuses(Map.of("TRIAGE502_STORE", home.toString()), port, "port " + port, "in use", "--port");
            Terminal pretend = new Terminal();
            assertThat(pretend.run("pretend-azure", "--case", "empty-pool", "--port", port))
                    .isEqualTo(2);
            assertThat(pretend.err()).contains("port " + port, "in use");
        }
    }

    @Test
    void aStorageAccountThatOnlyAnIdentityOpensIsRefusedInWords() {
        Terminal terminal = new Terminal(false, Map.of("AzureWebJobsStorage__accountName", "sttriage502"));

        assertThat(terminal.run("serve", "--port", "0")).isEqualTo(2);
        assertThat(terminal.err()).contains("AzureWebJobsStorage").contains("TRIAGE502_STORE");
    }
}
