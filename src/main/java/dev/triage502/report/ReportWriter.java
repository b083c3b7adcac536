package dev.triage502.report;

import com.google.gson.JsonObject;
import dev.triage502.evidence.GuardedChecks;
import dev.triage502.report.Report.Kind;
import dev.triage502.report.Report.Link;
import dev.triage502.report.Report.Outcome;
import dev.triage502.report.Report.Row;
import dev.triage502.report.Report.Section;
import dev.triage502.report.shell.Shell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Lays a document out as a report: what a person needs first comes first, and long lists are cut with a word on it. */
final class ReportWriter {

    private static final int MOST_ROWS = 6;
    private static final int MOST_NAMES = 5;
    private static final int MOST_DIFFERENCES = 3;

    private static final Map<String, String> CONFIDENCE = Map.of(
            "confirmed", "confirmed: something shows it by itself, and nothing speaks against it",
            "likely", "likely: two sources point to it, or one shows it and another speaks against it",
            "possible", "possible: one source points to it, and other causes could look the same");

    private static final String COULD_NOT_BE_WRITTEN =
            "This part could not be written (internal error in triage502). The JSON document has it.";

    private final GuardedChecks parts;
    private final DiagnosisDocument document;
    private final JsonObject json;
    private final JsonObject root;
    private final String end;
    private final IncidentCourse course;
    private final EvidenceGaps gaps;

    private final Shell shell;

    /** The listener hears of each section that could not be written. */
    ReportWriter(DiagnosisDocument document, Shell shell, GuardedChecks.Listener listener) {
        this.parts = new GuardedChecks(listener);
        this.document = document;
        this.shell = shell;
        this.json = document.json();
        this.root = DocumentTree.object(json, "rootCause");
        this.end = DocumentTree.text(DocumentTree.object(json, "window"), "to");
        this.course = new IncidentCourse(json, end, MOST_ROWS, MOST_NAMES);
        this.gaps = new EvidenceGaps(json, MOST_NAMES);
    }

    Report report() {
        List<Section> sections = new ArrayList<>();
        add(sections, Kind.CAUSE, outcome() == Outcome.FAULT ? "Cause" : "Conclusion", this::cause);
        add(sections, Kind.IMPACT, "Who is hit", course::impact);
        add(sections, Kind.DIFFERENCES, "What sets the failures apart", this::differences);
        add(sections, Kind.EVIDENCE, "Evidence", () -> cut(evidence(root)));
        add(sections, Kind.CHANGES, "What changed", course::changes);
        add(sections, Kind.REMEDY, "What to do", this::steps);
        add(sections, Kind.VERIFY, "How to see that it worked", this::verify);
        add(sections, Kind.CONTRIBUTING, contributingTitle(), this::contributing);
        add(sections, Kind.NEXT, "What would tell more", this::next);
        add(sections, Kind.UNREAD, "Not read", gaps::unread);
        add(sections, Kind.RULED_OUT, "Ruled out", () -> cut(gaps.ruledOut()));
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
        List<Row> rows = new ArrayList<>();
        String summary = DocumentTree.text(root, "summary");
        if (!summary.isEmpty()) {
            rows.add(Row.of("", summary));
        }
        String confidence = document.confidence();
        if (confidence.isEmpty()) {
            rows.add(Row.of("conclusion", document.rootCause()));
        } else {
            String meaning = CONFIDENCE.getOrDefault(confidence, confidence);
            rows.add(Row.of("cause", document.rootCause() + " (" + meaning + ")"));
        }
        List<String> open = DocumentTree.objects(json, "couldNotTell").stream()
                .filter(each -> each.has("couldExplainRoot"))
                .map(each -> DocumentTree.text(each, "id"))
                .toList();
        if (!open.isEmpty()) {
            rows.add(Row.of("not ruled out", ReportPhrases.list(open, MOST_NAMES)));
        }
        String at = ReportPhrases.target(DocumentTree.object(root, "target"));
        List<JsonObject> all = new ArrayList<>(DocumentTree.objects(root, "alsoAt"));
        if (root.has("target")) {
            all.add(0, DocumentTree.object(root, "target"));
            // One server may stand behind several settings: it is named once, with all of them.
            rows.add(Row.of(
                    "at",
                    ReportPhrases.targetAndPlaces(all.stream()
                            .filter(each -> ReportPhrases.target(each).equalsIgnoreCase(at))
                            .toList())));
        }
        Map<String, String> others = new LinkedHashMap<>();
        all.stream()
                .map(ReportPhrases::target)
                .filter(each -> !each.equalsIgnoreCase(at))
                .forEach(each -> others.putIfAbsent(each.toLowerCase(Locale.ROOT), each));
        if (!others.isEmpty()) {
            rows.add(Row.of("also at", ReportPhrases.list(List.copyOf(others.values()), MOST_NAMES)));
        }
        return rows;
    }

    /** The most telling ones: several dimensions often tell of one thing, such as a path and its method. */
    private List<Row> differences() {
        return DocumentTree.objects(json, "differences").stream()
                .limit(MOST_DIFFERENCES)
                .map(each -> Row.of("", upperFirst(ReportPhrases.sentence(DocumentTree.text(each, "text")))))
                .toList();
    }

