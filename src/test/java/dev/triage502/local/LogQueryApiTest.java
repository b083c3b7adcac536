package dev.triage502.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.evidence.Source;
import dev.triage502.json.JsonTree;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Log Analytics over HTTP: a query is known by its name, and answered as a log would. */
class LogQueryApiTest {

    private static final String HOUR = "2024-02-20T05:00:00Z/2024-02-20T06:00:00Z";

    private static HttpResponse<String> ask(Azure azure, String query, String timespan) throws Exception {
        JsonObject body = JsonLookup.of("query", query);
        body.addProperty("timespan", timespan);
        return azure.send(azure.request("/v1" + azure.gateway() + "/query")
                .setHeader("Authorization", "Bearer " + Azure.tokenFor("https://api.loganalytics.io"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString())));
    }

    private static List<JsonObject> rows(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonObject table = Azure.json(answer)
                .getAsJsonObject()
                .getAsJsonArray("tables")
                .get(0)
                .getAsJsonObject();
        JsonArray columns = table.getAsJsonArray("columns");
        List<JsonObject> rows = new ArrayList<>();
        for (JsonElement cells : table.getAsJsonArray("rows")) {
            JsonObject row = new JsonObject();
            for (int i = 0; i < columns.size(); i++) {
                row.add(
                        columns.get(i).getAsJsonObject().get("name").getAsString(),
                        cells.getAsJsonArray().get(i));
            }
            rows.add(row);
        }
        return rows;
    }

    private static String row(String minute, int status, String uri) {
        return "{\"TimeGenerated\":\"2024-02-20T05:" + minute + ":00Z\",\"HttpStatus\":" + status
                + ",\"ServerRouted\":\"10.0.0.4:80\",\"BackendPoolName\":\"p\",\"Host\":\"h\",\"TimeTaken\":0.5,\"RequestUri\":\""
                + uri + "\"}";
    }

    private static Azure azure(String... rows) throws Exception {
        return Azure.of("batch-portal-night", Source.ACCESS_LOG, "[" + String.join(",", rows) + "]");
    }

    @Test
    void putsAlikeRequestsIntoOneRowFailingOnesInDetail() throws Exception {
        try (Azure azure = azure(
                row("10", 502, "/orders/17?secret=1"),
                row("10", 502, "/orders/18"),
                row("11", 502, "/orders/19"),
                row("10", 200, "/a"),
                row("12", 200, "/b"),
                row("11", 200, "/c").replace("\"Host\":\"h\"", "\"OriginalHost\":\"other\""),
                row("12", 200, "/d").replace("\"Host\":\"h\"", "\"OriginalHost\":\"another\""))) {
            List<JsonObject> rows = rows(ask(azure, "// triage502: requests\nLog", HOUR));

            assertThat(rows).hasSize(4);
            JsonObject failing = rows.stream()
                    .filter(row -> row.get("Requests").getAsInt() == 2
                            && row.get("HttpStatus").getAsInt() == 502)
                    .findFirst()
                    .orElseThrow();
            assertThat(failing.get("RequestUri").getAsString()).isEqualTo("/orders/*");
            assertThat(failing.get("Host").getAsString()).isEqualTo("h");
            assertThat(rows.stream()
                            .filter(row -> row.get("HttpStatus").getAsInt() == 200)
                            .map(row -> row.get("Host").getAsString()))
                    .as("of what is served, the hosts that fail as well are told apart")
                    .containsExactlyInAnyOrder("h", "*");
            JsonObject served = rows.stream()
                    .filter(row -> row.get("HttpStatus").getAsInt() == 200
                            && row.get("Host").getAsString().equals("h"))
                    .findFirst()
                    .orElseThrow();
            assertThat(served.get("Requests").getAsInt()).isEqualTo(2);
            assertThat(served.get("LastSeen").getAsString()).isEqualTo("2024-02-20T05:12:00Z");
            assertThat(served.get("TimeTaken").getAsDouble()).isEqualTo(0.5);
            assertThat(served.get("ErrorInfo").isJsonNull())
                    .as("a column that the recorded rows lack is empty")
                    .isTrue();
        }
    }

    @Test
    void aLongPathOrHostMakesNoLongAnswer() throws Exception {
        String[] many = IntStream.range(0, 3000)
                .mapToObj(i -> row(String.valueOf(10 + i % 40), 502, "/p" + i + "-" + "x".repeat(8000))
                        .replace("\"Host\":\"h\"", "\"Host\":\"" + "h".repeat(2000) + "\""))
                .toArray(String[]::new);
        try (Azure azure = azure(many)) {
            HttpResponse<String> answer = ask(azure, "// triage502: requests\nLog", HOUR);

            assertThat(answer.body().length()).isLessThan(1 << 20);
            assertThat(rows(answer).stream()
                            .mapToLong(row -> row.get("Requests").getAsLong())
                            .sum())
                    .isEqualTo(3000);
        }
    }

