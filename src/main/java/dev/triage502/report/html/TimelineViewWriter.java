package dev.triage502.report.html;

import dev.triage502.report.DiagnosisDocument;
import dev.triage502.report.IncidentTimeline;
import dev.triage502.report.IncidentTimeline.Event;
import dev.triage502.report.IncidentTimeline.Minute;
import dev.triage502.report.html.TimelineView.Drawing;
import dev.triage502.report.html.TimelineView.Mark;
import dev.triage502.report.html.TimelineView.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The timeline of the document, for the page: the minutes as a chart and as a table, and what happened meanwhile. */
final class TimelineViewWriter {

    private final IncidentTimeline timeline;

    private TimelineViewWriter(IncidentTimeline timeline) {
        this.timeline = timeline;
    }

    /** Empty where the document says of no time but that of the diagnosis. */
    static Optional<TimelineView> of(DiagnosisDocument document) {
        IncidentTimeline timeline = IncidentTimeline.of(document);
        boolean tells = timeline.events().stream().anyMatch(event -> event.kind() != IncidentTimeline.Kind.DIAGNOSIS);
        return tells || !timeline.minutes().isEmpty()
                ? Optional.of(new TimelineViewWriter(timeline).view())
                : Optional.empty();
    }

    private TimelineView view() {
        Optional<Drawing> drawing =
                timeline.minutes().isEmpty() ? Optional.empty() : Optional.of(new TimelineChart(timeline).drawing());
        return new TimelineView(timeline.finding(), drawing, table(), marks(), timeline.gaps());
    }

    private List<Mark> marks() {
        List<Mark> marks = new ArrayList<>();
        for (int i = 0; i < timeline.events().size(); i++) {
            Event event = timeline.events().get(i);
            String letter = IncidentTimeline.letter(i);
            marks.add(new Mark(
                    TimelineFlag.alone(event.kind(), letter),
                    letter,
                    timeline.time(event.at()).replace(" UTC", ""),
                    event.kind().word(),
                    event.text(),
                    event.remark()));
        }
        return marks;
    }

    private Table table() {
        List<String> heads = new ArrayList<>(List.of("Time", "Requests", "Failed: gateway", "Failed: backend"));
        timeline.pools().forEach(pool -> heads.add("Healthy: " + pool.name()));
        boolean hasTimes = timeline.minutes().stream().anyMatch(each -> each.p95() >= 0);
        if (hasTimes) {
            heads.add("p95");
        }
        List<List<String>> rows = new ArrayList<>();
        for (Minute each : timeline.minutes()) {
            List<String> row = new ArrayList<>(List.of(
                    timeline.time(each.at()),
                    number(each.requests()),
                    number(each.byGateway()),
                    number(each.byBackend())));
            timeline.pools()
                    .forEach(pool -> row.add(pool.at(each.at())
                            .map(at -> at.healthy() + " of " + at.all())
                            .orElse("")));
            if (hasTimes) {
                row.add(each.p95() < 0 ? "" : TimelineChart.seconds(each.p95()));
            }
            rows.add(row);
        }
        return new Table(heads, rows);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
