package dev.triage502.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.Sample;
import dev.triage502.azure.AzureAccess;
import dev.triage502.azure.AzureSettings;
import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.CollectionProgress;
import dev.triage502.collect.EvidenceRedactor;
import dev.triage502.collect.Investigation;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.Incident;
import dev.triage502.json.JsonTree;
import dev.triage502.report.RunInfo;
import dev.triage502.triage.Triage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That a case read over HTTP is diagnosed as the case itself is, as far as Azure can be asked for what it holds. */
class PretendedCasesTest {

    private static final List<Path> CASES =
            List.of(Path.of("src/test/resources/cases"), Path.of("src/test/resources/cases-intermittent"));

    private static final List<String> FOUND_BY_GRAPH =
            List.of("privateDnsZones", "privateEndpoints", "networkInterfaces", "loadBalancers");

    private static final List<String> OF_SERVICES = List.of(
            "managedEnvironments",
            "storageAccounts",
            "apiManagementServices",
            "staticSites",
            "publicIPAddresses",
            "sites",
            "securityAdminRules",
            "connectivityConfigurations");

    /** Cases whose rows or answers say what is not asked of Azure, and what. */
    private static final Map<String, String> TOLD_OTHERWISE = Map.of(
            "registry-by-name", "a test probe with a name that somebody knew and no listener has",
            "two-domains-one-wildcard", "the hosts of requests that were served, which a log query groups together");

    /** Those that ship, and all others. */
    static Stream<RecordedCase> cases() throws IOException {
        List<Path> all = new ArrayList<>();
        for (Path cases : CASES) {
            try (Stream<Path> folders = Files.list(cases)) {
                folders.filter(Files::isDirectory).sorted().forEach(all::add);
            }
        }
        return Stream.concat(
                CaseFolder.shipped().stream().map(CaseFolder::readShipped),
                all.stream().map(CaseFolder::read));
    }

    static Stream<RecordedCase> someCases() throws IOException {
        return Sample.oneIn(6, cases());
    }

    @ParameterizedTest
    @MethodSource("someCases")
    void aCaseReadOverHttpIsDiagnosedAsTheCase(RecordedCase recorded) throws Exception {
        readAndDiagnosedAlike(recorded);
    }

    @ParameterizedTest
    @MethodSource("cases")
    @Tag("thorough")
    void everyCaseReadOverHttpIsDiagnosedAsTheCase(RecordedCase recorded) throws Exception {
        readAndDiagnosedAlike(recorded);
    }

    private static void readAndDiagnosedAlike(RecordedCase recorded) throws Exception {
        SourceDocuments live;
        try (Azure azure = Azure.of(recorded);
                AzureAccess access = AzureAccess.open(AzureSettings.pretend(azure.server.endpoint()))) {
            live = new Investigation(access, Investigation.Options.allowing(source -> true))
                    .run(recorded.incident(), Duration.ofSeconds(60), CollectionProgress.none());
            assertThat(azure.server.calls()).as("calls").isLessThanOrEqualTo(40);
        }
        if (!TOLD_OTHERWISE.containsKey(recorded.id())) {
            assertThat(said(diagnosis(recorded, live))).isEqualTo(said(diagnosis(recorded, askable(recorded))));
        }
        assertThat(said(diagnosed(kept(recorded.incident(), live)))).isEqualTo(said(diagnosis(recorded, live)));
        assertThat(new Collected(recorded, askable(recorded), live).lost()).isEmpty();
    }

    /** What of a case nobody would ask Azure for, so that the live answer says less. */
    private static final Map<String, String> NOT_READ = Map.of(
            "glass-museum-shop-switched-off", "backends, of which the gateway's document alone tells and was not read",
            "port-papers-old-resolver", "a DNS server that the network's list no longer names",
            "u1-v1-cheese-auction",
                    "what has the addresses that custom DNS servers give, which only the access log shows",
            "tax-calculator-asleep", "the minute in which a host failed first, which a query over two hours rounds");

    /** Resources that a person looked up by hand, which the diagnosis does not need. */
    private static final Map<String, String> LOOKED_UP_BY_HAND = Map.of(
            "api-service-after-platform-change", "an API service at an address that is no member's",
            "w1-v2-lantern-fair", "the app of a name that the pool no longer holds");