    @Test
    void staysWithinAFewHundredRowsAndLosesNoRequest() throws Exception {
        String[] many = IntStream.range(0, 3000)
                .mapToObj(i -> row(String.valueOf(10 + i % 40), 502, "/path-" + i))
                .toArray(String[]::new);
        try (Azure azure = azure(many)) {
            List<JsonObject> rows = rows(ask(azure, "// triage502: requests\nLog", HOUR));

            assertThat(rows).hasSizeLessThanOrEqualTo(700);
            assertThat(rows.stream()
                            .mapToLong(row -> row.get("Requests").getAsLong())
                            .sum())
                    .isEqualTo(3000);
        }
    }

    private static String told(String minute, int status, String more) {
        return row(minute, status, "/a").replaceFirst("}$", "," + more.replace('\'', '"') + "}");
    }

    @Test
    void countsByEachDimensionFromAPoolsFirstFailureToItsLast() throws Exception {
        try (Azure azure = azure(
                told("09", 200, "'InstanceId':'appgw_0','ReceivedBytes':200"),
                told("10", 502, "'InstanceId':'appgw_1','HttpMethod':'PUT','ReceivedBytes':2000000"),
                told("11", 200, "'InstanceId':'appgw_0','HttpMethod':'GET','ReceivedBytes':200"),
                told("12", 499, "'InstanceId':'appgw_1'"),
                told("12", 403, "'InstanceId':'appgw_0'").replace("10.0.0.4:80", ""),
                told("13", 500, "'InstanceId':'appgw_1','HttpMethod':'PUT','ReceivedBytes':2000000"),
                told("14", 200, "'InstanceId':'appgw_1'"))) {
            List<JsonObject> rows = rows(ask(azure, "// triage502: dimensions\nLog", HOUR));

            assertThat(rows.stream().map(LogQueryApiTest::count))
                    .contains(
                            "p server 10.0.0.4:80 2 1 1",
                            "p instance appgw_1 2 0 1",
                            "p instance appgw_0 0 1 1",
                            "p method PUT 2 0 1",
                            "p method GET 0 1 1",
                            "p requestSize 1 MB to 10 MB 2 0 1",
                            "p requestSize below 1 KB 0 1 1",
                            "p minute 2024-02-20T05:10:00Z 1 0 1",
                            "p minute 2024-02-20T05:11:00Z 0 1 1");
        }
    }

    private static String count(JsonObject row) {
        return List.of("BackendPoolName", "Dimension", "Value", "Failed", "Served", "Values").stream()
                .map(column -> row.get(column).getAsString())
                .collect(Collectors.joining(" "));
    }

    @Test
    void saysUntilWhenEachServerAnswered() throws Exception {
        try (Azure azure =
                azure(row("09", 200, "/a"), row("10", 404, "/b"), row("11", 502, "/a"), row("12", 499, "/a"))) {
            assertThat(rows(ask(azure, "// triage502: served-before\nLog", HOUR)))
                    .extracting(JsonObject::toString)
                    .containsExactly("{\"BackendPoolName\":\"p\",\"ServerRouted\":\"10.0.0.4:80\","
                            + "\"LastServed\":\"2024-02-20T05:10:00Z\",\"Requests\":2}");
        }
    }

    @Test
    void keepsTheValuesThatFailMostAndCountsTheRestTogether() throws Exception {
        String[] many = IntStream.range(0, 40)
                .mapToObj(i -> row(String.valueOf(10 + i), 502, "/x" + "ab".charAt(i % 2) + i))
                .toArray(String[]::new);
        try (Azure azure = azure(many)) {
            List<String> paths = rows(ask(azure, "// triage502: dimensions\nLog", HOUR)).stream()
                    .map(LogQueryApiTest::count)
                    .filter(count -> count.startsWith("p path"))
                    .toList();

            assertThat(paths).hasSize(9).last().isEqualTo("p path * 32 0 32");
        }
    }

    @Test
    void countsEachHostByTheMinuteAndByWhoFailed() throws Exception {
        try (Azure azure = azure(
                told("10", 502, "'ErrorInfo':'ERRORINFO_UPSTREAM_CLOSED_CONNECTION','ServerStatus':'502'"),
                told("10", 502, "'ErrorInfo':'ERRORINFO_NO_ERROR','ServerStatus':'502'"),
                told("10", 500, "'ServerStatus':'500'").replace("0.5", "9.5"),
                told("10", 200, "'OriginalHost':'Other'"),
                told("11", 200, "'ServerStatus':'200'"))) {
            List<JsonObject> rows = rows(ask(azure, "// triage502: minutes\nLog", HOUR));

            assertThat(rows.stream().map(JsonObject::toString))
                    .containsExactly(
                            point("10", "h", 3, 1, 2, "9.5"),
                            point("10", "other", 1, 0, 0, "0.5"),
                            point("11", "h", 1, 0, 0, "0.5"));
        }
    }

    private static String point(String minute, String host, int requests, int gateway, int backend, String p95) {
        return "{\"TimeGenerated\":\"2024-02-20T05:" + minute + ":00Z\",\"Host\":\"" + host + "\",\"Requests\":"
                + requests + ",\"FailedByGateway\":" + gateway + ",\"FailedByBackend\":" + backend
                + ",\"TimeTakenP95\":" + p95 + ",\"Minutes\":1}";
    }

