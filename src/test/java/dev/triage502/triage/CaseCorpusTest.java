package dev.triage502.triage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.collect.RecordedCase;
import dev.triage502.collect.RecordedCase.Expected;
import dev.triage502.diagnosis.Confidence;
import dev.triage502.diagnosis.Diagnosis;
import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.diagnosis.Diagnostician;
import dev.triage502.diagnosis.cause.Causes;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.Cases;
import dev.triage502.evidence.arm.EvidenceReader;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.report.RunInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real and made incidents with their confirmed causes: what each is told as, whole, in part, and in another order. */
class CaseCorpusTest {

    static List<RecordedCase> cases() {
        return Cases.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isToldAsWhatItWas(RecordedCase incident) {
        Expected expected = incident.expected().orElseThrow();

        Diagnosis diagnosis = TriagedCase.of(incident).diagnosis();

        Set<String> right = new TreeSet<>(expected.alsoAcceptable());
        right.add(expected.rootCause());
        assertThat(right).as(why(diagnosis)).contains(diagnosis.root().id());
        assertThat(named(diagnosis)).doesNotContainAnyElementsOf(expected.mustNotName());
        assertThat(named(diagnosis)).containsAll(expected.mustAlsoName());
    }

    @Test
    void theRootIsTheExpectedOneInNineteenCasesOfTwentyAndNothingConfirmedIsWrong() {
        List<String> wrong = new ArrayList<>();
        for (RecordedCase incident : cases()) {
            Expected expected = incident.expected().orElseThrow();
            NamedCause root = TriagedCase.of(incident).diagnosis().root();
            if (!root.id().equals(expected.rootCause())) {
                wrong.add(incident.id());
                boolean acceptable = expected.alsoAcceptable().contains(root.id());
                assertThat(acceptable || !root.confidence().equals(Optional.of(Confidence.CONFIRMED)))
                        .as("confirmed and wrong: " + incident.id())
                        .isTrue();
            }
        }
        assertThat(wrong).hasSizeLessThanOrEqualTo(cases().size() / 20);
    }

    /** A diagnosis may grow weaker when evidence is missing, but never names what the incident rules out. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void neverNamesWhatIsRuledOutWhateverFileIsMissing(RecordedCase incident) {
        Expected expected = incident.expected().orElseThrow();
        for (Source source : Source.values()) {
            if (incident.documents().get(source).isPresent()) {
                Diagnosis diagnosis = diagnose(incident, incident.documents().without(source));

                assertThat(named(diagnosis))
                        .as("without " + source.fileName() + ", " + why(diagnosis))
                        .doesNotContainAnyElementsOf(expected.mustNotName());
            }
        }
    }

    /** A command names a path rule by its place in the document, which is another where the document is in another order. */
    private static String withoutPlaces(String document) {
        return document.replaceAll("pathRules\\[\\d+]", "pathRules[]");
    }

    /** The order in which Azure lists things says nothing, except where it does: routing rules of v1. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isToldAlikeInWhateverOrderAzureListsThings(RecordedCase incident) {
        toldAlikeInOtherOrders(incident, 1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    @Tag("thorough")
    void isToldAlikeInManyOrders(RecordedCase incident) {
        toldAlikeInOtherOrders(incident, 5);
    }

    private static void toldAlikeInOtherOrders(RecordedCase incident, int orders) {
        String document = TriagedCase.of(incident).document().toString();
        for (int seed = 1; seed <= orders; seed++) {
            SourceDocuments shuffled = SourceDocuments.none();
            for (Source source : Source.values()) {
                Random random = new Random(seed);
                shuffled =
                        shuffled.with(source, incident.documents().get(source).map(each -> shuffle(each, random)));
            }
            assertThat(withoutPlaces(tell(incident, shuffled))).isEqualTo(withoutPlaces(document));
        }
    }

    private static String tell(RecordedCase incident, SourceDocuments documents) {
        return new Triage()
                .report(incident.incident(), documents, RunInfo.replay(incident.incident(), incident.id()))
                .document()
                .toString();
    }

    private static Diagnosis diagnose(RecordedCase incident, SourceDocuments documents) {
        return new Diagnostician(Causes.IN_ORDER)
                .diagnose(incident.incident(), EvidenceReader.read(incident.incident(), documents));
    }

    private static Set<String> named(Diagnosis diagnosis) {
        Set<String> ids = new TreeSet<>();
        ids.add(diagnosis.root().id());
        diagnosis.contributing().stream().map(NamedCause::id).forEach(ids::add);
        return ids;
    }

    private static String why(Diagnosis diagnosis) {
        return diagnosis.root().id() + " because of " + diagnosis.root().findings() + "; contributing "
                + diagnosis.contributing();
    }

    private static JsonElement shuffle(JsonElement element, Random random) {
        if (element instanceof JsonArray array) {
            List<JsonElement> items = new ArrayList<>();
            array.forEach(each -> items.add(shuffle(each, random)));
            Collections.shuffle(items, random);
            JsonArray shuffled = new JsonArray();
            items.forEach(shuffled::add);
            return shuffled;
        }
        if (element instanceof JsonObject object) {
            JsonObject copy = new JsonObject();
            object.entrySet().forEach(each -> copy.add(each.getKey(), shuffle(each.getValue(), random)));
            return copy;
        }
        return element;
    }
}
