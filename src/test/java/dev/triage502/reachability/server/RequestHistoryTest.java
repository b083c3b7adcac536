package dev.triage502.reachability.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.ErrorInfo;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.LastServed;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
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
                .serverPort(OptionalInt.empty())
                .host("")
                .originalHost("")
                .path("/")
                .instance("")
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
}
