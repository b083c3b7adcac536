package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.BackendHealth.State;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Metrics;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.ResourceHealth;
import dev.triage502.evidence.Source;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The samples of Azure's API definitions, and output captured from a live gateway, read by the same readers. */
class PublishedExamplesTest {

    @Test
    void gateway() {
        Gateway gateway = present(
                Json.read(Source.GATEWAY, Json.example("ApplicationGatewayGet")).gateway());
        assertThat(gateway.sku().isV2()).isFalse();
        assertThat(gateway.operationalState()).isEqualTo("Running");
        assertThat(gateway.scale().most()).isEqualTo(OptionalInt.of(3));
        assertThat(gateway.pools())
                .extracting(Gateway.Pool::name, Gateway.Pool::members)
                .containsExactly(tuple("appgwpool", List.of()), tuple("appgwpool1", List.of("10.0.0.1", "10.0.0.2")));
        // A load distribution policy spreads each of the three ways over two pools.
        assertThat(gateway.rules())
                .extracting(Gateway.Rule::name, Gateway.Rule::paths, Gateway.Rule::pool)
                .containsExactly(
                        tuple("appgwrule", List.of(), "appgwpool"),
                        tuple("appgwrule", List.of(), "appgwpool1"),
                        tuple("appgwPathBasedRule", List.of("/api", "/v1/api"), "appgwpool"),
                        tuple("appgwPathBasedRule", List.of("/api", "/v1/api"), "appgwpool1"),
                        tuple("appgwPathBasedRule", List.of(), "appgwpool"),
                        tuple("appgwPathBasedRule", List.of(), "appgwpool1"));
    }

    @Test
    void backendHealthWithTheWordsOfTheSchema() {
        BackendHealth health =
                present(Json.read(Source.BACKEND_HEALTH, Json.example("ApplicationGatewayBackendHealthGet"))
                        .backendHealth());
        assertThat(health.servers())
                .allSatisfy(server -> assertThat(server.state()).isEqualTo(State.HEALTHY));
        assertThat(health.servers())
                .extracting(BackendHealth.Server::address)
                .containsExactlyInAnyOrder("10.220.1.4", "10.220.1.5", "10.220.1.8");
    }

    @Test
    void backendHealthAsTheCommandLinePrintsIt() {
        BackendHealth health = present(Json.read(Source.BACKEND_HEALTH, Json.captured("broken-backend-health"))
                .probeResults());
        assertThat(health.failingWith(ProbeFailure.CANNOT_CONNECT)).hasSize(1);
    }

    @Test
    void onDemandHealth() {
        Evidence evidence = Json.read(Source.ON_DEMAND_HEALTH, Json.example("ApplicationGatewayBackendHealthTest"));
        assertThat(present(evidence.onDemandHealth()).answers())
                .extracting(answer -> answer.server().address())
                .containsExactly("10.220.1.4", "10.220.1.5");
    }

    @Test
    void metricsByTheResource() {
        Metrics metrics =
                present(Json.read(Source.METRICS, Json.example("GetMetric")).metrics());
        assertThat(metrics.of("BlobCount", "tier", "hot")).hasSize(1);
        assertThat(metrics.of("BlobCount", "tier", "hot")
                        .findFirst()
                        .orElseThrow()
                        .points())
                .hasSize(5);
    }

    @Test
    void aMetricThatAzureRefusedAmongOthersIsSimplyNotThere() {
        Metrics metrics = present(
                Json.read(Source.METRICS, Json.example("GetMetricError")).metrics());
        assertThat(metrics.series()).extracting(Metrics.Series::metric).containsExactly("MongoRequests");
    }

    @Test
    void metricsByTheBatch() {
        Metrics metrics = present(
                Json.read(Source.METRICS, Json.example("MetricBatchExample")).metrics());
        assertThat(metrics.of("Ingress", "apiname", "GetBlob")).isNotEmpty();
    }

    @Test
    void activityLog() {
        Evidence evidence = Json.read(Source.ACTIVITY_LOG, Json.example("GetActivityLogsFiltered"));
        assertThat(present(evidence.activityLog()).of("microsoft.support/supporttickets/write"))
                .singleElement()
                .satisfies(operation -> assertThat(operation.caller()).isEqualTo("admin@contoso.com"));
    }

