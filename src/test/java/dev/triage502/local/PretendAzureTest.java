package dev.triage502.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import dev.triage502.json.JsonTree;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a plain HTTP client sees of the pretend Azure. */
class PretendAzureTest {

    private static final String NETWORK = "?api-version=2024-05-01";

    private Azure azure;

    @BeforeEach
    void start() throws Exception {
        azure = Azure.of("aca-internal-edge");
    }

    @AfterEach
    void stop() {
        azure.close();
    }

    @Test
    void givesTheGatewayInWhateverCaseItsIdIsWritten() throws Exception {
        HttpResponse<String> answer = azure.get(azure.gateway().toLowerCase(java.util.Locale.ROOT) + NETWORK);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Azure.json(answer))
                .isEqualTo(azure.recorded
                        .documents()
                        .get(Source.GATEWAY)
                        .toOptional()
                        .orElseThrow());
    }

    @Test
    void answersBackendHealthAsALongRunningOperation() throws Exception {
        HttpResponse<String> begun = azure.post(azure.gateway() + "/backendhealth" + NETWORK, "");

        assertThat(begun.statusCode()).isEqualTo(202);
        assertThat(begun.body()).isEmpty();
        assertThat(begun.headers().firstValue("Retry-After")).isPresent();
        String location = begun.headers().firstValue("Location").orElseThrow();
        assertThat(azure.get(location).statusCode()).isEqualTo(202);
        HttpResponse<String> done = azure.get(location);
        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(Azure.json(done).getAsJsonObject().has("backendAddressPools"))
                .isTrue();
        assertThat(azure.server.callsBySource()).containsEntry(Source.BACKEND_HEALTH, 3);
    }

    @Test
    void tellsHowAnOperationStandsToWhoAsksForItsStatus() throws Exception {
        HttpResponse<String> begun = azure.post(azure.gateway() + "/backendhealth" + NETWORK, "{}");
        String status = begun.headers().firstValue("Azure-AsyncOperation").orElseThrow();
        String location = begun.headers().firstValue("Location").orElseThrow();

        assertThat(Azure.json(azure.get(status)).toString()).contains("InProgress");
        assertThat(Azure.json(azure.get(status)).toString()).contains("Succeeded");
        assertThat(azure.get(location).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesHealthToAGetAndChangesToAnybody() throws Exception {
        assertThat(azure.get(azure.gateway() + "/backendhealth" + NETWORK).statusCode())
                .isEqualTo(405);
        HttpResponse<String> change =
                azure.send(azure.request(azure.gateway() + NETWORK).PUT(BodyPublishers.ofString("{}")));
        assertThat(change.statusCode()).isEqualTo(403);
        assertThat(change.body()).contains("Microsoft.Network/applicationGateways/write");
    }

    @Test
    void refusesACallWithoutATokenOrWithOneForSomethingElse() throws Exception {
        String path = azure.gateway() + NETWORK;
        HttpResponse<String> without = azure.send(
                azure.request(path).setHeader("Authorization", "Basic eDp5").GET());
        HttpResponse<String> other = azure.send(azure.request(path)
                .setHeader("Authorization", "Bearer " + Azure.tokenFor("https://api.loganalytics.io"))
                .GET());

        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(Azure.errorCode(without)).isEqualTo("AuthenticationFailed");
        assertThat(without.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(other.statusCode()).isEqualTo(401);
        assertThat(Azure.errorCode(other)).isEqualTo("InvalidAuthenticationTokenAudience");
    }

    @Test
    void refusesAMissingAndAnUnknownApiVersion() throws Exception {
        HttpResponse<String> missing = azure.get(azure.gateway());
        HttpResponse<String> unknown = azure.get(azure.gateway() + "?api-version=2199-01-01");

        assertThat(missing.statusCode()).isEqualTo(400);
        assertThat(Azure.errorCode(missing)).isEqualTo("MissingApiVersionParameter");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("2199-01-01").contains("2024-05-01");
    }

    @Test
    void givesSubnetsGroupsZonesAndTheirParts() throws Exception {
        String network = "/subscriptions/00000000-0000-0000-0000-000000000006/resourceGroups/rg-appgw-aca/providers"
                + "/Microsoft.Network/virtualNetworks/vnet-aca-kl4kt7";
        JsonObject subnet =
                Azure.json(azure.get(network + "/subnets/snet-cae" + NETWORK)).getAsJsonObject();
        String group = JsonTree.text(JsonTree.object(subnet, "properties"), "networkSecurityGroup", "id");

        assertThat(Azure.json(azure.get(network + NETWORK)).toString()).contains("10.0.0.0/16");
        assertThat(Azure.json(azure.get(network + "/subnets" + NETWORK))
                        .getAsJsonObject()
                        .getAsJsonArray("value"))
                .hasSize(2);
        assertThat(Azure.json(azure.get(group + NETWORK)).toString()).contains("deny-all-inbound");
    }

    @Test
    void listsPrivateZonesTheirLinksAndTheirRecords() throws Exception {
        String version = "?api-version=2020-06-01";
        String zones = "/subscriptions/" + azure.recorded.gateway().subscription()
                + "/providers/Microsoft.Network/privateDnsZones";
        JsonObject zone = Azure.json(azure.get(zones + version))
                .getAsJsonObject()
                .getAsJsonArray("value")
                .get(0)
                .getAsJsonObject();
        String id = zone.get("id").getAsString();

        assertThat(Azure.json(azure.get(id + "/virtualNetworkLinks" + version))
                        .getAsJsonObject()
                        .getAsJsonArray("value"))
                .hasSize(1);
        assertThat(Azure.json(azure.get(id + "/ALL" + version))
                        .getAsJsonObject()
                        .getAsJsonArray("value"))
                .hasSize(2);
        assertThat(Azure.json(azure.get(id + "/A/*" + version)).toString()).contains("10.0.2.243");
    }

    @Test
    void saysNotFoundOfWhatAKnownDocumentDoesNotHold() throws Exception {
        HttpResponse<String> answer = azure.get(
                azure.gateway().replaceFirst("/applicationGateways/.*", "/networkSecurityGroups/none") + NETWORK);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(Azure.errorCode(answer)).isEqualTo("ResourceNotFound");
    }

    @Test
    void refusesWhatTheCaseLacksAndNeverCallsItEmpty() throws Exception {
        String subscription = "/subscriptions/" + azure.recorded.gateway().subscription();
        HttpResponse<String> interfaces =
                azure.get(subscription + "/providers/Microsoft.Network/networkInterfaces" + NETWORK);
        HttpResponse<String> metrics = azure.get(azure.gateway()
                + "/providers/Microsoft.Insights/metrics?api-version=2024-02-01&metricnames=ResponseStatus");
        HttpResponse<String> machines = azure.post(
                "/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01",
                "{\"query\":\"Resources | where type =~ 'microsoft.compute/virtualmachines'\"}");

        assertThat(interfaces.statusCode()).isEqualTo(403);
        assertThat(metrics.statusCode()).isEqualTo(403);
        assertThat(metrics.body()).contains("Microsoft.Insights/metrics/read").contains(azure.gateway());
        assertThat(machines.statusCode()).isEqualTo(403);
    }

    @Test
    void answersResourceGraphByTheTypesThatAQueryNames() throws Exception {
        HttpResponse<String> answer = azure.post(
                "/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01",
                "{\"query\":\"Resources | where type in~ ('microsoft.network/networkSecurityGroups',"
                        + " 'Microsoft.Network/virtualNetworks')\"}");

        JsonObject body = Azure.json(answer).getAsJsonObject();
        assertThat(body.get("totalRecords").getAsInt()).isEqualTo(2);
        assertThat(body.get("resultTruncated").getAsString()).isEqualTo("false");
        assertThat(body.getAsJsonArray("data").toString())
                .contains("\"type\":\"microsoft.network/networksecuritygroups\"");
    }

    @Test
    void answersARecordedErrorAsThatError() throws Exception {
        try (Azure refused = Azure.of(
                "aca-internal-edge",
                Source.RESOURCE_HEALTH,
                "{\"error\":{\"code\":\"ResourceNotFound\",\"message\":\"gone\"}}")) {
            HttpResponse<String> answer = refused.get(refused.gateway()
                    + "/providers/Microsoft.ResourceHealth/availabilityStatuses/current?api-version=2024-02-01");
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).contains("\"message\":\"gone\"");
        }
    }

    @Test
    void pagesTheActivityLogAndTakesOnlyTheFiltersThatTheServiceTakes() throws Exception {
        try (Azure paged = Azure.of(
                Azure.recorded("batch-portal-night"),
                PretendAzure.Options.usual().pagesOf(3))) {
            String list = "/subscriptions/" + paged.recorded.gateway().subscription()
                    + "/providers/Microsoft.Insights/eventtypes/management/values?api-version=2015-04-01&$filter=";
            String range = "eventTimestamp ge '2024-02-01T00:00:00Z' and eventTimestamp le '2024-02-21T00:00:00Z'";
            JsonObject first =
                    Azure.json(paged.get(list + Azure.encoded(range))).getAsJsonObject();
            JsonObject second =
                    Azure.json(paged.get(first.get("nextLink").getAsString())).getAsJsonObject();
            HttpResponse<String> bad = paged.get(list + Azure.encoded(range + " and level eq 'Error'"));

            assertThat(first.getAsJsonArray("value")).hasSize(3);
            assertThat(second.getAsJsonArray("value")).hasSize(1);
            assertThat(second.has("nextLink")).isFalse();
            assertThat(bad.statusCode()).isEqualTo(400);
        }
    }

    @Test
    void answersTheTestProbeForTheSettingThatIsAsked() throws Exception {
        String pool = azure.gateway() + "/backendAddressPools/p";
        String setting = azure.gateway() + "/backendHttpSettingsCollection/s";
        String recorded = "[{\"request\":{\"path\":\"/\"},\"backendAddressPool\":{\"id\":\"" + pool
                + "\"},\"backendHealthHttpSettings\":{\"backendHttpSettings\":{\"id\":\"" + setting
                + "\"},\"servers\":[{\"address\":\"10.0.0.4\",\"health\":\"Healthy\"}]}}]";
        try (Azure probed = Azure.of("aca-internal-edge", Source.ON_DEMAND_HEALTH, recorded)) {
            String action = probed.gateway() + "/getBackendHealthOnDemand" + NETWORK;
            HttpResponse<String> begun = probed.post(action, body(pool, setting));
            String location = begun.headers().firstValue("Location").orElseThrow();
            probed.get(location);
            HttpResponse<String> done = probed.get(location);

            assertThat(done.body()).contains("10.0.0.4").doesNotContain("\"request\"");
            assertThat(probed.post(action, body(pool, setting + "-other")).statusCode())
                    .isEqualTo(403);
            assertThat(probed.post(action, "{}").statusCode()).isEqualTo(400);
        }
    }

    private static String body(String pool, String setting) {
        return "{\"path\":\"/\",\"backendAddressPool\":{\"id\":\"" + pool + "\"},\"backendHttpSettings\":{\"id\":\""
                + setting + "\"}}";
    }

    @Test
    void givesTheStateOfMachinesInstancesAndSitesWhereAzureKeepsIt() throws Exception {
        String group = azure.gateway().replaceFirst("/Microsoft.Network/.*", "");
        String backends = """
            {"virtualMachines":[{"id":"@/Microsoft.Compute/virtualMachines/vm","properties":{"vmId":"1","instanceView":
               {"statuses":[{"code":"PowerState/deallocated"}]}}}],
             "scaleSets":[{"id":"@/Microsoft.Compute/virtualMachineScaleSets/set","properties":{},
               "instances":[{"id":"@/Microsoft.Compute/virtualMachineScaleSets/set/virtualMachines/0"}]},
               {"id":"@/Microsoft.Compute/virtualMachineScaleSets/other","properties":{}}],
             "sites":[{"id":"@/Microsoft.Web/sites/site","properties":{"state":"Running","siteConfig":{"x":1}}}]}\
            """.replace("@", group);
        try (Azure shown = Azure.of("aca-internal-edge", Source.BACKENDS, backends)) {
            String machine = group + "/Microsoft.Compute/virtualMachines/vm";
            String sets = group + "/Microsoft.Compute/virtualMachineScaleSets/";
            String compute = "?api-version=2024-03-01";
            assertThat(shown.get(machine + compute).body()).contains("vmId").doesNotContain("deallocated");
            assertThat(shown.get(machine + compute + "&$expand=instanceView").body())
                    .contains("deallocated");
            assertThat(shown.get(machine + "/instanceView" + compute).body()).startsWith("{\"statuses\"");
            assertThat(shown.get(sets + "set/virtualMachines" + compute).body()).contains("/virtualMachines/0");
            assertThat(shown.get(sets + "other/virtualMachines" + compute).statusCode())
                    .isEqualTo(403);
            assertThat(shown.get(group + "/Microsoft.Web/sites/site/config/web?api-version=2023-12-01")
                            .body())
                    .contains("\"properties\":{\"x\":1}");
        }
    }

    @Test
    void refusesAgainWhatWasRefusedWhenTheCaseWasRecorded() throws Exception {
        String group = azure.gateway().replaceFirst("/Microsoft.Network/.*", "");
        String rules = group + "/Microsoft.Network/networkSecurityGroups/rules";
        String network = "{\"networkSecurityGroups\":[{\"id\":\"" + rules
                + "\",\"error\":{\"code\":\"AuthorizationFailed\",\"message\":\"no\"}}],\"unread\":{\"privateDnsZones\":{\"code\":\"AuthorizationFailed\",\"message\":\"nor"
                + " that\"}}}";
        try (Azure refused = Azure.of("aca-internal-edge", Source.NETWORK, network)) {
            HttpResponse<String> zones = refused.post(
                    "/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01",
                    "{\"query\":\"resources | where type =~ 'microsoft.network/privatednszones'\"}");
            assertThat(refused.get(rules + NETWORK).statusCode()).isEqualTo(403);
            assertThat(zones.statusCode()).isEqualTo(403);
            assertThat(zones.body()).contains("nor that");
        }
    }

    @Test
    void doesNotKnowPathsThatAzureDoesNotHave() throws Exception {
        assertThat(azure.get("/subscriptions/x/providers/Microsoft.Nothing/things?api-version=2024-05-01")
                        .statusCode())
                .isEqualTo(404);
        assertThat(azure.get("/").statusCode()).isEqualTo(404);
        assertThat(azure.server.calls()).isEqualTo(2);
        assertThat(azure.server.requests()).last().isEqualTo("GET /");
    }
}
