package dev.triage502.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What Service Health says of one event.
 *
 * @param trackingId what Service Health calls it: {@code BC_1-FXZ}; empty where it has no name
 * @param title     "Application Gateway - West Europe"
 * @param services  the services that it touches: {@code Application Gateway} …
 * @param regions   where, as Azure spells them to people: {@code West Europe} …; empty where it does not say
 * @param kind      {@code ServiceIssue}, {@code PlannedMaintenance}, {@code HealthAdvisory} …, or an empty string
 * @param status    {@code Active} or {@code Resolved}
 * @param began     when it began to be felt
 * @param mitigated when it stopped being felt
 */
public record ServiceEvent(
        String trackingId,
        String title,
        List<String> services,
        List<String> regions,
        String kind,
        String status,
        Instant began,
        Optional<Instant> mitigated) {

    private static final List<String> ISSUES = List.of("", "ServiceIssue", "EmergingIssues");

    /** Whether it was felt at a moment: an issue that had begun and was not mitigated. */
    public boolean isFeltAt(Instant moment) {
        boolean issue = ISSUES.stream().anyMatch(kind::equalsIgnoreCase);
        boolean ended = mitigated.map(end -> !end.isAfter(moment)).orElse(status.equalsIgnoreCase("Resolved"));
        return issue && !ended && !began.isAfter(moment);
    }

    /** Whether it is about a region, spelt for people or for programs; an event without regions is about all. */
    public boolean isIn(String region) {
        return regions.isEmpty()
                || region.isEmpty()
                || regions.stream()
                        .map(ServiceEvent::plain)
                        .anyMatch(each -> each.equalsIgnoreCase("global") || each.equalsIgnoreCase(plain(region)));
    }

    private static String plain(String region) {
        return region.replace(" ", "");
    }
}
