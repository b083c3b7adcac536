package dev.triage502.reachability.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.ErrorInfo;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.LastServed;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.HostName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RequestHistoryTest {

    private static final ArmName POOL = ArmName.of("pool-web");
    private static final HostName FAILING = HostName.of("10.0.2.4");
    private static final HostName GONE = HostName.of("10.0.2.9");
    private static final Instant BEFORE = Instant.parse("2026-03-02T02:00:00Z");

    private static Row row(String at, int status, HostName server) {
        return row(at, status, server, "", OptionalInt.empty());
    }

    private static Row row(String at, int status, HostName server, String instance, OptionalInt port) {
        Instant when = Instant.parse("2026-03-02T" + at + ":00Z");
        return Row.builder()
                .from(when)
                .to(when)
                .requests(1)
                .status(status)
                .serverStatus(status == 502 ? OptionalInt.empty() : OptionalInt.of(status))
                .errorInfo(status == 502 ? ErrorInfo.TIMED_OUT : ErrorInfo.NO_ERROR)
                .listener("")
                .rule("")
                .pool("pool-web")
                .setting("")
                .serverAddress(server.toString())
                .serverPort(port)
                .host("")
                .originalHost("")
                .path("/")
                .instance(instance)
                .timeTaken(OptionalDouble.empty())
                .timeTakenMax(OptionalDouble.empty())
                .serverLatency(OptionalDouble.empty())
                .connectTime(OptionalDouble.empty())
                .backendTls(Optional.empty())
                .build();
    }

    private static RequestHistory history(List<Row> rows, LastServed... before) {
        return new RequestHistory(
                new AccessLog(
                        rows,
                        Reading.notCollected(Source.ACCESS_LOG),
                        Reading.notCollected(Source.ACCESS_LOG),
                        Reading.present(List.of(before))),
                Optional.of(POOL));
    }

    private static LastServed at(HostName server, String pool) {
        return new LastServed(pool, server.toString(), BEFORE, 17);
    }

    @Test
    void aServerThatOnlyFailsInTheWindowMayHaveServedBefore() {
        RequestHistory history = history(List.of(row("09:00", 502, FAILING)), at(FAILING, "POOL-WEB"));

        assertThat(history.of(POOL, FAILING).lastServed()).contains(BEFORE);
        assertThat(history.of(POOL).lastServed()).contains(BEFORE);
        assertThat(history.of(POOL, FAILING).endsFailing()).isTrue();
    }

    @Test
    void whatWasServedBeforeIsNoWitnessOfTheWindow() {
        RequestHistory history =
                history(List.of(row("09:00", 502, FAILING)), at(FAILING, "pool-web"), at(GONE, "pool-web"));

        assertThat(history.of(POOL, FAILING).servesWithin()).isFalse();
        assertThat(history.routed(POOL)).containsOnlyKeys(FAILING);
        assertThat(history.of(POOL, GONE).lastServed()).contains(BEFORE);
        assertThat(history.of(POOL, GONE).failures()).isZero();
    }

    @Test
    void aRequestServedInTheWindowIsTheLast() {
        RequestHistory history =
                history(List.of(row("08:30", 200, FAILING), row("09:00", 502, FAILING)), at(FAILING, "pool-web"));

        assertThat(history.of(POOL, FAILING).lastServed()).contains(Instant.parse("2026-03-02T08:30:00Z"));
    }

    @Test
    void anAnswerWithoutAPoolIsOfTheOnlyOne() {
        assertThat(history(List.of(row("09:00", 502, FAILING)), at(FAILING, ""))
                        .of(POOL, FAILING)
                        .lastServed())
                .contains(BEFORE);
    }

    private static Instant at(String time) {
        return Instant.parse("2026-03-02T" + time + ":00Z");
    }

    private static RequestHistory.Seen seen(Row... rows) {
        return history(List.of(rows)).of(POOL, FAILING);
    }

    @Test
    void theFirstAndTheLastOfFailuresAndOfServedRequestsAreKnown() {
        RequestHistory.Seen seen = seen(
                row("08:30", 200, FAILING),
                row("08:40", 502, FAILING),
                row("08:50", 200, FAILING),
                row("09:00", 502, FAILING));

        assertThat(seen.firstServed()).contains(at("08:30"));
        assertThat(seen.lastServed()).contains(at("08:50"));
        assertThat(seen.firstFailure()).contains(at("08:40"));
        assertThat(seen.lastFailure()).contains(at("09:00"));
        assertThat(seen.failures()).isEqualTo(2);
        assertThat(seen.last()).isEqualTo(at("09:00"));
        assertThat(seen.endsFailing()).isTrue();
        assertThat(seen.servedAgain()).as("it failed after it").isEmpty();
    }

    @Test
    void aServerServesAgainFromTheFirstRequestAfterItsLastFailure() {
        RequestHistory.Seen seen =
                seen(row("08:40", 502, FAILING), row("08:50", 200, FAILING), row("09:00", 200, FAILING));

        assertThat(seen.servedAgain()).contains(at("08:50"));
        assertThat(seen.endsFailing()).isFalse();
    }

    @Test
    void anErrorThatTheBackendReturnsItselfIsNoFailureOnTheWay() {
        RequestHistory.Seen seen = seen(row("08:40", 500, FAILING));

        assertThat(seen.failures()).isZero();
        assertThat(seen.lastServed()).isEmpty();
    }

    @Test
    void thePortIsKnownWhereTheLogHasOneOnly() {
        Row first = row("08:40", 200, FAILING, "", OptionalInt.of(80));

        assertThat(seen(first, first).port()).contains(80);
        assertThat(seen(first, row("08:50", 200, FAILING, "", OptionalInt.of(8080)))
                        .port())
                .isEmpty();
        assertThat(seen(row("08:40", 200, FAILING)).port()).isEmpty();
    }

    @Test
    void instancesThatFailAreToldWhereOthersServe() {
        Row fails = row("08:40", 502, FAILING, "appgw_1", OptionalInt.empty());
        Row serves = row("08:40", 200, FAILING, "appgw_2", OptionalInt.empty());

        assertThat(seen(fails, serves).onlyFailingInstances()).containsExactly("appgw_1");
        assertThat(seen(fails).onlyFailingInstances()).as("nobody serves").isEmpty();
        assertThat(seen(fails, serves, row("08:41", 200, FAILING, "appgw_1", OptionalInt.empty()))
                        .onlyFailingInstances())
                .as("it serves too")
                .isEmpty();
        assertThat(seen(fails, serves, row("08:41", 502, FAILING)).onlyFailingInstances())
                .as("one is not named")
                .isEmpty();
    }

    @Test
    void aFailureSentNowhereIsThePoolsAndNotOnTheWay() {
        RequestHistory nowhere = history(List.of(row("09:00", 502, HostName.of(""))));
        RequestHistory onTheWay = history(List.of(row("09:00", 502, FAILING)));

        assertThat(nowhere.of(POOL).failures()).isEqualTo(1);
        assertThat(nowhere.routed(POOL)).isEmpty();
        assertThat(nowhere.failsOnTheWay(POOL)).isFalse();
        assertThat(onTheWay.failsOnTheWay(POOL)).isTrue();
        assertThat(onTheWay.of(ArmName.of("pool-other")).failures()).isZero();
    }

    @Test
    void aPoolThatIsDownHadTheServersThatServedRightBefore() {
        HostName replaced = HostName.of("10.0.2.3");
        RequestHistory seen = history(List.of(
                row("08:00", 200, replaced),
                row("08:59", 200, FAILING),
                row("09:00", 502, HostName.of("")),
                row("09:10", 502, HostName.of(""))));

        assertThat(seen.servedUntilFailure()).extracting(Target::name).containsExactly("10.0.2.4");
    }

    @Test
    void aPoolThatServesHasNoneThatServedUntilItFailed() {
        RequestHistory seen = history(List.of(row("09:00", 502, FAILING), row("09:01", 200, FAILING)));

        assertThat(seen.servedUntilFailure()).isEmpty();
    }
}
