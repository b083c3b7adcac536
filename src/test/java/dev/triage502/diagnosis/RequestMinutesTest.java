package dev.triage502.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Diagnosis.Minute;
import dev.triage502.evidence.HostTraffic.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RequestMinutesTest {

    private static final Instant START = Instant.parse("2026-05-01T10:00:00Z");

    private static Point point(int minute, String host, long requests, long gateway, long backend, double p95) {
        OptionalDouble time = p95 < 0 ? OptionalDouble.empty() : OptionalDouble.of(p95);
        return new Point(
                START.plusSeconds(minute * 60L), Duration.ofMinutes(1), host, requests, gateway, backend, time);
    }

    @Test
    void hostsAreCountedTogetherAndTheLongestTimeStands() {
        assertThat(RequestMinutes.of(List.of(point(0, "a", 10, 2, 0, 0.5), point(0, "b", 5, 0, 1, 3))))
                .containsExactly(new Minute(START, 15, 2, 1, OptionalDouble.of(3)));
    }

    @Test
    void aMinuteWithoutRequestsIsThereAndCountsNone() {
        List<Minute> minutes = RequestMinutes.of(List.of(point(0, "a", 1, 0, 0, -1), point(3, "a", 1, 1, 0, -1)));

        assertThat(minutes).hasSize(4);
        assertThat(minutes.get(1)).isEqualTo(new Minute(START.plusSeconds(60), 0, 0, 0, OptionalDouble.empty()));
    }

    @Test
    void withoutPointsThereAreNoMinutes() {
        assertThat(RequestMinutes.of(List.of())).isEmpty();
    }
}