    @Test
    void whatACaseHasRecordedOfItIsAnsweredAsItIs() throws Exception {
        String dimension = "{\"BackendPoolName\":\"p\",\"Dimension\":\"method\",\"Value\":\"PUT\",\"Failed\":38,"
                + "\"Served\":5210,\"Values\":1}";
        try (Azure azure = Azure.of(
                "batch-portal-night",
                Source.ACCESS_LOG,
                "{\"value\":[" + row("10", 502, "/a") + "],\"dimensions\":[" + dimension + "]}")) {
            assertThat(rows(ask(azure, "// triage502: dimensions\nLog", HOUR)))
                    .extracting(JsonObject::toString)
                    .containsExactly(dimension);
        }
    }

    @Test
    void readsTheOlderTableOfTheFirstGeneration() throws Exception {
        try (Azure azure = azure(
                "{\"TimeGenerated\":\"2024-02-20T05:10:00Z\",\"httpStatus_d\":502,\"timeTaken_d\":21000,"
                        + "\"instanceId_s\":\"ApplicationGatewayRole_IN_0\",\"requestQuery_s\":\"X=0&SERVER-ROUTED=10.4.0.4&SERVER-STATUS=\"}")) {
            JsonObject row =
                    rows(ask(azure, "// triage502: requests\nLog", HOUR)).get(0);

            assertThat(row.get("HttpStatus").getAsInt()).isEqualTo(502);
            assertThat(row.get("TimeTaken").getAsDouble()).isEqualTo(21);
            assertThat(row.get("ServerRouted").getAsString()).isEqualTo("10.4.0.4");
            assertThat(row.get("ServerStatus").getAsString()).isEmpty();
        }
    }

    @Test
    void givesOnlyTheTimeThatIsAskedForAndTheNewestRowOfIt() throws Exception {
        try (Azure azure = azure(row("10", 502, "/"), row("40", 200, "/"))) {
            String early = "2024-02-20T05:00:00Z/2024-02-20T05:30:00Z";
            assertThat(rows(ask(azure, "// triage502: requests\nLog", early))).hasSize(1);
            JsonObject newest =
                    rows(ask(azure, "// triage502: newest-row\nLog", HOUR)).get(0);
            assertThat(newest.get("NewestRow").getAsString()).isEqualTo("2024-02-20T05:40:00Z");
            assertThat(newest.get("Rows").getAsInt()).isEqualTo(2);
            JsonObject none = rows(ask(
                            azure, "// triage502: newest-row\nLog", "2020-01-01T00:00:00Z/2020-01-02T00:00:00Z"))
                    .get(0);
            assertThat(none.get("NewestRow").isJsonNull()).isTrue();
        }
    }

    @Test
    void knowsEveryLogQueryThatShips() throws Exception {
        try (var files = Files.list(Path.of("src/main/resources/kql"));
                Azure azure = azure()) {
            for (Path file : files.collect(Collectors.toList())) {
                String query = Files.readString(file);
                boolean ofLog = query.lines().anyMatch(line -> line.equals("Log"));
                if (ofLog) {
                    assertThat(ask(azure, query, HOUR).statusCode())
                            .as(file.toString())
                            .isEqualTo(200);
                }
            }
        }
    }

    @Test
    void refusesWhatLogAnalyticsRefuses() throws Exception {
        try (Azure azure = azure()) {
            assertThat(Azure.errorCode(ask(azure, "// triage502: no-such\nLog", HOUR)))
                    .isEqualTo("BadArgumentError");
            assertThat(ask(azure, "AGWAccessLogs", HOUR).statusCode()).isEqualTo(400);
            assertThat(ask(azure, "// triage502: requests\nLog", "yesterday").statusCode())
                    .isEqualTo(400);
            HttpResponse<String> token = azure.post("/v1" + azure.gateway() + "/query", "{}");
            assertThat(Azure.errorCode(token)).isEqualTo("InvalidAuthenticationTokenAudience");
        }
        try (Azure without = Azure.of("aca-internal-edge")) {
            HttpResponse<String> refused = ask(without, "// triage502: requests\nLog", HOUR);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("InsufficientAccessError");
        }
    }

    @Test
    void hasTheShapeOfTheApiDefinitionsExample() throws Exception {
        JsonObject file = JsonParser.parseString(
                        Files.readString(Path.of("src/test/resources/azure/la-post-resource-centric-example.json")))
                .getAsJsonObject();
        JsonObject example = JsonTree.object(JsonTree.object(JsonTree.object(file, "responses"), "200"), "body");
        try (Azure azure = azure(row("10", 502, "/"))) {
            JsonObject ours = Azure.json(ask(azure, "// triage502: newest-row\nLog", HOUR))
                    .getAsJsonObject();
            assertThat(ours.keySet()).isEqualTo(example.keySet());
            JsonObject table = JsonTree.objects(ours, "tables").get(0);
            assertThat(table.keySet())
                    .isEqualTo(JsonTree.objects(example, "tables").get(0).keySet());
            assertThat(JsonTree.objects(table, "columns").get(0).keySet()).containsExactly("name", "type");
        }
    }
}
