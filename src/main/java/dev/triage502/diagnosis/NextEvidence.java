package dev.triage502.diagnosis;

import dev.triage502.diagnosis.Cause.AtFault;
import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.diagnosis.Diagnosis.Next;
import dev.triage502.diagnosis.Diagnosis.SourceRead;
import dev.triage502.diagnosis.Diagnosis.Undecided;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What to fetch next when the answer is not sure, the page that says how, and what it would decide. What could show that
 * the root cause is another one's symptom comes first. A direct probe is always among it while it could still change the
 * answer and nobody made it: it is off unless the operator turns it on, so a default answer has to say that it would tell.
 */
final class NextEvidence {

    private static final int AT_MOST = 4;

    /** The page on what to do about a log that nobody keeps; every other page is named after its source. */
    private static final String ENABLE_ACCESS_LOG = "enable-access-log";

    /** The page on what to do about a lock that refuses both ways to read health: they are no GET. */
    private static final String HEALTH_LOCKED = "backend-health-locked";

    private NextEvidence() {}

    static List<Next> after(
            NamedCause root,
            Optional<Cause> cause,
            List<NamedCause> contributing,
            List<Undecided> untold,
            Ranking ranking,
            Evidence evidence) {
        boolean settled = root.confidence().filter(Confidence.CONFIRMED::equals).isPresent()
                || root.id().equals(Conclusion.NO_FAULT_FOUND.id())
                || root.id().equals(Conclusion.RECOVERED.id());
        if (settled) {
            return confirmedButForAProbe(root, cause, evidence);
        }
        List<String> rivals = Stream.concat(
                        Stream.concat(Stream.of(root), contributing.stream())
                                .filter(each -> !each.isConclusion())
                                .map(NamedCause::id),
                        ranking.asides().stream().map(JudgedCause::id))
                .distinct()
                .toList();
        List<Next> all = new ArrayList<>();
        Map<Source, Set<String>> deciding = decidedBy(untold);
        deciding.keySet()
                .removeIf(source -> evidence.of(source).unread().isEmpty() && !lacksResources(source, evidence));
        deciding.forEach((source, ids) -> {
            Set<String> decides = new TreeSet<>(rivals);
            decides.addAll(ids);
            all.add(next(source, evidence, List.copyOf(decides)));
        });
        if (all.isEmpty()) {
            unread(evidence).forEach(source -> all.add(next(source, evidence, rivals)));
        }
        if (isLocked(Source.BACKEND_HEALTH, evidence)) {
            all.removeIf(each -> each.page().equals(Source.ON_DEMAND_HEALTH.hyphenated()));
        }
        Set<String> open = untold.stream()
                .filter(Undecided::couldExplainRoot)
                .map(Undecided::id)
                .collect(Collectors.toSet());
        List<String> deciders = root.isConclusion() ? pages(new DecidingSources(evidence), evidence) : List.of();
        List<Next> first = all.stream()
                .sorted(Comparator.comparingInt((Next each) -> place(deciders, each.page()))
                        // A test probe makes the gateway work and tells what its own probe does; a direct one tells
                        // more.
                        .thenComparing(each -> each.page().equals(Source.ON_DEMAND_HEALTH.hyphenated()))
                        .thenComparingLong(each ->
                                -each.decides().stream().filter(open::contains).count())
                        .thenComparing(each -> -each.decides().size()))
                .limit(AT_MOST)
                .toList();
        boolean ofGateway =
                cause.filter(each -> each.atFault() == AtFault.GATEWAY).isPresent();
        return ofGateway || !isProbeLeftOut(evidence) ? first : withProbe(first, all, rivals, evidence);
    }

    /** What a direct probe could still change of a confirmed answer. */
    private static List<Next> confirmedButForAProbe(NamedCause root, Optional<Cause> cause, Evidence evidence) {
        List<String> open = cause.map(Cause::openWithoutDirectProbe).orElse(List.of());
        if (open.isEmpty() || !isProbeLeftOut(evidence)) {
            return List.of();
        }
        List<String> decides =
                Stream.concat(Stream.of(root.id()), open.stream()).sorted().toList();
        return List.of(next(Source.DIRECT_PROBE, evidence, decides));
    }

