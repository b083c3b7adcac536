package dev.triage502.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.RecordedCase;
import dev.triage502.collect.RecordedCase.Expected;
import dev.triage502.evaluate.EvaluationScores.Count;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.triage.Triage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    private static final String ROOT = """
        {"schema":"triage502/diagnosis/v1","rootCause":{"id":"%s"%s,"alsoAt":[%s]},"contributing":[%s]}
        """;

    @Test
    void countsRightAndAcceptable() {
        EvaluationScores scores = new EvaluationScores(List.of(
                mark("a", expecting("probe-timeout"), says("probe-timeout", "confirmed")),
                mark("b", expecting("probe-timeout", "recovered"), says("recovered", "")),
                mark("c", expecting("backends-stopped"), says("probe-timeout", "likely"))));
        assertThat(scores.top1()).isEqualTo(new Count(1, 3));
        assertThat(scores.acceptable()).isEqualTo(new Count(2, 3));
        assertThat(scores.byCause())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("probe-timeout", new Count(1, 2), "backends-stopped", new Count(0, 1)));
        assertThat(scores.macroRecall()).isEqualTo(0.25);
        assertThat(scores.wrong()).extracting(CaseMark::caseId).containsExactly("b", "c");
    }

    @Test
    void tellsHowOftenEachConfidenceIsRight() {
        EvaluationScores scores = new EvaluationScores(List.of(
                mark("a", expecting("probe-timeout"), says("probe-timeout", "confirmed")),
                mark("b", expecting("backends-stopped"), says("probe-timeout", "confirmed")),
                mark("c", expecting("recovered"), says("recovered", ""))));
        assertThat(scores.byConfidence(false))
                .containsEntry("confirmed", new Count(1, 2))
                .containsEntry("likely", new Count(0, 0))
                .containsEntry("conclusion", new Count(1, 1));
        assertThat(scores.confirmedAndWrong()).extracting(CaseMark::caseId).containsExactly("b");
    }

    @Test
    void findsWhatMustNotBeNamedAndWhatIsMissingBeside() {
        Expected expected = new Expected(
                "probe-timeout",
                List.of(),
                List.of("backends-stopped"),
                List.of("backend-pool-empty"),
                Optional.empty());
        CaseAnswer answer = answer(ROOT.formatted("probe-timeout", "", "", "{\"id\":\"backends-stopped\"}"));
        CaseMark mark = mark("a", expected, answer);
        assertThat(mark.forbidden()).containsExactly("backends-stopped");
        assertThat(mark.missedBeside()).containsExactly("backend-pool-empty");
        assertThat(new EvaluationScores(List.of(mark)).namedBeside()).isEqualTo(new Count(0, 1));
    }

    @Test
    void aTargetIsNamedByItsNameASegmentOfItsIdAPlaceOrAnotherOfTheSameFault() {
        CaseAnswer answer = answer(ROOT.formatted(
                "nsg-blocks-backend",
                ",\"target\":{\"kind\":\"nsg-rule\",\"name\":\"Deny-All\","
                        + "\"id\":\"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkSecurityGroups/nsg-a\","
                        + "\"on\":{\"subnet\":\"snet-app\"}}",
                "{\"kind\":\"nsg-rule\",\"name\":\"deny-2\",\"on\":{\"nsg\":\"nsg-b\"}}",
                ""));
        assertThat(List.of("deny-all", "NSG-A", "snet-app", "deny-2")).allMatch(answer::names);
        assertThat(List.of("nsg-b", "nsg", "other", "")).noneMatch(answer::names);
    }

    @Test
    void theReaderToBeatBelievesTheFirstMessage() {
        RecordedCase recorded =
                recorded("Cannot connect to backend server. Check whether any NSG/UDR/Firewall is blocking"
                        + " access to the server. Check if application is running on correct port.");
        Evaluation evaluation = Evaluation.of(List.of(recorded), new Triage(), false);
        assertThat(evaluation.firstReader().marks().get(0).answer().rootCause()).isEqualTo("nsg-blocks-backend");
    }

    @Test
    void takesEachSourceThatACaseHasAwayAndSetsCasesWithoutAnAnswerAside() {
        RecordedCase unjudged = CaseFolder.of(
                "unjudged",
                Map.of(
                        "case.json",
                        "{\"id\":\"unjudged\",\"alertedAt\":\"2026-01-01T00:00:00Z\"}",
                        "gateway.json",
                        GATEWAY));
        Evaluation evaluation = Evaluation.of(List.of(recorded("x"), unjudged), new Triage(), true);
        assertThat(evaluation.unjudged()).containsExactly("unjudged");
        assertThat(evaluation.without().keySet()).extracting(Enum::name).containsExactly("GATEWAY", "BACKEND_HEALTH");
        assertThat(evaluation.without().values()).allSatisfy(each -> {
            assertThat(each.with().marks()).hasSize(1);
            assertThat(each.without().marks()).hasSize(1);
        });
    }

    @Test
    void isToldAsTextMarkdownAndJson() {
        EvaluationReport report = new EvaluationReport(Evaluation.of(List.of(recorded("x")), new Triage(), true));
        assertThat(report.text())
                .startsWith("1 cases")
                .contains("root cause as expected (top-1)")
                .contains("With one source taken away");
        assertThat(report.markdown()).startsWith("## 1 cases\n\n|  |  | of | share |\n|---|--:|--:|--:|\n");
        JsonObject json = report.json();
        assertThat(json.get("schema").getAsString()).isEqualTo("triage502/evaluation/v1");
        assertThat(json.getAsJsonObject("top1").get("of").getAsInt()).isEqualTo(1);
        assertThat(json.getAsJsonObject("without").keySet()).containsExactly("gateway", "backendHealth");
        assertThat(json.getAsJsonArray("answers")).hasSize(1);
    }

    private static final String GATEWAY_ID =
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/applicationGateways/agw";
    private static final String GATEWAY = "{\"name\":\"agw\",\"id\":\"" + GATEWAY_ID + "\",\"properties\":{}}";

    private static RecordedCase recorded(String message) {
        String health = """
            {"backendAddressPools":[{"backendAddressPool":{"id":"%1$s/backendAddressPools/p"},
            "backendHttpSettingsCollection":[{"backendHttpSettings":{"id":"%1$s/backendHttpSettingsCollection/s"},
            "servers":[{"address":"10.0.0.4","health":"Unhealthy","healthProbeLog":"%2$s"}]}]}]}
            """.formatted(GATEWAY_ID, message);
        String about = """
            {"id":"a","title":"t","alertedAt":"2026-01-01T00:00:00Z",
            "expected":{"rootCause":"nsg-blocks-backend","alsoAcceptable":[],"mustNotName":[]}}
            """;
        return CaseFolder.of("a", Map.of("case.json", about, "gateway.json", GATEWAY, "backend-health.json", health));
    }

    private static CaseMark mark(String id, Expected expected, CaseAnswer answer) {
        return new CaseMark(id, expected, answer, Duration.ofMillis(1));
    }

    private static Expected expecting(String cause, String... acceptable) {
        return new Expected(cause, List.of(acceptable), List.of(), List.of(), Optional.empty());
    }

    private static CaseAnswer says(String cause, String confidence) {
        String sure = confidence.isEmpty() ? "" : ",\"confidence\":\"" + confidence + "\"";
        return answer(ROOT.formatted(cause, sure, "", ""));
    }

    private static CaseAnswer answer(String document) {
        return CaseAnswer.of(
                DiagnosisDocument.read(JsonParser.parseString(document).getAsJsonObject()));
    }
}
