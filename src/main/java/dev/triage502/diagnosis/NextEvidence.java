package dev.triage502.diagnosis;

import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.diagnosis.Diagnosis.Next;
import dev.triage502.diagnosis.Diagnosis.Undecided;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What to fetch next when the answer is not sure, the page that says how, and what it would decide. What could show that
 * the root cause is another one's symptom comes first.
 */
final class NextEvidence {

    private static final int AT_MOST = 4;

    /** The page on what to do about a log that nobody keeps; every other page is named after its source. */
    private static final String ENABLE_ACCESS_LOG = "enable-access-log";

    private NextEvidence() {}

    static List<Next> after(
            NamedCause root,
            List<NamedCause> contributing,
            List<Undecided> untold,
            Ranking ranking,
            Evidence evidence) {
        boolean settled = root.confidence().filter(Confidence.CONFIRMED::equals).isPresent()
                || root.id().equals(Conclusion.NO_FAULT_FOUND.id())
                || root.id().equals(Conclusion.RECOVERED.id());
        if (settled) {
            return List.of();
        }
        List<String> rivals = Stream.concat(
                        Stream.concat(Stream.of(root), contributing.stream())
                                .filter(each -> !each.isConclusion())
                                .map(NamedCause::id),
                        ranking.asides().stream().map(JudgedCause::id))
                .distinct()
                .toList();
        List<Next> all = new ArrayList<>();
        decidedBy(untold).forEach((source, ids) -> {
            Set<String> decides = new TreeSet<>(rivals);
            decides.addAll(ids);
            all.add(next(source, evidence.bySource().get(source.ordinal()), List.copyOf(decides)));
        });
        if (all.isEmpty()) {
            unread(evidence)
                    .forEach(source -> all.add(next(source, evidence.bySource().get(source.ordinal()), rivals)));
        }
        Set<String> open = untold.stream()
                .filter(Undecided::couldExplainRoot)
                .map(Undecided::id)
                .collect(Collectors.toSet());
        return all.stream()
                .sorted(Comparator.comparingLong((Next each) ->
                                -each.decides().stream().filter(open::contains).count())
                        .thenComparing(each -> -each.decides().size()))
                .limit(AT_MOST)
                .toList();
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
                .filter(source ->
                        evidence.bySource().get(source.ordinal()).unread().isPresent())
                .toList();
    }

    private static Next next(Source source, Reading<?> reading, List<String> decides) {
        String why = reading.unread()
                .filter(unread -> unread.why() != Why.NOT_COLLECTED)
                .map(unread -> " (could not be read: " + unread.detail() + ")")
                .orElse(" (not read so far)");
        boolean notLogged = reading.unread()
                .filter(unread -> unread.why() == Why.NOT_ENABLED)
                .isPresent();
        String page = notLogged ? ENABLE_ACCESS_LOG : source.hyphenated();
        return new Next("Read the " + source.words() + why, page, decides);
    }
}
