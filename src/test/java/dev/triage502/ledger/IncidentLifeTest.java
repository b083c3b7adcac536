package dev.triage502.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.incident.Alert;
import dev.triage502.incident.Alert.Condition;
import dev.triage502.ledger.AlertDecision.What;
import dev.triage502.report.DiagnosisSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of an incident, and what is said of it. */
class IncidentLifeTest {

    private static final DiagnosisSchema SCHEMA = DiagnosisSchema.ofIncident();

    private final LifeStory story = new LifeStory();

    @Test
    void fromTheFirstAlertToTheMeasuredEnd() {
        story.fired("agw-5xx");
        assertThat(story.state()).isEqualTo(LifeState.OPEN);
        story.begins(1);
        assertThat(story.state()).isEqualTo(LifeState.INVESTIGATING);
        story.at(1);
        story.found(1, LifeStory.timeout());
        assertThat(story.state()).isEqualTo(LifeState.DIAGNOSED);
        story.at(11);
        story.looked(LifeStory.nsg("confirmed"));
        assertThat(story.state()).isEqualTo(LifeState.CHANGED);
        story.at(40);
        story.looked(LifeStory.nsg("confirmed"));
        story.at(66);
        story.resolved("agw-5xx", 0);
        story.at(76);
        story.looked(LifeStory.recovered(64));

        assertThat(story.state()).isEqualTo(LifeState.CLOSED);
        assertThat(story.messages())
                .containsExactly(
                        "diagnosed-1: First diagnosis: probe-timeout (possible).",
                        "changed-2: Was probe-timeout (possible), now nsg-blocks-backend (confirmed).",
                        "recovered-5: Recovered at 14:04 UTC after 1 h 17 min: 100% → 0% of toll.example.pl failing, 2"
                                + " of 2 healthy. Fixed by netops@example.pl, 14:02 UTC: rule allow-agw-to-pool-toll.");
    }

    @Test
    void theIdIsThatOfTheFirstAlertWhateverIsFound() {
        String id = story.fired("a").entry().id();
        story.looked(LifeStory.timeout());
        story.at(11);
        assertThat(story.fired("b").entry().id()).isEqualTo(id);
        assertThat(story.looked(LifeStory.nsg("confirmed")).id()).isEqualTo(id);
        LifeStory again = new LifeStory();
        assertThat(again.fired("a").entry().id())
                .as("the same alert brought to an empty ledger")
                .isEqualTo(id);
        assertThat(again.fired("b").entry().id()).isEqualTo(id);
    }

    /** Slow and quick investigations in every order: what is known, and what is said, is of the latest. */
    @Test
    void anOlderInvestigationChangesNothing() {
        for (List<Integer> order : List.of(
                List.of(1, 2, 3),
                List.of(1, 3, 2),
                List.of(2, 1, 3),
                List.of(2, 3, 1),
                List.of(3, 1, 2),
                List.of(3, 2, 1))) {
            LifeStory one =
                    new LifeStory(new LifeRules(List.of(), Duration.ofHours(1), Duration.ofHours(24), Duration.ZERO));
            String id = one.fired("a").entry().id();
            one.begins(1);
            one.at(11);
            one.fired("b");
            one.begins(2);
            one.at(22);
            one.fired("c");
            one.begins(3);
            List<LookResult> results =
                    List.of(LifeStory.timeout(), LifeStory.nsg("likely"), LifeStory.nsg("confirmed"));
            int highest = 0;
            List<Integer> said = new ArrayList<>();
            for (int revision : order) {
                one.found(id, revision, results.get(revision - 1));
                highest = Math.max(highest, revision);
                assertThat(one.latest().known().orElseThrow().revision())
                        .as(order + "")
                        .isEqualTo(highest);
            }
            one.latest().speech().messages().forEach(message -> said.add(message.revision()));
            assertThat(said).as(order + "").isSorted().doesNotHaveDuplicates();
            assertThat(one.latest().known().orElseThrow().name().confidence()).isEqualTo("confirmed");
        }
    }

