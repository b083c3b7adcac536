package dev.triage502.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.diagnosis.Diagnosis;
import dev.triage502.evidence.Source;
import dev.triage502.incident.CloudName;
import dev.triage502.json.JsonTree;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentWriterTest {

    private static final DocumentWriter WRITER =
            new DocumentWriter(Diagnoses.PAGES, Diagnoses.SOURCE_PAGES, "triage502 1.2.3");

    static List<Diagnosis> diagnoses() {
        return Diagnoses.all();
    }

    @ParameterizedTest
    @MethodSource("diagnoses")
    void isOfItsSchema(Diagnosis diagnosis) {
        assertThat(new DiagnosisSchema().problems(write(diagnosis).toString())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("diagnoses")
    void everyEvidenceNamedIsThere(Diagnosis diagnosis) {
        JsonObject json = write(diagnosis).json();
        List<String> ids = JsonTree.objects(json, "evidence").stream()
                .map(item -> JsonTree.text(item, "id"))
                .toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(referredTo(json)).isSubsetOf(ids).containsAll(ids);
    }

    @Test
    void hasTheTagsOfTheGatewayButNoSecretThatOneHolds() {
        Diagnosis tagged = Diagnosis.builder()
                .incident(Diagnoses.INCIDENT)
                .gatewayTags(Map.of("team", "shop", "api-key", "hunter2hunter2"))
                .root(Diagnoses.noFault().root())
                .build();

        DiagnosisDocument document = write(tagged);

        assertThat(document.json().get("gatewayTags")).hasToString("{\"team\":\"shop\"}");
        assertThat(write(Diagnoses.noFault()).json().has("gatewayTags")).isFalse();
    }

    @Test
    void numbersEvidenceInTheOrderInWhichItIsReferredTo() {
        JsonObject json = write(Diagnoses.certificateExpired()).json();
        assertThat(JsonTree.texts(JsonTree.object(json, "rootCause"), "evidence"))
                .containsExactly("e1", "e2");
        assertThat(JsonTree.texts(JsonTree.objects(json, "contributing").get(0), "evidence"))
                .containsExactly("e3", "e2");
        assertThat(JsonTree.texts(JsonTree.objects(json, "ruledOut").get(0), "evidence"))
                .containsExactly("e4");
    }

    @Test
    void keepsTheOrderOfFieldsThatReadersKnow() {
        assertThat(write(Diagnoses.certificateExpired()).json().keySet())
                .containsExactly(
                        "schema",
                        "producer",
                        "case",
                        "incident",
                        "gateway",
                        "window",
                        "diagnosedAt",
                        "headline",
                        "rootCause",
                        "contributing",
                        "ruledOut",
                        "couldNotTell",
                        "toCheck",
                        "next",
                        "impact",
                        "poolHealth",
                        "differences",
                        "changes",
                        "evidence",
                        "evidenceRead");
    }

    @Test
    void dependsOnNoClockInAReplay() {
        JsonObject json = write(Diagnoses.certificateExpired()).json();
        assertThat(JsonTree.text(json, "diagnosedAt")).isEqualTo(Diagnoses.ALERTED.toString());
        assertThat(JsonTree.text(json, "case")).isEqualTo("a-case");
        assertThat(json.toString()).doesNotContain("tookMs");
    }

    @Test
    void saysInALiveRunWhenAndHowLong() {
        RunInfo live = RunInfo.live(
                CloudName.CHINA, Instant.parse("2026-03-02T09:11:00Z"), Map.of(Source.METRICS, Duration.ofMillis(250)));
        JsonObject json = WRITER.write(Diagnoses.certificateExpired(), live).json();
        assertThat(json.has("case")).isFalse();
        assertThat(JsonTree.text(json, "diagnosedAt")).isEqualTo("2026-03-02T09:11:00Z");
        assertThat(JsonTree.text(json, "cloud")).isEqualTo("china");
        assertThat(JsonTree.objects(json, "evidenceRead"))
                .filteredOn(read -> read.has("tookMs"))
                .singleElement()
                .satisfies(read -> {
                    assertThat(JsonTree.text(read, "source")).isEqualTo("metrics");
                    assertThat(read.get("tookMs").getAsLong()).isEqualTo(250);
                });
    }

    @Test
    void aConclusionHasNeitherConfidenceNorTarget() {
        JsonObject root = JsonTree.object(write(Diagnoses.recovered()).json(), "rootCause");
        assertThat(JsonTree.text(root, "id")).isEqualTo("recovered");
        assertThat(root.has("confidence")).isFalse();
        assertThat(root.has("target")).isFalse();
    }

    @Test
    void impactIsNullWhenNothingCountsRequests() {
        assertThat(write(Diagnoses.nothingRead()).json().get("impact").isJsonNull())
                .isTrue();
        assertThat(write(Diagnoses.nothingRead()).toString()).contains("\"impact\":null");
    }

    @Test
    void isOneLine() {
        assertThat(write(Diagnoses.certificateExpired()).toString()).doesNotContain("\n");
    }

    @Test
    void fillsInTheNamesAndShowsOnlyStepsThatApply() {
        JsonObject remedy = JsonTree.object(
                JsonTree.object(write(Diagnoses.certificateExpired()).json(), "rootCause"), "remedy");
        assertThat(JsonTree.objects(remedy, "steps"))
                .extracting(step -> JsonTree.text(step, "effect"))
                .containsExactly("reads", "interrupts", "changes");
        assertThat(JsonTree.text(JsonTree.objects(remedy, "steps").get(0), "command"))
                .startsWith("openssl s_client -connect 10.0.2.4:443 -servername shop.example.com ");
        assertThat(JsonTree.text(JsonTree.objects(remedy, "steps").get(2), "undo"))
                .contains("--resource-group rg-shop --gateway-name agw-shop --name bs-web");
        assertThat(JsonTree.text(remedy, "page")).isEqualTo("backend-certificate-expired.md");
    }

    @Test
    void saysWhatHasToBeFilledIn() {
        JsonObject remedy =
                JsonTree.object(JsonTree.object(write(Diagnoses.nothingRead()).json(), "rootCause"), "remedy");
        JsonObject step = JsonTree.objects(remedy, "steps").get(0);
        assertThat(JsonTree.text(step, "command")).contains("--assignee <identity> ");
        assertThat(JsonTree.text(step, "text")).endsWith("(Replace <identity> first: its value was not in the data.)");
    }

    @Test
    void isReadBackFromWhereItWasStored() {
        DiagnosisDocument written = write(Diagnoses.certificateExpired());
        DiagnosisDocument read = DiagnosisDocument.read(
                JsonParser.parseString(written.toString()).getAsJsonObject());
        assertThat(Report.of(read).sections()).isEqualTo(Report.of(written).sections());
        assertThat(read.toString()).isEqualTo(written.toString());
    }

    @Test
    void anotherKindOfDocumentIsRefused() {
        assertThatThrownBy(() -> DiagnosisDocument.read(new JsonObject()))
                .hasMessage("schema is \"\"; a diagnosis has \"triage502/diagnosis/v1\"");
    }

    @Test
    void theSchemaRefusesAClaimWithoutEvidenceAndAConclusionWithATarget() {
        JsonObject noEvidence = write(Diagnoses.certificateExpired()).json();
        noEvidence.getAsJsonObject("rootCause").getAsJsonArray("evidence").remove(1);
        noEvidence.getAsJsonObject("rootCause").getAsJsonArray("evidence").remove(0);
        assertThat(new DiagnosisSchema().problems(noEvidence.toString())).isNotEmpty();

        JsonObject withTarget = write(Diagnoses.recovered()).json();
        withTarget.getAsJsonObject("rootCause").addProperty("confidence", "confirmed");
        assertThat(new DiagnosisSchema().problems(withTarget.toString())).isNotEmpty();
    }

    private static DiagnosisDocument write(Diagnosis diagnosis) {
        return WRITER.write(diagnosis, Diagnoses.REPLAYED);
    }

    private static List<String> referredTo(JsonObject json) {
        List<JsonObject> claims = new ArrayList<>(List.of(JsonTree.object(json, "rootCause")));
        claims.addAll(JsonTree.objects(json, "contributing"));
        claims.addAll(JsonTree.objects(json, "ruledOut"));
        List<String> ids = new ArrayList<>();
        for (JsonObject claim : claims) {
            for (JsonElement id : claim.getAsJsonArray("evidence")) {
                ids.add(id.getAsString());
            }
        }
        return ids;
    }
}
