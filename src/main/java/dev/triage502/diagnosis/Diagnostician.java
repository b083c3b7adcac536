package dev.triage502.diagnosis;

import dev.triage502.analysis.traffic.RequestOutcomes;
import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.diagnosis.Diagnosis.RuledOut;
import dev.triage502.diagnosis.Diagnosis.SourceRead;
import dev.triage502.diagnosis.Diagnosis.Undecided;
import dev.triage502.diagnosis.Verdict.CannotTell;
import dev.triage502.diagnosis.Verdict.NotShown;
import dev.triage502.diagnosis.Verdict.Shown;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.incident.Incident;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which of the causes is the root, which contribute, and what stands in their place when none is shown? */
public final class Diagnostician {

    private final List<Cause> inOrder;

    /** A diagnostician that knows these causes; their order is their rank among equals. */
    public Diagnostician(List<Cause> inOrder) {
        this.inOrder = List.copyOf(inOrder);
    }

    /** The diagnosis that the evidence supports. */
    public Diagnosis diagnose(Incident incident, Evidence evidence) {
        Situation situation = new Situation(evidence);
        RequestOutcomes traffic = situation.traffic();
        List<JudgedCause> shown = new ArrayList<>();
        List<RuledOut> ruledOut = new ArrayList<>();
        List<Undecided> untold = new ArrayList<>();
        for (int place = 0; place < inOrder.size(); place++) {
            Cause cause = inOrder.get(place);
            Verdict verdict = cause.judge(situation);
            if (verdict instanceof Shown found) {
                shown.add(JudgedCause.of(cause, place, found, traffic));
            } else if (verdict instanceof NotShown not && !not.because().isEmpty()) {
                ruledOut.add(new RuledOut(cause.id(), not.because().get(0).text(), not.because()));
            } else if (verdict instanceof CannotTell cannot) {
                untold.add(new Undecided(cause.id(), sources(cannot)));
            }
        }
        Ranking ranking = Ranking.of(shown, traffic);
        ruledOut.addAll(notOfTheirOwn(ranking, traffic));
        return told(incident, evidence, traffic, ranking, inListOrder(ruledOut), untold);
    }

    private Diagnosis told(
            Incident incident,
            Evidence evidence,
            RequestOutcomes traffic,
            Ranking ranking,
            List<RuledOut> ruledOut,
            List<Undecided> untold) {
        TargetSelection targets = new TargetSelection(evidence);
        FaultValues values = new FaultValues(evidence);
        Optional<JudgedCause> root = traffic.hasRecovered() ? Optional.empty() : ranking.root(traffic);
        List<NamedCause> others = ranking.faults().stream()
                .filter(each -> root.isEmpty() || each != root.get())
                .map(each -> named(each, targets, traffic, values))
                .toList();
        NamedCause first = root.map(each -> named(each, targets, traffic, values))
                .orElseGet(() -> conclusion(conclude(evidence, traffic, ranking), values));
        List<Target> concerned = Stream.concat(Stream.of(first), others.stream())
                .flatMap(each -> Stream.concat(each.target().stream(), each.alsoAt().stream()))
                .toList();
        return new Diagnosis(
                incident,
                GatewayValues.of(incident, evidence),
                first,
                others,
                ruledOut,
                untold,
                NextEvidence.after(first, others, untold, ranking, evidence),
                ImpactAssessment.of(evidence, traffic),
                RelevantChanges.around(evidence, traffic, concerned),
                told(evidence));
    }

    /** What stands in the root's place: see the conclusions of the vocabulary. */
    private static Conclusion conclude(Evidence evidence, RequestOutcomes traffic, Ranking ranking) {
        if (traffic.hasRecovered()) {
            return Conclusion.RECOVERED;
        }
        boolean somethingShown = !ranking.faults().isEmpty();
        return traffic.sawFailure() || somethingShown || !traffic.isObserved()
                ? Conclusion.INSUFFICIENT_EVIDENCE
                : Conclusion.NO_FAULT_FOUND;
    }

    private static NamedCause conclusion(Conclusion conclusion, FaultValues values) {
        return new NamedCause(
                conclusion.id(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                values.ofSuspect());
    }

    private static NamedCause named(
            JudgedCause judged, TargetSelection targets, RequestOutcomes traffic, FaultValues values) {
        List<Target> at = targets.of(judged);
        return new NamedCause(
                judged.id(),
                Optional.of(judged.confidence()),
                Optional.of(at.get(0)),
                at.subList(1, at.size()),
                judged.shown().findings(),
                traffic.isCounted() ? Optional.of(judged.share()) : Optional.empty(),
                values.of(at.get(0), judged.shown().findings()));
    }

    /** Causes that are shown but are not told as faults, each with the reason. */
    private static List<RuledOut> notOfTheirOwn(Ranking ranking, RequestOutcomes traffic) {
        List<RuledOut> all = new ArrayList<>();
        ranking.explained()
                .forEach(each -> all.add(new RuledOut(
                        each.cause().id(),
                        "what points to it is accounted for by " + each.by().id(),
                        each.by().shown().findings())));
        ranking.asides()
                .forEach(each -> all.add(new RuledOut(
                        each.id(),
                        traffic.needsExplaining()
                                ? "possible at most; something surer accounts for the same, or no failing request went"
                                        + " there"
                                : "no request is seen to fail by it",
                        each.shown().findings())));
        return all;
    }

    private List<RuledOut> inListOrder(List<RuledOut> ruledOut) {
        List<String> ids = inOrder.stream().map(Cause::id).toList();
        return ruledOut.stream()
                .sorted(Comparator.comparingInt(each -> ids.indexOf(each.id())))
                .toList();
    }

    private static List<Source> sources(CannotTell cannot) {
        return cannot.missing().stream()
                .map(CouldNotRead::source)
                .distinct()
                .sorted()
                .toList();
    }

    /** Says of each source what came of asking it. */
    private static List<SourceRead> told(Evidence evidence) {
        List<SourceRead> all = new ArrayList<>();
        List<Reading<?>> readings = evidence.bySource();
        for (Source source : Source.values()) {
            Reading<?> reading = readings.get(source.ordinal());
            SourceRead.State state = reading.isPresent() ? SourceRead.State.PRESENT : SourceRead.State.ABSENT;
            all.add(reading.unread()
                    .map(unread -> new SourceRead(
                            source, SourceRead.State.COULD_NOT_READ, Optional.of(unread.why()), unread.detail()))
                    .orElse(new SourceRead(source, state, Optional.empty(), "")));
        }
        return all;
    }
}
