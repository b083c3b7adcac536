package dev.triage502.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.incident.Alert;
import dev.triage502.incident.Alert.Condition;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import dev.triage502.ledger.AlertDecision.What;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlertBookkeepingTest {

    private static final ResourceId GATEWAY =
            ResourceId.of("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/agw");
    private static final Instant EIGHT = Instant.parse("2026-03-02T08:00:00Z");

    private LedgerPage page = LedgerPage.empty();

    @Test
    void aFirstAlertOpensAnIncident() {
        AlertDecision decision = enter(fired("a", 0));

        assertThat(decision.what()).isEqualTo(What.OPENED);
        assertThat(decision.incident()).contains(Incident.alertedAt(GATEWAY, EIGHT));
        assertThat(decision.revision()).isEqualTo(1);
        assertThat(decision.announce()).isTrue();
    }

    @Test
    void aStormOfRulesIsOneIncident() {
        Incident incident = enter(fired("a", 0)).incident().orElseThrow();
        announced(incident, 1);

        for (AlertDecision decision : List.of(enter(fired("b", 1)), enter(endless("c", 60)), enter(fired("d", -5)))) {
            assertThat(decision.what()).isEqualTo(What.JOINED);
            assertThat(decision.incident()).contains(incident);
            assertThat(decision.announce()).isFalse();
        }
    }

    @Test
    void anAlertMoreThanAnHourLaterOpensAnotherIncident() {
        Incident first = enter(fired("a", 0)).incident().orElseThrow();
        AlertDecision later = enter(fired("b", 61));

        assertThat(later.what()).isEqualTo(What.OPENED);
        assertThat(later.incident().orElseThrow().id()).isNotEqualTo(first.id());
    }

    @Test
    void theSameAlertTwiceDoesNothingTwice() {
        announced(enter(fired("a", 0)).incident().orElseThrow(), 1);
        LedgerPage before = page;

        AlertDecision again = enter(fired("a", 0));

        assertThat(again.what()).isEqualTo(What.REPEATED);
        assertThat(again.incident()).contains(Incident.alertedAt(GATEWAY, EIGHT));
        assertThat(again.announce()).isFalse();
        assertThat(page).isEqualTo(before);
    }

    @Test
    void theSameAlertAgainAnnouncesWhatCouldNotBeAnnounced() {
        enter(fired("a", 0));

        assertThat(enter(fired("a", 0)).announce()).isTrue();
    }

    @Test
    void anotherAlertAnnouncesWhatWasForgottenForHalfAMinute() {
        enter(fired("a", 0));

        assertThat(enter(fired("b", 0), EIGHT.plusSeconds(29)).announce()).isFalse();
        assertThat(enter(fired("c", 0), EIGHT.plusSeconds(31)).announce()).isTrue();
    }

    @Test
    void aRuleThatUsesOneIdForAllItsFiringsFiresEachTime() {
        enter(endless("a", 0));

        assertThat(enter(endless("a", 5)).what()).isEqualTo(What.JOINED);
        assertThat(enter(endless("a", 90)).what()).isEqualTo(What.OPENED);
    }

    @Test
    void closesWithTheLastAlertThatEnds() {
        enter(fired("a", 0));
        enter(fired("b", 1));
        enter(endless("c", 2));

        assertThat(enter(resolved("a", 0, 20)).what()).isEqualTo(What.ENDED);
        AlertDecision last = enter(resolved("b", 1, 30));

        assertThat(last.what()).isEqualTo(What.CLOSED);
        assertThat(last.announce()).isFalse();
        assertThat(page.entries().get(0).closedAt()).contains(minute(30));
        LedgerPage before = page;
        assertThat(enter(resolved("b", 1, 30)).what()).isEqualTo(What.CLOSED);
        assertThat(page).isEqualTo(before);
    }

    @Test
    void closesWhenWeHeardOfItIfTheMonitorDoesNotTellWhen() {
        enter(fired("a", 0));
        Alert untold = alert("a", Condition.RESOLVED, 0, 0, true);

        assertThat(enter(untold, minute(44)).what()).isEqualTo(What.CLOSED);
        assertThat(page.entries().get(0).closedAt()).contains(minute(44));
    }

    @Test
    void whatFiresWithinAnHourOfTheEndReopensItAndIsLookedAtAnew() {
        Incident first = enter(fired("a", 0)).incident().orElseThrow();
        announced(first, 1);
        enter(resolved("a", 0, 20));

        AlertDecision again = enter(fired("b", 80));

        assertThat(again.what()).isEqualTo(What.REOPENED);
        assertThat(again.announce()).isTrue();
        assertThat(again.revision()).isEqualTo(2);
        Incident reopened = again.incident().orElseThrow();
        assertThat(reopened.id()).isEqualTo(first.id());
        assertThat(reopened.from()).isEqualTo(minute(20));
        assertThat(reopened.to()).isEqualTo(minute(80));
        assertThat(enter(resolved("b", 80, 95)).what()).isEqualTo(What.CLOSED);
        assertThat(enter(fired("c", 156)).what()).isEqualTo(What.OPENED);
    }

    @Test
    void anAlertOfBeforeTheEndThatComesLateDoesNotReopenIt() {
        enter(fired("a", 0));
        enter(resolved("a", 0, 20));

        AlertDecision late = enter(fired("b", 10), minute(25));

        assertThat(late.what()).isEqualTo(What.JOINED);
        assertThat(page.entries().get(0).isOpen()).isFalse();
    }

    @Test
    void theEndMayComeFirst() {
        assertThat(enter(resolved("a", 0, 20)).what()).isEqualTo(What.NOT_OPEN);
        AlertDecision fired = enter(fired("a", 0));

        assertThat(fired.what()).isEqualTo(What.ALREADY_OVER);
        assertThat(fired.incident()).isEmpty();
        assertThat(fired.announce()).isFalse();
        assertThat(enter(fired("a", 30)).what()).isEqualTo(What.OPENED);
    }

    /** Alerts and their ends in any order, some twice: each look is announced once, and nothing stays open. */
    @Test
    void holdsForAnyOrderOfDelivery() {
        for (int seed = 0; seed < 500; seed++) {
            page = LedgerPage.empty();
            Random random = new Random(seed);
            List<Alert> deliveries = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                int minute = random.nextInt(300);
                deliveries.add(fired("rule" + i, minute));
                deliveries.add(resolved("rule" + i, minute, minute + 5 + random.nextInt(60)));
            }
            deliveries.addAll(deliveries.subList(0, 8));
            Collections.shuffle(deliveries, random);
            Set<String> announced = new HashSet<>();
            for (Alert alert : deliveries) {
                AlertDecision decision = enter(alert, minute(300));
                if (decision.announce()) {
                    Incident incident = decision.incident().orElseThrow();
                    assertThat(announced.add(incident.id() + decision.revision()))
                            .isTrue();
                    announced(incident, decision.revision());
                }
                assertThat(LedgerPageJson.read(LedgerPageJson.write(page))).isEqualTo(page);
            }
            assertThat(page.entries()).noneMatch(LedgerEntry::isOpen);
            assertThat(page.entries()).allMatch(entry -> entry.announced() == entry.revision());
        }
    }

    @Test
    void forgetsTheOldestRatherThanGrow() {
        for (int i = 0; i < 2000; i++) {
            enter(fired("a" + i, i * 7));
            enter(resolved("never fired " + i, i, i + 1));
            enter(endless("same", i * 7));
        }

        assertThat(page.entries()).hasSize(LedgerPage.MOST_ENTRIES);
        assertThat(LedgerPageJson.write(page).length()).isLessThan(300_000);
    }

    @Test
    void aSpoiledPageIsAnEmptyOne() {
        for (String spoiled :
                List.of("", "null", "[]", "{}", "{\"entries\":[{}],\"early\":[]}", "{\"entries\":7", "x")) {
            assertThat(LedgerPageJson.read(spoiled)).isEqualTo(LedgerPage.empty());
        }
    }

    private AlertDecision enter(Alert alert) {
        return enter(alert, alert.at());
    }

    private AlertDecision enter(Alert alert, Instant now) {
        Ledger.Turn<AlertDecision> turn = AlertBookkeeping.enter(page, alert, now);
        page = turn.page();
        return turn.result();
    }

    private void announced(Incident incident, int revision) {
        page = AlertBookkeeping.announced(page, incident.id(), revision).page();
    }

    private static Alert fired(String id, int minute) {
        return alert(id, Condition.FIRED, minute, minute, true);
    }

    private static Alert endless(String id, int minute) {
        return alert(id, Condition.FIRED, minute, minute, false);
    }

    private static Alert resolved(String id, int firedAt, int at) {
        return alert(id, Condition.RESOLVED, firedAt, at, true);
    }

    private static Alert alert(String id, Condition condition, int firedAt, int at, boolean ends) {
        return new Alert(GATEWAY, id, id, condition, minute(firedAt), minute(at), ends, minute(firedAt));
    }

    private static Instant minute(int minutesAfterEight) {
        return EIGHT.plus(Duration.ofMinutes(minutesAfterEight));
    }
}
