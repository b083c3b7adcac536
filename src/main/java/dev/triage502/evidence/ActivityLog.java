package dev.triage502.evidence;

import dev.triage502.incident.ResourceId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Who changed what: control-plane operations, the rows of one folded into one.
 *
 * @param operations in the order of time
 */
public record ActivityLog(List<Operation> operations) {

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

    /** The operations of one name. */
    public Stream<Operation> of(String operation) {
        return operations.stream().filter(each -> each.is(operation));
    }

    /** The operations on a resource or on something inside it. */
    public Stream<Operation> on(ResourceId resource) {
        return operations.stream().filter(each -> each.resource().isWithin(resource));
    }
}
