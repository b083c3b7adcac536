package dev.triage502.report;

import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import dev.triage502.report.Report.Kind;
import dev.triage502.report.Report.Link;
import dev.triage502.report.Report.Outcome;
import dev.triage502.report.Report.Row;
import dev.triage502.report.Report.Section;
import java.util.ArrayList;
import java.util.List;

/** Lays a document out as a report: what a person needs first comes first. */
final class ReportWriter {

    private final DiagnosisDocument document;
    private final JsonObject json;
    private final JsonObject root;

    ReportWriter(DiagnosisDocument document) {
        this.document = document;
        this.json = document.json();
        this.root = Tree.object(json, "rootCause");
    }

    Report report() {
        List<Section> sections = new ArrayList<>();
        add(sections, Kind.CAUSE, "Cause", cause());
        add(sections, Kind.EVIDENCE, "Evidence", evidence());
        add(sections, Kind.REMEDY, "What to do", steps());
        return new Report(document.headline(), outcome(), sections, List.of(portal()), document);
    }

    private Outcome outcome() {
        switch (document.rootCause()) {
            case "recovered":
                return Outcome.RECOVERED;
            case "no-fault-found":
                return Outcome.NO_FAULT;
            case "insufficient-evidence":
                return Outcome.UNTOLD;
            default:
                return Outcome.FAULT;
        }
    }

    private List<Row> cause() {
        return List.of(Row.of("", Tree.text(root, "summary")));
    }

    private List<Row> evidence() {
        return Tree.objects(json, "evidence").stream()
                .map(item -> Row.of(words(Tree.text(item, "source")), Tree.text(item, "text")))
                .toList();
    }

    private List<Row> steps() {
        List<Row> rows = new ArrayList<>();
        for (JsonObject step : Tree.objects(Tree.object(root, "remedy"), "steps")) {
            rows.add(new Row(
                    String.valueOf(rows.size() + 1),
                    Tree.text(step, "text"),
                    Tree.text(step, "command"),
                    Tree.text(step, "effect")));
        }
        return rows;
    }

    private Link portal() {
        return new Link("The gateway in the Azure portal", "https://portal.azure.com/#resource" + document.gateway());
    }

    private static void add(List<Section> sections, Kind kind, String title, List<Row> rows) {
        if (!rows.isEmpty()) {
            sections.add(new Section(kind, title, rows));
        }
    }

    private static String words(String source) {
        return Source.withId(source).map(Source::words).orElse(source);
    }
}
