package dev.triage502.function;

import com.google.gson.JsonElement;
import dev.triage502.collect.CollectionProgress;
import dev.triage502.collect.Investigation;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.Incident;
import dev.triage502.report.Report;
import dev.triage502.report.RunInfo;
import dev.triage502.triage.Triage;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Looks at an incident: asks Azure, and names the cause. */
final class DiagnosisService {

    /** How long Azure may be asked when nobody waits; well below the host's {@code functionTimeout}. */
    static final Duration DEADLINE = Duration.ofSeconds(180);

    private final Supplier<Investigation> investigation;
    private final Triage triage;
    private final CollectionProgress watcher;
    private final Clock clock;

    DiagnosisService(Supplier<Investigation> investigation, Triage triage, CollectionProgress watcher, Clock clock) {
        this.investigation = investigation;
        this.triage = triage;
        this.watcher = watcher;
        this.clock = clock;
    }

    /**
     * What a look at an incident came to.
     *
     * @param documents what it rests on
     * @param inTime    whether every source had answered by the deadline, if only to refuse
     */
    record Look(Report report, SourceDocuments documents, boolean inTime) {}

    /** Looks at an incident, with what could be read by the deadline. */
    Look look(Incident incident, Duration deadline, SourceLog progress) {
        Map<Source, Duration> took = new EnumMap<>(Source.class);
        Investigation azure = investigation.get();
        SourceDocuments documents = azure.run(incident, deadline, new Watched(progress, took));
        boolean inTime = Stream.of(Source.values())
                .noneMatch(source -> documents
                        .get(source)
                        .unread()
                        .filter(unread -> unread.why() == Reading.Why.TIMED_OUT)
                        .isPresent());
        RunInfo told = RunInfo.live(azure.cloudName(), clock.instant(), took);
        return new Look(triage.report(incident, documents, told, progress.defects()), documents, inTime);
    }

    /** Tells two who watch, and remembers how long each source took. */
    private final class Watched implements CollectionProgress {
        private final CollectionProgress log;
        private final Map<Source, Duration> took;

        Watched(CollectionProgress log, Map<Source, Duration> took) {
            this.log = log;
            this.took = took;
        }

        @Override
        public void started(Source source) {
            watcher.started(source);
            log.started(source);
        }

        @Override
        public void failed(Source source, Throwable defect) {
            log.failed(source, defect);
        }

        @Override
        public void read(Source source, Reading<JsonElement> reading, Duration time) {
            took.put(source, time);
            watcher.read(source, reading, time);
            log.read(source, reading, time);
        }
    }
}
