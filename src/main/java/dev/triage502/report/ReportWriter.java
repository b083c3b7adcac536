package dev.triage502.report;

import com.google.gson.JsonObject;
import dev.triage502.evidence.GuardedChecks;
import dev.triage502.evidence.Source;
import dev.triage502.json.JsonTree;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lays a document out as a report: what a person needs first comes first, nothing is said twice, long lists are cut. */
final class ReportWriter {

    private static final int MOST_FACTS = 3;
    private static final int MOST_PROBLEMS = 6;
    private static final int MOST_NAMES = 5;
    private static final int MOST_IDS = 2;
    private static final int MOST_DIFFERENCES = 2;

    /** How the step on the page of {@code recovered} begins. */
    private static final String FIND_WHAT_ENDED = "Find what ended the failures";

    private static final String COULD_NOT_BE_WRITTEN =
            "This part could not be written (internal error in triage502). The JSON document has it.";

    private final GuardedChecks parts;
    private final DiagnosisDocument document;
    private final JsonObject json;
    private final JsonObject root;
    private final JsonObject life;
    private final String end;
    private final IncidentCourse course;
    private final EvidenceGaps gaps;
    private final ReportSteps steps;
    private final Shell shell;

    /** The listener hears of each section that could not be written. */
    ReportWriter(DiagnosisDocument document, Shell shell, GuardedChecks.Listener listener) {
        this.parts = new GuardedChecks(listener);
        this.document = document;
        this.shell = shell;
        this.json = document.json();
        this.root = JsonTree.object(json, "rootCause");
        this.life = JsonTree.object(json, "life");
        this.end = JsonTree.text(JsonTree.object(json, "window"), "to");
        this.course = new IncidentCourse(json, end, MOST_NAMES);
        this.gaps = new EvidenceGaps(json, MOST_IDS);
        this.steps = new ReportSteps(JsonTree.object(root, "remedy"), shell, outcome() == Outcome.FAULT);
    }

    Report report() {
        boolean failing = outcome() == Outcome.FAULT || outcome() == Outcome.UNTOLD;
        List<Section> sections = new ArrayList<>();
        add(sections, Kind.IMPACT, "Impact", this::impact);
        add(sections, Kind.FIRST, failing ? "Do this first" : "To do next", this::first);
        add(sections, Kind.WHY, whyTitle(), this::why);
        add(sections, Kind.CONTRIBUTING, contributingTitle(), this::contributing);
        add(sections, Kind.FURTHER, "Further steps", this::further);
        add(sections, Kind.NEXT, "To narrow it down", this::next);
        add(sections, Kind.RULED_OUT, "Ruled out", gaps::ruledOut);
        add(sections, Kind.UNCHECKED, "Could not be checked", gaps::unchecked);
        String title = Headline.title(document.headline(), gateway(), document.confidence());
        return new Report(state(), title, outcome(), shell, sections, List.of(portal()), document);
    }