    /** Whether nobody asked the servers directly; one who tried and failed has nothing to turn on. */
    private static boolean isProbeLeftOut(Evidence evidence) {
        return evidence.directProbes()
                .unread()
                .filter(unread -> unread.why() == Why.NOT_COLLECTED)
                .isPresent();
    }

    /** The list with the direct probe in it, in the last place where it would otherwise be cut off. */
    private static List<Next> withProbe(List<Next> first, List<Next> all, List<String> rivals, Evidence evidence) {
        String page = Source.DIRECT_PROBE.hyphenated();
        if (first.stream().anyMatch(each -> each.page().equals(page))) {
            return first;
        }
        Next probe = all.stream()
                .filter(each -> each.page().equals(page))
                .findFirst()
                .orElseGet(() -> next(Source.DIRECT_PROBE, evidence, rivals));
        return Stream.concat(first.stream().limit(AT_MOST - 1L), Stream.of(probe))
                .toList();
    }

    private static List<String> pages(DecidingSources deciding, Evidence evidence) {
        return Stream.concat(deciding.telling().stream(), deciding.unread().stream())
                .map(each -> page(each, evidence))
                .distinct()
                .toList();
    }

    private static String page(Source source, Evidence evidence) {
        if (source == Source.BACKEND_HEALTH && isLocked(source, evidence)) {
            return HEALTH_LOCKED;
        }
        return source == Source.BACKENDS ? BackendPages.of(evidence) : source.hyphenated();
    }

    private static boolean isLocked(Source source, Evidence evidence) {
        return evidence.of(source).unread().filter(CouldNotRead::isByLock).isPresent();
    }

    /** Its place in the list, or after all of it. */
    private static int place(List<String> all, String one) {
        int place = all.indexOf(one);
        return place < 0 ? all.size() : place;
    }

    private static Map<Source, Set<String>> decidedBy(List<Undecided> untold) {
        EnumMap<Source, Set<String>> ids = new EnumMap<>(Source.class);
        for (Undecided each : untold) {
            each.missing()
                    .forEach(source ->
                            ids.computeIfAbsent(source, key -> new TreeSet<>()).add(each.id()));
        }
        return ids;
    }

    private static List<Source> unread(Evidence evidence) {
        return Stream.of(Source.values())
                .filter(source -> evidence.of(source).unread().isPresent())
                .toList();
    }

    /**
     * Whether single resources are missing of a source that was read, which another reader may be given. Of a log a part may be
     * missing too, but to get it again would not help.
     */
    private static boolean lacksResources(Source source, Evidence evidence) {
        return (source == Source.NETWORK || source == Source.BACKENDS)
                && evidence.of(source).isPresent()
                && evidence.readInPart().containsKey(source);
    }

    private static Next next(Source source, Evidence evidence, List<String> decides) {
        if (lacksResources(source, evidence)) {
            return new Next("Get the rest of the " + source.words(), page(source, evidence), decides);
        }
        if (isLocked(source, evidence)) {
            return new Next(
                    "Get the " + source.words() + " (a read-only lock blocks it)", page(source, evidence), decides);
        }
        Why why = evidence.of(source).unread().map(unread -> unread.why()).orElse(Why.NOT_COLLECTED);
        return next(source, why, page(source, evidence), decides);
    }

    private static Next next(Source source, Why why, String pageOfSource, List<String> decides) {
        String page = why == Why.NOT_ENABLED ? ENABLE_ACCESS_LOG : pageOfSource;
        return new Next("Get the " + source.words() + " (" + why.words() + ")", page, decides);
    }

    /** For each unread source without which a cause could not be checked: how to get it, and those causes. */
    static List<Next> allowing(List<Undecided> untold, List<SourceRead> reads) {
        Map<Source, Set<String>> deciding = decidedBy(untold);
        return reads.stream()
                .filter(read -> deciding.containsKey(read.source()))
                .flatMap(read -> read.why().stream()
                        .map(why -> next(
                                read.source(),
                                why,
                                read.source().hyphenated(),
                                List.copyOf(deciding.get(read.source())))))
                .toList();
    }
}