    @Test
    void anInvestigationThatALaterOneReplacesDoesNotBegin() {
        story.fired("a");
        story.begins(1);
        story.at(2);
        story.resolved("a", 0);

        assertThat(story.begins(1)).isFalse();
        assertThat(story.begins(2)).isTrue();
    }

    @Test
    void followUpsComeAfterThreeTenAndThirtyMinutesAndThenEachHour() {
        story.fired("a");
        List<Long> due = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            LedgerEntry entry = story.looked(LifeStory.nsg("confirmed"));
            due.add(Duration.between(LifeStory.START, entry.looks().dueAt()).toMinutes());
            story.now = entry.looks().dueAt();
        }

        assertThat(due).containsExactly(3L, 10L, 30L, 90L, 150L, 210L);
        assertThat(story.messages())
                .as("a follow-up that finds the same says nothing")
                .hasSize(1);
    }

    @Test
    void followUpsThatWouldBeInThePastAreLeftOut() {
        story.fired("a");
        story.at(12);
        LedgerEntry entry = story.looked(LifeStory.nsg("confirmed"));

        assertThat(entry.looks().dueAt()).isEqualTo(LifeStory.minute(30));
    }

    @Test
    void whatFindsLessSaysNothing() {
        story.fired("a");
        story.looked(LifeStory.nsg("confirmed"));
        story.at(10);
        story.looked(LifeStory.unreadable());
        story.at(30);
        story.looked(LifeStory.nsg("likely"));

        assertThat(story.messages()).hasSize(1);
        assertThat(story.latest().known().orElseThrow().name().confidence()).isEqualTo("confirmed");
    }

    @Test
    void anOutageWhoseEndComesFirstIsLookedAtAndReportedAsOver() {
        story.at(20);
        AlertDecision decision = story.resolved("a", 0);
        assertThat(decision.what()).isEqualTo(What.OPENED_OVER);
        assertThat(decision.announce()).isTrue();
        assertThat(story.latest().incident().to()).isEqualTo(LifeStory.minute(20));

        story.at(21);
        assertThat(story.enter(LifeStory.alert("a", Condition.FIRED, LifeStory.minute(0), LifeStory.minute(0)))
                        .what())
                .as("its beginning comes after its end")
                .isEqualTo(What.REPEATED);
        story.looked(LifeStory.recovered(17));

        assertThat(story.state()).isEqualTo(LifeState.CLOSED);
        assertThat(story.messages()).singleElement().asString().startsWith("recovered-1: Recovered at 13:17 UTC");
    }

    @Test
    void anEndThatCannotBeMeasuredIsReportedWithTheReason() {
        story.fired("a");
        story.looked(LifeStory.nsg("confirmed"));
        story.at(20);
        story.resolved("a", 0);
        story.looked(LifeStory.unreadable());

        assertThat(story.state()).isEqualTo(LifeState.RESOLVED);
        assertThat(story.messages().get(1))
                .isEqualTo(
                        "resolved-3: Alert resolved. Recovery could not be measured, because the access log could not"
                                + " be read (forbidden), and metrics could not be read (forbidden).");
        story.at(30);
        story.looked(LifeStory.unreadable());
        assertThat(story.messages()).as("said once").hasSize(2);
        story.at(81);
        assertThat(story.tick().state()).isEqualTo(LifeState.CLOSED);
    }

    @Test
    void aResolvedAlertAloneIsNoRecovery() {
        story.fired("a");
        story.looked(LifeStory.nsg("confirmed"));
        story.at(20);
        story.resolved("a", 0);
        story.looked(LifeStory.nsg("confirmed"));

        assertThat(story.state()).isEqualTo(LifeState.DIAGNOSED);
        assertThat(story.messages()).hasSize(1);
    }

    @Test
    void recoveredForAnHourIsClosedThoughItsAlertIsNotResolved() {
        story.fired("a");
        story.looked(LifeStory.nsg("confirmed"));
        story.at(20);
        story.looked(LifeStory.recovered(9));
        assertThat(story.state()).isEqualTo(LifeState.RECOVERED);
        story.at(79);
        assertThat(story.tick().state()).isEqualTo(LifeState.RECOVERED);
        story.at(80);

        assertThat(story.tick().state()).isEqualTo(LifeState.CLOSED);
        assertThat(story.messages()).hasSize(2);
    }

    @Test
    void failuresThatComeBackAfterARecoveryAreReported() {
        story.fired("a");
        story.looked(LifeStory.nsg("confirmed"));
        story.at(20);
        story.looked(LifeStory.recovered(9));
        story.at(40);
        story.looked(LifeStory.nsg("confirmed"));

        assertThat(story.state()).isEqualTo(LifeState.CHANGED);
        assertThat(story.messages().get(2))
                .isEqualTo("changed-3: Failing again: nsg-blocks-backend (confirmed) again.");
    }

    @Test
    void whatComesBackAfterItWasClosedIsARecurrence() {
        for (int day = 0; day < 3; day++) {
            story.at(day * 24 * 60);
            String id = story.fired("day" + day).entry().id();
            story.looked(LifeStory.nsg("confirmed"));
            story.at(day * 24 * 60 + 20);
            story.resolved("day" + day, day * 24 * 60);
            story.looked(LifeStory.recovered(day * 24 * 60 + 9));
            assertThat(story.state()).isEqualTo(LifeState.CLOSED);
            assertThat(story.latest().id()).isEqualTo(id);
        }

        assertThat(story.messages().get(0))
                .isEqualTo("recurred-1: Recurred: third time since 2 Mar, same cause and target; last on 3 Mar 13:00"
                        + " UTC.");
        assertThat(story.latest().course().recurrence().orElseThrow().times()).isEqualTo(3);
    }

    @Test
    void aRecurrenceIsSaidAlsoWhereAFollowUpFindsTheCause() {
        story.fired("a");
        story.looked(LifeStory.nsg("confirmed"));
        story.at(20);
        story.resolved("a", 0);
        story.looked(LifeStory.recovered(9));
        story.at(24 * 60);
        story.fired("b");
        story.looked(LifeStory.unreadable());
        story.at(24 * 60 + 10);
        story.looked(LifeStory.nsg("likely"));
        story.at(24 * 60 + 30);
        story.looked(LifeStory.nsg("confirmed"));

        assertThat(story.messages())
                .containsExactly(
                        "diagnosed-1: First diagnosis: cause not found.",
                        "changed-2: Was cause not found, now nsg-blocks-backend (likely). Recurred: second time since"
                                + " 2 Mar, same cause and target; last on 2 Mar 13:00 UTC.",
                        "changed-3: Was nsg-blocks-backend (likely), now nsg-blocks-backend (confirmed).");
        assertThat(story.latest().course().recurrence().orElseThrow().times()).isEqualTo(2);
    }

    @Test
    void anotherCauseAtTheSameGatewayIsNoRecurrence() {
        story.fired("a");
        story.looked(LifeStory.nsg("confirmed"));
        story.at(20);
        story.resolved("a", 0);
        story.looked(LifeStory.recovered(9));
        story.at(24 * 60);
        story.fired("b");
        story.looked(LifeStory.timeout());

        assertThat(story.messages()).containsExactly("diagnosed-1: First diagnosis: probe-timeout (possible).");
    }

    @Test
    void thirtyFlapsAreAFewMessages() {
        for (int i = 0; i < 30; i++) {
            story.at(i * 6);
            story.fired("a" + i);
            if (story.latest().looks().dueAt().compareTo(story.now) <= 0) {
                story.looked(LifeStory.nsg("confirmed"));
            }
            story.tick();
            story.at(i * 6 + 3);
            story.resolved("a" + i, i * 6);
            story.tick();
        }
        assertThat(story.state()).isEqualTo(LifeState.FLAPPING);
        assertThat(story.page.entries()).hasSize(1);
        story.at(30 * 6 + 30);
        story.tick();
        assertThat(story.state()).isEqualTo(LifeState.OPEN);
        story.looked(LifeStory.recovered(177));

        assertThat(story.messages()).hasSizeLessThan(10);
        assertThat(story.messages().get(0)).startsWith("diagnosed-1");
        assertThat(story.messages().get(1)).contains("Flapping: 3 times since 13:00 UTC.");
        assertThat(story.messages()).anyMatch(line -> line.contains("Flapping: 8 times since 13:00 UTC."));
        assertThat(story.messages().get(story.messages().size() - 1)).contains("Recovered at 15:57 UTC");
    }

    @Test
    void anInvestigationThatIsGivenUpIsReportedOnceAndTriedAgain() {
        story.fired("a");
        story.begins(1);
        story.gaveUp(1, "disk full");

        assertThat(story.state()).isEqualTo(LifeState.GIVEN_UP);
        assertThat(story.messages()).containsExactly("given-up-1: The investigation was given up: disk full.");
        assertThat(story.latest().looks().dueAt()).isEqualTo(LifeStory.minute(3));
        story.at(6);
        story.looked(LifeStory.nsg("confirmed"));
        assertThat(story.messages().get(1)).startsWith("diagnosed-2: First diagnosis");
    }

    @Test
    void aChangeSoonAfterAMessageIsSaidWhenTheLeastPauseIsOver() {
        story.fired("a");
        story.looked(LifeStory.timeout());
        story.at(3);
        story.looked(LifeStory.nsg("confirmed"));
        assertThat(story.messages()).hasSize(1);
        story.at(4);
        assertThat(story.tick().speech().messages()).hasSize(1);
        story.at(5);
        story.tick();

        assertThat(story.messages().get(1)).startsWith("changed-2: Was probe-timeout");
    }

    /** Alerts, ends, investigations and pauses in any order, some twice, with clocks that differ. */
    @Test
    void holdsForAnyOrderOfEvents() {
        holdsForAnyOrderOfEvents(0, 40);
    }

    @Test
    @Tag("thorough")
    void holdsForVeryManyOrdersOfEvents() {
        holdsForAnyOrderOfEvents(40, 4_000);
    }

    private static void holdsForAnyOrderOfEvents(int from, int to) {
        Pattern change = Pattern.compile("state: (\\S+) to (\\S+), since .*");
        for (int seed = from; seed < to; seed++) {
            Random random = new Random(seed);
            LifeStory one = new LifeStory();
            List<Alert> sent = new ArrayList<>();
            List<Integer> running = new ArrayList<>();
            for (int step = 0; step < 120; step++) {
                one.now = one.now.plusSeconds(random.nextInt(240));
                Instant skewed = one.now.plusSeconds(random.nextInt(600) - 300);
                switch (random.nextInt(6)) {
                    case 0 -> {
                        Alert alert = LifeStory.alert("r" + step, Condition.FIRED, skewed, skewed);
                        one.enter(alert);
                        sent.add(alert);
                    }
                    case 1 -> {
                        if (!sent.isEmpty()) {
                            Alert fired = sent.get(random.nextInt(sent.size()));
                            one.enter(LifeStory.alert(fired.id(), Condition.RESOLVED, fired.firedAt(), skewed));
                        }
                    }
                    case 2 -> {
                        if (!sent.isEmpty()) {
                            one.enter(sent.get(random.nextInt(sent.size())));
                        }
                    }
                    case 3 -> one.enter(LifeStory.alert("alone" + step, Condition.RESOLVED, skewed, skewed));
                    case 4 -> {
                        if (!one.page.entries().isEmpty()) {
                            int asked = one.latest().looks().asked();
                            if (one.begins(asked)) {
                                running.add(asked);
                            }
                            if (random.nextBoolean() && !running.isEmpty()) {
                                int revision = running.remove(random.nextInt(running.size()));
                                if (random.nextInt(8) == 0) {
                                    one.gaveUp(revision, "disk full");
                                } else {
                                    one.found(revision, any(random, one));
                                }
                            }
                        }
                    }
                    default -> {
                        if (!one.page.entries().isEmpty()) {
                            one.tick();
                        }
                    }
                }
                check(one, seed);
            }
            if (one.page.entries().isEmpty()) {
                continue;
            }
            for (Alert fired : sent) {
                one.enter(LifeStory.alert(fired.id(), Condition.RESOLVED, fired.firedAt(), one.now.plusSeconds(600)));
            }
            for (int hour = 0; hour < 60 && !one.latest().isClosed(); hour++) {
                if (one.latest().looks().isOutstanding()) {
                    one.looked(LifeStory.recovered(
                            (int) Duration.between(LifeStory.START, one.now).toMinutes() - 1));
                }
                one.now = one.now.plus(Duration.ofMinutes(20));
                one.tick();
                check(one, seed);
            }
            one.now = one.now.plus(Duration.ofHours(1));
            one.tickAll();
            assertThat(one.page.entries()).as("seed " + seed).allMatch(LedgerEntry::isClosed);
            for (LedgerEntry entry : one.page.entries()) {
                assertThat(entry.speech().pending()).as("seed " + seed).isEmpty();
            }
            assertThat(one.latest().speech().lastReason()).as("seed " + seed).contains(MessageReason.RECOVERED);
            for (HistoryLine line : one.latest().history()) {
                Matcher matcher = change.matcher(line.text());
                if (matcher.matches()) {
                    assertThat(IncidentLifecycle.TABLE)
                            .anyMatch(row -> row.to().id().equals(matcher.group(2))
                                    && row.from().stream()
                                            .anyMatch(state -> state.id().equals(matcher.group(1))));
                }
            }
        }
    }

    private static LookResult any(Random random, LifeStory story) {
        return switch (random.nextInt(5)) {
            case 0 -> LifeStory.timeout();
            case 1 -> LifeStory.nsg("likely");
            case 2 -> LifeStory.nsg("confirmed");
            case 3 -> LifeStory.unreadable();
            default ->
                LifeStory.recovered(
                        (int) Duration.between(LifeStory.START, story.now).toMinutes() - 11);
        };
    }

    private static void check(LifeStory story, int seed) {
        if (story.now.getEpochSecond() % 15 == 0) {
            assertThat(LedgerPageJson.read(LedgerPageJson.write(story.page)))
                    .as("seed " + seed)
                    .isEqualTo(story.page);
            for (LedgerEntry entry : story.page.entries()) {
                assertThat(SCHEMA.problems(IncidentDocument.write(entry).toString()))
                        .as("seed " + seed)
                        .isEmpty();
            }
        }
        assertThat(story.page.entries())
                .filteredOn(entry -> !entry.isClosed())
                .as("seed " + seed)
                .hasSizeLessThan(2);
        for (LedgerEntry entry : story.page.entries()) {
            Set<String> keys = new HashSet<>();
            int number = 0;
            int revision = 0;
            Instant last = Instant.EPOCH;
            for (IncidentMessage message : entry.speech().messages()) {
                assertThat(message.number()).as("seed " + seed).isGreaterThan(number);
                assertThat(message.revision())
                        .as("seed " + seed)
                        .isBetween(Math.max(1, revision), entry.looks().judged());
                assertThat(keys.add(message.event() + message.revision()))
                        .as("seed " + seed + message)
                        .isTrue();
                assertThat(Duration.between(last, message.at()))
                        .as("seed " + seed)
                        .isGreaterThanOrEqualTo(story.rules.leastPause());
                number = message.number();
                revision = message.revision();
                last = message.at();
            }
        }
    }
}
