package dev.triage502.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.Alert;
import dev.triage502.incident.Alert.Condition;
import dev.triage502.incident.AlertRule;
import dev.triage502.incident.CloudName;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import dev.triage502.ledger.AlertBookkeeping;
import dev.triage502.ledger.AlertDecision;
import dev.triage502.ledger.AlertDecision.What;
import dev.triage502.ledger.Ledger;
import dev.triage502.ledger.LedgerEntry;
import dev.triage502.ledger.LifeRules;
import dev.triage502.ledger.LookBookkeeping;
import dev.triage502.report.Report;
import dev.triage502.report.RunInfo;
import dev.triage502.store.Outbox.Claim;
import dev.triage502.store.Outbox.Parcel;
import dev.triage502.triage.Triage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every store does, wherever it keeps things. */
abstract class StoreContract {

    private static final Instant EIGHT = Instant.parse("2026-03-02T08:00:00Z");

    private final String queue = "work-" + UUID.randomUUID();

    /** A gateway of its own for each test, as the store is shared. */
    private final ResourceId gateway = ResourceId.of("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/"
            + "applicationGateways/agw-" + UUID.randomUUID());

    private final Incident incident = Incident.alertedAt(gateway, EIGHT);

    abstract Store store();

    /** Takes the next message that shows, if one does, and hides it for so long. */
    abstract Optional<FolderQueues.Taken> receive(String queue, Duration hiddenFor);

    abstract void delete(String queue, FolderQueues.Taken message);

    @Test
    void theLedgerRemembersWhatAnAlertCameTo() {
        assertThat(enter(alert("a", 0)).what()).isEqualTo(What.OPENED);
        assertThat(enter(alert("b", 5)).what()).isEqualTo(What.JOINED);
        assertThat(enter(alert("a", 0)).what()).isEqualTo(What.REPEATED);
    }

    @Test
    void aGatewaySpelledInOtherLettersIsTheSameGateway() {
        enter(alert("a", 0));
        ResourceId shouting = ResourceId.of(gateway.toString().toUpperCase(java.util.Locale.ROOT));
        AlertDecision again = store().ledger()
                .turn(shouting, page -> AlertBookkeeping.enter(page, alert("a", 0), LifeRules.USUAL, EIGHT));

        assertThat(again.what()).isEqualTo(What.REPEATED);
    }

