package dev.triage502.report.html;

import com.google.gson.JsonObject;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.report.DocumentTree;
import dev.triage502.report.Report;
import dev.triage502.report.Report.Kind;
import dev.triage502.report.Report.Outcome;
import dev.triage502.report.Report.Row;
import dev.triage502.report.Report.Section;
import dev.triage502.report.ReportPhrases;
import dev.triage502.report.StepEffect;
import dev.triage502.report.html.PageView.Badge;
import dev.triage502.report.html.PageView.Command;
import dev.triage502.report.html.PageView.Confidence;
import dev.triage502.report.html.PageView.EvidenceItem;
import dev.triage502.report.html.PageView.Fact;
import dev.triage502.report.html.PageView.FirstFix;
import dev.triage502.report.html.PageView.Foot;
import dev.triage502.report.html.PageView.Head;
import dev.triage502.report.html.PageView.Labelled;
import dev.triage502.report.html.PageView.Listing;
import dev.triage502.report.html.PageView.PageLink;
import dev.triage502.report.html.PageView.Part;
import dev.triage502.report.html.PageView.Span;
import dev.triage502.report.html.PageView.State;
import dev.triage502.report.html.PageView.Step;
import dev.triage502.report.html.PageView.Steps;
import dev.triage502.report.html.PageView.Why;
import dev.triage502.report.shell.Shell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lays a report out as a page. What is said, and in which order, is the report's; the page adds numbers, path and timeline. */
final class PageViewWriter {

    private static final Set<Kind> LISTS = Set.of(Kind.CONTRIBUTING, Kind.RULED_OUT, Kind.UNCHECKED);

    private final DiagnosisDocument document;
    private final PageLinks links;
    private final JsonObject json;
    private final Report bash;
    private final Report powershell;
    private int commands;

    PageViewWriter(DiagnosisDocument document, PageLinks links) {
        this.document = document;
        this.links = links;
        this.json = document.json();
        this.bash = Report.of(document, Shell.BASH);
        this.powershell = Report.of(document, Shell.POWERSHELL);
    }

    PageView view() {
        String[] state = bash.state().split(" · ", 2);
        Head head = new Head(
                state(state), confidence(state), ReportPhrases.place(document), bash.title(), leads(), facts());
        return new PageView(
                head,
                first(),
                why(),
                PathViewWriter.of(json),
                TimelineViewWriter.of(json),
                new Steps(steps(Kind.FURTHER), steps(Kind.NEXT)),
                lists(),
                new Foot(evidence(), links(), ReportPhrases.footer(document)));
    }

    private List<PageLink> links() {
        Stream<PageLink> portal = bash.links().stream().map(link -> new PageLink(link.text(), link.url()));
        return Stream.of(
                        links.cause().stream(),
                        links.feedback().stream(),
                        links.actions().stream(),
                        portal,
                        links.downloads().stream())
                .flatMap(some -> some)
                .toList();
    }

    private boolean isFailing() {
        return bash.outcome() == Outcome.FAULT || bash.outcome() == Outcome.UNTOLD;
    }

    private State state(String[] state) {
        boolean unclear = state[0].startsWith("Given up") || state[0].startsWith("Alert resolved");
        if (unclear || bash.outcome() == Outcome.UNTOLD) {
            return new State(bash.state(), "warn", "unknown");
        }
        if (state[0].equals("Flapping")) {
            return new State(state[0], "warn", "flapping");
        }
        return switch (bash.outcome()) {
            case RECOVERED -> new State(state[0], "ok", "ok");
            case NO_FAULT -> new State(state[0], "neutral", "ring");
            default -> new State(state[0], "bad", "broken");
        };
    }

    /** {@code Possible: one indirect sign} is a word and the reason for it. */
    private Optional<Confidence> confidence(String[] state) {
        int boxes = List.of("possible", "likely", "confirmed").indexOf(document.confidence()) + 1;
        if (bash.outcome() != Outcome.FAULT || boxes == 0) {
            return Optional.empty();
        }
        String[] words = (state.length > 1 ? state[1] : "").split(": ", 2);
        return Optional.of(new Confidence(
                ReportPhrases.upperFirst(document.confidence()), boxes, words.length > 1 ? words[1] : ""));
    }

    private List<String> leads() {
        return bash.section(Kind.IMPACT).rows().stream()
                .filter(row -> row.label().isEmpty())
                .map(Row::text)
                .toList();
    }

