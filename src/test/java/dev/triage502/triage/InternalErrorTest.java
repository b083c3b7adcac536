package dev.triage502.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.RecordedCase;
import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Diagnosis;
import dev.triage502.diagnosis.Diagnostician;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.diagnosis.cause.Causes;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.SourceReadings;
import dev.triage502.evidence.arm.EvidenceReader;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.report.CausePages;
import dev.triage502.report.DiagnosisSchema;
import dev.triage502.report.DocumentWriter;
import dev.triage502.report.MarkdownReport;
import dev.triage502.report.Report;
import dev.triage502.report.RunInfo;
import dev.triage502.report.TextReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A defect in one part of this program costs that part's answer, and no other. */
class InternalErrorTest {

    private static final RecordedCase CASE = CaseFolder.read(Path.of("src/main/resources/demo/blocked-by-nsg"));
    private static final String ROOT = "nsg-blocks-backend";

    private final Map<String, Throwable> heard = new LinkedHashMap<>();

    static Stream<String> causes() {
        return Causes.IN_ORDER.stream().map(Cause::id);
    }

    @ParameterizedTest
    @MethodSource("causes")
    void theOtherAnswersStandIfOneCauseThrows(String broken) {
        Report report = report(each -> each.equals(broken), IllegalStateException::new);

        assertThat(heard).containsOnlyKeys(broken);
        assertThat(report.document().rootCause()).isNotEmpty();
        if (!broken.equals(ROOT)) {
            assertThat(report.document().rootCause()).isEqualTo(ROOT);
        }
        assertThat(notChecked(report)).containsExactly(broken);
        assertThat(new DiagnosisSchema().problems(report.document().toString())).isEmpty();
        assertThat(new TextReport(false).render(report).replaceAll("\\s+", " "))
                .contains("could not be checked (internal error): " + broken);
        assertThat(MarkdownReport.render(report)).contains("**could not be checked (internal error)**: " + broken);
    }

    @Test
    void anEndlessRecursionIsADefectLikeAnyOther() {
        Report report = report(each -> each.equals("request-timeout"), StackOverflowError::new);

        assertThat(report.document().rootCause()).isEqualTo(ROOT);
        assertThat(heard.get("request-timeout")).isInstanceOf(StackOverflowError.class);
    }

    @Test
    void nothingIsNamedIfEveryCauseThrows() {
        Report report = report(each -> true, NoSuchMethodError::new);

        assertThat(report.document().rootCause()).isEqualTo("insufficient-evidence");
        assertThat(notChecked(report)).containsExactlyElementsOf(causes().toList());
        assertThat(new DiagnosisSchema().problems(report.document().toString())).isEmpty();
    }

    @Test
    void aMachineWithoutMemoryIsNoDefectOfOneCause() {
        assertThatThrownBy(() -> report(each -> true, OutOfMemoryError::new)).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void whatRestsOnAReachabilityThatFailedIsNotBlamedOnASource() {
        Evidence read = EvidenceReader.read(CASE.incident(), CASE.documents());
        Network broken = mock(Network.class, call -> {
            throw new IllegalStateException("a defect");
        });
        SourceReadings readings = SourceReadings.of(source -> source == Source.NETWORK
                ? Reading.present(broken)
                : read.readings().of(source));
        Evidence evidence =
                new Evidence(read.incident(), readings, read.probeResults(), read.readInPart(), read.lost());

        Diagnosis diagnosis = new Diagnostician(Causes.IN_ORDER).diagnose(CASE.incident(), evidence);

        assertThat(diagnosis.notChecked())
                .extracting(Diagnosis.NotChecked::id)
                .startsWith("reachability")
                .contains(ROOT);
        assertThat(diagnosis.couldNotTell()).noneMatch(each -> each.missing().contains(Source.NETWORK));
        assertThat(diagnosis.next()).noneMatch(each -> each.text().contains(Source.NETWORK.words()));
    }

    @Test
    void aReaderThatThrowsIsNoMalformedDocument() {
        SourceDocuments documents = CASE.documents().with(Source.METRICS, Reading.present(new Unreadable()));

        Evidence evidence = EvidenceReader.read(CASE.incident(), documents, heard::put);

        assertThat(evidence.metrics().unread()).get().satisfies(unread -> {
            assertThat(unread.why()).isEqualTo(Why.INTERNAL_ERROR);
            assertThat(unread.detail()).isEqualTo("internal error in triage502: NullPointerException");
        });
        assertThat(heard).containsOnlyKeys(Source.METRICS.words());
        Report report = new Triage().report(CASE.incident(), documents, RunInfo.replay(CASE.incident(), CASE.id()));
        assertThat(report.document().rootCause()).isEqualTo(ROOT);
        assertThat(new DiagnosisSchema().problems(report.document().toString())).isEmpty();
        assertThat(new TextReport(false).render(report))
                .contains("internal error in triage502")
                .doesNotContain("NullPointerException")
                .doesNotContain("malformed");
    }

    private Report report(java.util.function.Predicate<String> broken, Supplier<Throwable> thrown) {
        List<Cause> causes = new ArrayList<>();
        Causes.IN_ORDER.forEach(each -> causes.add(broken.test(each.id()) ? new Throwing(each.id(), thrown) : each));
        return new Triage(new Diagnostician(causes), new DocumentWriter(CausePages.bundled(), "triage502 test"))
                .report(
                        CASE.incident(),
                        CASE.documents(),
                        RunInfo.replay(CASE.incident(), CASE.id()),
                        (check, defect) -> {
                            assertThat(heard.put(check, defect)).isNull();
                        });
    }

    private static List<String> notChecked(Report report) {
        List<String> ids = new ArrayList<>();
        report.document()
                .json()
                .getAsJsonArray("notChecked")
                .forEach(each -> ids.add(((JsonObject) each).get("id").getAsString()));
        return ids;
    }

    /** A cause with a defect. */
    private record Throwing(String id, Supplier<Throwable> thrown) implements Cause {
        @Override
        public Verdict judge(Situation situation) {
            throw Throwing.<RuntimeException>unchecked(thrown.get());
        }

        @SuppressWarnings("unchecked")
        private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
            throw (T) thrown;
        }
    }

    /** Stands for a document that one of the readers has a defect with. */
    @SuppressWarnings("deprecation")
    private static final class Unreadable extends JsonElement {
        @Override
        public JsonElement deepCopy() {
            return this;
        }

        @Override
        public boolean isJsonNull() {
            throw new NullPointerException();
        }

        @Override
        public String toString() {
            throw new NullPointerException();
        }
    }
}
