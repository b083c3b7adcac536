package dev.triage502.collect;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.Sample;
import dev.triage502.azure.AzureAccess;
import dev.triage502.azure.AzureSettings;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.LargestGateway;
import dev.triage502.evidence.arm.NetworkReferences;
import dev.triage502.evidence.arm.ResourceReferences;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.Incident;
import dev.triage502.local.FailureMode;
import dev.triage502.local.PretendAzure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class InvestigationTest {

    private static final Path CASES = Path.of("src/test/resources/cases");

    /** For a gateway of a few pools: Azure lets a caller make a dozen reads a second, and fewer graph queries. */
    private static final int MOST_CALLS = 40;

    private static final PretendAzure.Options QUICK =
            PretendAzure.Options.usual().operations(1, Duration.ZERO);

    static Stream<Path> cases() throws IOException {
        return Files.list(CASES).filter(Files::isDirectory).sorted();
    }

    private static SourceDocuments investigate(RecordedCase recorded, CollectionProgress progress) throws IOException {
        try (PretendAzure azure = PretendAzure.start(recorded.documents(), recorded.gateway(), QUICK);
                AzureAccess access = AzureAccess.open(AzureSettings.pretend(azure.endpoint()))) {
            SourceDocuments read = new Investigation(access, Investigation.Options.readOnly())
                    .run(recorded.incident(), Duration.ofSeconds(30), progress);
            assertThat(azure.calls()).as("calls").isLessThanOrEqualTo(MOST_CALLS);
            return read;
        }
    }

    static Stream<Path> someCases() throws IOException {
        return Sample.oneIn(4, cases());
    }

    @ParameterizedTest
    @MethodSource("someCases")
    void whatAzureHasOfACaseIsRead(Path folder) throws IOException {
        readWhole(folder);
    }

    @ParameterizedTest
    @MethodSource("cases")
    @Tag("thorough")
    void whatAzureHasOfEveryCaseIsRead(Path folder) throws IOException {
        readWhole(folder);
    }

    private static void readWhole(Path folder) throws IOException {
        RecordedCase recorded = CaseFolder.read(folder);

        SourceDocuments read = investigate(recorded, CollectionProgress.none());

        for (Source source :
                List.of(Source.GATEWAY, Source.BACKEND_HEALTH, Source.RESOURCE_HEALTH, Source.DIAGNOSTIC_SETTINGS)) {
            Reading<JsonElement> had = recorded.documents().get(source);
            if (had.isPresent()) {
                assertThat(read.get(source).map(InvestigationTest::withoutNoEvents))
                        .as(source.id())
                        .isEqualTo(had);
            } else if (recorded.documents().get(Source.GATEWAY).isPresent()) {
                assertThat(read.get(source).unread()).as(source.id()).isPresent();
            }
        }
        sameResources(recorded, read);
    }

    /** A case without service events is one in which there were none, and says nothing of them. */
    private static JsonElement withoutNoEvents(JsonElement document) {
        if (document instanceof JsonObject health
                && health.get("serviceEvents") instanceof JsonArray events
                && events.isEmpty()) {
            health.remove("serviceEvents");
        }
        return document;
    }

    /** Each list of the recorded network is there, with the same resources. */
    private static void sameResources(RecordedCase recorded, SourceDocuments read) {
        JsonElement had = recorded.documents().get(Source.NETWORK).toOptional().orElse(null);
        if (!(had instanceof JsonObject network)
                || !recorded.documents().get(Source.GATEWAY).isPresent()) {
            return;
        }
        JsonObject found = (JsonObject) read.get(Source.NETWORK).toOptional().orElseThrow();
        for (String list : List.of("virtualNetworks", "networkSecurityGroups", "routeTables", "privateDnsZones")) {
            Set<String> missing = ids(network, list);
            missing.removeAll(ids(found, list));
            // What nothing refers to (a group that no subnet has) is not looked for.
            missing.removeIf(id -> !refersTo(network, id));
            assertThat(missing).as(list).isEmpty();
        }
    }

    private static boolean refersTo(JsonObject network, String id) {
        return Stream.of("virtualNetworks", "networkInterfaces")
                .filter(network::has)
                .flatMap(list -> ResourceReferences.mentionedIn(network.get(list)).stream())
                .anyMatch(mentioned -> mentioned.key().equals(id));
    }

    private static Set<String> ids(JsonObject network, String list) {
        return NetworkReferences.of(network).idsIn(list).stream()
                .map(id -> id.key())
                .collect(Collectors.toCollection(java.util.TreeSet::new));
    }

    @Test
    void theLargestGatewayTakesNoMoreThanOneCallMoreForEachPool() throws IOException {
        Incident incident = LargestGateway.incident();
        try (PretendAzure azure = PretendAzure.start(LargestGateway.documents(12), incident.gateway(), QUICK);
                AzureAccess access = AzureAccess.open(AzureSettings.pretend(azure.endpoint()))) {
            SourceDocuments read = new Investigation(access, Investigation.Options.readOnly())
                    .run(incident, Duration.ofSeconds(50), CollectionProgress.none());

            assertThat(azure.calls()).isLessThanOrEqualTo(MOST_CALLS + LargestGateway.PARTS);
            for (Source source : Source.values()) {
                boolean asked = source != Source.DIRECT_PROBE && source != Source.ON_DEMAND_HEALTH;
                assertThat(read.get(source).isPresent()).as(source.id()).isEqualTo(asked);
            }
        }
    }

    /** Backend health takes longest, and is asked for with the gateway's id alone. */
    @Test
    void whatNeedsOnlyTheGatewaysIdDoesNotWaitForItsDocument() throws IOException {
        RecordedCase recorded = CaseFolder.read(CASES.resolve("two-web-vms-patch-night"));
        Queue<PretendAzure.Exchange> trace = new ConcurrentLinkedQueue<>();
        try (PretendAzure azure = PretendAzure.start(recorded.documents(), recorded.gateway(), QUICK);
                AzureAccess access = AzureAccess.open(AzureSettings.pretend(azure.endpoint()))) {
            azure.misbehave(Source.GATEWAY, FailureMode.slow(Duration.ofSeconds(1)));
            azure.watch(trace::add);
            new Investigation(access, Investigation.Options.readOnly())
                    .run(recorded.incident(), Duration.ofSeconds(30), CollectionProgress.none());
        }

        long known = trace.stream()
                .filter(call -> path(call).equalsIgnoreCase(recorded.gateway().toString()))
                .mapToLong(PretendAzure.Exchange::ended)
                .findFirst()
                .orElseThrow();
        assertThat(trace.stream().filter(call -> call.began() < known).map(InvestigationTest::path))
                .anyMatch(path -> path.endsWith("/backendhealth"))
                .anyMatch(path -> path.endsWith("/query"))
                .anyMatch(path -> path.endsWith("/diagnosticSettings"))
                .noneMatch(path -> path.contains("/virtualNetworks/"));
    }

    private static String path(PretendAzure.Exchange call) {
        return call.target().split("\\?", 2)[0];
    }

    @Test
    void eachSourceIsToldOnceAndTheGatewayIsAskedFirst() throws IOException {
        List<Source> started = new ArrayList<>();
        Map<Source, Reading<JsonElement>> told = new java.util.LinkedHashMap<>();

        SourceDocuments read =
                investigate(CaseFolder.read(CASES.resolve("two-web-vms-patch-night")), new CollectionProgress() {
                    @Override
                    public void started(Source source) {
                        started.add(source);
                    }

                    @Override
                    public void read(Source source, Reading<JsonElement> reading, Duration took) {
                        assertThat(told.put(source, reading)).isNull();
                        assertThat(took).isPositive();
                    }
                });

        assertThat(started).first().isEqualTo(Source.GATEWAY);
        assertThat(new LinkedHashSet<>(started))
                .isEqualTo(new LinkedHashSet<>(told.keySet()))
                .hasSize(9);
        told.forEach((source, reading) -> assertThat(read.get(source)).isEqualTo(reading));
        assertThat(read.get(Source.DIRECT_PROBE).unread().orElseThrow().why()).isEqualTo(Why.NOT_COLLECTED);
    }
}
