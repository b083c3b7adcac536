package dev.triage502.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.cause.Causes;
import java.util.List;
import org.junit.jupiter.api.Test;

class CauseTitlesTest {

    private static final CausePages PAGES = CausePages.bundled();

    private static List<String> titles() {
        return Causes.IN_ORDER.stream()
                .map(Cause::id)
                .map(id -> PAGES.page(id).title())
                .toList();
    }

    @Test
    void aCauseThatIsOverIsToldInThePast() {
        assertThat(CauseTitles.past("The pool contains addresses that no longer exist"))
                .isEqualTo("The pool contained addresses that no longer existed");
        assertThat(CauseTitles.past("The backend does not serve the host name that the gateway sends"))
                .isEqualTo("The backend did not serve the host name that the gateway sent");
        assertThat(CauseTitles.past("The last change to the gateway did not take effect"))
                .isEqualTo("The last change to the gateway did not take effect");
    }

    /** Of every page: a new one that needs a new verb is found here. */
    @Test
    void noTitleKeepsAVerbOfThePresent() {
        assertThat(titles())
                .extracting(CauseTitles::past)
                .allSatisfy(title -> assertThat(title.replaceAll("not \\w+", ""))
                        .containsPattern("\\b(was|were|had|did|could|\\w+ed|sent|took)\\b")
                        .doesNotContainPattern("\\b(is|are|has|does|cannot|reports|blocks|sends|contains)\\b"));
    }

    @Test
    void aTitleInASentenceKeepsTheCapitalsOfNames() {
        assertThat(CauseTitles.inSentence("Azure reports a platform problem"))
                .isEqualTo("Azure reports a platform problem");
        assertThat(CauseTitles.inSentence("The backend itself returns an error"))
                .isEqualTo("the backend itself returns an error");
        assertThat(titles())
                .allSatisfy(title -> assertThat(CauseTitles.inSentence(title)).matches("[a-z].*|(NSG|Azure).*"));
    }
}
