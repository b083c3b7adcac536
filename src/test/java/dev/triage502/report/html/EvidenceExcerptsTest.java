package dev.triage502.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.EvidenceRedactor;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.arm.Cases;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.triage.TriagedCase;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvidenceExcerptsTest {

    private static final DiagnosisDocument DOCUMENT =
            DiagnosisDocument.read(JsonParser.parseString("""
                {"schema": "triage502/diagnosis/v1",
                 "rootCause": {"id": "nsg-blocks-backend", "evidence": ["e1"]}, "contributing": [],
                 "evidence": [
                   {"id": "e1", "source": "network", "text": "NSG rule deny-all (priority 300) of nsg-app blocks TCP 10.0.1.0/24"},
                   {"id": "e2", "source": "network", "text": "NSG rule allow-web of nsg-app allows"}]}
                """).getAsJsonObject());

    private static final String NETWORK = """
        [{"id": "/subscriptions/s/networkSecurityGroups/nsg-app", "properties": {"securityRules": [
           {"name": "allow-web", "properties": {"priority": 200, "access": "Allow"}},
           {"name": "deny-all", "properties": {"priority": 300, "access": "Deny", "sourceAddressPrefix": "10.0.1.0/24"}}]}}]
        """;

    @Test
    void aFactHasTheSmallestPartThatNamesWhatItNames() {
        EvidenceExcerpts excerpts = EvidenceExcerpts.of(DOCUMENT, Map.of("network.json", NETWORK));

        assertThat(excerpts.of("e1")).get().satisfies(excerpt -> {
            assertThat(excerpt.file()).isEqualTo("network.json");
            assertThat(excerpt.text()).contains("\"deny-all\"").contains("\"Deny\"");
        });
        assertThat(excerpts.of("e2")).as("not behind the cause").isEmpty();
    }

    @Test
    void withoutTheFileOrAsWrongJsonThereIsNone() {
        assertThat(EvidenceExcerpts.of(DOCUMENT, Map.of()).of("e1")).isEmpty();
        assertThat(EvidenceExcerpts.of(DOCUMENT, Map.of("network.json", "{")).of("e1"))
                .isEmpty();
    }

    @Test
    void markupInADocumentStaysText() {
        String hostile = NETWORK.replace("\"Deny\"", "\"</pre><script>alert(1)</script>\"");

        String page = IncidentPage.of(DOCUMENT, EvidenceExcerpts.of(DOCUMENT, Map.of("network.json", hostile)));

        assertThat(page).contains("&lt;/pre&gt;&lt;script&gt;alert(1)").doesNotContain("</pre><script>");
    }

    /** People who made changes are named as the archive names them. */
    @Test
    void peopleAreNamedAsInTheArchive() {
        int shown = 0;
        for (RecordedCase recorded : Cases.all().subList(0, 60)) {
            DiagnosisDocument document = TriagedCase.of(recorded).document();
            Map<String, String> files =
                    CaseFolder.files(EvidenceRedactor.standard().redact(recorded));
            String raw = IncidentPage.of(document, EvidenceExcerpts.of(document, files))
                    .replaceAll("(?s)^.*?<section class=\"sec\" id=\"evidence\"", "");
            shown += raw.split("Raw document", -1).length - 1;
            assertThat(raw.split("Raw document", 2)[raw.contains("Raw document") ? 1 : 0])
                    .as(recorded.id())
                    .doesNotContainPattern("\"caller\": \"[^p\"][^\"]*@");
        }
        assertThat(shown).isGreaterThan(60);
    }
}
