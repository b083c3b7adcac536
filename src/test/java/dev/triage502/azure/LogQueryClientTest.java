package dev.triage502.azure;

import static dev.triage502.azure.FakeAzure.error;
import static dev.triage502.azure.FakeAzure.json;
import static dev.triage502.azure.FakeAzure.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Reading.Present;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class LogQueryClientTest {

    private static final ResourceId GATEWAY =
            ResourceId.of("/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/agw");
    private static final String KQL = "// triage502: failing-requests\nAGWAccessLogs | where HttpStatus == 502";

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
    void asksThroughTheResourceWithTheWindowBesideTheQuery() {
        fake.answer(request -> json("{\"tables\":[{\"name\":\"PrimaryResult\",\"columns\":[],\"rows\":[]}]}"));

        assertThat(present(query(Duration.ofSeconds(20)))).isEmpty();
        FakeAzure.Request asked = fake.requests().get(0);
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.path()).isEqualTo("/v1" + GATEWAY + "/query");
        assertThat(asked.header("Content-Type")).startsWith("application/json");
        assertThat(asked.header("Prefer")).startsWith("wait=").endsWith(",include-permissions=true");
        assertThat(asked.body())
                .isEqualTo("{\"query\":\"// triage502: failing-requests\\nAGWAccessLogs | where HttpStatus == 502\","
                        + "\"timespan\":\"2026-01-01T08:00:00Z/2026-01-01T09:00:00Z\"}");
        String claims = asked.header("Authorization").split("\\.")[1];
        assertThat(new String(Base64.getUrlDecoder().decode(claims))).contains("https://api.loganalytics.io");
    }

    @Test
    void rowsComeAsObjectsByTheirColumnsTypes() {
        fake.answer(request -> json("{\"tables\":[{\"name\":\"PrimaryResult\",\"columns\":["
                + "{\"name\":\"TimeGenerated\",\"type\":\"datetime\"},{\"name\":\"HttpStatus\",\"type\":\"int\"},"
                + "{\"name\":\"TimeTaken\",\"type\":\"real\"},{\"name\":\"Requests\",\"type\":\"long\"},"
                + "{\"name\":\"P95\",\"type\":\"real\"},{\"name\":\"Host\",\"type\":\"string\"},{\"name\":\"B\",\"type\":\"bool\"}],"
                + "\"rows\":[[\"2026-01-01T08:00:00Z\",502,30.5,\"12\",\"NaN\",null,true]]}]}"));

        assertThat(present(query(Duration.ofSeconds(20))))
                .hasToString("[{\"TimeGenerated\":\"2026-01-01T08:00:00Z\",\"HttpStatus\":502,\"TimeTaken\":30.5,"
                        + "\"Requests\":12,\"B\":true}]");
    }

    @Test
    void whatCameOfAPartialAnswerIsKept() {
        fake.answer(request -> json(
                "{\"tables\":[{\"name\":\"PrimaryResult\",\"columns\":[{\"name\":\"n\",\"type\":\"long\"}],\"rows\":[[1]]}],\"error\":{\"code\":\"PartialError\",\"message\":\"too"
                        + " large\",\"details\":[]}}"));

        assertThat(present(query(Duration.ofSeconds(20)))).hasToString("[{\"n\":1}]");
    }

    @Test
    void theDocumentedExampleIsRead() throws IOException {
        String example = Files.readString(Path.of("src/test/resources/azure/la-post-resource-centric-example.json"));
        String body = JsonParser.parseString(example)
                .getAsJsonObject()
                .getAsJsonObject("responses")
                .getAsJsonObject("200")
                .get("body")
                .toString();
        fake.answer(request -> json(body));

        assertThat(present(query(Duration.ofSeconds(20))))
                .hasToString("[{\"OperationName\":\"operation1\",\"count_\":10}]");
    }

    @ParameterizedTest
    @CsvSource({
        "401,InvalidAuthenticationTokenAudience,FORBIDDEN",
        "403,InsufficientAccessError,FORBIDDEN",
        "404,ResourceNotFoundError,UNREACHABLE",
        "400,BadArgumentError,UNREACHABLE"
    })
    void aRefusalIsWhyInAzuresWords(int status, String code, Why why) {
        fake.answer(request -> error(status, code, "The provided credentials have insufficient access"));

        CouldNotRead<LogRows> unread = unread(query(Duration.ofSeconds(20)));

        assertThat(unread.why()).isEqualTo(why);
        assertThat(unread.detail()).startsWith(code + ": The provided credentials");
        assertThat(unread.source()).isEqualTo(Source.ACCESS_LOG);
    }

    @Test
    void whatIsWrongWithAQueryStandsInTheInnermostError() {
        fake.answer(request -> status(
                400,
                "{\"error\":{\"code\":\"BadArgumentError\",\"message\":\"The request had some invalid"
                        + " properties\",\"innererror\":{\"code\":\"SemanticError\",\"message\":\"A semantic error"
                        + " occurred.\",\"innererror\":{\"code\":\"SEM0100\",\"message\":\"Failed to resolve table or"
                        + " column expression named 'AGWAccessLogs'\"}}}}"));

        assertThat(unread(query(Duration.ofSeconds(20))).detail()).contains("Failed to resolve table");
    }

    @Test
    void throttledSilentBrokenAndMalformedAnswersAreTold() {
        fake.answer(request -> error(429, "ThrottledError", "too many", "Retry-After: 500"));
        assertThat(unread(query(Duration.ofSeconds(20))).why()).isEqualTo(Why.THROTTLED);

        fake.answer(request -> FakeAzure.hang());
        assertThat(unread(query(Duration.ofMillis(300))).why()).isEqualTo(Why.TIMED_OUT);

        fake.answer(request -> FakeAzure.reset());
        assertThat(unread(query(Duration.ofSeconds(8))).why()).isEqualTo(Why.UNREACHABLE);

        fake.answer(request -> FakeAzure.truncated("{\"tables\":["));
        assertThat(unread(query(Duration.ofSeconds(1))).why()).isEqualTo(Why.MALFORMED);

        for (String body : new String[] {
            "{\"tables\":[{", "<html>", "[]", "{\"tables\":[{\"rows\":[[1,2]],\"columns\":[]}]}", "null", ""
        }) {
            fake.answer(request -> json(body));
            assertThat(unread(query(Duration.ofSeconds(5))).why()).as(body).isEqualTo(Why.MALFORMED);
        }
    }

    @Test
    void saysThatAnAnswerIsPartial() {
        fake.answer(request -> json("{\"tables\":[{\"name\":\"getschema\",\"columns\":[],\"rows\":[]}],"
                + "\"error\":{\"code\":\"PartialError\",\"message\":\"too large\",\"details\":[]}}"));

        assertThat(answer(query(Duration.ofSeconds(20))).cutShort()).contains("PartialError: too large");
    }

    /** The shape of the documented example: WS1 may be queried, WS2 may not, and one table of WS1 may not. */
    @Test
    void saysWhichWorkspacesAndTablesWereLeftOut() {
        fake.answer(request -> json("{\"tables\":[{\"name\":\"PrimaryResult\",\"columns\":[],\"rows\":[]}],"
                + "\"permissions\":{\"resources\":[{\"resourceId\":\"" + GATEWAY + "\",\"dataSources\":[\"/s/WS1\","
                + "\"/s/WS2\"],\"denyTables\":[\"SecurityEvent\"]}],"
                + "\"dataSources\":[{\"resourceId\":\"/S/ws1\",\"denyTables\":[\"Tables.AGWAccessLogs\"]}]}}"));

        LogRows rows = answer(query(Duration.ofSeconds(20)));

        assertThat(rows.hiddenWorkspaces()).containsExactly("/s/WS2");
        assertThat(rows.deniedTables()).containsExactly("AGWAccessLogs of /S/ws1");
    }

    @Test
    void nothingInTheWorkspaceIsNoRows() {
        fake.answer(request -> json("{\"tables\":[]}"));
        assertThat(present(query(Duration.ofSeconds(20)))).isEmpty();
    }

    private Reading<LogRows> query(Duration time) {
        return access.logs()
                .query(
                        new CallContext(Source.ACCESS_LOG, Deadline.in(time)),
                        GATEWAY,
                        KQL,
                        Instant.parse("2026-01-01T08:00:00Z"),
                        Instant.parse("2026-01-01T09:00:00Z"));
    }

    private static JsonArray present(Reading<LogRows> reading) {
        return answer(reading).rows();
    }

    private static LogRows answer(Reading<LogRows> reading) {
        assertThat(reading).isInstanceOf(Present.class);
        return ((Present<LogRows>) reading).value();
    }

    private static <T> CouldNotRead<T> unread(Reading<T> reading) {
        assertThat(reading).isInstanceOf(CouldNotRead.class);
        return (CouldNotRead<T>) reading;
    }
}