    @Test
    void aStormIsOneIncidentHoweverManyComeAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(12);
        Store another = anotherProcess();
        List<Future<AlertDecision>> decisions = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Alert alert = alert("rule" + i, i % 10);
            Ledger ledger = (i % 2 == 0 ? store() : another).ledger();
            decisions.add(threads.submit(
                    () -> ledger.turn(gateway, page -> AlertBookkeeping.enter(page, alert, LifeRules.USUAL, EIGHT))));
        }
        List<What> whats = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Future<AlertDecision> decision : decisions) {
            whats.add(decision.get(60, TimeUnit.SECONDS).what());
            ids.add(decision.get().incident().id());
        }
        threads.shutdown();

        assertThat(whats).filteredOn(What.OPENED::equals).hasSize(1);
        assertThat(whats).filteredOn(What.JOINED::equals).hasSize(59);
        assertThat(ids).hasSize(1);
        assertThat(enter(alert("rule7", 7)).what()).isEqualTo(What.REPEATED);
    }

    @Test
    void keepsAPageOfManyAlerts() {
        for (int i = 0; i < 40; i++) {
            int hour = i * 61;
            store().ledger().turn(gateway, page -> {
                Ledger.Turn<AlertDecision> turn =
                        AlertBookkeeping.enter(page, alert("a" + hour, hour), LifeRules.USUAL, EIGHT);
                for (int j = 1; j < 60; j++) {
                    turn = AlertBookkeeping.enter(
                            turn.page(), alert("a" + hour + "-" + j, hour + j), LifeRules.USUAL, EIGHT);
                }
                return turn;
            });
        }

        assertThat(enter(alert("a" + 39 * 61, 39 * 61)).what()).isEqualTo(What.REPEATED);
        assertThat(enter(alert("a" + 38 * 61 + "-59", 38 * 61 + 59)).what()).isEqualTo(What.REPEATED);
    }

    @Test
    void aReportIsExpectedAndThenThere() {
        assertThat(store().reports().state(incident.id())).isEmpty();
        assertThat(store().reports().find(incident.id())).isEmpty();

        store().reports().expect(incident, 1);
        assertThat(store().reports().state(incident.id())).contains(new ReportStore.State(incident, 1, 0));

        Report report = report();
        store().reports().keep(incident, 1, report);
        assertThat(store().reports().state(incident.id())).contains(new ReportStore.State(incident, 1, 1));
        assertThat(store().reports().find(incident.id())).contains(report);

        store().reports().expect(incident.until(EIGHT.plusSeconds(60)), 2);
        assertThat(store().reports().state(incident.id()).orElseThrow().kept()).isEqualTo(1);
        assertThat(store().reports().find(incident.id())).contains(report);
    }

    @Test
    void anIdThatCannotBeOneIsNotLookedFor() {
        for (String id : List.of("", "..", "../x", "a/b", "a\\b", "a b", "a#b", "x".repeat(300))) {
            assertThat(store().reports().state(id)).isEmpty();
            assertThat(store().reports().find(id)).isEmpty();
        }
    }

    @Test
    void trouble() {
        assertThat(store().reports().trouble(incident)).isEmpty();
        store().reports().trouble(incident, "one");
        store().reports().trouble(incident, "two");
        assertThat(store().reports().trouble(incident)).contains("two");
    }

    @Test
    void aDeliveryIsMadeOnce() {
        Parcel parcel = parcel(1, "webhook");
        Outbox outbox = store().outbox();

        assertThat(outbox.claim(parcel, "first", EIGHT)).isEqualTo(Claim.YOURS);
        assertThat(outbox.claim(parcel, "second", EIGHT)).isEqualTo(Claim.UNDER_WAY);
        assertThat(outbox.claim(parcel, "first", EIGHT)).isEqualTo(Claim.YOURS);
        outbox.sent(parcel, EIGHT);
        assertThat(outbox.claim(parcel, "first", EIGHT)).isEqualTo(Claim.DONE);
        assertThat(outbox.isSettled(parcel)).isTrue();
        assertThat(outbox.claim(parcel(2, "webhook"), "first", EIGHT)).isEqualTo(Claim.YOURS);
        assertThat(outbox.claim(parcel(1, "teams"), "first", EIGHT)).isEqualTo(Claim.YOURS);
    }

    /** However the two investigations end: the later report stays, and is the last that is sent. */
    @Test
    void anOlderReportNeverReplacesANewer() {
        Report older = report();
        Report newer = new Triage()
                .report(
                        incident,
                        SourceDocuments.none(),
                        RunInfo.live(CloudName.PUBLIC, EIGHT.plusSeconds(9), Map.of()));
        store().reports().expect(incident, 1);
        store().reports().expect(incident, 2);

        store().reports().keep(incident, 2, newer);
        store().reports().keep(incident, 1, older);

        assertThat(store().reports().find(incident.id())).contains(newer);
        assertThat(store().reports().find(incident.id(), 1)).contains(older);
        assertThat(store().reports().find(incident.id(), 2)).contains(newer);
    }

    @Test
    void anArchiveBelongsToItsLook() {
        store().cases().keep(incident.id(), 2, Map.of("a.json", "two"), List.of("a.json", "b.json"));
        store().cases().keep(incident.id(), 1, Map.of("a.json", "one", "b.json", "one"), List.of("a.json", "b.json"));

        assertThat(store().cases().read(incident.id(), 2, List.of("a.json", "b.json")))
                .isEqualTo(Map.of("a.json", "two"));
        assertThat(store().cases().read(incident.id(), 3, List.of("a.json", "b.json")))
                .isEmpty();
    }

    @Test
    void aClosedIncidentIsForgottenWithAllThatBelongsToItWhenItIsOld() {
        LedgerEntry open = enter(alert("a", 0)).entry();
        store().incidents().put(open);
        store().reports().keep(open.incident(), 1, report());
        store().cases().keep(open.id(), 1, Map.of("a.json", "one"), List.of("a.json"));

        store().forgetBefore(EIGHT.plusSeconds(60), 500);
        assertThat(store().incidents().find(open.id())).as("it is open").isPresent();

        LedgerEntry closed = store().ledger()
                .turn(
                        gateway,
                        page -> new Ledger.Turn<>(
                                LookBookkeeping.tick(page, open.id(), LifeRules.USUAL, EIGHT.plus(Duration.ofDays(2)))
                                        .page(),
                                LookBookkeeping.tick(page, open.id(), LifeRules.USUAL, EIGHT.plus(Duration.ofDays(2)))
                                        .result()))
                .orElseThrow();
        store().incidents().put(closed);
        store().forgetBefore(EIGHT.minusSeconds(60), 500);
        assertThat(store().incidents().find(open.id())).as("it is not old").isPresent();
        assertThat(store().forgetBefore(EIGHT.plusSeconds(60), 500)).isGreaterThanOrEqualTo(1);

        assertThat(store().incidents().find(open.id())).isEmpty();
        assertThat(store().reports().state(open.id())).isEmpty();
        assertThat(store().reports().find(open.id(), 1)).isEmpty();
        assertThat(store().cases().read(open.id(), 1, List.of("a.json"))).isEmpty();
    }

    @Test
    void noMessageIsSentAfterALaterOne() {
        Outbox outbox = store().outbox();

        assertThat(outbox.claim(parcel(2, "webhook"), "second", EIGHT)).isEqualTo(Claim.YOURS);
        assertThat(outbox.claim(parcel(1, "webhook"), "first", EIGHT)).isEqualTo(Claim.REPLACED);
        assertThat(outbox.claim(parcel(1, "teams"), "first", EIGHT)).isEqualTo(Claim.YOURS);
        assertThat(outbox.claim(parcel(1, "webhook"), "first", EIGHT)).isEqualTo(Claim.DONE);
    }

    @Test
    void aLaterMessageWaitsForTheEarlierOneThatIsBeingSent() {
        Outbox outbox = store().outbox();

        assertThat(outbox.claim(parcel(1, "webhook"), "first", EIGHT)).isEqualTo(Claim.YOURS);
        assertThat(outbox.claim(parcel(2, "webhook"), "second", EIGHT)).isEqualTo(Claim.UNDER_WAY);
        outbox.sent(parcel(1, "webhook"), EIGHT);
        assertThat(outbox.claim(parcel(2, "webhook"), "second", EIGHT)).isEqualTo(Claim.YOURS);
    }

    @Test
    void aDeliveryThatFailedOrDiedIsMadeByTheNext() {
        Parcel parcel = parcel(1, "webhook");
        Outbox outbox = store().outbox();

        outbox.claim(parcel, "first", EIGHT);
        outbox.waiting(parcel, "503", EIGHT.plusSeconds(5), EIGHT);
        assertThat(outbox.waitsUntil(parcel)).contains(EIGHT.plusSeconds(5));
        assertThat(outbox.claim(parcel, "second", EIGHT)).isEqualTo(Claim.YOURS);
        assertThat(outbox.claim(parcel, "third", EIGHT.plusSeconds(59))).isEqualTo(Claim.UNDER_WAY);
        assertThat(outbox.claim(parcel, "third", EIGHT.plusSeconds(61))).isEqualTo(Claim.YOURS);
        outbox.givenUp(parcel, "404", EIGHT);
        assertThat(outbox.claim(parcel, "fourth", EIGHT.plusSeconds(600))).isEqualTo(Claim.DONE);
    }

    @Test
    void aMessageArrivesAsItWasSent() {
        for (String text : List.of("{}", "{\"a\":\"ü €\uD83D\uDE00\"}", "see you", "x".repeat(48 * 1024))) {
            store().queue().send(queue, text, Duration.ZERO);

            FolderQueues.Taken message = receive(queue, Duration.ofMinutes(1)).orElseThrow();
            assertThat(store().queue().open(message.text())).isEqualTo(text);
            assertThat(message.dequeueCount()).isEqualTo(1);
            delete(queue, message);
        }
        assertThat(receive(queue, Duration.ofMinutes(1))).isEmpty();
    }

    @Test
    void whatIsTooLongForAMessageWaitsAside() {
        for (String text : List.of("x".repeat(48 * 1024 + 1), "€".repeat(20_000), "y".repeat(1_000_000))) {
            store().queue().send(queue, text, Duration.ZERO);

            FolderQueues.Taken message = receive(queue, Duration.ofMinutes(1)).orElseThrow();
            assertThat(message.text().length()).isLessThan(200);
            assertThat(store().queue().open(message.text())).isEqualTo(text);
            delete(queue, message);
            store().queue().discard(message.text());
            assertThatThrownBy(() -> store().queue().open(message.text()))
                    .isInstanceOf(StoreFailure.class)
                    .hasMessageContaining("not there");
        }
    }

    @Test
    void aDelayedMessageShowsLater() throws InterruptedException {
        store().queue().send(queue, "later", Duration.ofSeconds(2));

        assertThat(receive(queue, Duration.ofMinutes(1))).isEmpty();
        FolderQueues.Taken message = eventually(Duration.ofMinutes(1));
        assertThat(message.text()).isEqualTo("later");
    }

    @Test
    void aMessageThatIsNotDeletedShowsAgain() throws InterruptedException {
        store().queue().send(queue, "again", Duration.ZERO);

        FolderQueues.Taken first = receive(queue, Duration.ofSeconds(1)).orElseThrow();
        assertThat(receive(queue, Duration.ofSeconds(1))).isEmpty();
        FolderQueues.Taken second = eventually(Duration.ofMinutes(1));
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.dequeueCount()).isEqualTo(2);
    }

    /** The same store as another process would open it. */
    abstract Store anotherProcess();

    private FolderQueues.Taken eventually(Duration hiddenFor) throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            Optional<FolderQueues.Taken> message = receive(queue, hiddenFor);
            if (message.isPresent()) {
                return message.get();
            }
            Thread.sleep(50);
        }
        throw new AssertionError("no message in ten seconds");
    }

    private AlertDecision enter(Alert alert) {
        return store().ledger().turn(gateway, page -> AlertBookkeeping.enter(page, alert, LifeRules.USUAL, EIGHT));
    }

    private Alert alert(String id, int minute) {
        Instant at = EIGHT.plus(Duration.ofMinutes(minute));
        return new Alert(gateway, id, new AlertRule(id, OptionalInt.empty()), Condition.FIRED, at, at, true, at);
    }

    private Parcel parcel(int revision, String channel) {
        return new Parcel(incident.id(), revision, Parcel.DIAGNOSED, revision, channel);
    }

    private Report report() {
        Report report =
                new Triage().report(incident, SourceDocuments.none(), RunInfo.live(CloudName.PUBLIC, EIGHT, Map.of()));
        assertThat(report.document().json()).isInstanceOf(JsonObject.class);
        return report;
    }
}
