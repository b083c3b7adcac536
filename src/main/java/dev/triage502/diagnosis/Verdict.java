package dev.triage502.diagnosis;

import dev.triage502.diagnosis.Sign.Weight;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.TargetIndex;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whether a cause is shown, looked for and not shown, or cannot be told. */
public sealed interface Verdict {

    /**
     * The evidence shows the cause.
     *
     * @param reason   why it is as sure as that
     * @param findings what shows it, the strongest first; never empty
     * @param against  what contradicts it, where that is the reason
     * @param decided  whether one of the strongest looks could be made; false where only weaker signs could be read, so that
     *     it may be surer than it is said to be
     * @param looks    the looks that say so together
     */
    record Shown(
            Confidence confidence,
            ConfidenceReason reason,
            List<Finding> findings,
            List<Finding> against,
            boolean decided,
            List<Sign> looks)
            implements Verdict {
        public Shown {
            findings = List.copyOf(findings);
            against = List.copyOf(against);
            looks = List.copyOf(looks);
        }

        /**
         * What the same looks say of everything but what suffers by another cause, and never surer than before; empty where
         * they show nothing else.
         */
        Optional<Shown> butFor(TargetIndex explained) {
            Verdict rest = of(looks.stream().map(each -> each.butFor(explained)).toArray(Sign[]::new));
            return rest instanceof Shown shown
                    ? Optional.of(
                            shown.confidence.compareTo(confidence) < 0 ? shown.lessSure(confidence, reason) : shown)
                    : Optional.empty();
        }

        /** The same, with another confidence and the reason for it. */
        Shown lessSure(Confidence less, ConfidenceReason because) {
            return new Shown(less, because, findings, against, decided, looks);
        }
    }

    /**
     * Somebody looked, and it is not so.
     *
     * @param because what speaks against it; empty when the looks were made and merely found nothing
     */
    record NotShown(List<Finding> because) implements Verdict {
        public NotShown {
            because = List.copyOf(because);
        }
    }

    /** None of the looks that could show it could be made; {@code missing} says what was not read. Never empty. */
    record CannotTell(List<CouldNotRead<?>> missing) implements Verdict {
        public CannotTell {
            missing = List.copyOf(missing);
        }
    }

    /** What the looks of one cause say together. The table in the class is the whole rule. */
    public static Verdict of(Sign... signs) {
        List<Finding> contrary = findings(Weight.CONTRARY, signs);
        List<Finding> conclusive = findings(Weight.CONCLUSIVE, signs);
        List<Finding> strong = unopposed(findings(Weight.STRONG, signs), contrary);
        List<Finding> suggestive = unopposed(findings(Weight.SUGGESTIVE, signs), contrary);

        List<Finding> standing = unopposed(conclusive, contrary);
        if (!standing.isEmpty()) {
            return shown(
                    Confidence.CONFIRMED, ConfidenceReason.DIRECT, join(standing, both(strong, suggestive)), signs);
        }
        if (!conclusive.isEmpty()) {
            return new Shown(
                    Confidence.LIKELY,
                    ConfidenceReason.CONTRADICTED,
                    join(conclusive, both(strong, suggestive)),
                    contrary,
                    true,
                    List.of(signs));
        }
        if (!strong.isEmpty()) {
            return shown(Confidence.LIKELY, ConfidenceReason.STRONG, join(strong, suggestive), signs);
        }
        List<Finding> twice = saidTwice(suggestive);
        if (!twice.isEmpty()) {
            return shown(Confidence.LIKELY, ConfidenceReason.TWO_SOURCES, join(twice, suggestive), signs);
        }
        boolean strongestMade = strongest(signs).anyMatch(Sign::made);
        if (!suggestive.isEmpty()) {
            return new Shown(
                    Confidence.POSSIBLE,
                    ConfidenceReason.ONE_SIGN,
                    suggestive,
                    List.of(),
                    strongestMade,
                    List.of(signs));
        }
        boolean opposedEverywhere =
                contrary.stream().anyMatch(each -> each.target().kind() == Target.Kind.GATEWAY);
        if (strongestMade || opposedEverywhere) {
            return new NotShown(contrary);
        }
        return new CannotTell(Stream.of(signs)
                .flatMap(sign -> Stream.concat(sign.unread().stream(), sign.missed().stream()))
                .distinct()
                .toList());
    }

    /** One that nothing contradicts, and of which one of the strongest looks could be made. */
    private static Shown shown(Confidence confidence, ConfidenceReason reason, List<Finding> findings, Sign... signs) {
        return new Shown(confidence, reason, findings, List.of(), true, List.of(signs));
    }

    private static List<Finding> both(List<Finding> strong, List<Finding> suggestive) {
        return Stream.concat(strong.stream(), suggestive.stream()).toList();
    }

    private static List<Finding> findings(Weight weight, Sign... signs) {
        return Stream.of(signs)
                .filter(sign -> sign.weight() == weight)
                .flatMap(sign -> sign.findings().stream())
                .distinct()
                .toList();
    }

    /** The conclusive looks, or where a cause has none, the strong or at last the suggestive ones. */
    private static Stream<Sign> strongest(Sign... signs) {
        Weight weight = Stream.of(Weight.CONCLUSIVE, Weight.STRONG)
                .filter(each -> Stream.of(signs).anyMatch(sign -> sign.weight() == each))
                .findFirst()
                .orElse(Weight.SUGGESTIVE);
        return Stream.of(signs).filter(sign -> sign.weight() == weight);
    }

    private static List<Finding> unopposed(List<Finding> findings, List<Finding> contrary) {
        TargetIndex opposed = new TargetIndex(targets(contrary));
        return findings.stream().filter(each -> !opposed.covers(each.target())).toList();
    }

    /** The findings of which another source says the like, of their target, of what holds it, or of what it holds. */
    private static List<Finding> saidTwice(List<Finding> findings) {
        Map<Target, Set<Source>> sources = new HashMap<>();
        findings.forEach(each -> sources.computeIfAbsent(each.target(), target -> EnumSet.noneOf(Source.class))
                .add(each.source()));
        TargetIndex index = new TargetIndex(sources.keySet());
        return findings.stream()
                .filter(each -> Stream.concat(index.covering(each.target()), index.within(each.target()))
                        .anyMatch(near -> !Set.of(each.source()).equals(sources.get(near))))
                .toList();
    }

    /** The findings that decide, then whatever else points to one of their targets. */
    private static List<Finding> join(List<Finding> first, List<Finding> more) {
        TargetIndex decided = new TargetIndex(targets(first));
        Set<Finding> all = new LinkedHashSet<>(first);
        more.stream()
                .filter(each -> decided.covers(each.target())
                        || decided.within(each.target()).findAny().isPresent())
                .forEach(all::add);
        return List.copyOf(all);
    }

    private static List<Target> targets(List<Finding> findings) {
        return findings.stream().map(Finding::target).toList();
    }
}
