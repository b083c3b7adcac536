package dev.triage502.diagnosis;

import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.TargetIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One look of a cause at its evidence: how much it weighs, what it found, and what of it could not be read.
 *
 * @param weight   how much a finding of this look says
 * @param findings what was found; empty when nothing was, or when the look could not be made
 * @param unread   what kept the look from being made; empty when it was made
 * @param missed   what could not be read and would have been taken into account, though the look was made without it
 */
public record Sign(Weight weight, List<Finding> findings, List<CouldNotRead<?>> unread, List<CouldNotRead<?>> missed) {

    /** How much a look says. */
    public enum Weight {
        /** Shows the cause by itself. */
        CONCLUSIVE,
        /** Makes the cause likely by itself; what would settle it was not read, or is nothing that Azure shows. */
        STRONG,
        /** Other causes would look the same. */
        SUGGESTIVE,
        /** Speaks against the cause, for one target. */
        CONTRARY
    }

    public Sign {
        findings = List.copyOf(findings);
        unread = List.copyOf(unread);
        missed = List.copyOf(missed);
    }

    /** The same look, which takes these readings into account where there are any, and is made without them too. */
    public Sign consulting(Reading<?>... readings) {
        List<CouldNotRead<?>> more = new ArrayList<>(missed);
        for (Reading<?> reading : readings) {
            reading.unread().ifPresent(more::add);
        }
        return new Sign(weight, findings, unread, more);
    }

    /**
     * The same look, which is not made if it finds nothing while a part of what it looks at is missing: what is not in the newer
     * rows of a log may be in the older ones.
     */
    public Sign unlessInPart(Optional<CouldNotRead<?>> missing) {
        return findings.isEmpty() && missing.isPresent()
                ? new Sign(
                        weight,
                        findings,
                        Stream.concat(unread.stream(), missing.stream()).toList(),
                        missed)
                : this;
    }

    /** The same look, which tells by itself that it is so, but never that it is not: where it finds nothing it is a mere hint. */
    public Sign neverAgainst() {
        return findings.isEmpty() ? new Sign(Weight.SUGGESTIVE, findings, unread, missed) : this;
    }

    /** The same look, without what it found of targets that these cover; what speaks against a cause stays. */
    Sign butFor(TargetIndex explained) {
        return weight == Weight.CONTRARY
                ? this
                : new Sign(
                        weight,
                        findings.stream()
                                .flatMap(finding -> butFor(explained, finding).stream())
                                .toList(),
                        unread,
                        missed);
    }

    private static Optional<Finding> butFor(TargetIndex explained, Finding finding) {
        List<Target> rest = finding.suffering().stream()
                .filter(each -> !explained.covers(each))
                .toList();
        if (rest.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(finding.affects().isEmpty() ? finding : finding.affecting(rest));
    }

    /** Whether the look could be made, whatever it found. */
    public boolean made() {
        return unread.isEmpty();
    }

    public static <T> Sign conclusive(Reading<T> reading, Function<T, Stream<Finding>> look) {
        return look(Weight.CONCLUSIVE, reading, look);
    }

    public static <T, U> Sign conclusive(Reading<T> one, Reading<U> other, BiFunction<T, U, Stream<Finding>> look) {
        return look(Weight.CONCLUSIVE, one, other, look);
    }

    public static <T> Sign strong(Reading<T> reading, Function<T, Stream<Finding>> look) {
        return look(Weight.STRONG, reading, look);
    }

    public static <T, U> Sign strong(Reading<T> one, Reading<U> other, BiFunction<T, U, Stream<Finding>> look) {
        return look(Weight.STRONG, one, other, look);
    }

    public static <T> Sign suggestive(Reading<T> reading, Function<T, Stream<Finding>> look) {
        return look(Weight.SUGGESTIVE, reading, look);
    }

    public static <T, U> Sign suggestive(Reading<T> one, Reading<U> other, BiFunction<T, U, Stream<Finding>> look) {
        return look(Weight.SUGGESTIVE, one, other, look);
    }

    public static <T> Sign contrary(Reading<T> reading, Function<T, Stream<Finding>> look) {
        return look(Weight.CONTRARY, reading, look);
    }

    public static <T, U> Sign contrary(Reading<T> one, Reading<U> other, BiFunction<T, U, Stream<Finding>> look) {
        return look(Weight.CONTRARY, one, other, look);
    }

    /** A look of which it depends on the rest of the evidence how much it says. */
    public static <T> Sign of(Weight weight, Reading<T> reading, Function<T, Stream<Finding>> look) {
        return look(weight, reading, look);
    }

    /** As above, at two readings. */
    public static <T, U> Sign of(
            Weight weight, Reading<T> one, Reading<U> other, BiFunction<T, U, Stream<Finding>> look) {
        return look(weight, one, other, look);
    }

    private static <T> Sign look(Weight weight, Reading<T> reading, Function<T, Stream<Finding>> look) {
        return new Sign(
                weight,
                reading.toOptional().map(value -> look.apply(value).toList()).orElse(List.of()),
                reading.unread().<List<CouldNotRead<?>>>map(List::of).orElse(List.of()),
                List.of());
    }

    private static <T, U> Sign look(
            Weight weight, Reading<T> one, Reading<U> other, BiFunction<T, U, Stream<Finding>> look) {
        List<CouldNotRead<?>> unread = new ArrayList<>();
        one.unread().ifPresent(unread::add);
        other.unread().ifPresent(unread::add);
        List<Finding> findings = one.toOptional()
                .flatMap(first -> other.toOptional()
                        .map(second -> look.apply(first, second).toList()))
                .orElse(List.of());
        return new Sign(weight, findings, unread, List.of());
    }
}
