package dev.triage502.collect;

import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One incident as it was recorded: what Azure answered, and, where somebody found out, what was wrong.
 *
 * @param id        the case's name, {@code two-web-vms-patch-night}
 * @param title     one line for people; empty when nobody wrote one
 * @param gateway   the gateway, as the documents name it
 * @param alertedAt when the alert fired; nothing in a case is judged by today's date
 * @param expected  the right answer, if it is known
 * @param documents what Azure answered, a document a source
 */
public record RecordedCase(
        String id,
        String title,
        ResourceId gateway,
        Instant alertedAt,
        Optional<Expected> expected,
        SourceDocuments documents,
        Optional<Window> window) {

    /** The time that was looked at, where it is not the hour before the alert. */
    public record Window(Instant from, Instant to) {}

    /** A case of the hour before the alert. */
    public RecordedCase(
            String id,
            String title,
            ResourceId gateway,
            Instant alertedAt,
            Optional<Expected> expected,
            SourceDocuments documents) {
        this(id, title, gateway, alertedAt, expected, documents, Optional.empty());
    }

    /** What was read of an incident. */
    public static RecordedCase of(Incident incident, SourceDocuments documents) {
        boolean usual = incident.equals(Incident.alertedAt(incident.gateway(), incident.alertedAt()));
        return new RecordedCase(
                incident.id(),
                "Recorded from " + incident.gateway().name(),
                incident.gateway(),
                incident.alertedAt(),
                Optional.empty(),
                documents,
                usual ? Optional.empty() : Optional.of(new Window(incident.from(), incident.to())));
    }

    /**
     * What is right about a case.
     *
     * @param rootCause      the cause's id
     * @param alsoAcceptable what a careful engineer could also have named from this evidence
     * @param mustNotName    what the evidence rules out
     * @param mustAlsoName   a second, independent fault that has to stand among the contributing ones
     * @param target         what is at fault, if the evidence names it
     */
    public record Expected(
            String rootCause,
            List<String> alsoAcceptable,
            List<String> mustNotName,
            List<String> mustAlsoName,
            Optional<String> target) {

        public Expected {
            alsoAcceptable = List.copyOf(alsoAcceptable);
            mustNotName = List.copyOf(mustNotName);
            mustAlsoName = List.copyOf(mustAlsoName);
        }
    }

    /** The incident to diagnose. */
    public Incident incident() {
        Incident usual = Incident.alertedAt(gateway, alertedAt);
        return window.map(span -> new Incident(usual.id(), gateway, span.from(), span.to(), alertedAt))
                .orElse(usual);
    }
}