    /** Those that say whom a service lets in, or what has a public address. */
    static Stream<RecordedCase> casesOfServices() throws IOException {
        List<RecordedCase> all = new ArrayList<>();
        for (String folder : List.of("cases-fresh", "cases-kinds")) {
            try (Stream<Path> cases = Files.list(Path.of("src/test/resources", folder))) {
                cases.filter(Files::isDirectory).sorted().map(CaseFolder::read).forEach(all::add);
            }
        }
        return all.stream()
                .filter(recorded -> Stream.of(Source.NETWORK, Source.BACKENDS)
                        .flatMap(source -> recorded.documents().get(source).toOptional().stream())
                        .anyMatch(document -> OF_SERVICES.stream()
                                .anyMatch(list -> document instanceof JsonObject object && object.has(list))));
    }

    static Stream<RecordedCase> someCasesOfServices() throws IOException {
        return Sample.oneIn(3, casesOfServices());
    }

    @ParameterizedTest
    @MethodSource("someCasesOfServices")
    void whomServicesLetInIsFoundOverHttp(RecordedCase recorded) throws Exception {
        servicesReadAlike(recorded);
    }

    @ParameterizedTest
    @MethodSource("casesOfServices")
    @Tag("thorough")
    void whomEveryServiceLetsInIsFoundOverHttp(RecordedCase recorded) throws Exception {
        servicesReadAlike(recorded);
    }

    private static void servicesReadAlike(RecordedCase recorded) throws Exception {
        SourceDocuments live;
        try (Azure azure = Azure.of(recorded);
                AzureAccess access = AzureAccess.open(AzureSettings.pretend(azure.server.endpoint()))) {
            live = new Investigation(access, Investigation.Options.allowing(source -> true))
                    .run(recorded.incident(), Duration.ofSeconds(60), CollectionProgress.none());
            assertThat(azure.server.calls()).as("calls").isLessThanOrEqualTo(40);
        }
        if (!NOT_READ.containsKey(recorded.id())) {
            assertThat(said(diagnosis(recorded, live))).isEqualTo(said(diagnosis(recorded, askable(recorded))));
        }
        assertThat(new Collected(recorded, askable(recorded), live).lost())
                .filteredOn(lost -> !LOOKED_UP_BY_HAND.containsKey(recorded.id())
                        && lost.contains(" lacks ")
                        && OF_SERVICES.stream().anyMatch(lost::endsWith))
                .isEmpty();
    }

    /** Those in which somebody asked the backends past the gateway, which has to be allowed. */
    static Stream<RecordedCase> probedCases() throws IOException {
        return cases().filter(recorded ->
                recorded.documents().get(Source.DIRECT_PROBE).unread().isEmpty());
    }

    static Stream<RecordedCase> someProbedCases() throws IOException {
        return Sample.oneIn(6, probedCases());
    }

    @ParameterizedTest
    @MethodSource("someProbedCases")
    void withoutDirectProbesACaseIsDiagnosedAsTheCaseWithoutThem(RecordedCase recorded) throws Exception {
        diagnosedAlikeWithoutProbes(recorded);
    }

    @ParameterizedTest
    @MethodSource("probedCases")
    @Tag("thorough")
    void withoutDirectProbesEveryCaseIsDiagnosedAsTheCaseWithoutThem(RecordedCase recorded) throws Exception {
        diagnosedAlikeWithoutProbes(recorded);
    }

    private static void diagnosedAlikeWithoutProbes(RecordedCase recorded) throws Exception {
        SourceDocuments live;
        try (Azure azure = Azure.of(recorded);
                AzureAccess access = AzureAccess.open(AzureSettings.pretend(azure.server.endpoint()))) {
            live = new Investigation(access, Investigation.Options.allowing(source -> source != Source.DIRECT_PROBE))
                    .run(recorded.incident(), Duration.ofSeconds(60), CollectionProgress.none());
        }
        SourceDocuments unprobed =
                askable(recorded).with(Source.DIRECT_PROBE, Reading.notCollected(Source.DIRECT_PROBE));
        if (!TOLD_OTHERWISE.containsKey(recorded.id())) {
            assertThat(said(diagnosis(recorded, live))).isEqualTo(said(diagnosis(recorded, unprobed)));
        }
        SourceDocuments probed = askable(recorded);
        for (SourceDocuments without : List.of(live, unprobed)) {
            SourceDocuments alone =
                    without.with(Source.ON_DEMAND_HEALTH, Reading.notCollected(Source.ON_DEMAND_HEALTH));
            JsonObject byDefault = diagnosis(recorded, alone);
            if (!root(byDefault).equals(root(diagnosis(recorded, probed)))) {
                assertThat(JsonTree.objects(byDefault, "next"))
                        .as("what would tell more")
                        .anySatisfy(
                                next -> assertThat(JsonTree.text(next, "text")).contains("direct probe"));
            }
        }
    }

