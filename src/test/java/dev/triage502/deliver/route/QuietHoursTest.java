package dev.triage502.deliver.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {

    private static final ZoneId WARSAW = ZoneId.of("Europe/Warsaw");

    private static final QuietHours NIGHT =
            new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0), WARSAW, Set.of(), Set.of(0, 1));

    private static final QuietHours WEEKEND = new QuietHours(
            LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, WARSAW, Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), Set.of());

    /** Warsaw is two hours ahead in summer, one in winter; the clocks go forward at 01:00 UTC on 29 March 2026. */
    @ParameterizedTest
    @CsvSource({
        "2026-07-01T19:59:59Z, ",
        "2026-07-01T20:00:00Z, 2026-07-02T05:00:00Z",
        "2026-07-02T04:59:59Z, 2026-07-02T05:00:00Z",
        "2026-07-02T05:00:00Z, ",
        "2026-01-07T21:30:00Z, 2026-01-08T06:00:00Z",
        "2026-03-28T22:30:00Z, 2026-03-29T05:00:00Z",
    })
    void aNightEndsInTheMorningOfItsZone(Instant now, Instant end) {
        assertThat(QuietHours.until(List.of(NIGHT), Optional.of(3), now)).isEqualTo(Optional.ofNullable(end));
    }

    @Test
    void periodsThatMeetAreOne() {
        // Friday night, the weekend, and the night to Monday.
        assertThat(QuietHours.until(List.of(NIGHT, WEEKEND), Optional.of(3), Instant.parse("2026-07-03T20:30:00Z")))
                .contains(Instant.parse("2026-07-06T05:00:00Z"));
    }

    @Test
    void whatIsSevereIsSentAtAnyTime() {
        Instant night = Instant.parse("2026-07-01T23:00:00Z");

        assertThat(QuietHours.until(List.of(NIGHT), Optional.of(1), night)).isEmpty();
        assertThat(QuietHours.until(List.of(NIGHT), Optional.empty(), night)).isPresent();
    }

    @Test
    void quietAtAllTimesIsNoEndlessLoop() {
        QuietHours always = new QuietHours(LocalTime.NOON, LocalTime.NOON, WARSAW, Set.of(), Set.of());

        assertThat(QuietHours.until(List.of(always), Optional.empty(), Instant.parse("2026-07-01T23:00:00Z")))
                .isPresent();
    }
}
