package dev.triage502.triage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.RecordedCase;
import dev.triage502.diagnosis.Diagnosis;
import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.diagnosis.Diagnostician;
import dev.triage502.diagnosis.cause.Causes;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.arm.Cases;
import dev.triage502.evidence.arm.EvidenceReader;
import dev.triage502.triage.variation.MoreAround;
import dev.triage502.triage.variation.OtherAddresses;
import dev.triage502.triage.variation.OtherLog;
import dev.triage502.triage.variation.OtherNames;
import dev.triage502.triage.variation.OtherShape;
import dev.triage502.triage.variation.OtherTime;
import dev.triage502.triage.variation.OtherWords;
import dev.triage502.triage.variation.Variation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bundled incidents told otherwise: what is wrong stays the same whatever things are called and however Azure says it. */
class CaseVariationsTest {

    private static final Map<String, Function<RecordedCase, Variation>> VARIATIONS = new TreeMap<>(Map.ofEntries(
            Map.entry("other names", OtherNames::of),
            Map.entry("other addresses", OtherAddresses::of),
            Map.entry("the other table", OtherLog::otherTable),
            Map.entry("a row a request", OtherLog::single),
            Map.entry("rows in parts", OtherLog::inParts),
            Map.entry("rows put together", OtherLog::grouped),
            Map.entry("more around", MoreAround::of),
            Map.entry("months later", OtherTime::later),
            Map.entry("hours later", OtherTime::hoursLater),
            Map.entry("times without fractions", OtherTime::coarse),
            Map.entry("times with fractions", OtherTime::fine),
            Map.entry("next words", incident -> OtherWords.of(incident, 1)),
            Map.entry("last words", incident -> OtherWords.of(incident, 2)),
            Map.entry("without what says nothing", OtherShape::bare),
            Map.entry("with nulls", OtherShape::withNulls),
            Map.entry("with unknown fields", OtherShape::withMore),
            Map.entry("flattened", OtherShape::flattened)));

    private static final List<RecordedCase> BUNDLED = Cases.all();

    static Stream<String> variations() {
        return VARIATIONS.keySet().stream();
    }

    /** Each variation of every twelfth case, another one for each variation. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("variations")
    void isToldAlike(String name) {
        int first = List.copyOf(VARIATIONS.keySet()).indexOf(name);
        assertThat(differences(name, everyTwelfth(BUNDLED, first))).isEmpty();
    }

    @Tag("thorough")
    @ParameterizedTest(name = "{0}")
    @MethodSource("variations")
    void everyCaseIsToldAlike(String name) {
        assertThat(differences(name, everyCase())).isEmpty();
    }

    private static List<RecordedCase> everyTwelfth(List<RecordedCase> cases, int first) {
        return IntStream.range(0, cases.size())
                .filter(each -> each % 12 == first % 12)
                .mapToObj(cases::get)
                .toList();
    }

    private static List<RecordedCase> everyCase() {
        return Stream.concat(
                        BUNDLED.stream(),
                        Stream.of("cases-kinds", "cases-fresh", "cases-intermittent")
                                .flatMap(each -> folders(Path.of("src/test/resources", each)).stream())
                                .map(CaseFolder::read))
                .toList();
    }

    private static List<Path> folders(Path set) {
        try (Stream<Path> all = Files.list(set)) {
            return all.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> differences(String name, List<RecordedCase> cases) {
        List<String> differences = new ArrayList<>();
        for (RecordedCase incident : cases) {
            Variation other = VARIATIONS.get(name).apply(incident);
            List<String> told = told(incident, other.names());
            List<String> otherwise = told(other.incident(), UnaryOperator.identity());
            if (!told.equals(otherwise)) {
                differences.add(incident.id() + ": " + told + " became " + otherwise);
            }
        }
        return differences;
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
