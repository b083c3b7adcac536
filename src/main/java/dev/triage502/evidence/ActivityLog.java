package dev.triage502.evidence;

import dev.triage502.incident.OperationName;
import dev.triage502.incident.ResourceId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who changed what: control-plane operations, the rows of one folded into one.
 *
 * @param operations in the order of time
 */
public record ActivityLog(List<Operation> operations) {

    /** Azure's code for it; the words of a refusal begin with their code. */
    private static final String BUSY = "AnotherOperationInProgress";

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
     * @param identity the managed identity behind it, as the token's claims say; empty for people and other applications
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
            String message,
            Optional<ResourceId> identity) {

        /** Whether the name is, ignoring case, the one given. */
        public boolean is(String operation) {
            return name.equalsIgnoreCase(operation);
        }

        /** Whether it changes a resource of a type: {@code Microsoft.Network/networkSecurityGroups}. */
        public boolean concerns(String type) {
            return OperationName.of(name).isOn(type);
        }

        /** What it does to the resource. */
        public OperationKind kind() {
            return OperationKind.of(name);
        }

        public boolean failed() {
            return outcome == Outcome.FAILED;
        }

        /** Whether it was refused because another operation on the resource has not ended. */
        public boolean isRefusedAsBusy() {
            return failed() && isBusy(code);
        }

        /** Begins one without any of its parts. */
        public static Builder builder() {
            return new Builder();
        }

        /** Collects the parts of a {@link Operation} by their names. What is a value of its own has to be given; the rest is empty, 0 or false. */
        public static final class Builder {
            private @Nullable String name;
            private @Nullable ResourceId resource;
            private @Nullable String caller;
            private @Nullable Instant started;
            private @Nullable Instant ended;
            private @Nullable Outcome outcome;
            private @Nullable String category;
            private @Nullable String code;
            private @Nullable String message;
            private Optional<ResourceId> identity = Optional.empty();

            private Builder() {}

            public Builder name(String name) {
                this.name = name;
                return this;
            }

            public Builder resource(ResourceId resource) {
                this.resource = resource;
                return this;
            }

            public Builder caller(String caller) {
                this.caller = caller;
                return this;
            }

            public Builder started(Instant started) {
                this.started = started;
                return this;
            }

            public Builder ended(Instant ended) {
                this.ended = ended;
                return this;
            }

            public Builder outcome(Outcome outcome) {
                this.outcome = outcome;
                return this;
            }

            public Builder category(String category) {
                this.category = category;
                return this;
            }

            public Builder code(String code) {
                this.code = code;
                return this;
            }

            public Builder message(String message) {
                this.message = message;
                return this;
            }

            public Builder identity(Optional<ResourceId> identity) {
                this.identity = identity;
                return this;
            }

            /** @throws NullPointerException if a part that has to be given is missing; it names the part */
            public Operation build() {
                return new Operation(
                        Objects.requireNonNull(name, "name"),
                        Objects.requireNonNull(resource, "resource"),
                        Objects.requireNonNull(caller, "caller"),
                        Objects.requireNonNull(started, "started"),
                        Objects.requireNonNull(ended, "ended"),
                        Objects.requireNonNull(outcome, "outcome"),
                        Objects.requireNonNull(category, "category"),
                        Objects.requireNonNull(code, "code"),
                        Objects.requireNonNull(message, "message"),
                        identity);
            }
        }
    }

    /** Whether Azure's words on a refusal, or their code, are that another operation on the resource has not ended. */
    public static boolean isBusy(String words) {
        return words.regionMatches(true, 0, BUSY, 0, BUSY.length());
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
