package dev.triage502.report;

import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import dev.triage502.json.JsonTree;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a document says of the course of an incident: requests and healthy servers by the minute, and what happened, each
 * under a letter. It is what the page's chart and the terminal's line are drawn from.
 */
public final class IncidentTimeline {

    private static final int MOST_CHANGES = 4;
    private static final int MOST_NUMBERS = 10;

    private final JsonObject json;
    private final JsonObject timeline;
    private final String end;
    private final List<Minute> minutes;
    private final List<Pool> pools;
    private final List<Event> events;

    private IncidentTimeline(JsonObject json) {
        this.json = json;
        this.timeline = JsonTree.object(json, "timeline");
        this.end = JsonTree.text(JsonTree.object(json, "window"), "to");
        this.minutes = readMinutes();
        this.pools = readPools();
        this.events = readEvents();
    }

    /** The course that a document has; without minutes where nothing counted them. */
    public static IncidentTimeline of(DiagnosisDocument document) {
        return new IncidentTimeline(document.json());
    }

    /**
     * Requests within one step of time.
     *
     * @param p95 the 95th percentile of the response time in seconds; negative where it was not measured
     */
    public record Minute(Instant at, long requests, long byGateway, long byBackend, double p95) {

        /** Requests answered with 5xx. */
        public long failed() {
            return byGateway + byBackend;
        }
    }

