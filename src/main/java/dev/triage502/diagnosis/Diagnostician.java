package dev.triage502.diagnosis;

import dev.triage502.analysis.traffic.FailureContrast;
import dev.triage502.analysis.traffic.HostOutcome;
import dev.triage502.analysis.traffic.RequestOutcomes;
import dev.triage502.diagnosis.Diagnosis.Change;
import dev.triage502.diagnosis.Diagnosis.Difference;
import dev.triage502.diagnosis.Diagnosis.Impact;
import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.diagnosis.Diagnosis.Next;
import dev.triage502.diagnosis.Diagnosis.NotChecked;
import dev.triage502.diagnosis.Diagnosis.NotChecked.Kind;
import dev.triage502.diagnosis.Diagnosis.NotModelled;
import dev.triage502.diagnosis.Diagnosis.PoolHealth;
import dev.triage502.diagnosis.Diagnosis.RecoveryFacts;
import dev.triage502.diagnosis.Diagnosis.RuledOut;
import dev.triage502.diagnosis.Diagnosis.SourceRead;
import dev.triage502.diagnosis.Diagnosis.Undecided;
import dev.triage502.diagnosis.Verdict.CannotTell;
import dev.triage502.diagnosis.Verdict.NotShown;
import dev.triage502.diagnosis.Verdict.Shown;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.GuardedChecks;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.incident.Incident;
import dev.triage502.reachability.ReachabilityResult;
import dev.triage502.reachability.UncheckedHop;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which of the causes is the root, which contribute, and what stands in their place when none is shown? */
public final class Diagnostician {

    /** Reasons for which Azure gives one resource of many not; another reader, or another moment, may get it. */
    private static final Set<Why> REFUSALS = EnumSet.of(Why.FORBIDDEN, Why.THROTTLED, Why.TIMED_OUT, Why.UNREACHABLE);

    private final List<Cause> inOrder;

    /** A diagnostician that knows these causes; their order is their rank among equals. */
    public Diagnostician(List<Cause> inOrder) {
        this.inOrder = List.copyOf(inOrder);
    }

    /** The diagnosis that the evidence supports; what fails in this program costs its own answer, and is listed. */
    public Diagnosis diagnose(Incident incident, Evidence evidence) {
        return diagnose(incident, evidence, (check, defect) -> {});
    }

    /** The same; the listener hears of each cause and of each analysis that failed. */
    public Diagnosis diagnose(Incident incident, Evidence evidence, GuardedChecks.Listener listener) {
        GuardedChecks checks = new GuardedChecks(listener);
        Situation situation = new Situation(evidence, checks);
        RequestOutcomes traffic = situation.traffic();
        List<JudgedCause> judged = new ArrayList<>();
        List<RuledOut> ruledOut = new ArrayList<>();
        List<Undecided> untold = new ArrayList<>();
        List<NotChecked> resting = new ArrayList<>();
        Map<Source, String> parts = new EnumMap<>(Source.class);
        for (int place = 0; place < inOrder.size(); place++) {
            Cause cause = inOrder.get(place);
            int at = place;
            Runnable noted = checks.<Runnable>check(
                    cause.id(),
                    () -> {
                        Verdict verdict = cause.judge(situation);
                        if (verdict instanceof Shown found) {
                            JudgedCause one = JudgedCause.of(cause, at, found, traffic);
                            return () -> judged.add(one);
                        }
                        if (verdict instanceof NotShown not && !not.because().isEmpty()) {
                            return () -> ruledOut.add(new RuledOut(
                                    cause.id(), not.because().get(0).text(), not.because()));
                        }
                        if (verdict instanceof CannotTell cannot) {
                            List<Source> missing = sources(cannot);
                            cannot.missing().stream()
                                    .filter(each -> isRefusedPart(each, evidence))
                                    .forEach(each -> parts.putIfAbsent(each.source(), each.detail()));
                            return missing.isEmpty()
                                    ? () -> resting.add(
                                            new NotChecked(cause.id(), Kind.CAUSE, "depends on reachability"))
                                    : () -> untold.add(new Undecided(cause.id(), missing));
                        }
                        return () -> {};
                    },
                    () -> () -> {});
            noted.run();
        }
        List<JudgedCause> shown = asSureAs(judged, untold);
        Optional<Ranking> ranked =
                checks.check("ranking", () -> Optional.of(Ranking.of(shown, traffic)), Optional::<Ranking>empty);
        Ranking ranking = ranked.orElseGet(() -> Ranking.unranked(shown));
        ruledOut.addAll(notOfTheirOwn(ranking, traffic));
        boolean recovered = traffic.hasRecovered() && !ranking.isSilenced() && !ranking.maySilence();
        Optional<JudgedCause> root = recovered ? Optional.empty() : ranked.flatMap(each -> each.root(traffic));
        return told(
                incident,
                situation,
                evidence.knownInPart(parts),
                ranking,
                root,
                inListOrder(ruledOut),
                untold,
                resting,
                checks);
    }