    /** Who is at fault, and how sure that is. */
    private static String root(JsonObject diagnosis) {
        JsonObject root = JsonTree.object(diagnosis, "rootCause");
        return JsonTree.text(root, "id") + " " + JsonTree.text(root, "confidence") + " " + root.get("target");
    }

    /** What was read, as {@code record} and the app keep it: without what is nobody's business, and as files. */
    private static RecordedCase kept(Incident incident, SourceDocuments live) {
        RecordedCase clean = EvidenceRedactor.standard().redact(RecordedCase.of(incident, live));
        return CaseFolder.of(clean.id(), CaseFolder.files(clean));
    }

    private static JsonObject diagnosed(RecordedCase kept) {
        return diagnosis(kept, kept.documents());
    }

    private static JsonObject diagnosis(RecordedCase recorded, SourceDocuments documents) {
        return new Triage()
                .report(recorded.incident(), documents, RunInfo.replay(recorded.incident(), recorded.id()))
                .document()
                .json();
    }

    /** What a diagnosis says about the fault; the words of the evidence, and the advice on what was not read, differ. */
    private static JsonObject said(JsonObject diagnosis) {
        JsonObject said = new JsonObject();
        JsonElement impact = diagnosis.get("impact").deepCopy();
        // Told from the counts by minute, which recorded cases lack.
        if (impact instanceof JsonObject counted) {
            JsonTree.objects(counted, "byHost").forEach(host -> host.remove("totalRequestsSince"));
        }
        said.add("impact", impact);
        for (String field : List.of("contributing", "ruledOut")) {
            said.addProperty(
                    field,
                    JsonTree.objects(diagnosis, field).stream()
                            .map(cause -> JsonTree.text(cause, "id"))
                            .toList()
                            .toString());
        }
        for (String field : List.of("id", "confidence", "target", "alsoAt")) {
            said.add(
                    "rootCause." + field,
                    JsonTree.object(diagnosis, "rootCause").get(field));
        }
        return said;
    }

    /** A case without what an investigation does not ask Azure for. */
    private static SourceDocuments askable(RecordedCase recorded) {
        Instant dayBefore = recorded.incident().to().minus(Duration.ofDays(1));
        // Whoever recorded the case may know that there is no zone; who asks Resource Graph is shown none, and knows
        // nothing.
        SourceDocuments documents = changed(
                recorded.documents(),
                Source.NETWORK,
                network -> network.getAsJsonObject()
                        .entrySet()
                        .removeIf(list -> FOUND_BY_GRAPH.contains(list.getKey())
                                && list.getValue().getAsJsonArray().isEmpty()));
        return changed(
                documents,
                Source.ACTIVITY_LOG,
                log -> keep(
                        log.getAsJsonObject().get("value"),
                        row -> !Instant.parse(JsonTree.text(row, "eventTimestamp"))
                                .isBefore(dayBefore)));
    }

    private static SourceDocuments changed(SourceDocuments documents, Source source, Consumer<JsonElement> change) {
        return documents
                .get(source)
                .toOptional()
                .map(document -> {
                    JsonElement copy = document.deepCopy();
                    change.accept(copy);
                    return documents.with(source, copy);
                })
                .orElse(documents);
    }

    private static void keep(JsonElement array, Predicate<JsonObject> wanted) {
        if (array instanceof JsonArray rows) {
            List<JsonElement> kept = JsonTree.objects(rows).stream()
                    .filter(wanted)
                    .map(row -> (JsonElement) row)
                    .toList();
            while (!rows.isEmpty()) {
                rows.remove(0);
            }
            kept.forEach(rows::add);
        }
    }
}
