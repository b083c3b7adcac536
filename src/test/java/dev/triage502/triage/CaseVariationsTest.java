package dev.triage502.triage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.collect.RecordedCase;
import dev.triage502.diagnosis.Diagnosis;
import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.diagnosis.Diagnostician;
import dev.triage502.diagnosis.cause.Causes;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.arm.EvidenceReader;
import dev.triage502.triage.variation.MoreAround;
import dev.triage502.triage.variation.OtherAddresses;
import dev.triage502.triage.variation.OtherLog;
import dev.triage502.triage.variation.OtherNames;
import dev.triage502.triage.variation.OtherShape;
import dev.triage502.triage.variation.OtherTime;
import dev.triage502.triage.variation.OtherWords;
import dev.triage502.triage.variation.Variation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bundled incidents told otherwise: what is wrong stays the same whatever things are called and however Azure says it. */
class CaseVariationsTest {

    private static final Map<String, Function<RecordedCase, Variation>> VARIATIONS = new TreeMap<>(Map.ofEntries(
            Map.entry("other names", OtherNames::of),
            Map.entry("other addresses", OtherAddresses::of),
            Map.entry("the other table", OtherLog::otherTable),
            Map.entry("a row a request", OtherLog::single),
            Map.entry("rows put together", OtherLog::grouped),
            Map.entry("more around", MoreAround::of),
            Map.entry("months later", OtherTime::later),
            Map.entry("times without fractions", OtherTime::coarse),
            Map.entry("times with fractions", OtherTime::fine),
            Map.entry("next words", incident -> OtherWords.of(incident, 1)),
            Map.entry("last words", incident -> OtherWords.of(incident, 2)),
            Map.entry("without what says nothing", OtherShape::bare),
            Map.entry("with nulls", OtherShape::withNulls),
            Map.entry("with unknown fields", OtherShape::withMore),
            Map.entry("flattened", OtherShape::flattened)));

    static Stream<String> variations() {
        return VARIATIONS.keySet().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("variations")
    void isToldAlike(String name) {
        List<String> differences = new ArrayList<>();
        for (RecordedCase incident : CaseCorpusTest.cases()) {
            Variation other = VARIATIONS.get(name).apply(incident);
            List<String> told = told(incident, other.names());
            List<String> otherwise = told(other.incident(), UnaryOperator.identity());
            if (!told.equals(otherwise)) {
                differences.add(incident.id() + ": " + told + " became " + otherwise);
            }
        }
        assertThat(differences).isEmpty();
    }

    /** What is named, the root first, with what is at fault as {@code names} calls it. */
    private static List<String> told(RecordedCase incident, UnaryOperator<String> names) {
        Diagnosis diagnosis = new Diagnostician(Causes.IN_ORDER)
                .diagnose(incident.incident(), EvidenceReader.read(incident.incident(), incident.documents()));
        List<String> told = new ArrayList<>();
        told.add(told(diagnosis.root(), names));
        diagnosis.contributing().stream()
                .map(each -> told(each, names))
                .sorted()
                .forEach(told::add);
        return told;
    }

    private static String told(NamedCause named, UnaryOperator<String> names) {
        List<String> at = Stream.concat(named.target().stream(), named.alsoAt().stream())
                .map(Target::name)
                .map(names)
                .map(text -> text.toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
        return named.id() + named.confidence().map(each -> " " + each).orElse("") + " at " + at;
    }
}
