package dev.triage502.azure;

import static dev.triage502.azure.FakeAzure.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refusals and log answers that public recordings hold, as the client reads them. */
@Timeout(60)
class RecordedRefusalsTest {

    private static final ResourceId GATEWAY =
            ResourceId.of("/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/agw");

    private FakeAzure fake;
    private AzureAccess access;

    @BeforeEach
    void start() throws IOException {
        fake = new FakeAzure(request -> status(500, "{}"));
        access = fake.access();
    }

    @AfterEach
    void stop() throws IOException {
        access.close();
        fake.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ARM: no right|FORBIDDEN|AuthorizationFailed: The client|action 'microsoft.insights/eventtypes",
                "ARM: too many reads (token bucket)|THROTTLED|SubscriptionRequestsThrottled|try again after '10'"
                        + " seconds",
                "ARM: metrics, back end|THROTTLED|SubscriptionRequestsThrottled|backend storage limit",
                "ARM: api-version that the type lacks|UNREACHABLE|NoRegisteredProviderFound|supported api-versions",
                "Resource Graph: query that does not parse|UNREACHABLE|BadRequest|InvalidQuery: Query is invalid.",
                "on-demand health at an api-version that lacks it|UNREACHABLE|NotFound|No HTTP resource was found"
            })
    void aRefusalKeepsItsCodeAndItsWords(String what, Why why, String code, String words) {
        JsonObject refusal = refusal(what);
        fake.answer(request ->
                status(refusal.get("status").getAsInt(), refusal.get("body").toString()));

        CouldNotRead<?> unread = get(Duration.ofSeconds(4)).unread().orElseThrow();
        assertThat(unread.why()).isEqualTo(why);
        assertThat(unread.detail()).startsWith(code).contains(words);
    }

    @Test
    void aMetricThatIsUnknownIsRefusedWithCodeAndMessageAtTheTop() {
        JsonObject response = response("metrics-400-2019");
        fake.answer(request ->
                status(response.get("status").getAsInt(), response.get("body").toString()));

        assertThat(get(Duration.ofSeconds(10)).unread().orElseThrow().detail())
                .startsWith("BadRequest: Failed to find metric configuration for provider");
    }

    @Test
    void aTableThatIsUnknownIsNamedByTheInnermostError() {
        fake.answer(request ->
                status(400, refusal("Log Analytics: unknown table").get("body").toString()));

        CouldNotRead<?> unread = query().unread().orElseThrow();
        assertThat(unread.detail())
                .startsWith("BadArgumentError")
                .contains("SEM0100")
                .contains("named 'Appquests'");
    }

    @Test
    void theTableOfALogAnswerNeedNotBeCalledPrimaryResult() {
        JsonObject response = response("log-query-200-2024");
        fake.answer(request -> FakeAzure.json(response.getAsJsonObject("body").toString()));

        JsonArray rows = query().toOptional().orElseThrow().rows();
        assertThat(rows).hasSize(4);
        assertThat(rows.get(0))
                .hasToString("{\"ColumnName\":\"TenantId\",\"ColumnOrdinal\":0,"
                        + "\"DataType\":\"System.String\",\"ColumnType\":\"string\"}");
    }

    @Test
    void rowsOfResourceGraphAreAskedForAsObjects() {
        JsonObject response = response("resource-graph-200-2019");
        fake.answer(request -> FakeAzure.json(response.getAsJsonObject("body").toString()));

        Reading<JsonArray> rows = access.arm()
                .graph(new CallContext(Source.NETWORK, Deadline.in(Duration.ofSeconds(10))), "resources", Set.of());
        assertThat(fake.requests().get(0).body()).contains("objectArray");
        // A table of columns is not what was asked for: no rows would be a wrong answer.
        assertThat(rows.unread().map(CouldNotRead::why)).contains(Why.MALFORMED);
    }

    private Reading<?> get(Duration within) {
        return access.arm()
                .get(new CallContext(Source.GATEWAY, Deadline.in(within)), ArmOperation.GATEWAY, GATEWAY, Map.of());
    }

    private Reading<LogRows> query() {
        Instant now = Instant.parse("2026-03-02T09:00:00Z");
        return access.logs()
                .query(
                        new CallContext(Source.ACCESS_LOG, Deadline.in(Duration.ofSeconds(20))),
                        GATEWAY,
                        "AGWAccessLogs",
                        now.minusSeconds(60),
                        now);
    }

    private static JsonObject refusal(String what) {
        return StreamSupport.stream(
                        PublishedFacts.recording("refusals")
                                .getAsJsonArray("refusals")
                                .spliterator(),
                        false)
                .map(each -> each.getAsJsonObject())
                .filter(each -> each.get("what").getAsString().equals(what))
                .findFirst()
                .orElseThrow();
    }

    private static JsonObject response(String name) {
        JsonArray exchanges = PublishedFacts.recording(name).getAsJsonArray("exchanges");
        return exchanges.get(exchanges.size() - 1).getAsJsonObject().getAsJsonObject("response");
    }
}
