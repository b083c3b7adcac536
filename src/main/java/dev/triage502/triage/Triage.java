package dev.triage502.triage;

import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Conclusion;
import dev.triage502.diagnosis.Diagnosis;
import dev.triage502.diagnosis.Diagnostician;
import dev.triage502.diagnosis.cause.Causes;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.GuardedChecks;
import dev.triage502.evidence.arm.EvidenceReader;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.Incident;
import dev.triage502.report.CausePages;
import dev.triage502.report.DocumentWriter;
import dev.triage502.report.ProductVersion;
import dev.triage502.report.Report;
import dev.triage502.report.RunInfo;
import java.util.List;
import java.util.stream.Stream;

/** What is wrong with this gateway, given what Azure said? Without I/O and without a clock. */
public final class Triage {

    private final Diagnostician diagnostician;
    private final DocumentWriter writer;

    /** With all causes that there are, and the pages in the jar. */
    public Triage() {
        this(new Diagnostician(Causes.IN_ORDER), new DocumentWriter(CausePages.bundled(), ProductVersion.producer()));
    }

    public Triage(Diagnostician diagnostician, DocumentWriter writer) {
        this.diagnostician = diagnostician;
        this.writer = writer;
    }

    /** The ids of the causes that can be found, the more specific first. */
    public static List<String> causes() {
        return Causes.IN_ORDER.stream().map(Cause::id).toList();
    }

    /** The ids of all pages: of the causes, and of the conclusions in their place. */
    public static List<String> pages() {
        return Stream.concat(causes().stream(), Stream.of(Conclusion.values()).map(Conclusion::id))
                .toList();
    }

    /** The report of an incident, for whoever keeps no log. */
    public Report report(Incident incident, SourceDocuments documents, RunInfo told) {
        return report(incident, documents, told, (check, defect) -> {});
    }

    /** The report of an incident; the listener hears of each part that failed by a defect, which the report lists. */
    public Report report(Incident incident, SourceDocuments documents, RunInfo told, GuardedChecks.Listener listener) {
        Evidence evidence = EvidenceReader.read(incident, documents, listener);
        Diagnosis diagnosis = diagnostician.diagnose(incident, evidence, listener);
        return Report.of(writer.write(diagnosis, told, listener), listener);
    }
}
