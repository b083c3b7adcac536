package dev.triage502.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Verdict.CannotTell;
import dev.triage502.diagnosis.Verdict.NotShown;
import dev.triage502.diagnosis.Verdict.Shown;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import dev.triage502.evidence.TargetIndex;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of the verdicts, a row a test. */
class VerdictTest {

    private static final Target FOUR = Target.server("10.0.2.4", "pool-web");
    private static final Target FIVE = Target.server("10.0.2.5", "pool-web");
    private static final Target POOL = Target.of(Kind.POOL, "pool-web", "");
    private static final Reading<String> READ = Reading.present("read");

    @Test
    void aConclusiveFindingThatNothingOpposesIsConfirmed() {
        Verdict verdict = Verdict.of(conclusive(FOUR), suggestive(Source.METRICS));

        assertThat(verdict).isInstanceOfSatisfying(Shown.class, shown -> {
            assertThat(shown.confidence()).isEqualTo(Confidence.CONFIRMED);
            assertThat(shown.findings()).extracting(Finding::target).containsExactly(FOUR);
        });
    }

    @Test
    void oneUnopposedServerConfirmsAndTheOpposedOneIsLeftOut() {
        Verdict verdict = Verdict.of(conclusive(FOUR, FIVE), contrary(FIVE));

        assertThat(verdict).isInstanceOfSatisfying(Shown.class, shown -> {
            assertThat(shown.confidence()).isEqualTo(Confidence.CONFIRMED);
            assertThat(shown.findings()).extracting(Finding::target).containsExactly(FOUR);
        });
    }

    @Test
    void aConclusiveFindingThatIsOpposedIsLikely() {
        assertThat(confidence(Verdict.of(conclusive(FOUR), contrary(FOUR)))).isEqualTo(Confidence.LIKELY);
    }

    @Test
    void aStrongFindingIsLikelyByItselfAndNothingWhereItIsOpposed() {
        Sign strong = Sign.strong(READ, read -> Stream.of(finding(Source.METRICS, FOUR)));

        assertThat(confidence(Verdict.of(strong))).isEqualTo(Confidence.LIKELY);
        assertThat(Verdict.of(strong, contrary(FOUR))).isInstanceOf(NotShown.class);
        assertThat(Verdict.of(unreadConclusive(), strong, contrary(FOUR))).isInstanceOf(CannotTell.class);
    }

    @Test
    void twoSourcesThatSuggestOneTargetAreLikely() {
        Verdict verdict = Verdict.of(suggestive(Source.METRICS, FOUR), suggestive(Source.ACCESS_LOG, FOUR));

        assertThat(confidence(verdict)).isEqualTo(Confidence.LIKELY);
    }

    @Test
    void theReasonIsTheOneThatApplies() {
        Sign strong = Sign.strong(READ, read -> Stream.of(finding(Source.METRICS, FOUR)));

        assertThat(reason(Verdict.of(conclusive(FOUR)))).isEqualTo(ConfidenceReason.DIRECT);
        assertThat(reason(Verdict.of(conclusive(FOUR), contrary(FOUR)))).isEqualTo(ConfidenceReason.CONTRADICTED);
        assertThat(reason(Verdict.of(strong))).isEqualTo(ConfidenceReason.STRONG);
        assertThat(reason(Verdict.of(suggestive(Source.METRICS, FOUR), suggestive(Source.ACCESS_LOG, FOUR))))
                .isEqualTo(ConfidenceReason.TWO_SOURCES);
        assertThat(reason(Verdict.of(suggestive(Source.METRICS, FOUR)))).isEqualTo(ConfidenceReason.ONE_SIGN);
    }

    private static ConfidenceReason reason(Verdict verdict) {
        return ((Shown) verdict).reason();
    }

    @Test
    void twoSourcesThatSuggestDifferentTargetsAreOnlyPossible() {
        Verdict verdict = Verdict.of(suggestive(Source.METRICS, FOUR), suggestive(Source.ACCESS_LOG, FIVE));

        assertThat(confidence(verdict)).isEqualTo(Confidence.POSSIBLE);
    }

    @Test
    void aSourceThatSuggestsAPoolMeetsAnotherThatSuggestsAServerOfIt() {
        Target pool = Target.of(Kind.POOL, "pool-web", "");

        assertThat(confidence(Verdict.of(suggestive(Source.METRICS, pool), suggestive(Source.ACCESS_LOG, FOUR))))
                .isEqualTo(Confidence.LIKELY);
    }

    @Test
    void oneSourceSayingItTwiceIsPossible() {
        Verdict verdict = Verdict.of(suggestive(Source.METRICS, FOUR), suggestive(Source.METRICS, FOUR));

        assertThat(confidence(verdict)).isEqualTo(Confidence.POSSIBLE);
    }

