package dev.triage502.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.incident.Alert;
import dev.triage502.incident.Alert.Condition;
import dev.triage502.ledger.AlertDecision.What;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an alert comes to. */
class AlertBookkeepingTest {

    private final LifeStory story = new LifeStory();

    @Test
    void aFirstAlertOpensAnIncident() {
        AlertDecision decision = story.fired("a");

        assertThat(decision.what()).isEqualTo(What.OPENED);
        assertThat(decision.incident().gateway()).isEqualTo(LifeStory.GATEWAY);
        assertThat(decision.incident().alertedAt()).isEqualTo(LifeStory.START);
        assertThat(decision.revision()).isEqualTo(1);
        assertThat(decision.announce()).isTrue();
    }

    @Test
    void aStormOfRulesIsOneIncident() {
        String id = story.fired("a").entry().id();

        for (int minute : List.of(1, 5, 9)) {
            story.at(minute);
            AlertDecision decision = story.fired("rule" + minute);
            assertThat(decision.what()).isEqualTo(What.JOINED);
            assertThat(decision.entry().id()).isEqualTo(id);
            assertThat(decision.announce()).isFalse();
        }
    }

    @Test
    void anotherAlertOfAnOpenIncidentHasItLookedAtAgainAfterTenMinutes() {
        story.fired("a");
        story.looked(LifeStory.nsg("confirmed"));
        story.at(45);
        AlertDecision later = story.fired("b");

        assertThat(later.what()).isEqualTo(What.JOINED);
        assertThat(later.announce()).isTrue();
        assertThat(later.entry().looks().dueAt()).isEqualTo(story.now);
    }

    @Test
    void theSameAlertTwiceDoesNothingTwice() {
        story.fired("a");
        LedgerPage before = story.page;
        AlertDecision again = story.fired("a");

        assertThat(again.what()).isEqualTo(What.REPEATED);
        assertThat(again.announce()).isFalse();
        assertThat(story.latest().firings()).isEqualTo(before.entries().get(0).firings());
        assertThat(story.latest().history().get(1).text()).isEqualTo("alert \"a\" delivered again: ignored");
        LedgerPage noted = story.page;
        story.fired("a");
        assertThat(story.page).as("noted once").isEqualTo(noted);
    }

    @Test
    void theSameAlertAgainAnnouncesWhatCouldNotBeAnnounced() {
        Alert alert = LifeStory.alert("a", Condition.FIRED, story.now, story.now);
        LedgerPage page = AlertBookkeeping.enter(LedgerPage.empty(), alert, story.rules, story.now)
                .page();

        assertThat(AlertBookkeeping.enter(page, alert, story.rules, story.now)
                        .result()
                        .announce())
                .isTrue();
    }

    @Test
    void anotherAlertAnnouncesWhatWasForgottenForHalfAMinute() {
        Alert first = LifeStory.alert("a", Condition.FIRED, story.now, story.now);
        LedgerPage page = AlertBookkeeping.enter(LedgerPage.empty(), first, story.rules, story.now)
                .page();
        Alert second = LifeStory.alert("b", Condition.FIRED, story.now, story.now);

        assertThat(AlertBookkeeping.enter(page, second, story.rules, story.now.plusSeconds(29))
                        .result()
                        .announce())
                .isFalse();
        assertThat(AlertBookkeeping.enter(page, second, story.rules, story.now.plusSeconds(31))
                        .result()
                        .announce())
                .isTrue();
    }

    @Test
    void theLastAlertThatEndsHasItMeasured() {
        story.fired("a");
        story.at(1);
        story.fired("b");
        story.looked(LifeStory.nsg("confirmed"));
        story.at(20);
        assertThat(story.resolved("a", 0).what()).isEqualTo(What.ENDED_IN_PART);
        AlertDecision last = story.resolved("b", 1);

        assertThat(last.what()).isEqualTo(What.ENDED);
        assertThat(last.announce()).isTrue();
        assertThat(last.revision()).isEqualTo(3);
        assertThat(story.resolved("b", 1).what()).isEqualTo(What.REPEATED);
    }

    @Test
    void whatFiresWithinAnHourOfTheEndReopensIt() {
        String id = story.fired("a").entry().id();
        story.looked(LifeStory.nsg("confirmed"));
        story.at(20);
        story.resolved("a", 0);
        story.looked(LifeStory.recovered(9));
        assertThat(story.state()).isEqualTo(LifeState.CLOSED);
        story.at(80);
        AlertDecision again = story.fired("b");

        assertThat(again.what()).isEqualTo(What.REOPENED);
        assertThat(again.entry().id()).isEqualTo(id);
        assertThat(again.announce()).isTrue();
        assertThat(story.state()).isEqualTo(LifeState.OPEN);
    }

    @Test
    void whatFiresLaterOpensAnother() {
        String id = story.fired("a").entry().id();
        story.looked(LifeStory.nsg("confirmed"));
        story.at(20);
        story.resolved("a", 0);
        story.looked(LifeStory.recovered(9));
        story.at(81);

        AlertDecision another = story.fired("b");
        assertThat(another.what()).isEqualTo(What.OPENED);
        assertThat(another.entry().id()).isNotEqualTo(id);
    }

    @Test
    void anAlertOfBeforeTheEndThatComesLateDoesNotReopenIt() {
        story.fired("a");
        story.looked(LifeStory.nsg("confirmed"));
        story.at(20);
        story.resolved("a", 0);
        story.looked(LifeStory.recovered(9));
        story.at(25);

        AlertDecision late =
                story.enter(LifeStory.alert("b", Condition.FIRED, LifeStory.minute(10), LifeStory.minute(10)));
        assertThat(late.what()).isEqualTo(What.JOINED);
        assertThat(story.state()).isEqualTo(LifeState.CLOSED);
    }

    @Test
    void everyDecisionCanBeRead() {
        story.fired("a");
        story.at(3);
        story.fired("b");
        story.at(4);
        story.resolved("a", 0);

        assertThat(story.latest().history())
                .extracting(HistoryLine::text)
                .containsExactly(
                        "alert \"a\" fired: opened", "alert \"b\" fired: joined", "alert \"a\" resolved; others go on");
    }

    @Test
    void forgetsTheOldestRatherThanGrow() {
        for (int i = 0; i < 80; i++) {
            story.at(i * 90);
            for (int j = 0; j < 3; j++) {
                story.fired("a" + i + "-" + j);
            }
            story.looked(LifeStory.nsg("confirmed"));
            story.at(i * 90 + 20);
            for (int j = 0; j < 3; j++) {
                story.resolved("a" + i + "-" + j, i * 90);
            }
            story.looked(LifeStory.recovered(i * 90 + 9));
        }

        assertThat(story.page.entries()).hasSize(LedgerPage.MOST_ENTRIES);
        assertThat(LedgerPageJson.write(story.page).length()).isLessThan(300_000);
    }

    @Test
    void aSpoiledPageIsAnEmptyOne() {
        for (String spoiled :
                List.of("", "null", "[]", "{}", "{\"entries\":[{}],\"early\":[]}", "{\"entries\":7", "x")) {
            assertThat(LedgerPageJson.read(spoiled)).isEqualTo(LedgerPage.empty());
        }
    }
}
