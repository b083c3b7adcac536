package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.azure.PublishedFacts;
import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.ActivityLog.Outcome;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.BackendHealth.Server;
import dev.triage502.evidence.BackendHealth.State;
import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.Metrics;
import dev.triage502.evidence.Network.EffectiveRoute;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.evidence.Network.RouteSource;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.ResourceHealth;
import dev.triage502.evidence.ResourceHealth.Initiator;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Azure answered to others, in public recordings, read by the readers of the product. */
class RecordedAnswersTest {

    /** Those without a document of ours: a poll, a query of another table, and refusals, which the client meets. */
    private static final Set<String> OF_THE_CLIENT =
            Set.of("log-query-200-2024", "metrics-400-2019", "operation-location-2025", "refusals");

    private static final Set<String> READ_HERE = Set.of(
            "activity-log-managed-identity-2023",
            "activity-log-selected-2020",
            "activity-log-service-health-2017",
            "backend-health-v1-2020",
            "effective-routes-2019",
            "metrics-200-2019",
            "resource-graph-200-2019",
            "resource-health-2020-2026");

    @Test
    void everyRecordingIsReadHereOrByTheClient() throws Exception {
        Set<String> all = new TreeSet<>(READ_HERE);
        all.addAll(OF_THE_CLIENT);
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/azure/published/recorded"))) {
            assertThat(files.map(each -> each.getFileName().toString())
                            .filter(name -> name.endsWith(".json"))
                            .map(name -> name.replace(".json", "")))
                    .containsExactlyInAnyOrderElementsOf(all);
        }
    }

    @Test
    void writeOfAManagedIdentityNamesTheClusterItself() {
        JsonObject row =
                PublishedFacts.recording("activity-log-managed-identity-2023").getAsJsonObject("row");

        Operation write = operations(list(row)).get(0);
        assertThat(write.name()).isEqualTo("Microsoft.Network/routeTables/write");
        assertThat(write.outcome()).isEqualTo(Outcome.STARTED);
        assertThat(write.started()).isEqualTo(Instant.parse("2023-08-16T04:04:07.5557146Z"));
        assertThat(write.caller()).isEqualTo("aaaa0002-0000-4000-8000-000000000002");
        assertThat(write.identity().map(ResourceId::name)).contains("aks");
        assertThat(write.identity().orElseThrow().after("managedClusters")).isEqualTo("aks");
        assertThat(write.resource().name()).isEqualTo("aks-agentpool-00000000-routetable");
    }

    @Test
    void selectedFieldsLeaveTheOutcomeOpen() {
        List<Operation> operations = operations(answer("activity-log-selected-2020"));

        assertThat(operations).hasSize(3).allSatisfy(each -> {
            assertThat(each.name()).isEqualTo("Microsoft.Compute/virtualMachines/deallocate/action");
            assertThat(each.outcome()).isEqualTo(Outcome.STARTED);
            assertThat(each.caller()).isEmpty();
            assertThat(each.identity()).isEmpty();
        });
        assertThat(ActivityLogRow.lackCallers(
                        answer("activity-log-selected-2020").getAsJsonObject().get("value")))
                .isTrue();
    }

    @Test
    void serviceHealthInTheActivityLogIsNoOperation() {
        JsonObject row =
                PublishedFacts.recording("activity-log-service-health-2017").getAsJsonObject("row");

        assertThat(operations(list(row))).isEmpty();
    }

    @Test
    void backendHealthOfTheFirstGeneration() {
        BackendHealth health = Json.read(Source.BACKEND_HEALTH, answer("backend-health-v1-2020"))
                .backendHealth()
                .toOptional()
                .orElseThrow();

        assertThat(health.servers())
                .extracting(Server::pool, Server::setting, Server::address, Server::state, Server::failure)
                .containsExactly(
                        tuple(
                                "backend0ae7701631",
                                "backcfg89432",
                                "10.0.0.12",
                                State.UNHEALTHY,
                                ProbeFailure.CANNOT_CONNECT),
                        tuple(
                                "backend0ae7701631",
                                "backcfg89432",
                                "10.0.0.13",
                                State.UNHEALTHY,
                                ProbeFailure.CANNOT_CONNECT),
                        tuple("nicBackend", "backcfg16698", "10.0.0.13", State.UNHEALTHY, ProbeFailure.NOT_RETRIEVED));
    }

    @Test
    void effectiveRoutesOfAnInterface() {
        ResourceId card = ResourceId.of(
                "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network" + "/networkInterfaces/nic");
        JsonObject document = new JsonObject();
        JsonArray answers = new JsonArray();
        answers.add(NetworkReferences.effectiveRoutes(
                card, answer("effective-routes-2019").getAsJsonObject()));
        document.add(NetworkReferences.EFFECTIVE_ROUTES, answers);

        assertThat(Json.read(Source.NETWORK, document)
                        .network()
                        .toOptional()
                        .orElseThrow()
                        .effectiveRoutes()
                        .toOptional()
                        .orElseThrow())
                .allSatisfy(route -> {
                    assertThat(route.on()).isEqualTo(card.toString());
                    assertThat(route.source()).isEqualTo(RouteSource.DEFAULT);
                    assertThat(route.nextHopAddresses()).isEmpty();
                    assertThat(route.isActive()).isTrue();
                })
                .extracting(EffectiveRoute::prefixes, EffectiveRoute::nextHop)
                .containsExactlyInAnyOrder(
                        tuple(List.of("10.0.0.0/16"), NextHop.VNET_LOCAL),
                        tuple(List.of("0.0.0.0/0"), NextHop.INTERNET),
                        tuple(List.of("10.0.0.0/8"), NextHop.NONE),
                        tuple(List.of("100.64.0.0/10"), NextHop.NONE),
                        tuple(List.of("192.168.0.0/16"), NextHop.NONE));
    }

    @Test
    void metricsAreOfTheirResourceAndARealIsATotal() {
        JsonObject answer = answer("metrics-200-2019").getAsJsonObject();
        Metrics metrics = MetricsReader.read(
                ResourceId.of("/subscriptions/aaaa0001-0000-4000-8000-000000000001/resourceGroups/TEST_VM/providers"
                        + "/Microsoft.Compute/virtualMachines/cctestvm"),
                answer,
                new Losses());

        assertThat(metrics.of("Network In"))
                .singleElement()
                .satisfies(series -> assertThat(series.points()).singleElement().satisfies(point -> {
                    assertThat(point.at()).isEqualTo(Instant.parse("2019-05-01T23:59:00Z"));
                    assertThat(point.total()).isEqualTo(OptionalDouble.of(96233830));
                }));
    }

    /** The rows come as objects, since the client asks for them so; the machine in them says nothing of its power. */
    @Test
    void machineOutOfResourceGraph() {
        JsonObject table = answer("resource-graph-200-2019").getAsJsonObject().getAsJsonObject("data");
        JsonObject machine = new JsonObject();
        JsonArray columns = table.getAsJsonArray("columns");
        JsonArray row = table.getAsJsonArray("rows").get(0).getAsJsonArray();
        for (int i = 0; i < columns.size(); i++) {
            machine.add(columns.get(i).getAsJsonObject().get("name").getAsString(), row.get(i));
        }
        JsonArray machines = new JsonArray();
        machines.add(machine);
        JsonObject document = new JsonObject();
        document.add(BackendParts.MACHINES, machines);

        assertThat(Json.read(Source.BACKENDS, document)
                        .backends()
                        .toOptional()
                        .orElseThrow()
                        .machines())
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.id().name()).isEqualTo("vm-recorded");
                    assertThat(each.power()).isEqualTo(Power.UNSAID);
                    assertThat(each.interfaces()).extracting(ResourceId::name).containsExactly("myVMNic");
                });
    }

    @Test
    void availabilityOfAResourceThatIsWellAndOfOneThatItsOwnerStopped() {
        JsonArray documents =
                PublishedFacts.recording("resource-health-2020-2026").getAsJsonArray("documents");

        ResourceHealth well = health(documents.get(0));
        assertThat(well.state()).isEqualTo(ResourceHealth.State.AVAILABLE);
        assertThat(well.initiator()).isEqualTo(Initiator.UNSAID);
        assertThat(well.occurred()).contains(Instant.parse("2026-01-26T18:41:39Z"));
        assertThat(well.serviceEvents().unread().map(each -> each.why())).isEqualTo(Optional.of(Why.NOT_COLLECTED));

        ResourceHealth stopped = health(documents.get(1));
        assertThat(stopped.state()).isEqualTo(ResourceHealth.State.UNAVAILABLE);
        assertThat(stopped.initiator()).isEqualTo(Initiator.USER);
        assertThat(stopped.summary()).startsWith("Server is paused.");
    }

    private static ResourceHealth health(JsonElement document) {
        return Json.read(Source.RESOURCE_HEALTH, document)
                .resourceHealth()
                .toOptional()
                .orElseThrow();
    }

    private static List<Operation> operations(JsonElement document) {
        return Json.read(Source.ACTIVITY_LOG, document)
                .activityLog()
                .toOptional()
                .orElseThrow()
                .operations();
    }

    /** The body of the last answer of a recording. */
    private static JsonElement answer(String name) {
        JsonArray exchanges = PublishedFacts.recording(name).getAsJsonArray("exchanges");
        return exchanges
                .get(exchanges.size() - 1)
                .getAsJsonObject()
                .getAsJsonObject("response")
                .get("body");
    }

    private static JsonElement list(JsonObject row) {
        JsonArray rows = new JsonArray();
        rows.add(row);
        return rows;
    }
}