    @Test
    void anOpposedSuggestionIsNothing() {
        Verdict verdict = Verdict.of(
                Sign.conclusive(READ, read -> Stream.empty()), suggestive(Source.METRICS, FOUR), contrary(FOUR));

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        NotShown.class,
                        not -> assertThat(not.because())
                                .extracting(Finding::target)
                                .containsExactly(FOUR));
    }

    @Test
    void aStrongLookThatFoundNothingIsEnoughForNotShownThoughAnotherWasNotMade() {
        assertThat(Verdict.of(Sign.conclusive(READ, read -> Stream.empty()), unreadConclusive()))
                .isInstanceOf(NotShown.class);
    }

    @Test
    void cannotTellWhenOnlyTheWeakLookCouldBeMade() {
        Verdict verdict = Verdict.of(unreadConclusive(), Sign.suggestive(READ, read -> Stream.empty()));

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        CannotTell.class,
                        cannot -> assertThat(cannot.missing())
                                .extracting(CouldNotRead::source)
                                .containsExactly(Source.NETWORK));
    }

    @Test
    void aCauseWithWeakLooksOnlyIsNotShownWhenOneOfThemWasMade() {
        assertThat(Verdict.of(Sign.suggestive(READ, read -> Stream.empty()))).isInstanceOf(NotShown.class);
    }

    @Test
    void whatSpeaksAgainstTheWholeGatewayRulesOutEvenWithoutAStrongLook() {
        Target gateway = Target.of(Kind.GATEWAY, "agw", "");

        assertThat(Verdict.of(unreadConclusive(), contrary(gateway))).isInstanceOf(NotShown.class);
    }

    @Test
    void whatSpeaksAgainstOneServerLeavesTheOthersUntold() {
        assertThat(Verdict.of(unreadConclusive(), contrary(FOUR))).isInstanceOf(CannotTell.class);
    }

    @Test
    void aLookAtTwoReadingsIsNotMadeWhenOneIsUnread() {
        Reading<String> unread = Reading.couldNotRead(Source.METRICS, Why.FORBIDDEN, "no");

        Sign sign = Sign.conclusive(READ, unread, (one, two) -> Stream.of(finding(Source.GATEWAY, FOUR)));

        assertThat(sign.made()).isFalse();
        assertThat(sign.findings()).isEmpty();
    }

    @Test
    void anAbsentThingWasLookedForAndFoundNothing() {
        Sign sign = Sign.conclusive(Reading.<String>absent(), read -> Stream.of(finding(Source.GATEWAY, FOUR)));

        assertThat(sign.made()).isTrue();
        assertThat(Verdict.of(sign)).isInstanceOf(NotShown.class);
    }

    @Test
    void aServerBelongsToItsPoolAndNotToAnother() {
        Target through = FOUR.on(Place.SETTING, "set-web");

        assertThat(Target.of(Kind.POOL, "POOL-WEB", "").covers(through)).isTrue();
        assertThat(Target.of(Kind.POOL, "pool-api", "").covers(through)).isFalse();
        assertThat(Target.of(Kind.SETTING, "set-web", "")
                        .on(Place.POOL, "pool-api")
                        .covers(through))
                .isFalse();
        assertThat(through.covers(Target.of(Kind.POOL, "pool-web", ""))).isFalse();
    }

    @Test
    void whatIsLeftIsAsSureAsItsOwnLooksMakeIt() {
        Shown shown = (Shown) Verdict.of(conclusive(FOUR), suggestive(Source.METRICS, POOL));

        assertThat(shown.butFor(new TargetIndex(List.of(FIVE)))).contains(shown);
        assertThat(shown.butFor(new TargetIndex(List.of(FOUR)))).hasValueSatisfying(rest -> {
            assertThat(rest.confidence()).isEqualTo(Confidence.POSSIBLE);
            assertThat(rest.findings()).extracting(Finding::target).containsExactly(POOL);
        });
        assertThat(shown.butFor(new TargetIndex(List.of(POOL)))).isEmpty();
    }

    @Test
    void whatIsLeftIsNeverSurerThanBefore() {
        Shown doubted = ((Shown) Verdict.of(conclusive(FOUR, FIVE)))
                .lessSure(Confidence.LIKELY, ConfidenceReason.RIVAL_UNCHECKED);

        assertThat(doubted.butFor(new TargetIndex(List.of(FOUR)))).hasValueSatisfying(rest -> {
            assertThat(rest.confidence()).isEqualTo(Confidence.LIKELY);
            assertThat(rest.reason()).isEqualTo(ConfidenceReason.RIVAL_UNCHECKED);
            assertThat(rest.findings()).extracting(Finding::target).containsExactly(FIVE);
        });
    }

    @Test
    void aFindingKeepsThoseThatSufferByItAndAreNotExplained() {
        Target rule = Target.of(Kind.NSG_RULE, "deny", "").on(Place.NSG, "nsg-web");
        Shown shown = (Shown) Verdict.of(Sign.conclusive(
                READ, read -> Stream.of(finding(Source.NETWORK, rule).affecting(List.of(FOUR, FIVE)))));

        assertThat(shown.butFor(new TargetIndex(List.of(FOUR))))
                .hasValueSatisfying(rest ->
                        assertThat(rest.findings()).extracting(Finding::affects).containsExactly(List.of(FIVE)));
    }

    private static Confidence confidence(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Shown.class);
        return ((Shown) verdict).confidence();
    }

    private static Sign conclusive(Target... targets) {
        return Sign.conclusive(READ, read -> Stream.of(targets).map(each -> finding(Source.BACKEND_HEALTH, each)));
    }

    private static Sign suggestive(Source source, Target... targets) {
        return Sign.suggestive(READ, read -> Stream.of(targets).map(each -> finding(source, each)));
    }

    private static Sign contrary(Target... targets) {
        return Sign.contrary(READ, read -> Stream.of(targets).map(each -> finding(Source.DIRECT_PROBE, each)));
    }

    private static Sign unreadConclusive() {
        Reading<String> unread = Reading.couldNotRead(Source.NETWORK, Why.FORBIDDEN, "no right");
        return Sign.conclusive(unread, read -> Stream.of(finding(Source.NETWORK, FOUR)));
    }

    private static Finding finding(Source source, Target target) {
        return Finding.of(source, target, source.words() + " of " + target.name());
    }
}
