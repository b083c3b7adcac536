package dev.triage502.evidence.arm;

import com.google.gson.JsonElement;
import dev.triage502.evidence.ResourceHealth;
import dev.triage502.evidence.ResourceHealth.Initiator;
import dev.triage502.evidence.ResourceHealth.State;
import dev.triage502.incident.Wording;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the platform says of the gateway's own health: {@code availabilityStatuses/current}, or the list of all
 * statuses, of which the newest counts.
 */
final class ResourceHealthReader {

    private static final AzureWords<State> STATES = AzureWords.of(State.AVAILABLE, "Available")
            .and(State.UNAVAILABLE, "Unavailable")
            .and(State.DEGRADED, "Degraded");

    private ResourceHealthReader() {}

    static ResourceHealth read(JsonElement document, Losses losses) {
        ArmObject answer = ArmObject.document(document);
        ArmObject status = answer.has("value") ? newest(answer.objects("value"), losses) : answer;
        if (!status.has("availabilityState")) {
            throw status.lacks("a status with properties.availabilityState");
        }
        State state = state(losses.read("", () -> status.text("availabilityState")));
        return new ResourceHealth(
                state,
                losses.read(Initiator.UNSAID, () -> initiator(state, status)),
                losses.read("", () -> status.text("title")),
                losses.read("", () -> summary(status)),
                losses.read(Optional.empty(), () -> occurred(status)),
                losses.read(
                        Optional.empty(),
                        () -> status.object("recentlyResolved").instant("resolvedTime")),
                ServiceEventReader.read(document, losses));
    }

    private static String summary(ArmObject status) {
        String summary = status.text("summary", "detailedStatus");
        String earlier = status.object("recentlyResolved").text("unavailableSummary");
        return earlier.isEmpty() ? summary : (summary + " Before: " + earlier).strip();
    }

    /** One that is not understood may be the newest: then only the one that Azure calls the current counts. */
    private static ArmObject newest(List<ArmObject> statuses, Losses losses) {
        Losses own = losses.ofPart();
        List<Dated> dated = own.each(
                statuses,
                each -> new Dated(
                        each,
                        each.name().equalsIgnoreCase("current"),
                        occurred(each).orElse(Instant.MIN)));
        return dated.stream()
                .filter(each -> each.current() || !own.any())
                .max(Comparator.comparing(Dated::current)
                        .thenComparing(Dated::since)
                        .thenComparing(each -> each.status().json().toString()))
                .map(Dated::status)
                .orElseThrow(() ->
                        new MalformedDocument("the current availability status was expected, and none was found"));
    }

    /** A status, and whether and since when it holds. */
    private record Dated(ArmObject status, boolean current, Instant since) {}

    /** Azure spells the field {@code occuredTime}. */
    private static Optional<Instant> occurred(ArmObject status) {
        return status.instant("occuredTime").or(() -> status.instant("occurredTime"));
    }

    private static State state(String word) {
        return STATES.valueOf(word).orElse(State.UNKNOWN);
    }

    /** The field made for it is often missing; what else tells is asked in the order of how surely it tells. */
    private static Initiator initiator(State state, ArmObject status) {
        for (String field : List.of("healthEventCause", "reasonType", "context", "title")) {
            Wording words = Wording.of(status.text(field));
            boolean planned = field.equals("reasonType") && words.has("planned") && state != State.AVAILABLE;
            if (words.has("user", "customer")) {
                return Initiator.USER;
            }
            if (words.has("platform") || planned) {
                return Initiator.PLATFORM;
            }
        }
        return Initiator.UNSAID;
    }
}