    private List<Labelled> patterns() {
        return bash.section(Kind.IMPACT).rows().stream()
                .filter(row -> row.label().equals("Pattern") || row.label().equals("Where"))
                .map(row -> labelled(row.label(), row.text()))
                .toList();
    }

    private List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        JsonObject impact = DocumentTree.object(json, "impact");
        bash.section(Kind.IMPACT).rows().stream()
                .filter(row -> row.label().equals("Since") || row.label().equals("From"))
                .findFirst()
                .ifPresent(row -> {
                    String[] parts = row.text().split(", ", 2);
                    facts.add(new Fact(row.label(), parts[0], parts.length > 1 ? parts[1] : "", false));
                });
        DocumentTree.objects(impact, "byHost").stream()
                .findFirst()
                .ifPresent(host -> facts.add(new Fact(
                        isFailing() ? "Failing" : "Failed",
                        ReportPhrases.percent(number(host, "failedRequests"), number(host, "totalRequests")),
                        "of " + DocumentTree.text(host, "host"),
                        isFailing())));
        if (number(impact, "failedRequests") > 0) {
            String total = String.format(Locale.ROOT, "%,d", number(impact, "totalRequests"));
            facts.add(new Fact(
                    "Failed requests",
                    String.format(Locale.ROOT, "%,d", number(impact, "failedRequests")),
                    "of " + total,
                    false));
        }
        JsonObject health = DocumentTree.object(json, "poolHealth");
        if (health.size() > 0) {
            long healthy = number(health, "healthyServers");
            long all = number(health, "totalServers");
            facts.add(new Fact(
                    "Healthy servers",
                    healthy + " of " + all,
                    DocumentTree.text(health, "pool"),
                    isFailing() && healthy < all));
        }
        return facts;
    }

    private static long number(JsonObject object, String name) {
        return object.has(name) ? object.get(name).getAsLong() : 0;
    }

    private Optional<FirstFix> first() {
        Section section = bash.section(Kind.FIRST);
        List<Row> other = powershell.section(Kind.FIRST).rows();
        List<Step> steps = new ArrayList<>();
        Optional<Part> check = Optional.empty();
        for (int i = 0; i < section.rows().size(); i++) {
            Row row = section.rows().get(i);
            String also = i < other.size() ? other.get(i).command() : "";
            if (row.label().equals("Check")) {
                check = Optional.of(part(row, also, "check that it worked"));
            } else if (row.label().equals("Undo")) {
                withUndo(steps, part(row, also, "undo"));
            } else {
                steps.add(step(row, also));
            }
        }
        if (steps.isEmpty()) {
            return Optional.empty();
        }
        int fix = steps.size() - 1;
        return Optional.of(new FirstFix(section.title(), steps.get(fix), steps.subList(0, fix), check));
    }

    private List<Step> steps(Kind kind) {
        List<Row> rows = bash.section(kind).rows();
        List<Row> other = powershell.section(kind).rows();
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            String also = i < other.size() ? other.get(i).command() : "";
            if (rows.get(i).label().equals("Undo")) {
                withUndo(steps, part(rows.get(i), also, "undo"));
            } else {
                steps.add(step(rows.get(i), also));
            }
        }
        return steps;
    }

    private static void withUndo(List<Step> steps, Part undo) {
        int last = steps.size() - 1;
        if (last >= 0) {
            Step step = steps.get(last);
            steps.set(
                    last,
                    new Step(
                            step.number(), step.title(), step.badge(), step.note(), step.command(), Optional.of(undo)));
        }
    }

    private Step step(Row row, String powershellCommand) {
        return new Step(
                row.label(),
                spans(row.text()),
                badge(row.badge()),
                spans(row.note()),
                command(row.command(), powershellCommand, row.text()),
                Optional.empty());
    }

    private Part part(Row row, String powershellCommand, String what) {
        return new Part(spans(row.text()), badge(row.badge()), command(row.command(), powershellCommand, what));
    }

    private Optional<Command> command(String bashCommand, String powershellCommand, String what) {
        return bashCommand.isEmpty()
                ? Optional.empty()
                : Optional.of(new Command("c" + ++commands, what, bashCommand, powershellCommand));
    }

    private static Optional<Badge> badge(String words) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        boolean bad = words.equals(StepEffect.DOWNTIME.label()) || words.equals(StepEffect.WEAKENS.label());
        boolean changes = words.equals(StepEffect.CHANGES.label());
        String shape = words.equals(StepEffect.DOWNTIME.label())
                ? "bolt"
                : words.equals(StepEffect.WEAKENS.label())
                        ? "shield"
                        : changes ? "pencil" : words.equals(StepEffect.PERSON.label()) ? "person" : "eye";
        return Optional.of(new Badge(words, bad ? "bad" : changes ? "warn" : "neutral", shape));
    }

    private Why why() {
        Section section = bash.section(Kind.WHY);
        List<Span> reason = section.rows().stream()
                .filter(row -> row.label().isEmpty())
                .findFirst()
                .map(row -> spans(row.text()))
                .orElse(List.of());
        List<Labelled> facts = new ArrayList<>();
        String before = "";
        for (Row row : section.rows()) {
            if (!row.label().isEmpty()) {
                String label = row.label().equals(before) ? "" : ReportPhrases.upperFirst(row.label());
                facts.add(labelled(label, row.text()));
                before = row.label();
            }
        }
        facts.addAll(patterns());
        return new Why(
                section.title().isEmpty() ? "Why" : section.title(),
                reason,
                facts,
                DocumentTree.texts(DocumentTree.object(json, "rootCause"), "evidence"));
    }

    private List<Listing> lists() {
        List<Listing> lists = new ArrayList<>();
        for (Section section : bash.sections()) {
            if (LISTS.contains(section.kind())) {
                List<Labelled> items = switch (section.kind()) {
                    case RULED_OUT -> ruledOut();
                    case UNCHECKED -> unchecked();
                    default ->
                        section.rows().stream()
                                .map(row -> labelled(row.label(), (row.text() + " " + row.note()).strip()))
                                .toList();
                };
                String id = section.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
                lists.add(new Listing(id, section.title(), items));
            }
        }
        return lists;
    }

    /** All of them, since a page has room; what several have in common is said once. */
    private List<Labelled> ruledOut() {
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        DocumentTree.objects(json, "ruledOut")
                .forEach(each -> byReason.computeIfAbsent(
                                DocumentTree.text(each, "because"), because -> new ArrayList<>())
                        .add(DocumentTree.text(each, "id")));
        List<Labelled> items = new ArrayList<>();
        byReason.forEach(
                (because, ids) -> items.add(labelled(String.join(", ", ids), ReportPhrases.sentence(because))));
        return items;
    }

    private List<Labelled> unchecked() {
        Map<String, List<String>> byMissing = new LinkedHashMap<>();
        DocumentTree.objects(json, "couldNotTell")
                .forEach(each -> byMissing
                        .computeIfAbsent(
                                DocumentTree.texts(each, "missing").stream()
                                        .map(ReportPhrases::source)
                                        .collect(Collectors.joining(", ")),
                                missing -> new ArrayList<>())
                        .add(DocumentTree.text(each, "id")));
        List<Labelled> items = new ArrayList<>();
        byMissing.forEach((missing, ids) -> items.add(labelled(String.join(", ", ids), "Not read: " + missing + ".")));
        DocumentTree.objects(json, "notChecked")
                .forEach(each -> items.add(labelled(
                        DocumentTree.text(each, "id"),
                        ReportPhrases.upperFirst(ReportPhrases.sentence(DocumentTree.text(each, "because"))))));
        return items;
    }

    private List<EvidenceItem> evidence() {
        String end = DocumentTree.text(DocumentTree.object(json, "window"), "to");
        return DocumentTree.objects(json, "evidence").stream()
                .map(item -> {
                    String at = DocumentTree.text(item, "at");
                    return new EvidenceItem(
                            DocumentTree.text(item, "id"),
                            ReportPhrases.upperFirst(ReportPhrases.source(DocumentTree.text(item, "source"))),
                            at.isEmpty() ? "" : ReportPhrases.time(at, end),
                            spans(ReportPhrases.upperFirst(ReportPhrases.sentence(DocumentTree.text(item, "text")))));
                })
                .toList();
    }

    private static Labelled labelled(String label, String text) {
        return new Labelled(label, spans(text));
    }

    /** What stands between backticks is code. */
    static List<Span> spans(String text) {
        List<Span> spans = new ArrayList<>();
        String[] parts = text.split("`", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean isCode = i % 2 == 1 && i < parts.length - 1;
            if (!parts[i].isEmpty()) {
                spans.add(new Span(isCode || i % 2 == 0 ? parts[i] : "`" + parts[i], isCode));
            }
        }
        return spans;
    }
}
