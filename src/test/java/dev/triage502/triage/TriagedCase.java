package dev.triage502.triage;

import dev.triage502.collect.RecordedCase;
import dev.triage502.diagnosis.Diagnosis;
import dev.triage502.diagnosis.Diagnostician;
import dev.triage502.diagnosis.cause.Causes;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.GuardedChecks;
import dev.triage502.evidence.arm.Cases;
import dev.triage502.evidence.arm.EvidenceReader;
import dev.triage502.report.CausePages;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.report.DocumentWriter;
import dev.triage502.report.ProductVersion;
import dev.triage502.report.Report;
import dev.triage502.report.RunInfo;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A bundled case and what {@link Triage} says of it as a whole: worked out once for the many tests that look at all answers.
 * Who changes a document copies it.
 */
public record TriagedCase(RecordedCase recorded, Diagnosis diagnosis, Report report) {

    private static final Diagnostician DIAGNOSTICIAN = new Diagnostician(Causes.IN_ORDER);
    private static final DocumentWriter WRITER = new DocumentWriter(CausePages.bundled(), ProductVersion.producer());
    private static final Map<Key, TriagedCase> KNOWN = new ConcurrentHashMap<>();

    /** The very object: to compare two cases field by field takes longer than to diagnose one. */
    private record Key(RecordedCase recorded) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.recorded == recorded;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(recorded);
        }
    }

    /** One of the cases that {@link Cases} gives. */
    public static TriagedCase of(RecordedCase bundled) {
        return KNOWN.computeIfAbsent(new Key(bundled), key -> triaged(bundled));
    }

    /** Each case of some sets, as {@link Cases#of} names them. */
    public static Stream<TriagedCase> inSets(String... sets) {
        return Stream.of(sets).flatMap(set -> Cases.of(set).stream()).map(TriagedCase::of);
    }

    /** Each case of the set {@code cases}. */
    public static List<TriagedCase> all() {
        return inSets("cases").toList();
    }

    /** A part that fails by a defect fails the test that asks first. */
    private static TriagedCase triaged(RecordedCase recorded) {
        GuardedChecks.Listener none = (part, defect) -> {
            throw new AssertionError(recorded.id() + ": " + part, defect);
        };
        Evidence evidence = EvidenceReader.read(recorded.incident(), recorded.documents(), none);
        Diagnosis diagnosis = DIAGNOSTICIAN.diagnose(recorded.incident(), evidence, none);
        RunInfo replay = RunInfo.replay(recorded.incident(), recorded.id());
        return new TriagedCase(recorded, diagnosis, Report.of(WRITER.write(diagnosis, replay, none), none));
    }

    public String id() {
        return recorded.id();
    }

    public DiagnosisDocument document() {
        return report.document();
    }
}