    /** Whether it is one resource of a source that was read otherwise, which Azure did not give. */
    private static boolean isRefusedPart(CouldNotRead<?> missing, Evidence evidence) {
        return REFUSALS.contains(missing.why()) && evidence.of(missing.source()).isPresent();
    }

    /**
     * A cause is one step less sure while another that is easily mistaken for it could not be checked: a 403 to the probe is the
     * probe's fault only if nobody shut the gateway out. So it is while something hints at the other, and what would decide
     * could not be read.
     */
    private List<JudgedCause> asSureAs(List<JudgedCause> judged, List<Undecided> untold) {
        return judged.stream()
                .map(each -> {
                    Stream<String> unchecked = Stream.concat(
                            untold.stream().map(Undecided::id),
                            judged.stream()
                                    .filter(other ->
                                            !other.shown().decided() && other != each && other.coversAllOf(each))
                                    .map(JudgedCause::id));
                    return unchecked.anyMatch(id -> isRival(id, each)) ? each.withRivalUnchecked() : each;
                })
                .toList();
    }

    private boolean isRival(String unchecked, JudgedCause judged) {
        boolean ruledOut = judged.confidence() == Confidence.CONFIRMED
                && judged.cause().ruledOutByDirectEvidence().contains(unchecked);
        return !ruledOut && couldBeInstead(unchecked, judged.id());
    }

    /** Whether direct evidence of the root, which another rival makes less sure, leaves a cause open. */
    private static boolean isOpen(String unchecked, Optional<JudgedCause> root) {
        return root.filter(each -> each.confidence() == Confidence.LIKELY)
                .filter(each -> each.shown().reason() == ConfidenceReason.RIVAL_UNCHECKED)
                .filter(each -> each.cause().ruledOutByDirectEvidence().contains(unchecked))
                .isEmpty();
    }

    private Optional<Cause> causeOf(NamedCause named) {
        return inOrder.stream().filter(each -> each.id().equals(named.id())).findFirst();
    }

    private boolean couldBeInstead(String cause, String named) {
        return inOrder.stream()
                .anyMatch(each -> each.id().equals(cause) && each.mistakenFor().contains(named));
    }