    /** {@code Failed requests per 5 min from 12:40 UTC: 0, 61, 231}, for a place without a chart; empty if none failed. */
    public String failedInNumbers() {
        int each = Math.max(1, (minutes.size() + MOST_NUMBERS - 1) / MOST_NUMBERS);
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < minutes.size(); i += each) {
            List<Minute> part = minutes.subList(i, Math.min(minutes.size(), i + each));
            numbers.add(String.format(
                    Locale.ROOT, "%d", part.stream().mapToLong(Minute::failed).sum()));
        }
        if (minutes.stream().allMatch(minute -> minute.failed() == 0)) {
            return "";
        }
        long length = step().multipliedBy(each).toMinutes();
        return "Failed requests per " + (length == 1 ? "minute" : length + " min") + " from "
                + time(minutes.get(0).at()) + ": " + String.join(", ", numbers);
    }

    /** How many servers of a pool were healthy, minute by minute. */
    public record Pool(String name, List<Health> points) {

        /** The last value that is not after a moment. */
        public Optional<Health> at(Instant moment) {
            return points.stream().filter(point -> !point.at().isAfter(moment)).reduce((before, after) -> after);
        }

        /** As many servers as there ever were. */
        public long most() {
            return points.stream().mapToLong(Health::all).max().orElse(0);
        }

        /** Whether some server was not healthy at some time. */
        public boolean isEverFailing() {
            return points.stream().anyMatch(point -> point.unhealthy() > 0);
        }
    }

    /** The servers of a pool at one moment. */
    public record Health(Instant at, long healthy, long unhealthy) {

        /** All of them. */
        public long all() {
            return healthy + unhealthy;
        }
    }

    /** What kind of thing happened. */
    public enum Kind {
        CHANGE("Change"),
        ONSET("Onset"),
        ALERT("Alert"),
        DIAGNOSIS("Diagnosis"),
        FIX("Fix"),
        RECOVERY("Recovery");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** What it is called in a list. */
        public String word() {
            return word;
        }
    }

    /** Something that happened, in a sentence. {@code remark}: what followed, in a few words; may be empty. */
    public record Event(Instant at, Kind kind, String text, String remark) {}

    /** In the order of time, each as long as the others; empty where requests were not counted by minutes. */
    public List<Minute> minutes() {
        return minutes;
    }

    /** How long a step is. */
    public Duration step() {
        return minutes.size() < 2
                ? Duration.ofMinutes(1)
                : Duration.between(minutes.get(0).at(), minutes.get(1).at());
    }

    /** The pool at fault first. */
    public List<Pool> pools() {
        return pools;
    }

    /** How long the gateway waits for an answer, in seconds, where that is known. */
    public OptionalInt timeoutSeconds() {
        return timeline.has("timeoutSeconds")
                ? OptionalInt.of(timeline.get("timeoutSeconds").getAsInt())
                : OptionalInt.empty();
    }

    /** What happened, in the order of time; the first has the letter A. */
    public List<Event> events() {
        return events;
    }

    /** The letter of an event, by its place among the events. */
    public static String letter(int i) {
        return String.valueOf((char) ('A' + i));
    }

    /** A time as the report writes it: the date stands with it where it is another day than the window's end. */
    public String time(Instant at) {
        return ReportPhrases.time(at.toString(), end);
    }

    /** What the minutes show, in a sentence or two; empty where there are none. */
    public String finding() {
        if (minutes.isEmpty()) {
            return "";
        }
        long gateway = minutes.stream().mapToLong(Minute::byGateway).sum();
        long backend = minutes.stream().mapToLong(Minute::byBackend).sum();
        return begins() + who(gateway, backend);
    }

    private static String who(long gateway, long backend) {
        long failed = gateway + backend;
        if (failed == 0) {
            return "No request failed.";
        }
        String all = failed == 1 ? "The one failure was" : "All " + ReportPhrases.counted(failed, "failure") + " were";
        if (backend == 0) {
            return all + " made by the gateway, not by a server.";
        }
        if (gateway == 0) {
            return all + " returned by a server and passed on by the gateway.";
        }
        return gateway >= backend
                ? ReportPhrases.share(gateway, failed).replaceFirst(" requests?.*", "")
                        + " failures were made by the gateway, not by a server."
                : ReportPhrases.share(backend, failed).replaceFirst(" requests?.*", "")
                        + " failures were returned by a server and passed on.";
    }

    private String begins() {
        for (int i = 1; i < events.size(); i++) {
            if (events.get(i).kind() == Kind.ONSET && events.get(i - 1).kind() == Kind.CHANGE) {
                Duration after =
                        Duration.between(events.get(i - 1).at(), events.get(i).at());
                String when = after.toMinutes() < 1
                        ? "within a minute of"
                        : after.toMinutes() <= 15 ? ReportPhrases.counted(after.toMinutes(), "minute") + " after" : "";
                return when.isEmpty() ? "" : "Failures begin " + when + " change " + letter(i - 1) + ". ";
            }
        }
        return "";
    }

    /** What is not shown, and why: {@code Healthy servers over time (metrics): not collected.} */
    public List<String> gaps() {
        List<String> gaps = new ArrayList<>();
        if (minutes.isEmpty()) {
            gaps.add("Requests by minute" + missing(Source.ACCESS_LOG, "not counted by minute"));
        }
        if (pools.isEmpty()) {
            gaps.add("Healthy servers over time" + missing(Source.METRICS, "no values"));
        }
        if (!minutes.isEmpty() && minutes.stream().allMatch(each -> each.p95() < 0)) {
            gaps.add("Response times by minute (access log): not counted by minute.");
        }
        return gaps;
    }

    /** @param otherwise what is wrong with it where it was read */
    private String missing(Source source, String otherwise) {
        return JsonTree.objects(json, "evidenceRead").stream()
                .filter(read -> JsonTree.text(read, "source").equals(source.id()))
                .filter(read -> !JsonTree.text(read, "state").equals("present"))
                .findFirst()
                .flatMap(EvidenceGaps::reason)
                .map(reason -> of(source, reason))
                .orElse(of(source, otherwise));
    }

    private static String of(Source source, String reason) {
        return " " + ReportPhrases.sentence("(" + source.words() + "): " + reason);
    }

    private List<Minute> readMinutes() {
        List<Minute> all = new ArrayList<>();
        for (JsonObject each : JsonTree.objects(timeline, "minutes")) {
            moment(JsonTree.text(each, "at"))
                    .ifPresent(at -> all.add(new Minute(
                            at,
                            number(each, "requests"),
                            number(each, "failedByGateway"),
                            number(each, "failedByBackend"),
                            each.has("p95Seconds") ? each.get("p95Seconds").getAsDouble() : -1)));
        }
        all.sort(Comparator.comparing(Minute::at));
        return all.size() < 2 ? List.of() : List.copyOf(all);
    }

    private List<Pool> readPools() {
        return JsonTree.objects(timeline, "pools").stream()
                .map(pool -> new Pool(
                        JsonTree.text(pool, "pool"),
                        JsonTree.objects(pool, "points").stream()
                                .flatMap(point -> moment(JsonTree.text(point, "at"))
                                        .map(at -> new Health(at, number(point, "healthy"), number(point, "unhealthy")))
                                        .stream())
                                .sorted(Comparator.comparing(Health::at))
                                .toList()))
                .filter(pool -> !pool.points().isEmpty())
                .toList();
    }

    private List<Event> readEvents() {
        List<Event> all = new ArrayList<>();
        JsonObject impact = JsonTree.object(json, "impact");
        JsonObject root = JsonTree.object(json, "rootCause");
        JsonObject recovery = JsonTree.object(JsonTree.object(json, "life"), "recovery");
        boolean isOver = JsonTree.text(root, "id").equals("recovered");
        Optional<Instant> onset = moment(JsonTree.text(impact, "since"));
        Optional<Instant> over = moment(JsonTree.text(recovery, "at"))
                .or(() -> isOver ? moment(JsonTree.text(impact, "until")) : Optional.empty());
        onset.ifPresent(at -> all.add(new Event(at, Kind.ONSET, "First failed request." + noServer(), "")));
        JsonTree.objects(json, "changes").stream()
                .limit(MOST_CHANGES)
                .forEach(change -> change(change, Kind.CHANGE)
                        .map(each -> over.isEmpty()
                                        && onset.filter(at -> at.isBefore(each.at()))
                                                .isPresent()
                                ? new Event(each.at(), each.kind(), each.text(), "Failures continued.")
                                : each)
                        .ifPresent(all::add));
        end(recovery)
                .filter(fix -> onset.filter(at -> at.isBefore(fix.at())).isPresent())
                .ifPresent(fix -> {
                    all.removeIf(
                            each -> each.at().equals(fix.at()) && each.text().equals(fix.text()));
                    all.add(fix);
                });
        moment(JsonTree.text(json, "alertedAt"))
                .ifPresent(at -> all.add(new Event(at, Kind.ALERT, "The alert fired.", "")));
        moment(JsonTree.text(json, "diagnosedAt"))
                .ifPresent(at -> all.add(new Event(
                        at, Kind.DIAGNOSIS, isOver ? "No request fails any more." : "The evidence was read.", "")));
        over.ifPresent(at -> all.add(new Event(at, Kind.RECOVERY, "Last failed request.", "")));
        return all.stream()
                .sorted(Comparator.comparing(Event::at).thenComparing(Event::kind))
                .toList();
    }

    /** What ended the failures, or may have: only a recovery that was measured says which. */
    private Optional<Event> end(JsonObject recovery) {
        boolean isKnown = !JsonTree.text(recovery, "fixedBy").isEmpty();
        return JsonTree.objects(JsonTree.object(json, "recovery"), "changes").stream()
                .findFirst()
                .flatMap(change -> change(change, isKnown ? Kind.FIX : Kind.CHANGE))
                .map(each -> isKnown
                        ? each
                        : new Event(each.at(), each.kind(), each.text(), "It may have ended the failures."));
    }

    private String noServer() {
        return pools.stream()
                .limit(1)
                .flatMap(pool -> pool.points().stream()
                        .filter(point -> point.healthy() == 0 && point.unhealthy() > 0)
                        .findFirst()
                        .map(point -> " From " + time(point.at()) + " no server in " + pool.name() + " was healthy.")
                        .stream())
                .findFirst()
                .orElse("");
    }

    private static Optional<Event> change(JsonObject change, Kind kind) {
        String text = JsonTree.text(change, "text");
        String said = text.isEmpty() ? JsonTree.text(change, "what") : text;
        return moment(JsonTree.text(change, "at"))
                .filter(at -> !said.isEmpty())
                .map(at -> new Event(at, kind, ReportPhrases.sentence(ReportPhrases.plainNames(said)), ""));
    }

    private static long number(JsonObject object, String name) {
        return object.has(name) ? object.get(name).getAsLong() : 0;
    }

    private static Optional<Instant> moment(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException noMoment) {
            return Optional.empty();
        }
    }
}