    @Test
    void resourceHealth() {
        ResourceHealth health =
                present(Json.read(Source.RESOURCE_HEALTH, Json.example("AvailabilityStatus_GetByResource"))
                        .resourceHealth());
        assertThat(health.state()).isEqualTo(ResourceHealth.State.UNAVAILABLE);
        assertThat(health.initiator()).isEqualTo(ResourceHealth.Initiator.PLATFORM);
        assertThat(health.occurred()).contains(Instant.parse("2016-03-29T09:12:00Z"));
    }

    @Test
    void network() {
        JsonObject document = new JsonObject();
        document.add("virtualNetworks", listOf(Json.example("VirtualNetworkGet")));
        document.add("networkSecurityGroups", listOf(Json.example("NetworkSecurityGroupGet")));
        document.add("routeTables", listOf(Json.example("RouteTableGet")));
        document.add("privateDnsZones", listOf(Json.example("RecordSetAGet"), Json.example("VirtualNetworkLinkGet")));
        document.add("effectiveRoutes", listOf(Json.example("NetworkInterfaceEffectiveRouteTableList")));
        Network network = present(Json.read(Source.NETWORK, document).network());

        assertThat(network.virtualNetworks()).hasSize(1);
        assertThat(network.securityGroups().values())
                .singleElement()
                .satisfies(group -> assertThat(present(group).rules()).hasSize(7));
        assertThat(network.routeTables().values()).singleElement().satisfies(table -> {
            assertThat(present(table).propagatesBgp()).isTrue();
            assertThat(present(table).routes())
                    .extracting(Network.Route::nextHop)
                    .containsExactly(NextHop.NETWORK_GATEWAY);
        });
        assertThat(present(network.zones())).singleElement().satisfies(zone -> {
            assertThat(zone.name()).isEqualTo("privatezone1.com");
            assertThat(zone.links()).hasSize(1);
            assertThat(zone.records()).containsEntry("recorda", List.of("1.2.3.4"));
        });
        assertThat(present(network.effectiveRoutes())).hasSize(6);
        assertThat(network.interfaces().unread().map(Reading.CouldNotRead::why)).contains(Why.NOT_COLLECTED);
    }

    @Test
    void securityRulesAsTheCommandLinePrintsThem() {
        JsonObject group = new JsonObject();
        group.addProperty(
                "id", "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkSecurityGroups/n");
        group.add("securityRules", Json.captured("broken-nsg-rules"));
        JsonObject document = new JsonObject();
        document.add("networkSecurityGroups", listOf(group));
        Network network = present(Json.read(Source.NETWORK, document).network());

        Network.SecurityGroup read =
                present(network.securityGroups().values().iterator().next());
        assertThat(read.rules())
                .filteredOn(Network.SecurityRule::inbound)
                .extracting(Network.SecurityRule::name)
                .containsExactly(
                        "allow-appgw-inbound-broken",
                        "allow-azure-lb-probes",
                        "deny-all-inbound",
                        "AllowVnetInBound",
                        "AllowAzureLoadBalancerInBound",
                        "DenyAllInBound");
        assertThat(read.rules().get(0).destinationPorts()).containsExactly("443", "31443");
    }

    /** The rows of some other query are no access log, and must not pass for an empty one. */
    @Test
    void rowsOfAnotherLogAreNoAccessLog() {
        assertThat(Json.read(Source.ACCESS_LOG, Json.example("la-post-resource-centric-example"))
                        .accessLog()
                        .unread()
                        .map(Reading.CouldNotRead::why))
                .isEqualTo(Optional.of(Why.MALFORMED));
    }

    private static JsonArray listOf(JsonElement... elements) {
        JsonArray array = new JsonArray();
        for (JsonElement element : elements) {
            array.add(element);
        }
        return array;
    }

    private static <T> T present(Reading<T> reading) {
        return reading.toOptional().orElseThrow(() -> new AssertionError(reading));
    }
}
