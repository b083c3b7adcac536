package dev.triage502.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That the local host does what the real one was seen to do. */
class LocalHostTest {

    private static final String KEY = "k+/=";

    private final HttpClient http = HttpClient.newHttpClient();
    private final MemoryInbox inbox = new MemoryInbox();
    private final Functions functions = new Functions();
    private LocalHost host;

    /** Functions as an app has them. */
    public static final class Functions {

        final Queue<String> seen = new ConcurrentLinkedQueue<>();
        final CountDownLatch begun = new CountDownLatch(1);

        @FunctionName("echo")
        public HttpResponseMessage echo(
                @HttpTrigger(name = "request", methods = HttpMethod.POST, route = "things/echo")
                        HttpRequestMessage<Optional<String>> request,
                ExecutionContext context) {
            return request.createResponseBuilder(HttpStatus.ACCEPTED)
                    .header("Content-Type", "application/json")
                    .header(
                            "X-Seen",
                            request.getHeaders().get("x-sent") + " "
                                    + request.getQueryParameters().get("Q"))
                    .body(context.getFunctionName() + ":" + request.getBody().orElse("nothing"))
                    .build();
        }

        @FunctionName("one")
        public String one(
                @HttpTrigger(
                                name = "request",
                                methods = HttpMethod.GET,
                                route = "things/{id}",
                                authLevel = AuthorizationLevel.ANONYMOUS)
                        HttpRequestMessage<String> request,
                @BindingName("id") String id) {
            return "thing " + id;
        }

        @FunctionName("nothing")
        public HttpResponseMessage nothing(
                @HttpTrigger(name = "request", authLevel = AuthorizationLevel.ANONYMOUS)
                        HttpRequestMessage<String> request) {
            return null;
        }

        @FunctionName("fails")
        public String fails(@HttpTrigger(name = "request", authLevel = AuthorizationLevel.ANONYMOUS) String body) {
            throw new StackOverflowError(body);
        }

        @FunctionName("slow")
        public String slow(@HttpTrigger(name = "request", authLevel = AuthorizationLevel.ANONYMOUS) String body)
                throws Exception {
            begun.countDown();
            Thread.sleep(300);
            return "done";
        }

        @FunctionName("work")
        public void work(
                @QueueTrigger(name = "message", queueName = "jobs") String message,
                @BindingName("DequeueCount") long count) {
            seen.add(message + " " + count);
            if (message.startsWith("bad")) {
                throw new IllegalStateException(message);
            }
        }
    }

    @BeforeEach
    void start() throws IOException {
        host = start("{\"extensions\":{\"queues\":{\"maxDequeueCount\":3,\"visibilityTimeout\":\"00:00:00\"}}}");
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private LocalHost start(String hostJson) throws IOException {
        FunctionInstanceInjector injector = new FunctionInstanceInjector() {
            @Override
            public <T> T getInstance(Class<T> type) {
                return type.cast(functions);
            }
        };
        JsonObject settings = JsonParser.parseString(hostJson).getAsJsonObject();
        return LocalHost.start(0, KEY, List.of(Functions.class), injector, inbox, settings);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(host.uri() + path)).timeout(Duration.ofSeconds(10));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void callsTheFunctionOfARouteAndGivesWhatItAnswers() throws Exception {
        HttpResponse<String> answer = send(request("/api/things/echo?code=k%2B%2F%3D&Q=1")
                .header("X-Sent", "hello")
                .POST(BodyPublishers.ofString("body ü")));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("echo:body ü");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("X-Seen")).contains("hello 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/things/7", "/API/Things/7", "/api/things/7/"})
    void caseAndASlashAtTheEndDoNotMatter(String path) throws Exception {
        assertThat(send(request(path).GET()).body()).isEqualTo("thing 7");
    }

