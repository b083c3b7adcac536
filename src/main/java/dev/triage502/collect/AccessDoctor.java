package dev.triage502.collect;

import com.google.gson.JsonElement;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.PartRefusals;
import dev.triage502.evidence.arm.SingleReaders;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.Incident;
import dev.triage502.incident.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Can everything be read that a diagnosis may need? Of each source: whether, why not, what that costs, and what repairs
 * it. Made of documents that were fetched before; nothing is asked here.
 */
public final class AccessDoctor {

    /** How it stands with a source. */
    public enum State {
        READABLE,
        /** Some of it was refused. */
        IN_PART,
        NOT_READABLE,
        /** Not wanted, by a setting. */
        OFF
    }

    /** Something to do, and the command that does it; an empty command where there is none. */
    public record Repair(String text, String command) {}

    /**
     * One source.
     *
     * @param why     in a word why it could not be read; empty where it could
     * @param detail  in Azure's words, likewise
     * @param untold  causes of which nothing can be said for want of it
     * @param weaker  causes that look at it too, and have one look less
     */
    public record Line(
            Source source,
            State state,
            String why,
            String detail,
            List<String> untold,
            List<String> weaker,
            List<Repair> repairs) {}

    private final SourceDocuments documents;
    private final Map<Source, List<String>> untold;
    private final Map<Source, List<String>> used;
    private final AccessRepairs repairs;

    private AccessDoctor(
            Incident incident,
            SourceDocuments documents,
            Map<Source, List<String>> untold,
            Map<Source, List<String>> used) {
        this.documents = documents;
        this.untold = untold;
        this.used = used;
        this.repairs = new AccessRepairs(incident.gateway(), documents);
    }

    /**
     * One line a source.
     *
     * @param untold by source, the causes that cannot be told for want of it
     * @param used   by source, the causes that look at it
     */
    public static List<Line> examine(
            Incident incident,
            SourceDocuments documents,
            Map<Source, List<String>> untold,
            Map<Source, List<String>> used) {
        AccessDoctor doctor = new AccessDoctor(incident, documents, untold, used);
        List<Line> lines = new ArrayList<>();
        for (Source source : Source.values()) {
            lines.add(doctor.line(source));
        }
        return lines;
    }

    /** Whether all that is wanted can be read. */
    public static boolean isWell(List<Line> lines) {
        return lines.stream().allMatch(line -> line.state() == State.READABLE || line.state() == State.OFF);
    }

    private Line line(Source source) {
        Reading<JsonElement> reading = documents.get(source);
        if (reading instanceof CouldNotRead<JsonElement> unread) {
            boolean off = unread.why() == Why.NOT_COLLECTED
                    && source.operatorSwitch().isPresent()
                    && documents.get(Source.GATEWAY).isPresent();
            return off ? off(source) : unread(source, State.NOT_READABLE, unread);
        }
        Optional<CouldNotRead<JsonElement>> part =
                reading.toOptional().flatMap(document -> refusedPart(source, document));
        if (part.isPresent()) {
            return unread(source, State.IN_PART, part.get());
        }
        if (source == Source.DIRECT_PROBE && nobodyReached(reading)) {
            return unread(
                    source,
                    State.NOT_READABLE,
                    new CouldNotRead<>(
                            source, Why.UNREACHABLE, "NoConnection: could not connect to any backend from here"));
        }
        return new Line(source, State.READABLE, "", "", List.of(), List.of(), List.of());
    }

    private static Line off(Source source) {
        String setting = source.operatorSwitch().map(Source.Switch::setting).orElse("");
        return new Line(
                source,
                State.OFF,
                "off",
                "turn it on with " + setting + " (--probe on the command line)",
                List.of(),
                List.of(),
                List.of());
    }

    private Line unread(Source source, State state, CouldNotRead<JsonElement> refusal) {
        List<String> lost = untold.getOrDefault(source, List.of());
        List<String> weaker = used.getOrDefault(source, List.of()).stream()
                .filter(cause -> !lost.contains(cause))
                .toList();
        return new Line(source, state, refusal.why().words(), refusal.detail(), lost, weaker, repairs.of(refusal));
    }

    /** The first refusal inside a document of many parts; that a thing is not there, or was not asked for, is none. */
    private static Optional<CouldNotRead<JsonElement>> refusedPart(Source source, JsonElement document) {
        return PartRefusals.in(source, document).stream()
                .filter(refusal -> refusal.why() != Why.NOT_COLLECTED)
                .filter(refusal -> !Wording.of(refusal.detail()).startWith("resourcenotfound"))
                .findFirst();
    }

    private static boolean nobodyReached(Reading<JsonElement> reading) {
        return reading.toOptional()
                .filter(SingleReaders::noDirectProbeConnected)
                .isPresent();
    }
}
