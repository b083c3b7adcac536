package dev.triage502.evidence.arm;

import com.google.gson.JsonElement;
import dev.triage502.evidence.ResourceHealth;
import dev.triage502.evidence.ResourceHealth.Initiator;
import dev.triage502.evidence.ResourceHealth.State;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the platform says of the gateway's own health: {@code availabilityStatuses/current}, or the list of all
 * statuses, of which the newest counts.
 */
final class ResourceHealthReader {

    private ResourceHealthReader() {}

    static ResourceHealth read(JsonElement document) {
        ArmObject answer = ArmObject.document(document);
        ArmObject status = answer.has("value") ? newest(answer.objects("value")) : answer;
        if (!status.has("availabilityState")) {
            throw status.lacks("a status with properties.availabilityState");
        }
        ArmObject resolved = status.object("recentlyResolved");
        String summary = status.text("summary", "detailedStatus");
        String earlier = resolved.text("unavailableSummary");
        State state = state(status.text("availabilityState"));
        return new ResourceHealth(
                state,
                initiator(state, status),
                status.text("title"),
                earlier.isEmpty() ? summary : (summary + " Before: " + earlier).strip(),
                occurred(status),
                resolved.instant("resolvedTime"),
                ServiceEventReader.read(document));
    }

    private static ArmObject newest(List<ArmObject> statuses) {
        return statuses.stream()
                .max(Comparator.<ArmObject, Boolean>comparing(
                                each -> each.name().equalsIgnoreCase("current"))
                        .thenComparing(each -> occurred(each).orElse(Instant.MIN))
                        .thenComparing(each -> each.json().toString()))
                .orElseThrow(() -> new MalformedDocument("an availability status was expected, not an empty list"));
    }

    /** Azure spells the field {@code occuredTime}. */
    private static Optional<Instant> occurred(ArmObject status) {
        return status.instant("occuredTime").or(() -> status.instant("occurredTime"));
    }

    private static State state(String word) {
        switch (word.toLowerCase(Locale.ROOT)) {
            case "available":
                return State.AVAILABLE;
            case "unavailable":
                return State.UNAVAILABLE;
            case "degraded":
                return State.DEGRADED;
            default:
                return State.UNKNOWN;
        }
    }

    /** The field made for it is often missing; what else tells is asked in the order of how surely it tells. */
    private static Initiator initiator(State state, ArmObject status) {
        for (String field : List.of("healthEventCause", "reasonType", "context", "title")) {
            String word = status.text(field).toLowerCase(Locale.ROOT);
            boolean planned = field.equals("reasonType") && word.contains("planned") && state != State.AVAILABLE;
            if (word.contains("user") || word.contains("customer")) {
                return Initiator.USER;
            }
            if (word.contains("platform") || planned) {
                return Initiator.PLATFORM;
            }
        }
        return Initiator.UNSAID;
    }
}