    private Diagnosis told(
            Incident incident,
            Situation situation,
            Evidence evidence,
            Ranking ranking,
            Optional<JudgedCause> root,
            List<RuledOut> ruledOut,
            List<Undecided> untold,
            List<NotChecked> resting,
            GuardedChecks checks) {
        RequestOutcomes traffic = situation.traffic();
        Optional<TargetSelection> targets = checks.check(
                "targets", () -> Optional.of(new TargetSelection(evidence)), Optional::<TargetSelection>empty);
        FaultValues values = new FaultValues(evidence);
        boolean whole = isUnderstood(evidence);
        List<NamedCause> others = ranking.faults().stream()
                .filter(each -> root.isEmpty() || each != root.get())
                .map(each -> named(each, whole, targets, traffic, values, checks))
                .toList();
        NamedCause first = root.map(each -> named(each, whole, targets, traffic, values, checks))
                .orElseGet(() -> {
                    Conclusion instead = conclude(evidence, traffic, ranking);
                    return conclusion(
                            instead,
                            checks.check("target-values", () -> ofSuspect(values, situation), Map::<String, String>of),
                            checks.check("seen-of-servers", () -> seen(instead, evidence), List::<Finding>of));
                });
        boolean sure = first.confidence().filter(Confidence.CONFIRMED::equals).isPresent();
        List<Undecided> undecided = untold.stream()
                .map(each -> new Undecided(
                        each.id(),
                        each.missing(),
                        !sure && couldBeInstead(each.id(), first.id()) && isOpen(each.id(), root)))
                .toList();
        List<Target> concerned = Stream.concat(Stream.of(first), others.stream())
                .flatMap(each -> Stream.concat(each.target().stream(), each.alsoAt().stream()))
                .toList();
        List<NotModelled> passed = checks.check("not-modelled", () -> notModelled(situation), List::<NotModelled>of);
        Optional<Impact> impact =
                checks.check("impact", () -> ImpactAssessment.of(evidence, traffic), Optional::<Impact>empty);
        Optional<PoolHealth> health = checks.check(
                "pool-health", () -> ImpactAssessment.ofPool(evidence, first), Optional::<PoolHealth>empty);
        Optional<RequestPath> path = checks.check(
                "path", () -> RequestPath.of(situation, first, others, impact, passed), Optional::<RequestPath>empty);
        return Diagnosis.builder()
                .incident(incident)
                .gateway(checks.check(
                        "gateway-values", () -> GatewayValues.of(incident, evidence), Map::<String, String>of))
                .gatewayTags(evidence.gateway().toOptional().map(Gateway::tags).orElse(Map.of()))
                .root(first)
                .against(root.map(each -> each.shown().against()).orElse(List.of()))
                .contributing(others)
                .ruledOut(ruledOut)
                .couldNotTell(undecided)
                .notModelled(passed)
                .next(checks.check(
                        "next-evidence",
                        () -> NextEvidence.after(first, causeOf(first), others, undecided, ranking, evidence),
                        List::<Next>of))
                .impact(impact)
                .poolHealth(health)
                .recovery(checks.check(
                        "recovery", () -> recovery(first, evidence, traffic), Optional::<RecoveryFacts>empty))
                .path(path)
                .timeline(checks.check(
                        "timeline",
                        () -> TimelineAssessment.of(evidence, path, health),
                        Optional::<RequestTimeline>empty))
                .differences(situation.contrasts().all().stream()
                        .map(Diagnostician::difference)
                        .toList())
                .changes(checks.check(
                        "changes", () -> RelevantChanges.around(evidence, traffic, concerned), List::<Change>of))
                // After the rest, which may add to the list.
                .notChecked(notChecked(resting, checks))
                .evidenceRead(told(evidence))
                .build();
    }

    /**
     * The diagnosis of an incident that could not be investigated: no cause and no analysis is asked, so that it can be
     * made whatever is broken.
     *
     * @param why   why nothing is known
     * @param again how to have the incident investigated again
     */
    public static Diagnosis withoutInvestigation(Incident incident, String why, String again) {
        return Diagnosis.builder()
                .incident(incident)
                .root(conclusion(Conclusion.INSUFFICIENT_EVIDENCE, Map.of("given-up", "was given up"), List.of()))
                .next(List.of(new Next(again, "", List.of())))
                .evidenceRead(Stream.of(Source.values())
                        .map(source -> new SourceRead(
                                source, SourceRead.State.COULD_NOT_READ, Optional.of(Why.NOT_COLLECTED), why))
                        .toList())
                .build();
    }

    /** Values for a headline that names no cause, with what failing requests pass and whose rules are not read. */
    private static Map<String, String> ofSuspect(FaultValues values, Situation situation) {
        Map<String, String> all = new TreeMap<>(values.ofSuspect());
        List<UncheckedHop> hops = situation.reachability().unchecked();
        hops.stream().findFirst().ifPresent(hop -> all.put("unchecked-hop", hop.name()));
        // What Azure knows of its own machines says nothing of a server outside of it.
        boolean outside = !hops.isEmpty()
                && hops.stream().allMatch(hop -> hop.kind() == UncheckedHop.Kind.ON_PREMISES)
                && new DecidingSources(situation.evidence()).unread().equals(List.of(Source.BACKENDS));
        if (outside) {
            all.remove("deciding");
            all.remove("uncollected");
        }
        return all;
    }

