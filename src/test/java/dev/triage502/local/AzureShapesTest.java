package dev.triage502.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.ResourceId;
import dev.triage502.json.JsonTree;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That what Azure's own API definitions give as examples comes out of the pretend Azure as it stands there. */
class AzureShapesTest {

    private static final Path EXAMPLES = Path.of("src/test/resources/azure/examples");
    private static final String GATEWAY =
            "/subscriptions/subid/resourceGroups/rg1/providers/Microsoft.Network/applicationGateways/appgw";

    private Azure azure;

    private static JsonObject body(String example) throws Exception {
        return JsonTree.object(example(example).getAsJsonObject("responses").get("200"), "body");
    }

    private static JsonObject example(String name) throws Exception {
        return JsonParser.parseString(Files.readString(EXAMPLES.resolve(name + ".json")))
                .getAsJsonObject();
    }

    private static JsonArray array(JsonElement... elements) {
        return JsonLookup.array(List.of(elements));
    }

    @BeforeEach
    void start() throws Exception {
        JsonObject network = JsonLookup.of("virtualNetworks", array(body("VirtualNetworkGet")));
        network.add("networkSecurityGroups", array(body("NetworkSecurityGroupGet")));
        network.add("routeTables", array(body("RouteTableGet")));
        network.add("privateDnsZones", array(body("VirtualNetworkLinkGet"), body("RecordSetAGet")));
        SourceDocuments documents = SourceDocuments.none()
                .with(Source.GATEWAY, body("ApplicationGatewayGet"))
                .with(Source.BACKEND_HEALTH, body("ApplicationGatewayBackendHealthGet"))
                .with(Source.ON_DEMAND_HEALTH, array(body("ApplicationGatewayBackendHealthTest")))
                .with(Source.RESOURCE_HEALTH, body("AvailabilityStatus_GetByResource"))
                .with(Source.ACTIVITY_LOG, body("GetActivityLogsFiltered"))
                .with(
                        Source.METRICS,
                        JsonParser.parseString(body("GetMetric")
                                .toString()
                                .replace("BlobCount", "BackendConnectTime")
                                .replace("\"tier\"", "\"backendpool\"")))
                .with(Source.NETWORK, network);
        azure = Azure.of(
                new RecordedCase("examples", "", ResourceId.of(GATEWAY), Instant.EPOCH, Optional.empty(), documents));
    }

    @AfterEach
    void stop() {
        azure.close();
    }

    private JsonElement get(String path) throws Exception {
        HttpResponse<String> answer = azure.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Azure.json(answer);
    }

    @Test
    void resourcesComeAsTheyAre() throws Exception {
        for (String name :
                List.of("ApplicationGatewayGet", "VirtualNetworkGet", "NetworkSecurityGroupGet", "RouteTableGet")) {
            JsonObject body = body(name);
            assertThat(get(body.get("id").getAsString() + "?api-version=2024-01-01"))
                    .as(name)
                    .isEqualTo(body);
        }
        for (String name : List.of("VirtualNetworkLinkGet", "RecordSetAGet")) {
            JsonObject body = body(name);
            assertThat(get(body.get("id").getAsString() + "?api-version=2020-06-01"))
                    .as(name)
                    .isEqualTo(body);
        }
        JsonObject health = body("AvailabilityStatus_GetByResource");
        assertThat(get(GATEWAY
                        + "/providers/Microsoft.ResourceHealth/availabilityStatuses/current?api-version=2024-02-01"))
                .isEqualTo(health);
    }

    @Test
    void operationsComeToWhatTheExampleComesTo() throws Exception {
        assertThat(operation("backendhealth", "")).isEqualTo(body("ApplicationGatewayBackendHealthGet"));
        JsonObject request =
                JsonTree.object(example("ApplicationGatewayBackendHealthTest").get("parameters"), "probeRequest");
        assertThat(operation("getBackendHealthOnDemand", request.toString()))
                .isEqualTo(body("ApplicationGatewayBackendHealthTest"));
    }

    private JsonElement operation(String action, String body) throws Exception {
        HttpResponse<String> begun = azure.post(GATEWAY + "/" + action + "?api-version=2024-01-01", body);
        String location = begun.headers().firstValue("Location").orElseThrow();
        azure.get(location);
        return get(location);
    }

    @Test
    void theActivityLogComesByTheFilterOfTheExample() throws Exception {
        String filter = JsonTree.text(example("GetActivityLogsFiltered").get("parameters"), "$filter");

        JsonElement ours = get(
                "/subscriptions/089bd33f-d4ec-47fe-8ba5-0753aa5c5b33/providers/Microsoft.Insights/eventtypes/management"
                        + "/values?api-version=2015-04-01&$filter=" + Azure.encoded(filter));

        assertThat(ours.getAsJsonObject().get("value"))
                .isEqualTo(body("GetActivityLogsFiltered").get("value"));
    }

    @Test
    void metricsHaveTheFieldsThatTheExampleHas() throws Exception {
        JsonElement ours = get(
                GATEWAY + "/providers/Microsoft.Insights/metrics?api-version=2024-02-01&metricnames=BackendConnectTime"
                        + "&timespan=2021-04-20T09:00:00.000Z/2021-04-20T14:00:00.000Z&interval=PT1H&aggregation=average,maximum"
                        + "&$filter=" + Azure.encoded("BackendPool eq '*'"));

        TreeSet<String> theirs = new TreeSet<>(fields("", body("GetMetric")));
        theirs.addAll(fields("", body("GetMetricError")));
        assertThat(theirs).containsAll(fields("", ours));
        assertThat(fields("", ours)).contains(".value[].timeseries[].data[].average number");
    }

    /** Each way through a document, with the kind of value at its end. */
    private static List<String> fields(String at, JsonElement element) {
        List<String> found = new ArrayList<>();
        if (element instanceof JsonObject object) {
            object.entrySet().forEach(each -> found.addAll(fields(at + "." + each.getKey(), each.getValue())));
        } else if (element instanceof JsonArray array) {
            array.forEach(each -> found.addAll(fields(at + "[]", each)));
        } else {
            found.add(at + " " + (element.getAsJsonPrimitive().isNumber() ? "number" : "text"));
        }
        return found;
    }
}
