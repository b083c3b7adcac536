package dev.triage502.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.triage502.evidence.GuardedChecks;
import dev.triage502.json.JsonTree;
import dev.triage502.report.Report.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A report goes out even if one part of it cannot be written. */
class UnwritablePartTest {

    private final List<String> heard = new ArrayList<>();
    private final GuardedChecks.Listener listener = (part, defect) -> heard.add(part);

    @Test
    void aPageThatCannotBeFilledInCostsItsTextAndNothingElse() {
        DiagnosisDocument document = withPage("backend-certificate-expired", StackOverflowError::new);
        JsonObject root = document.json().getAsJsonObject("rootCause");

        assertThat(new DiagnosisSchema().problems(document.toString())).isEmpty();
        assertThat(heard).containsExactly("headline", "root-cause");
        assertThat(document.headline()).isEqualTo("backend-certificate-expired (502 at agw-shop)");
        assertThat(JsonTree.text(JsonTree.object(root, "target"), "name")).isEqualTo("bs-web");
        assertThat(JsonTree.texts(root, "evidence")).containsExactly("e1", "e2");
        assertThat(document.json().getAsJsonArray("contributing"))
                .isEqualTo(new DocumentWriter(Diagnoses.PAGES, Diagnoses.SOURCE_PAGES, "triage502 1.2.3")
                        .write(Diagnoses.certificateExpired(), Diagnoses.REPLAYED)
                        .json()
                        .getAsJsonArray("contributing"));
    }

    @Test
    void asText() {
        DiagnosisDocument document = withPage("backend-certificate-expired", StackOverflowError::new);

        Golden.compare("internal-error.txt", new TextReport(false).render(Report.of(document)));
    }

    @Test
    void asADocument() {
        Golden.compare("internal-error.json", withPage("backend-certificate-expired", StackOverflowError::new) + "\n");
    }

    @Test
    void aMachineWithoutMemoryIsNoDefectOfOnePart() {
        assertThatThrownBy(() -> withPage("backend-pool-empty", OutOfMemoryError::new))
                .isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void aSectionThatCannotBeWrittenSaysSo() {
        DiagnosisDocument document = withPage("none", AssertionError::new);
        JsonObject json = document.json().deepCopy();
        json.getAsJsonObject("impact").addProperty("failedRequests", "many");

        Report report = Report.of(new DiagnosisDocument(json), listener);

        assertThat(heard).containsExactly("Impact");
        assertThat(report.section(Kind.IMPACT).rows())
                .extracting(Report.Row::text)
                .containsExactly(
                        "This part could not be written (internal error in triage502). The JSON document has it.");
        assertThat(report.section(Kind.FIRST)).isEqualTo(Report.of(document).section(Kind.FIRST));
    }

    private DiagnosisDocument withPage(String broken, Supplier<Error> thrown) {
        CausePages pages = new CausePages(id -> {
            if (id.equals(broken)) {
                throw thrown.get();
            }
            return Diagnoses.page(id);
        });
        return new DocumentWriter(pages, Diagnoses.SOURCE_PAGES, "triage502 1.2.3")
                .write(Diagnoses.certificateExpired(), Diagnoses.REPLAYED, listener);
    }
}
