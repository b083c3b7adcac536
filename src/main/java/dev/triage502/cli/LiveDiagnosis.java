package dev.triage502.cli;

import com.google.gson.JsonElement;
import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.CollectionProgress;
import dev.triage502.collect.DefectLog;
import dev.triage502.collect.EvidenceRedactor;
import dev.triage502.collect.Investigation;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.Incident;
import dev.triage502.report.Report;
import dev.triage502.report.RunInfo;
import dev.triage502.triage.Triage;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

/** One investigation in Azure and its report. Several may run at once. */
record LiveDiagnosis(Investigation investigation, Triage triage, LoadAhead ahead) {

    private static final Duration DEADLINE = Duration.ofSeconds(180);

    LiveDiagnosis(Investigation investigation, Triage triage) {
        this(investigation, triage, new LoadAhead(triage));
    }

    /**
     * What came of it.
     *
     * @param report   the report
     * @param recorded what Azure answered
     */
    record Told(Report report, RecordedCase recorded) {

        /** Whether at least one source could be read. */
        boolean anythingRead() {
            return Stream.of(Source.values())
                    .anyMatch(
                            source -> recorded.documents().get(source).unread().isEmpty());
        }

        /** Why the gateway itself could not be read, and what to do about it. */
        String refusal() {
            return recorded.documents()
                    .get(Source.GATEWAY)
                    .unread()
                    .map(unread -> AccessAdvice.with(unread.detail()))
                    .orElse("see the report for the reasons");
        }

        /** The files of it as a case, redacted. */
        Map<String, String> evidence() {
            return CaseFolder.files(EvidenceRedactor.standard().redact(recorded));
        }
    }

    Told tell(Incident incident, Instant now, CollectionProgress progress) {
        Map<Source, Duration> took = new EnumMap<>(Source.class);
        SourceDocuments documents = investigation.run(incident, DEADLINE, new Watched(progress, took, ahead));
        Report report = triage.report(
                incident,
                documents,
                RunInfo.live(investigation.cloudName(), now, took),
                DefectLog.ofProgram(incident.gateway().name()));
        return new Told(report, RecordedCase.of(incident, documents));
    }

    /** Remembers how long each source took. */
    private record Watched(CollectionProgress shown, Map<Source, Duration> took, LoadAhead ahead)
            implements CollectionProgress {

        @Override
        public void started(Source source) {
            shown.started(source);
        }

        @Override
        public synchronized void read(Source source, Reading<JsonElement> reading, Duration took) {
            this.took.put(source, took);
            shown.read(source, reading, took);
            // By now everything has been asked, so the processor is free until the slower answers come.
            if (source != Source.GATEWAY && this.took.containsKey(Source.GATEWAY)) {
                ahead.begin();
            }
        }
    }
}