    private static List<NotModelled> notModelled(Situation situation) {
        return situation.reachability().unchecked().stream()
                .map(each -> new NotModelled(each.kind().id(), each.what(), each.text(), each.values(), each.source()))
                .toList();
    }

    /** The analyses that failed first, then causes in the order of the list; each once. */
    private List<NotChecked> notChecked(List<NotChecked> resting, GuardedChecks checks) {
        List<String> causes = inOrder.stream().map(Cause::id).toList();
        Map<String, NotChecked> all = new LinkedHashMap<>();
        for (GuardedChecks.Failure failure : checks.failures()) {
            Kind kind = causes.contains(failure.check()) ? Kind.CAUSE : Kind.ANALYSIS;
            all.putIfAbsent(failure.check(), new NotChecked(failure.check(), kind, failure.words()));
        }
        resting.forEach(each -> all.putIfAbsent(each.id(), each));
        return all.values().stream()
                .sorted(Comparator.comparingInt(each -> causes.indexOf(each.id())))
                .toList();
    }

    /**
     * What stands in the root's place: see the conclusions of the vocabulary. That nothing is wrong takes a gateway that was
     * read, and nothing that says that it is down: that one logs and counts nothing.
     */
    private static Conclusion conclude(Evidence evidence, RequestOutcomes traffic, Ranking ranking) {
        if (ranking.maySilence()) {
            return Conclusion.INSUFFICIENT_EVIDENCE;
        }
        if (traffic.hasRecovered()) {
            return Conclusion.RECOVERED;
        }
        boolean somethingShown = !ranking.faults().isEmpty();
        return traffic.sawFailure()
                        || somethingShown
                        || !traffic.isObserved()
                        || !evidence.gateway().isPresent()
                        || traffic.endsEarly()
                        || traffic.maySessionsBeCutUnseen()
                ? Conclusion.INSUFFICIENT_EVIDENCE
                : Conclusion.NO_FAULT_FOUND;
    }

    /** What failing servers showed: all of it where the question stays open, their probes' words where no request failed. */
    private static List<Finding> seen(Conclusion conclusion, Evidence evidence) {
        DecidingSources sources = new DecidingSources(evidence);
        return switch (conclusion) {
            case INSUFFICIENT_EVIDENCE -> sources.seen();
            case NO_FAULT_FOUND -> sources.unhealthy();
            case RECOVERED -> List.of();
        };
    }

