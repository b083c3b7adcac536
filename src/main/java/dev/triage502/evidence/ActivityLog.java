package dev.triage502.evidence;

import dev.triage502.incident.ResourceId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who changed what, and what Azure said of its own services: control-plane operations and Service Health's events, the
 * rows of one folded into one.
 *
 * @param operations    in the order of time
 * @param serviceEvents in the order of time
 */
public record ActivityLog(List<Operation> operations, List<ServiceEvent> serviceEvents) {

    /** A log in which Service Health said nothing. */
    public ActivityLog(List<Operation> operations) {
        this(operations, List.of());
    }

    /** How an operation ended, as far as the log tells. */
    public enum Outcome {
        STARTED,
        SUCCEEDED,
        FAILED
    }

    /**
     * One operation.
     *
     * @param name     {@code Microsoft.Network/applicationGateways/write}
     * @param started  the first row
     * @param ended    the last row; the same as {@code started} where there is one
     * @param category {@code Administrative}, {@code ResourceHealth} …
     * @param code     Azure's error code of a failed one, or an empty string
     * @param message  Azure's error text of a failed one, or the event's description, or an empty string
     */
    public record Operation(
            String name,
            ResourceId resource,
            String caller,
            Instant started,
            Instant ended,
            Outcome outcome,
            String category,
            String code,
            String message) {

        /** Whether the name is, ignoring case, the one given. */
        public boolean is(String operation) {
            return name.equalsIgnoreCase(operation);
        }

        /** Whether it changes a resource of a type: {@code Microsoft.Network/networkSecurityGroups}. */
        public boolean concerns(String type) {
            return name.toLowerCase(Locale.ROOT).startsWith(type.toLowerCase(Locale.ROOT) + "/");
        }

        public boolean failed() {
            return outcome == Outcome.FAILED;
        }
    }

    /**
     * What Service Health told of one event, as its last row has it.
     *
     * @param title     "Application Gateway - West Europe"
     * @param services  the services that it touches: {@code Application Gateway} …
     * @param regions   where, as Azure spells them to people: {@code West Europe} …; empty where it does not tell
     * @param kind      {@code Incident}, {@code Maintenance}, {@code Informational} …, or an empty string
     * @param stage     {@code Active}, {@code Resolved}, {@code Planned} …
     * @param began     when it began to be felt, or its first row
     * @param mitigated when it stopped being felt
     */
    public record ServiceEvent(
            String title,
            List<String> services,
            List<String> regions,
            String kind,
            String stage,
            Instant began,
            Optional<Instant> mitigated) {

        private static final Set<String> OVER = Set.of("resolved", "complete", "rca", "mitigated");

        /** Whether it was felt at a moment: an incident that had begun, and was neither mitigated nor only planned. */
        public boolean isFeltAt(Instant moment) {
            boolean incident = kind.isEmpty() || kind.equalsIgnoreCase("Incident");
            boolean ended =
                    mitigated.map(end -> !end.isAfter(moment)).orElse(OVER.contains(stage.toLowerCase(Locale.ROOT)));
            return incident && !ended && !began.isAfter(moment) && !stage.equalsIgnoreCase("Planned");
        }

        /** Whether it is about a region, spelt for people or for programs; an event without regions is about all. */
        public boolean isIn(String region) {
            return regions.isEmpty()
                    || region.isEmpty()
                    || regions.stream()
                            .map(ServiceEvent::plain)
                            .anyMatch(each -> each.equals("global") || each.equals(plain(region)));
        }

        private static String plain(String region) {
            return region.replace(" ", "").toLowerCase(Locale.ROOT);
        }
    }

    /** The operations of one name. */
    public Stream<Operation> of(String operation) {
        return operations.stream().filter(each -> each.is(operation));
    }

    /** The operations on a resource or on something inside it. */
    public Stream<Operation> on(ResourceId resource) {
        return operations.stream().filter(each -> each.resource().isWithin(resource));
    }
}
