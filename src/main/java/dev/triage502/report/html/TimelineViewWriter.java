package dev.triage502.report.html;

import com.google.gson.JsonObject;
import dev.triage502.report.DocumentTree;
import dev.triage502.report.ReportPhrases;
import dev.triage502.report.html.TimelineView.Mark;
import dev.triage502.report.html.TimelineView.Row;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The timeline of the document: the minutes as a chart and as a table, and what happened meanwhile. */
final class TimelineViewWriter {

    private static final int MOST_MARKS = 8;

    private final JsonObject json;
    private final String end;
    private final List<Minute> minutes;

    private TimelineViewWriter(JsonObject json) {
        this.json = json;
        this.end = DocumentTree.text(DocumentTree.object(json, "window"), "to");
        this.minutes = minutes(DocumentTree.object(json, "timeline"));
    }

    /** Requests within one step of time. */
    record Minute(Instant at, long requests, long byGateway, long byBackend, double p95) {
        long failed() {
            return byGateway + byBackend;
        }
    }

    /** Something that happened, before it has its letter. */
    record Event(Instant at, String text, String look) {}

    /** Empty where the document has no minutes. */
    static Optional<TimelineView> of(JsonObject json) {
        TimelineViewWriter writer = new TimelineViewWriter(json);
        return writer.minutes.size() < 2 ? Optional.empty() : Optional.of(writer.view());
    }

    private TimelineView view() {
        List<Event> events = events();
        boolean hasTimes = minutes.stream().anyMatch(each -> each.p95() >= 0);
        List<Mark> marks = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            marks.add(new Mark(letter(i), ReportPhrases.time(event.at().toString(), end), event.text(), event.look()));
        }
        List<Row> rows = minutes.stream()
                .map(each -> new Row(
                        ReportPhrases.time(each.at().toString(), end),
                        each.requests(),
                        each.byGateway(),
                        each.byBackend(),
                        each.p95() < 0 ? "" : TimelineChart.seconds(each.p95())))
                .toList();
        return new TimelineView(sentence(events), new TimelineChart(minutes, events, end).svg(), rows, marks, hasTimes);
    }

    static String letter(int i) {
        return String.valueOf((char) ('A' + i));
    }

    private static List<Minute> minutes(JsonObject timeline) {
        List<Minute> minutes = new ArrayList<>();
        for (JsonObject each : DocumentTree.objects(timeline, "minutes")) {
            moment(DocumentTree.text(each, "at"))
                    .ifPresent(at -> minutes.add(new Minute(
                            at,
                            number(each, "requests"),
                            number(each, "failedByGateway"),
                            number(each, "failedByBackend"),
                            each.has("p95Seconds") ? each.get("p95Seconds").getAsDouble() : -1)));
        }
        minutes.sort(Comparator.comparing(Minute::at));
        return minutes;
    }

    private List<Event> events() {
        List<Event> events = new ArrayList<>();
        JsonObject impact = DocumentTree.object(json, "impact");
        moment(DocumentTree.text(impact, "since"))
                .ifPresent(at -> events.add(new Event(at, "First failed request.", "onset")));
        boolean over =
                DocumentTree.text(DocumentTree.object(json, "rootCause"), "id").equals("recovered");
        if (over) {
            moment(DocumentTree.text(impact, "until"))
                    .ifPresent(at -> events.add(new Event(at, "Last failed request.", "end")));
        }
        for (JsonObject change : DocumentTree.objects(json, "changes")) {
            String text = DocumentTree.text(change, "text");
            moment(DocumentTree.text(change, "at"))
                    .ifPresent(at -> events.add(
                            new Event(at, ReportPhrases.sentence(ReportPhrases.upperFirst(text)), "change")));
        }
        Instant first = minutes.get(0).at();
        Instant last = minutes.get(minutes.size() - 1).at().plus(step());
        return events.stream()
                .filter(event -> !event.text().isEmpty())
                .filter(event -> !event.at().isBefore(first) && !event.at().isAfter(last))
                .sorted(Comparator.comparing(Event::at))
                .limit(MOST_MARKS)
                .toList();
    }

    private Duration step() {
        return minutes.size() < 2
                ? Duration.ofMinutes(1)
                : Duration.between(minutes.get(0).at(), minutes.get(1).at());
    }

    /** When failures began, after what, and who made them. */
    private String sentence(List<Event> events) {
        long gateway = minutes.stream().mapToLong(Minute::byGateway).sum();
        long backend = minutes.stream().mapToLong(Minute::byBackend).sum();
        long failed = gateway + backend;
        if (failed == 0) {
            return "No request failed.";
        }
        String who = backend == 0
                ? "All " + ReportPhrases.counted(failed, "failure") + " were made by the gateway."
                : gateway == 0
                        ? "All " + ReportPhrases.counted(failed, "failure") + " came from the backend."
                        : ReportPhrases.counted(gateway, "failure") + " made by the gateway, " + backend
                                + " by the backend.";
        return begins(events) + who;
    }

    private static String begins(List<Event> events) {
        for (int i = 1; i < events.size(); i++) {
            boolean after = events.get(i).look().equals("onset")
                    && events.get(i - 1).look().equals("change");
            if (after) {
                long minutes = Duration.between(
                                events.get(i - 1).at(), events.get(i).at())
                        .toMinutes();
                String when = minutes < 1 ? "within a minute of" : ReportPhrases.counted(minutes, "minute") + " after";
                return "Failures begin " + when + " change " + letter(i - 1) + ". ";
            }
        }
        return "";
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