    private static NamedCause conclusion(Conclusion conclusion, Map<String, String> values, List<Finding> seen) {
        return new NamedCause(
                conclusion.id(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                seen,
                Optional.empty(),
                values);
    }

    /** The facts of a recovery, where the conclusion is that nothing fails now. */
    private static Optional<RecoveryFacts> recovery(NamedCause first, Evidence evidence, RequestOutcomes traffic) {
        boolean working =
                first.id().equals(Conclusion.RECOVERED.id()) || first.id().equals(Conclusion.NO_FAULT_FOUND.id());
        if (!working) {
            return Optional.empty();
        }
        Optional<Impact.HostImpact> during = evidence.accessLog()
                .toOptional()
                .flatMap(HostOutcome::worstWhileFailing)
                .map(worst -> new Impact.HostImpact(
                        worst.host(),
                        worst.failed(),
                        worst.requests(),
                        worst.since().orElse(evidence.at()),
                        worst.until().orElse(evidence.at()),
                        worst.requestsSince()));
        return Optional.of(new RecoveryFacts(
                during,
                ImpactAssessment.ofEachPool(evidence),
                traffic.lastFailure()
                        .map(end -> RelevantChanges.beforeTheEnd(evidence, end))
                        .orElse(List.of())));
    }

    private static Difference difference(FailureContrast contrast) {
        return new Difference(
                contrast.pool(),
                contrast.dimension(),
                contrast.values(),
                contrast.failed(),
                share(contrast.with()),
                share(contrast.elsewhere()),
                contrast.text());
    }

    private static Difference.Share share(FailureContrast.Share share) {
        return new Difference.Share(share.failed(), share.requests());
    }

    /** Whether all was understood that every cause rests on: the configuration, and what the probes see. */
    private static boolean isUnderstood(Evidence evidence) {
        return !evidence.lost().containsKey(Source.GATEWAY) && !evidence.lost().containsKey(Source.BACKEND_HEALTH);
    }

    /** @param whole whether nothing is missing that could make another cause the surer one */
    private static NamedCause named(
            JudgedCause judged,
            boolean whole,
            Optional<TargetSelection> targets,
            RequestOutcomes traffic,
            FaultValues values,
            GuardedChecks checks) {
        List<Target> asFound = judged.shown().findings().stream()
                .map(Finding::target)
                .distinct()
                .sorted()
                .toList();
        List<Target> at = checks.check(
                "targets", () -> targets.map(each -> each.of(judged)).orElse(asFound), () -> asFound);
        boolean asFoundSure = whole || judged.confidence() != Confidence.CONFIRMED;
        return new NamedCause(
                judged.id(),
                Optional.of(asFoundSure ? judged.confidence() : Confidence.LIKELY),
                Optional.of(asFoundSure ? judged.shown().reason() : ConfidenceReason.READ_IN_PART),
                Optional.of(at.get(0)),
                at.subList(1, at.size()),
                judged.shown().findings(),
                traffic.isCounted() ? Optional.of(judged.share()) : Optional.empty(),
                checks.check(
                        "target-values",
                        () -> values.of(at.get(0), judged.shown().findings()),
                        Map::<String, String>of));
    }

    /** Causes that are shown but are not told as faults, each with the reason. */
    private static List<RuledOut> notOfTheirOwn(Ranking ranking, RequestOutcomes traffic) {
        List<RuledOut> all = new ArrayList<>();
        ranking.explained()
                .forEach(each -> all.add(new RuledOut(
                        each.cause().id(),
                        "its symptoms are explained by "
                                + each.by().stream().map(JudgedCause::id).collect(Collectors.joining(" and ")),
                        each.by().stream()
                                .flatMap(by -> by.shown().findings().stream())
                                .toList())));
        ranking.asides()
                .forEach(each -> all.add(new RuledOut(
                        each.id(),
                        traffic.needsExplaining()
                                ? "weaker: a surer cause explains the same failures, or no failed request used it"
                                : "no failed request is linked to it",
                        each.shown().findings())));
        return all;
    }

    private List<RuledOut> inListOrder(List<RuledOut> ruledOut) {
        List<String> ids = inOrder.stream().map(Cause::id).toList();
        return ruledOut.stream()
                .sorted(Comparator.comparingInt(each -> ids.indexOf(each.id())))
                .toList();
    }

    /** The sources that could not be read; none where only the reachability could not be computed. */
    private static List<Source> sources(CannotTell cannot) {
        return cannot.missing().stream()
                .filter(each -> !ReachabilityResult.isFailure(each))
                .map(CouldNotRead::source)
                .distinct()
                .sorted()
                .toList();
    }

    /** Says of each source what came of asking it. */
    private static List<SourceRead> told(Evidence evidence) {
        List<SourceRead> all = new ArrayList<>();
        for (Source source : Source.values()) {
            Reading<?> reading = evidence.of(source);
            SourceRead.State state = reading.isPresent() ? SourceRead.State.PRESENT : SourceRead.State.ABSENT;
            all.add(reading.unread()
                    .map(unread -> new SourceRead(
                            source, SourceRead.State.COULD_NOT_READ, Optional.of(unread.why()), unread.detail()))
                    .orElse(new SourceRead(
                            source,
                            state,
                            Optional.empty(),
                            Stream.of(evidence.readInPart(), evidence.lost())
                                    .flatMap(each -> Stream.ofNullable(each.get(source)))
                                    .collect(Collectors.joining("; ")))));
        }
        return all;
    }
}