    @Test
    void aWrongMethodOrAnUnknownRouteIsNotFound() throws Exception {
        assertThat(send(request("/api/things/7").DELETE()).statusCode()).isEqualTo(404);
        assertThat(send(request("/api/things/7").method("HEAD", BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(404);
        assertThat(send(request("/api/no").GET()).statusCode()).isEqualTo(404);
        assertThat(send(request("/things/7").GET()).statusCode()).isEqualTo(404);
    }

    @Test
    void withoutTheKeyThereIsNothingButAStatus() throws Exception {
        HttpResponse<String> answer = send(request("/api/things/echo").POST(BodyPublishers.ofString("body")));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void theHeaderDecidesWhereBothKeysAreGiven() throws Exception {
        String right = "/api/things/echo?code=k%2B%2F%3D";
        String wrong = "/api/things/echo?code=wrong";

        assertThat(send(request(right).header("x-functions-key", "wrong").POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(request(wrong).header("x-functions-key", KEY).POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void aChunkedBodyIsMissingWithoutAWord() throws Exception {
        InputStream chunks = new ByteArrayInputStream("body".getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> answer = send(request("/api/things/echo")
                .header("x-functions-key", KEY)
                .POST(BodyPublishers.ofInputStream(() -> chunks)));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("echo:nothing");
    }

    @Test
    void aBodyThatIsTooLongForTheHostIsAnErrorWithoutWords() throws Exception {
        try (Socket socket = new Socket(host.uri().getHost(), host.uri().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/things/echo HTTP/1.1\r\nHost: x\r\nx-functions-key: " + KEY
                            + "\r\nContent-Length: 104857601\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 500");
        }
    }

    @Test
    void nullIsNoContentAndAnErrorIsAStatusAlone() throws Exception {
        assertThat(send(request("/api/nothing").GET()).statusCode()).isEqualTo(204);
        HttpResponse<String> failed = send(request("/api/fails").GET());
        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.body()).isEmpty();
    }

    @Test
    void routesBeginWithThePrefixThatHostJsonSays() throws Exception {
        try (LocalHost bare = start("{\"extensions\":{\"http\":{\"routePrefix\":\"\"}}}")) {
            HttpRequest get =
                    HttpRequest.newBuilder(URI.create(bare.uri() + "/things/7")).build();
            assertThat(http.send(get, BodyHandlers.ofString()).body()).isEqualTo("thing 7");
        }
    }

    @Test
    void aMessageIsWorkedOnOnceAndGone() {
        inbox.put("jobs", encoded("good"));

        await().untilAsserted(() -> assertThat(inbox.texts("jobs")).isEmpty());
        assertThat(functions.seen).containsExactly("good 1");
    }

    @Test
    void aMessageThatFailsIsTriedAgainAndThenPoison() {
        inbox.put("jobs", encoded("bad"));

        await().untilAsserted(() -> assertThat(inbox.texts("jobs-poison")).containsExactly(encoded("bad")));
        assertThat(functions.seen).containsExactly("bad 1", "bad 2", "bad 3");
        await().untilAsserted(() -> assertThat(inbox.texts("jobs")).isEmpty());
    }

    @Test
    void aMessageThatFailedIsLeftAloneForTheVisibilityTimeout() throws Exception {
        host.close();
        host = start("{\"extensions\":{\"queues\":{\"maxDequeueCount\":2,\"visibilityTimeout\":\"00:00:01\"}}}");
        Instant begun = Instant.now();
        inbox.put("jobs", encoded("bad"));

        await().untilAsserted(() -> assertThat(inbox.texts("jobs-poison")).hasSize(1));
        assertThat(Duration.between(begun, Instant.now())).isGreaterThan(Duration.ofSeconds(1));
    }

    @Test
    void anErrorInReadingAQueueEndsNothing() {
        inbox.failOnce(new StackOverflowError());
        inbox.put("jobs", encoded("good"));

        await().untilAsserted(() -> assertThat(functions.seen).containsExactly("good 1"));
        assertThat(inbox.hasFailed()).isTrue();
    }

    @Test
    void plainTextNeverReachesTheFunction() {
        inbox.put("jobs", "{\"plain\":true}");

        await().untilAsserted(() -> assertThat(inbox.texts("jobs-poison")).containsExactly("{\"plain\":true}"));
        assertThat(functions.seen).isEmpty();
    }

    @Test
    void whatRunsEndsBeforeTheHostStops() throws Exception {
        var answer = http.sendAsync(request("/api/slow").GET().build(), BodyHandlers.ofString());
        functions.begun.await();

        host.close();

        assertThat(answer.get().body()).isEqualTo("done");
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
