package dev.triage502.azure;

import static dev.triage502.azure.FakeAzure.error;
import static dev.triage502.azure.FakeAzure.json;
import static dev.triage502.azure.FakeAzure.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Reading.Present;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class ArmClientTest {

    private static final ResourceId GATEWAY =
            ResourceId.of("/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/agw");

    private FakeAzure fake;
    private AzureAccess access;

    @BeforeEach
    void start() throws IOException {
        fake = new FakeAzure(request -> json("{}"));
        access = fake.access();
    }

    @AfterEach
    void stop() throws IOException {
        access.close();
        fake.close();
    }

    @Test
    void asksForTheDocumentAndGivesItAsItIs() {
        fake.answer(request -> json("{\"id\":\"x\",\"unknown\":[1.50]}"));

        assertThat(present(get(Duration.ofSeconds(10)))).hasToString("{\"id\":\"x\",\"unknown\":[1.50]}");
        FakeAzure.Request asked = fake.requests().get(0);
        assertThat(asked.method()).isEqualTo("GET");
        assertThat(asked.path()).isEqualTo(GATEWAY.toString());
        assertThat(asked.query()).containsEntry("api-version", "2025-03-01");
        assertThat(asked.header("User-Agent")).startsWith("triage502/");
        String claims = asked.header("Authorization").split("\\.")[1];
        assertThat(new String(Base64.getUrlDecoder().decode(claims)))
                .isEqualTo("{\"aud\":\"https://management.azure.com\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "401,InvalidAuthenticationToken,FORBIDDEN",
        "403,AuthorizationFailed,FORBIDDEN",
        "404,ResourceNotFound,UNREACHABLE",
        "400,BadRequest,UNREACHABLE",
        "301,Moved,UNREACHABLE",
    })
    void aRefusalIsWhyInAzuresWords(int status, String code, Why why) {
        fake.answer(request -> error(status, code, "The client does not have authorization over scope X."));

        CouldNotRead<JsonElement> unread = unread(get(Duration.ofSeconds(10)));

        assertThat(unread.source()).isEqualTo(Source.GATEWAY);
        assertThat(unread.why()).isEqualTo(why);
        assertThat(unread.detail()).startsWith(code + ": The client does not have authorization over scope X.");
        assertThat(fake.requests()).hasSize(1);
    }

    @Test
    void whatIsNotThereIsToldAsDeletedOrMoved() {
        fake.answer(request -> error(404, "ResourceNotFound", "not found"));

        assertThat(unread(get(Duration.ofSeconds(10))).detail()).contains("deleted or moved");
    }

    @ParameterizedTest
    @CsvSource({"429,THROTTLED", "500,UNREACHABLE", "503,UNREACHABLE", "504,TIMED_OUT"})
    void whatMayPassIsAskedAgain(int status, Why why) {
        AtomicInteger calls = new AtomicInteger();
        fake.answer(request -> calls.incrementAndGet() < 3
                ? error(status, "Later", "busy", "Retry-After: 0")
                : json("{\"id\":\"x\"}"));

        assertThat(present(get(Duration.ofSeconds(10)))).hasToString("{\"id\":\"x\"}");
        assertThat(fake.requests()).hasSize(3);

        fake.answer(request -> error(status, "Later", "busy", "Retry-After: 0"));
        assertThat(unread(get(Duration.ofSeconds(10))).why()).isEqualTo(why);
    }

    @Test
    void aRetryAfterBeyondTheDeadlineIsToldAtOnce() {
        fake.answer(request -> error(429, "TooManyRequests", "slow down", "Retry-After: 600"));

        CouldNotRead<JsonElement> unread = unread(get(Duration.ofSeconds(20)));

        assertThat(unread.why()).isEqualTo(Why.THROTTLED);
        assertThat(unread.detail()).contains("Retry-After 600");
        assertThat(fake.requests()).hasSize(1);
    }

    @Test
    void theBucketThatIsEmptyIsTold() {
        fake.answer(request -> error(
                429,
                "TooManyRequests",
                "slow down",
                "Retry-After: 600",
                "x-ms-ratelimit-remaining-subscription-reads: 0",
                "x-ms-ratelimit-remaining-tenant-reads: 11999"));

        assertThat(unread(get(Duration.ofSeconds(20))).detail())
                .contains("x-ms-ratelimit-remaining-subscription-reads 0")
                .contains("x-ms-ratelimit-remaining-tenant-reads 11999");
    }

    @Test
    void aGraphQuotaIsWaitedForAsItsHeaderSays() {
        AtomicInteger calls = new AtomicInteger();
        fake.answer(request -> calls.incrementAndGet() == 1
                ? error(429, "RateLimiting", "throttled", "x-ms-user-quota-resets-after: 00:00:01")
                : json("{\"data\":[]}"));
        assertThat(access.arm()
                        .graph(ask(Duration.ofSeconds(10)), "resources", Set.of("s"))
                        .isPresent())
                .isTrue();

        fake.answer(request -> error(
                429,
                "RateLimiting",
                "throttled",
                "x-ms-user-quota-remaining: 0",
                "x-ms-user-quota-resets-after: 00:10:00"));
        assertThat(unread(access.arm()
                                .graph(ask(Duration.ofSeconds(10)), "resources", Set.of("s"))
                                .map(rows -> (JsonElement) rows))
                        .detail())
                .contains("x-ms-user-quota-remaining 0");
        assertThat(fake.requests()).hasSize(3);
    }

    @Test
    void aClockThatIsOffIsToldWhereATokenIsRefused() {
        fake.answer(request -> error(
                401,
                "ExpiredAuthenticationToken",
                "The access token expiry time is earlier than now.",
                "Date: Wed, 01 Jan 2031 10:00:00 GMT"));
        assertThat(unread(get(Duration.ofSeconds(10))).detail()).contains("minutes behind Azure's");

        String now = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
        fake.answer(request -> error(401, "InvalidAuthenticationToken", "no", "Date: " + now));
        assertThat(unread(get(Duration.ofSeconds(10))).detail()).endsWith("[status 401]");
    }

    @Test
    void aRetryAfterThatIsADateIsReadByAzuresClock() {
        AtomicInteger calls = new AtomicInteger();
        fake.answer(request -> calls.incrementAndGet() == 1
                ? error(
                        503,
                        "ServerBusy",
                        "busy",
                        "Date: Wed, 01 Jan 2031 10:00:00 GMT",
                        "Retry-After: Wed, 01 Jan 2031 10:00:01 GMT")
                : json("{}"));

        assertThat(get(Duration.ofSeconds(10)).isPresent()).isTrue();
    }

    @Test
    void anAnswerThatIsNoJsonIsMalformed() {
        fake.answer(request -> json("<html>Sign in</html>"));
        assertThat(unread(get(Duration.ofSeconds(10))).why()).isEqualTo(Why.MALFORMED);
        assertThat(unread(get(Duration.ofSeconds(10))).detail()).contains("<html>Sign in");

        fake.answer(request -> json("{\"id\":\"x\""));
        assertThat(unread(get(Duration.ofSeconds(10))).why()).isEqualTo(Why.MALFORMED);

        fake.answer(request -> status(200, ""));
        assertThat(unread(get(Duration.ofSeconds(10))).why()).isEqualTo(Why.MALFORMED);
    }

    @Test
    void anAnswerThatBreaksOffIsAskedAgainAndThenMalformed() {
        fake.answer(request -> FakeAzure.truncated("{\"id\":"));

        CouldNotRead<JsonElement> unread = unread(get(Duration.ofSeconds(10)));

        assertThat(unread.why()).isEqualTo(Why.MALFORMED);
        assertThat(unread.detail()).contains("the response ended after 6 bytes");
        assertThat(fake.requests()).hasSize(4);
    }

    @Test
    void aResetIsAskedAgainAndThenUnreachable() {
        fake.answer(request -> FakeAzure.reset());

        CouldNotRead<JsonElement> unread = unread(get(Duration.ofSeconds(10)));

        assertThat(unread.why()).isEqualTo(Why.UNREACHABLE);
        assertThat(unread.detail()).startsWith("ConnectionFailed: 127.0.0.1: ");
        assertThat(fake.requests().size()).isGreaterThan(1);
    }

    /** Another operation ends by itself and is waited for; a lock does not. */
    @Test
    void aLockIsNotAskedAgain() {
        fake.answer(request -> error(409, "ScopeLocked", "The scope cannot perform write because it is locked"));

        CouldNotRead<JsonElement> unread = unread(post(Duration.ofSeconds(30)));

        assertThat(unread.detail()).startsWith("ScopeLocked: ").contains("read-only lock");
        assertThat(fake.requests()).hasSize(1);
    }

    /** As Resource Graph refuses a query: its message says nothing. */
    @Test
    void theWordsOfTheDetailsAreKept() {
        fake.answer(
                request -> FakeAzure.status(
                        400,
                        "{\"error\":{\"code\":\"BadRequest\",\"message\":\"Please provide below"
                                + " info\",\"details\":[{\"code\":\"InvalidQuery\",\"message\":\"Query is invalid.\"},"
                                + "{\"code\":\"ParserFailure\",\"message\":\"ParserFailure\",\"line\":1,\"token\":\"<EOF>\"}]}}"));

        assertThat(unread(get(Duration.ofSeconds(10))).detail())
                .contains("InvalidQuery: Query is invalid.", "ParserFailure at line 1, near <EOF>");
    }

    @Test
    void aVersionThatAzureDoesNotHaveIsReplacedByOneThatItNames() {
        fake.answer(request -> request.query().get("api-version").equals("2019-11-01")
                ? json("{\"id\":\"x\"}")
                : error(
                        400,
                        "NoRegisteredProviderFound",
                        "No registered resource provider found. The supported api-versions are '2018-11-01,"
                                + " 2019-11-01'."));

        assertThat(present(get(Duration.ofSeconds(10)))).hasToString("{\"id\":\"x\"}");
    }

    /** The port is held, and nobody listens there: left free, another program might take it and answer. */
    @Test
    void aServerThatIsNotThereIsUnreachable() throws IOException {
        try (Socket held = new Socket()) {
            held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            URI nobody = URI.create("http://127.0.0.1:" + held.getLocalPort());
            try (AzureAccess none = AzureAccess.open(AzureSettings.pretend(nobody))) {
                Reading<JsonElement> reading =
                        none.arm().get(ask(Duration.ofSeconds(10)), ArmOperation.GATEWAY, GATEWAY, Map.of());

                assertThat(unread(reading).why()).isEqualTo(Why.UNREACHABLE);
            }
        }
    }

    @Test
    void silenceEndsAtTheDeadline() {
        fake.answer(request -> FakeAzure.hang());
        assertThat(unread(get(Duration.ofMillis(300))).why()).isEqualTo(Why.TIMED_OUT);

        fake.answer(request -> FakeAzure.stall("{\"id\":"));
        assertThat(unread(get(Duration.ofMillis(300))).why()).isEqualTo(Why.TIMED_OUT);

        assertThat(unread(get(Duration.ZERO)).why()).isEqualTo(Why.TIMED_OUT);
    }

    @Test
    void anAnswerWithoutEndIsCutOff() {
        fake.answer(request -> (socket, closing) -> {
            byte[] chunk = "x".repeat(1 << 16).getBytes();
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes());
            while (true) {
                socket.getOutputStream().write(chunk);
            }
        });

        CouldNotRead<JsonElement> unread = unread(get(Duration.ofSeconds(20)));

        assertThat(unread.why()).isEqualTo(Why.MALFORMED);
        assertThat(unread.detail()).contains("more than 32 MiB");
    }

    @Test
    void anOlderVersionIsAskedWhereTheNewerIsNotKnown() {
        fake.answer(request -> request.query().get("api-version").equals("2025-03-01")
                ? error(400, "NoRegisteredProviderFound", "API version not supported")
                : json("{\"id\":\"x\"}"));

        assertThat(get(Duration.ofSeconds(10)).isPresent()).isTrue();
    }

    @Test
    void pagesAreReadToTheEnd() {
        fake.answer(request -> {
            int page = Integer.parseInt(request.query().getOrDefault("$skiptoken", "1"));
            String next = page == 3
                    ? ""
                    : ",\"nextLink\":\"" + fake.uri() + request.path() + "?$skiptoken=" + (page + 1) + "\"";
            return json("{\"value\":[" + page + "]" + next + "}");
        });

        assertThat(present(list())).hasToString("{\"value\":[1,2,3]}");
    }

    @Test
    void aListWithoutEndIsMalformed() {
        AtomicInteger page = new AtomicInteger();
        fake.answer(request ->
                json("{\"value\":[1],\"nextLink\":\"" + fake.uri() + "/x?page=" + page.incrementAndGet() + "\"}"));
        assertThat(unread(list()).why()).isEqualTo(Why.MALFORMED);
        assertThat(fake.requests()).hasSize(ArmClient.MOST_PAGES);

        fake.answer(request -> json("{\"value\":[1],\"nextLink\":\"" + fake.uri() + "/same\"}"));
        assertThat(unread(list()).detail()).contains("leads to yet another");
        assertThat(fake.requests()).hasSize(ArmClient.MOST_PAGES + 2);
    }

    @Test
    void aTokenIsSentToNoOtherHost() throws IOException {
        try (FakeAzure other = new FakeAzure(request -> json("{\"value\":[]}"))) {
            fake.answer(request -> json("{\"value\":[1],\"nextLink\":\"" + other.uri() + "/x\"}"));

            CouldNotRead<JsonElement> unread = unread(list());

            assertThat(unread.why()).isEqualTo(Why.MALFORMED);
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void aListMustBeOne() {
        fake.answer(request -> json("{\"values\":[]}"));

        assertThat(unread(list()).detail()).contains("without \"value\"");
    }

    @Test
    void anActionMayAnswerAtOnce() {
        fake.answer(request -> json("{\"backendAddressPools\":[]}"));

        assertThat(present(post(Duration.ofSeconds(10)))).hasToString("{\"backendAddressPools\":[]}");
        assertThat(fake.requests().get(0).method()).isEqualTo("POST");
        assertThat(fake.requests().get(0).path()).endsWith("/applicationGateways/agw/backendhealth");
    }

    @Test
    void anOperationIsPolledByItsLocation() {
        AtomicInteger polls = new AtomicInteger();
        fake.answer(request -> {
            if (request.method().equals("POST") || polls.incrementAndGet() < 3) {
                return status(
                        202,
                        "",
                        "Location: " + fake.uri() + "/operationResults/" + polls + "?api-version=x",
                        "Retry-After: 0");
            }
            return json("{\"backendAddressPools\":[1]}");
        });

        assertThat(present(post(Duration.ofSeconds(20)))).hasToString("{\"backendAddressPools\":[1]}");
        assertThat(fake.requests()).extracting(FakeAzure.Request::path).last().isEqualTo("/operationResults/2");
        assertThat(fake.requests())
                .allSatisfy(
                        request -> assertThat(request.header("Authorization")).startsWith("Bearer "));
    }

    @Test
    void anOperationIsPolledByItsStatusWhereThereIsOne() {
        AtomicInteger polls = new AtomicInteger();
        fake.answer(request -> {
            if (request.method().equals("POST")) {
                return status(
                        202,
                        "",
                        "Location: " + fake.uri() + "/result?api-version=x",
                        "Azure-AsyncOperation: " + fake.uri() + "/status?api-version=x",
                        "Retry-After: 1");
            }
            if (request.path().equals("/status")) {
                return status(
                        200,
                        polls.incrementAndGet() < 2 ? "{\"status\":\"InProgress\"}" : "{\"status\":\"Succeeded\"}",
                        "Retry-After: 1");
            }
            return json("{\"backendAddressPools\":[2]}");
        });

        assertThat(present(post(Duration.ofSeconds(20)))).hasToString("{\"backendAddressPools\":[2]}");
    }

    @Test
    void anOperationThatFailsSaysWhy() {
        fake.answer(request -> request.method().equals("POST")
                ? status(
                        202,
                        "",
                        "Location: " + fake.uri() + "/result?api-version=x",
                        "Azure-AsyncOperation: " + fake.uri() + "/status?api-version=x",
                        "Retry-After: 0")
                : json("{\"status\":\"Failed\",\"error\":{\"code\":\"ApplicationGatewayBusy\",\"message\":\"try"
                        + " later\"}}"));

        CouldNotRead<JsonElement> unread = unread(post(Duration.ofSeconds(10)));

        assertThat(unread.why()).isEqualTo(Why.UNREACHABLE);
        assertThat(unread.detail()).contains("ApplicationGatewayBusy").contains("try later");
    }

    @Test
    void aRefusalWhilePollingIsToldAsItIs() {
        fake.answer(request -> request.method().equals("POST")
                ? status(202, "", "Location: " + fake.uri() + "/result?api-version=x", "Retry-After: 0")
                : error(403, "AuthorizationFailed", "no action operationResults/read"));

        CouldNotRead<JsonElement> unread = unread(post(Duration.ofSeconds(10)));

        assertThat(unread.why()).isEqualTo(Why.FORBIDDEN);
        assertThat(unread.detail()).contains("operationResults/read");
    }

    @Test
    void anOperationThatNeverEndsEndsAtTheDeadline() {
        fake.answer(
                request -> status(202, "", "Location: " + fake.uri() + "/result?api-version=x", "Retry-After: 3600"));

        CouldNotRead<JsonElement> unread = unread(post(Duration.ofSeconds(5)));

        assertThat(unread.why()).isEqualTo(Why.TIMED_OUT);
        assertThat(unread.detail()).contains("did not finish in time");
    }

    @Test
    void aGraphQueryIsAskedPageByPage() {
        fake.answer(request -> json(
                request.body().contains("$skipToken")
                        ? "{\"data\":[{\"id\":2}]}"
                        : "{\"data\":[{\"id\":1}],\"$skipToken\":\"next\"}"));

        assertThat(present(access.arm().graph(ask(Duration.ofSeconds(10)), "resources | take 2", Set.of("s1"))))
                .hasToString("[{\"id\":1},{\"id\":2}]");
        assertThat(fake.requests().get(0).path()).isEqualTo("/providers/Microsoft.ResourceGraph/resources");
        assertThat(fake.requests().get(1).body())
                .isEqualTo("{\"subscriptions\":[\"s1\"],\"query\":\"resources | take 2\",\"options\":{\"$top\":1000,"
                        + "\"resultFormat\":\"objectArray\",\"$skipToken\":\"next\"}}");
    }

    @Test
    void noSecretIsTold() {
        fake.answer(request -> error(
                403,
                "AuthorizationFailed",
                "token Bearer abcdefgh12345678 at https://x.blob.core.windows.net/?sig=AbCd%2Fef12 code=supersecret"));

        assertThat(unread(get(Duration.ofSeconds(10))).detail())
                .doesNotContain("abcdefgh12345678")
                .doesNotContain("AbCd")
                .doesNotContain("supersecret");
    }

    @Test
    void whoNobodyWaitsForStops() throws InterruptedException {
        fake.answer(request -> FakeAzure.hang());
        AtomicInteger done = new AtomicInteger();
        Thread caller = new Thread(() -> {
            assertThat(unread(get(Duration.ofMinutes(5))).why()).isEqualTo(Why.TIMED_OUT);
            done.incrementAndGet();
        });
        caller.start();
        while (fake.requests().isEmpty()) {
            Thread.sleep(5);
        }

        caller.interrupt();
        caller.join();

        assertThat(done).hasValue(1);
    }

    private CallContext ask(Duration time) {
        return new CallContext(Source.GATEWAY, Deadline.in(time));
    }

    private Reading<JsonElement> get(Duration time) {
        return access.arm().get(ask(time), ArmOperation.GATEWAY, GATEWAY, Map.of());
    }

    private Reading<JsonElement> list() {
        return access.arm().list(ask(Duration.ofSeconds(10)), ArmOperation.DIAGNOSTIC_SETTINGS, GATEWAY, Map.of());
    }

    private Reading<JsonElement> post(Duration time) {
        return access.arm().post(ask(time), ArmOperation.BACKEND_HEALTH, GATEWAY, new JsonObject());
    }

    private static <T> T present(Reading<T> reading) {
        assertThat(reading).isInstanceOf(Present.class);
        return ((Present<T>) reading).value();
    }

    private static <T> CouldNotRead<T> unread(Reading<T> reading) {
        assertThat(reading).isInstanceOf(CouldNotRead.class);
        return (CouldNotRead<T>) reading;
    }
}