    private String gateway() {
        return document.gateway().substring(document.gateway().lastIndexOf('/') + 1);
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

    /** The reason stands beside the word for each level below confirmed, where it matters most. */
    private String state() {
        switch (JsonTree.text(life, "state")) {
            case "flapping":
                return "Flapping";
            case "resolved":
                return "Alert resolved, recovery not measured";
            case "given-up":
                return "Given up: not diagnosed";
            default:
                return stateFound();
        }
    }

    private String stateFound() {
        switch (outcome()) {
            case RECOVERED:
                return "Recovered";
            case NO_FAULT:
                return "No fault found";
            case UNTOLD:
                return open() + "Cause not found";
            default:
                return open() + (isConfirmed() ? "Confirmed" : ConfidencePhrases.of(root));
        }
    }

    /** {@code Open · Sev 1 · }, without the severity where the alert did not say it. */
    private String open() {
        String severity = JsonTree.text(json, "severity");
        return "Open · " + (severity.isEmpty() ? "" : "Sev " + severity + " · ");
    }

    /** After a recovery: what fixed it, if that is known, then what is left to do. */
    private List<Row> first() {
        List<Row> rows = new ArrayList<>();
        if (!fixedBy().isEmpty()) {
            rows.add(new Row(
                    "",
                    "What fixed it: " + fixedBy(),
                    "",
                    "Make the same change where your templates are kept, so that the next deployment does not undo it."
                            + " If it is undone, the failures return.",
                    ""));
        }
        rows.addAll(left(steps.first()));
        return rows;
    }

    private List<Row> further() {
        return left(steps.further());
    }

    /** What ended the failures needs not be looked for where it is known. */
    private List<Row> left(List<Row> rows) {
        return fixedBy().isEmpty()
                ? rows
                : rows.stream()
                        .filter(row -> !row.text().startsWith(FIND_WHAT_ENDED))
                        .toList();
    }

    private String fixedBy() {
        return JsonTree.text(JsonTree.object(life, "recovery"), "fixedBy");
    }

    private boolean isConfirmed() {
        return document.confidence().equals("confirmed");
    }

    private List<Row> impact() {
        List<Row> rows = new ArrayList<>();
        if (!life.entrySet().isEmpty() && !JsonTree.text(life, "reason").equals("diagnosed")) {
            rows.add(Row.of("", JsonTree.text(life, "sentence")));
        }
        rows.addAll(course.impact());
        String where = where();
        if (!where.isEmpty()) {
            rows.add(Row.of("Where", where));
        }
        // The most telling ones: several dimensions often show one thing, such as a path and its method.
        JsonTree.objects(json, "differences").stream()
                .limit(MOST_DIFFERENCES)
                .forEach(each -> rows.add(Row.of("Pattern", ReportPhrases.asSentence(JsonTree.text(each, "text")))));
        return rows;
    }

    /** The target with its place on the path, and further targets of the same fault. */
    private String where() {
        if (!root.has("target")) {
            return "";
        }
        String at = ReportPhrases.target(JsonTree.object(root, "target"));
        List<JsonObject> all = Stream.concat(
                        Stream.of(JsonTree.object(root, "target")), JsonTree.objects(root, "alsoAt").stream())
                .toList();
        // One server may be behind several settings: it is named once, with all of them.
        String where = ReportPhrases.targetAndPlaces(all.stream()
                .filter(each -> ReportPhrases.target(each).equalsIgnoreCase(at))
                .toList());
        Map<String, String> others = new LinkedHashMap<>();
        all.stream()
                .map(ReportPhrases::target)
                .filter(each -> !each.equalsIgnoreCase(at))
                .forEach(each -> others.putIfAbsent(each.toLowerCase(Locale.ROOT), each));
        return where
                + (others.isEmpty() ? "" : "; also " + ReportPhrases.list(List.copyOf(others.values()), MOST_NAMES));
    }

    /** A cause that is not confirmed has to say what it rests on and what else it could be. */
    private String whyTitle() {
        boolean unsure = outcome() == Outcome.FAULT && !document.confidence().isEmpty() && !isConfirmed();
        return unsure ? "Why it is " + document.confidence() + ", not confirmed" : "Why";
    }

    private List<Row> why() {
        List<Row> rows = new ArrayList<>();
        String id = outcome() == Outcome.FAULT ? "Cause: " + document.rootCause() + ". " : "";
        String reason = (isConfirmed() ? ConfidencePhrases.of(root) + ". " : "") + id;
        String first = (reason + summary()).strip();
        if (!first.isEmpty()) {
            rows.add(Row.of("", first));
        }
        List<Row> facts = evidence(root, "evidence");
        boolean weighed = !whyTitle().equals("Why");
        rows.addAll(facts.stream()
                .limit(MOST_FACTS)
                .map(fact -> weighed ? weighed("For", fact) : fact)
                .toList());
        int more = facts.size() - MOST_FACTS;
        if (more > 0) {
            rows.add(Row.of("", "… and " + ReportPhrases.counted(more, "more fact") + " (see the JSON)."));
        }
        evidence(root, "against").stream().limit(MOST_FACTS).forEach(fact -> rows.add(weighed("Against", fact)));
        gaps.rivals().ifPresent(rivals -> rows.add(Row.of("Rival", rivals)));
        course.changes(timesOfLoggedFacts())
                .forEach(change ->
                        rows.add(weighed ? Row.of(ReportPhrases.upperFirst(change.label()), change.text()) : change));
        gaps.notModelled().forEach(passed -> rows.add(Row.of("Not checked", passed)));
        gaps.unread().forEach(unread -> rows.add(Row.of("Not checked", unread)));
        return rows;
    }

    private static Row weighed(String label, Row fact) {
        boolean named = fact.text().toLowerCase(Locale.ROOT).startsWith(fact.label());
        String text = named ? fact.text() : ReportPhrases.upperFirst(fact.label()) + ": " + fact.text();
        return Row.fact(label, text, fact.facts());
    }

    /** A fault is explained by its title and its facts; a conclusion has neither. */
    private String summary() {
        boolean hasSteps =
                !JsonTree.objects(JsonTree.object(root, "remedy"), "steps").isEmpty();
        return outcome() == Outcome.FAULT && hasSteps ? "" : JsonTree.text(root, "summary");
    }

    /** @param part {@code evidence} or {@code against} */
    private List<Row> evidence(JsonObject claim, String part) {
        Map<String, JsonObject> byId = new TreeMap<>();
        JsonTree.objects(json, "evidence").forEach(item -> byId.put(JsonTree.text(item, "id"), item));
        List<Row> rows = new ArrayList<>();
        for (String id : JsonTree.texts(claim, part)) {
            JsonObject item = byId.getOrDefault(id, new JsonObject());
            String text = ReportPhrases.sentence(ReportPhrases.plainNames(JsonTree.text(item, "text")));
            String source = ReportPhrases.source(JsonTree.text(item, "source"));
            rows.add(Row.fact(source, at(item) + text, List.of(id)));
        }
        return GroupedRows.folded(rows, MOST_NAMES);
    }

    /** When what the cause's evidence quotes from the activity log was done. */
    private Set<String> timesOfLoggedFacts() {
        List<String> cited = JsonTree.texts(root, "evidence");
        return JsonTree.objects(json, "evidence").stream()
                .filter(item -> cited.contains(JsonTree.text(item, "id")))
                .filter(item -> JsonTree.text(item, "source").equals(Source.ACTIVITY_LOG.id()))
                .map(item -> JsonTree.text(item, "at"))
                .collect(Collectors.toSet());
    }

    private String at(JsonObject item) {
        String at = JsonTree.text(item, "at");
        String time = at.isEmpty() ? "" : ReportPhrases.time(at, end);
        boolean said = JsonTree.text(item, "text").contains(time.replace(" UTC", ""));
        return said ? "" : time + " ";
    }

    private String contributingTitle() {
        switch (outcome()) {
            case FAULT:
                return "Other problems";
            case RECOVERED:
                return "What happened";
            default:
                return "Other possible problems";
        }
    }

    private List<Row> contributing() {
        List<JsonObject> all = JsonTree.objects(json, "contributing");
        List<Row> rows = new ArrayList<>(
                all.stream().limit(MOST_PROBLEMS).map(this::contributing).toList());
        if (all.size() > MOST_PROBLEMS) {
            rows.add(Row.of("", "… and " + (all.size() - MOST_PROBLEMS) + " more (see the JSON)."));
        }
        return rows;
    }

    private Row contributing(JsonObject named) {
        String counted = JsonTree.text(named, "failedRequests");
        String requests = counted.isEmpty() || counted.equals("0")
                ? ""
                : ", " + ReportPhrases.counted(named.get("failedRequests").getAsLong(), "failed request");
        String title = JsonTree.text(named, "title");
        String text = ReportPhrases.upperFirst(outcome() == Outcome.RECOVERED ? CauseTitles.past(title) : title) + ": "
                + ReportPhrases.targetAndPlace(JsonTree.object(named, "target")) + " ("
                + JsonTree.text(named, "confidence") + requests + ")";
        String why = evidence(named, "evidence").stream()
                .findFirst()
                .map(row -> ReportPhrases.upperFirst(row.label()) + ": " + row.text())
                .orElse("");
        return new Row("", ReportPhrases.sentence(text), "", why, "");
    }

    private List<Row> next() {
        List<Row> rows = new ArrayList<>();
        for (JsonObject passed : JsonTree.objects(json, "notModelled")) {
            rows.add(new Row(
                    "",
                    "Look at " + JsonTree.text(passed, "what"),
                    ReportSteps.badge(passed),
                    JsonTree.text(passed, "how"),
                    steps.command(passed, "command", "powershell")));
        }
        rows.addAll(
                new NextRows(steps, outcome() == Outcome.FAULT ? 1 : 2, MOST_NAMES).of(JsonTree.objects(json, "next")));
        return rows;
    }

    private Link portal() {
        return new Link("Portal", document.portal());
    }

    /** Adds a section that has something to say; one that a defect keeps from being written says so. */
    private void add(List<Section> sections, Kind kind, String title, Supplier<List<Row>> section) {
        List<Row> rows = parts.check(title, section, () -> List.of(Row.of("", COULD_NOT_BE_WRITTEN)));
        if (!rows.isEmpty()) {
            sections.add(new Section(kind, title, rows));
        }
    }
}