    private static String upperFirst(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private List<Row> evidence(JsonObject claim) {
        Map<String, JsonObject> byId = new TreeMap<>();
        DocumentTree.objects(json, "evidence").forEach(item -> byId.put(DocumentTree.text(item, "id"), item));
        List<Row> rows = new ArrayList<>();
        for (String id : DocumentTree.texts(claim, "evidence")) {
            JsonObject item = byId.getOrDefault(id, new JsonObject());
            String at = DocumentTree.text(item, "at");
            String label = ReportPhrases.source(DocumentTree.text(item, "source"))
                    + (at.isEmpty() ? "" : ", " + ReportPhrases.time(at, end));
            rows.add(Row.of(label, ReportPhrases.sentence(DocumentTree.text(item, "text"))));
        }
        return GroupedRows.folded(rows, MOST_NAMES);
    }

    private List<Row> steps() {
        List<Row> rows = new ArrayList<>();
        for (JsonObject step : DocumentTree.objects(DocumentTree.object(root, "remedy"), "steps")) {
            rows.add(new Row(
                    (rows.size() + 1) + ".",
                    DocumentTree.text(step, "text"),
                    command(step, "command", "powershell"),
                    note(step)));
        }
        return rows;
    }

    /** What a step does, where it does more than read, and how to take it back. */
    private String note(JsonObject step) {
        String undo = undo(step);
        return (effect(step) + (undo.isEmpty() ? "" : " Undo: " + ReportPhrases.sentence(undo))).strip();
    }

    /** What the step does, where it does more than read; documents of before know three effects only. */
    private static String effect(JsonObject step) {
        String badge = DocumentTree.text(step, "badge");
        String effect = DocumentTree.text(step, "effect");
        if (badge.isEmpty()) {
            return effect.equals("changes")
                    ? StepEffect.CHANGES.label() + "."
                    : effect.equals("interrupts") ? StepEffect.DOWNTIME.label() + "." : "";
        }
        return badge.equals(StepEffect.READS.badge()) ? "" : StepEffect.label(badge) + ".";
    }

    /** The undo; in PowerShell its command stands for the one in the sentence. */
    private String undo(JsonObject step) {
        String command = DocumentTree.text(step, "undoCommand");
        String other = DocumentTree.text(step, "undoPowershell");
        String sentence = DocumentTree.text(step, "undo");
        return shell == Shell.BASH || command.isEmpty() || other.isEmpty()
                ? sentence
                : sentence.replace(command, other);
    }

    private String command(JsonObject json, String bash, String powershell) {
        String own = shell == Shell.BASH ? "" : DocumentTree.text(json, powershell);
        return own.isEmpty() ? DocumentTree.text(json, bash) : own;
    }

    private List<Row> verify() {
        JsonObject remedy = DocumentTree.object(root, "remedy");
        String text = DocumentTree.text(remedy, "verify");
        return text.isEmpty()
                ? List.of()
                : List.of(new Row("", text, command(remedy, "verifyCommand", "verifyPowershell"), ""));
    }

    private String contributingTitle() {
        switch (outcome()) {
            case FAULT:
                return "Also wrong";
            case RECOVERED:
                return "What had happened";
            default:
                return "What may be wrong";
        }
    }

    private List<Row> contributing() {
        return DocumentTree.objects(json, "contributing").stream()
                .map(this::contributing)
                .toList();
    }

    private Row contributing(JsonObject named) {
        String counted = DocumentTree.text(named, "failedRequests");
        String requests = counted.isEmpty() || counted.equals("0") ? "" : ", " + counted + " failing requests";
        String text = DocumentTree.text(named, "title") + ": "
                + ReportPhrases.targetAndPlace(DocumentTree.object(named, "target")) + " ("
                + DocumentTree.text(named, "confidence") + requests + ")";
        String why = evidence(named).stream()
                .findFirst()
                .map(row -> row.label() + ": " + row.text())
                .orElse("");
        return new Row(DocumentTree.text(named, "id"), ReportPhrases.sentence(text), "", why);
    }

    private List<Row> next() {
        return DocumentTree.objects(json, "next").stream()
                .map(next -> new Row(
                        "",
                        ReportPhrases.sentence(DocumentTree.text(next, "text"))
                                + decides(DocumentTree.texts(next, "decides"))
                                + how(next),
                        command(next, "command", "powershell"),
                        note(next)))
                .toList();
    }

    /** What its command shows and needs. */
    private static String how(JsonObject next) {
        String how = DocumentTree.text(next, "how");
        return how.isEmpty() ? "" : " " + how;
    }

    private static String decides(List<String> ids) {
        if (ids.isEmpty() || ids.size() > MOST_NAMES) {
            return "";
        }
        return ids.size() == 1
                ? " It decides on " + ids.get(0) + "."
                : " It decides: " + ReportPhrases.either(ids) + ".";
    }

    private Link portal() {
        return new Link("The gateway in the Azure portal", "https://portal.azure.com/#resource" + document.gateway());
    }

    private static List<Row> cut(List<Row> rows) {
        if (rows.size() <= MOST_ROWS) {
            return rows;
        }
        List<Row> fewer = new ArrayList<>(rows.subList(0, MOST_ROWS));
        fewer.add(Row.of("", "and " + (rows.size() - MOST_ROWS) + " more, which the JSON document holds"));
        return fewer;
    }

    /** Adds a section that has something to say; one that a defect keeps from being written says so. */
    private void add(List<Section> sections, Kind kind, String title, Supplier<List<Row>> section) {
        List<Row> rows = parts.check(title, section, () -> List.of(Row.of("", COULD_NOT_BE_WRITTEN)));
        if (!rows.isEmpty()) {
            sections.add(new Section(kind, title, rows));
        }
    }
}
