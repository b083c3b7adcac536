package dev.triage502.deliver.route;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * When a channel keeps messages back until later.
 *
 * @param from    when it begins
 * @param to      when it ends; before {@code from} if that is on the next day, and equal to it for a whole day
 * @param zone    whose clock that is
 * @param days    the days on which it begins; empty for every day
 * @param loudFor severities of alerts that are sent at any time
 */
public record QuietHours(LocalTime from, LocalTime to, ZoneId zone, Set<DayOfWeek> days, Set<Integer> loudFor) {

    /** Two whole weeks of quiet are a mistake, but no endless loop. */
    private static final int MOST_PERIODS = 28;

    public QuietHours {
        days = Set.copyOf(days);
        loudFor = Set.copyOf(loudFor);
    }

    /**
     * Until when a message is kept back; empty if it may be sent now.
     *
     * @param severity of the alert; empty if it is not known
     */
    public static Optional<Instant> until(List<QuietHours> all, Optional<Integer> severity, Instant now) {
        List<QuietHours> quiet = all.stream()
                .filter(hours -> severity.filter(hours.loudFor()::contains).isEmpty())
                .toList();
        Instant at = now;
        for (int i = 0; i < MOST_PERIODS; i++) {
            Instant moment = at;
            Optional<Instant> end = quiet.stream()
                    .flatMap(hours -> hours.endOfPeriodAt(moment).stream())
                    .max(Instant::compareTo);
            if (end.isEmpty()) {
                break;
            }
            at = end.get();
        }
        return at.isAfter(now) ? Optional.of(at) : Optional.empty();
    }

    /** The end of the period in which a moment is; it began today or yesterday. */
    private Optional<Instant> endOfPeriodAt(Instant moment) {
        LocalDate today = moment.atZone(zone).toLocalDate();
        return List.of(today.minusDays(1), today).stream()
                .filter(day -> days.isEmpty() || days.contains(day.getDayOfWeek()))
                .filter(day ->
                        !moment.isBefore(ZonedDateTime.of(day, from, zone).toInstant()))
                .map(this::end)
                .filter(moment::isBefore)
                .findFirst();
    }

    private Instant end(LocalDate begun) {
        LocalDate day = to.isAfter(from) ? begun : begun.plusDays(1);
        return ZonedDateTime.of(day, to, zone).toInstant();
    }
}
