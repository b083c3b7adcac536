package dev.triage502.report.html;

import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import dev.triage502.json.JsonTree;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.report.Report;
import dev.triage502.report.Report.Kind;
import dev.triage502.report.Report.Outcome;
import dev.triage502.report.Report.Row;
import dev.triage502.report.Report.Section;
import dev.triage502.report.ReportPhrases;
import dev.triage502.report.StepEffect;
import dev.triage502.report.html.PageLinks.EarlierIncident;
import dev.triage502.report.html.PageView.Badge;
import dev.triage502.report.html.PageView.Command;
import dev.triage502.report.html.PageView.Confidence;
import dev.triage502.report.html.PageView.EvidenceItem;
import dev.triage502.report.html.PageView.Fact;
import dev.triage502.report.html.PageView.FirstFix;
import dev.triage502.report.html.PageView.Foot;
import dev.triage502.report.html.PageView.Head;
import dev.triage502.report.html.PageView.Item;
import dev.triage502.report.html.PageView.Labelled;
import dev.triage502.report.html.PageView.LinkRow;
import dev.triage502.report.html.PageView.Listing;
import dev.triage502.report.html.PageView.PageLink;
import dev.triage502.report.html.PageView.Part;
import dev.triage502.report.html.PageView.Span;
import dev.triage502.report.html.PageView.State;
import dev.triage502.report.html.PageView.Step;
import dev.triage502.report.html.PageView.Steps;
import dev.triage502.report.html.PageView.Titled;
import dev.triage502.report.html.PageView.Why;
import dev.triage502.report.shell.Shell;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lays a report out as a page. What is said, and in which order, is the report's; the page adds numbers, path and timeline. */
final class PageViewWriter {

    private static final List<Kind> LISTS = List.of(Kind.CONTRIBUTING, Kind.RULED_OUT, Kind.UNCHECKED);

    private static final int MOST_CITED_FACTS = 40;
    private static final int MOST_OTHER_FACTS = 60;
    private static final int MOST_LINKED_FACTS = 3;

    private final DiagnosisDocument document;
    private final PageLinks links;
    private final EvidenceExcerpts excerpts;
    private final JsonObject json;
    private final Report bash;
    private final Report powershell;
    private final KnownNames names;
    private final Map<String, String> commandIds = new LinkedHashMap<>();
    private final Set<String> waysShown = new HashSet<>();
    private final List<EvidenceItem> evidence;
    private final Set<String> shownFacts;
    private final List<Step> leftAfterFix = new ArrayList<>();
    private int commands;

    PageViewWriter(DiagnosisDocument document, PageLinks links, EvidenceExcerpts excerpts) {
        this.document = document;
        this.excerpts = excerpts;
        this.links = links;
        this.json = document.json();
        this.names = KnownNames.of(document);
        this.bash = Report.of(document, Shell.BASH);
        this.powershell = Report.of(document, Shell.POWERSHELL);
        this.evidence = evidence();
        this.shownFacts = evidence.stream().map(EvidenceItem::id).collect(Collectors.toSet());
    }

    PageView view() {
        String[] state = state(bash.state());
        Head head = new Head(
                state(state),
                confidence(state),
                ReportPhrases.place(document),
                names.spans(bash.title()),
                leads(),
                also(),
                facts());
        Optional<FirstFix> first = first();
        Why why = why();
        List<Step> further = further();
        List<Step> next = next();
        List<Listing> lists = lists();
        boolean isSwitchMissing =
                commands > 0 && first.flatMap(each -> each.step().command()).isEmpty();
        return new PageView(
                head,
                first.map(each ->
                        new FirstFix(each.heading(), each.step(), each.lookFirst(), each.check(), isSwitchMissing)),
                why,
                PathViewWriter.of(json),
                TimelineViewWriter.of(document),
                new Steps(further, next, isSwitchMissing && first.isEmpty()),
                lists,
                new Foot(evidence, evidenceWords(), links(), ReportPhrases.footer(document)));
    }

    /** {@code Open · Sev 1 · Confirmed} is the state with its severity, and how sure the cause is. */
    private String[] state(String words) {
        int last = words.lastIndexOf(" · ");
        return bash.outcome() == Outcome.FAULT && last > 0
                ? new String[] {words.substring(0, last), words.substring(last + 3)}
                : new String[] {words};
    }

    /** What one can do, the most usual first; what there is nothing of is left out. */
    private List<LinkRow> links() {
        Stream<PageLink> portal = Stream.of(new PageLink("Gateway in the Azure portal", document.portal()));
        List<PageLink> further = Stream.of(links.actions().stream(), links.cause().stream(), portal)
                .flatMap(some -> some)
                .toList();
        return Stream.of(
                        new LinkRow("Was this right?", links.feedback()),
                        new LinkRow("More", further),
                        new LinkRow("Download", links.downloads()))
                .filter(row -> !row.links().isEmpty())
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
        if (state[0].startsWith("Flapping")) {
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

    /** A second fault has failed requests of its own; what shares those of the first is below. */
    private List<Span> also() {
        long own = number(JsonTree.object(json, "rootCause"), "failedRequests");
        long all = number(JsonTree.object(json, "impact"), "failedRequests");
        boolean isSecond = JsonTree.objects(json, "contributing").stream()
                .limit(1)
                .map(second -> number(second, "failedRequests"))
                .anyMatch(failed -> failed > 0 && own + failed <= all);
        return bash.outcome() == Outcome.FAULT && isSecond
                ? names.spans(bash.section(Kind.CONTRIBUTING).rows().get(0).text())
                : List.of();
    }

    private List<Labelled> patterns() {
        return bash.section(Kind.IMPACT).rows().stream()
                .filter(row -> row.label().equals("Pattern") || row.label().equals("Where"))
                .map(row -> labelled(row.label(), row))
                .toList();
    }

    private List<Fact> facts() {
        JsonObject impact = JsonTree.object(json, "impact");
        List<Fact> facts = new ArrayList<>();
        time().ifPresent(facts::add);
        share(impact).ifPresent(facts::add);
        if (number(impact, "failedRequests") > 0) {
            facts.add(new Fact(
                    "Failed requests",
                    counted(number(impact, "failedRequests")),
                    "of " + counted(number(impact, "totalRequests")),
                    ""));
        }
        servers().ifPresent(facts::add);
        return facts;
    }

    private static String counted(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Since when, or how long it took. */
    private Optional<Fact> time() {
        return bash.section(Kind.IMPACT).rows().stream()
                .filter(row -> row.label().equals("Since") || row.label().equals("From"))
                .findFirst()
                .map(row -> {
                    String[] parts = row.text().split(", ", 2);
                    boolean isOver = bash.outcome() == Outcome.RECOVERED && parts.length > 1;
                    return isOver
                            ? new Fact("Duration", parts[1], parts[0], "")
                            : new Fact(row.label(), parts[0], parts.length > 1 ? parts[1] : "", "");
                });
    }

    /** How many of the requests to the host that is hit most fail. */
    private Optional<Fact> share(JsonObject impact) {
        JsonObject during = JsonTree.object(JsonTree.object(json, "recovery"), "during");
        if (bash.outcome() == Outcome.RECOVERED && during.size() > 0) {
            return Optional.of(new Fact("Failing now", "0%", "was " + percent(during) + " of " + host(during), "ok"));
        }
        return JsonTree.objects(impact, "byHost").stream()
                .findFirst()
                .map(host -> isFailing() && host.has("totalRequestsSince")
                        ? new Fact(
                                "Failing",
                                ReportPhrases.percent(
                                        number(host, "failedRequests"), number(host, "totalRequestsSince")),
                                "of " + host(host) + " since " + time(host),
                                "bad")
                        : new Fact(
                                isFailing() ? "Failing" : "Failed",
                                percent(host),
                                "of " + host(host),
                                isFailing() ? "bad" : ""));
    }

    private String time(JsonObject host) {
        String end = JsonTree.text(JsonTree.object(json, "window"), "to");
        return ReportPhrases.time(JsonTree.text(host, "since"), end).replace(" UTC", "");
    }

    private static String percent(JsonObject counts) {
        return ReportPhrases.percent(number(counts, "failedRequests"), number(counts, "totalRequests"));
    }

    private static String host(JsonObject counts) {
        return JsonTree.text(counts, "host");
    }

    private Optional<Fact> servers() {
        JsonObject health = JsonTree.object(json, "poolHealth");
        if (health.size() > 0) {
            boolean isBad = isFailing() && number(health, "healthyServers") < number(health, "totalServers");
            return Optional.of(servers(health, isBad ? "bad" : ""));
        }
        List<JsonObject> pools = JsonTree.objects(JsonTree.object(json, "recovery"), "pools");
        if (bash.outcome() == Outcome.RECOVERED && pools.size() == 1) {
            boolean isWhole = number(pools.get(0), "healthyServers") == number(pools.get(0), "totalServers");
            return Optional.of(servers(pools.get(0), isWhole ? "ok" : ""));
        }
        return JsonTree.objects(json, "evidenceRead").stream()
                .filter(read -> JsonTree.text(read, "source").equals(Source.BACKEND_HEALTH.id())
                        && JsonTree.text(read, "state").equals("could-not-read"))
                .findFirst()
                .map(read -> new Fact("Healthy servers", "not known", "backend health was not read", ""));
    }

    private static Fact servers(JsonObject health, String look) {
        return new Fact(
                "Healthy servers",
                number(health, "healthyServers") + " of " + number(health, "totalServers"),
                JsonTree.text(health, "pool"),
                look);
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
        int fix = isFixed() ? 0 : steps.size() - 1;
        leftAfterFix.addAll(steps.subList(fix + 1, steps.size()));
        return Optional.of(new FirstFix(section.title(), steps.get(fix), steps.subList(0, fix), check, false));
    }

    /** What fixed it then comes first, and the steps that are left after it. */
    private boolean isFixed() {
        return !JsonTree.text(JsonTree.object(JsonTree.object(json, "life"), "recovery"), "fixedBy")
                .isEmpty();
    }

    private List<Step> further() {
        return Stream.concat(leftAfterFix.stream(), steps(Kind.FURTHER).stream())
                .toList();
    }

    /** What would narrow the cause down; what a report has no room for is further down on the page. */
    private List<Step> next() {
        return steps(Kind.NEXT).stream()
                .filter(step ->
                        step.command().isPresent() || step.title().stream().noneMatch(PageViewWriter::isElsewhere))
                .toList();
    }

    private static boolean isElsewhere(Span said) {
        return said.text().contains(ReportPhrases.IN_THE_JSON) || said.text().contains(": see step ");
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
                names.spans(row.text()),
                badge(row.badge()),
                spans(row.note()),
                command(row.command(), powershellCommand, row.text()),
                Optional.empty());
    }

    private Part part(Row row, String powershellCommand, String what) {
        return new Part(spans(row.text()), badge(row.badge()), command(row.command(), powershellCommand, what));
    }

    private Optional<Command> command(String bashCommand, String powershellCommand, String what) {
        if (bashCommand.isEmpty()) {
            return Optional.empty();
        }
        String id = "c" + ++commands;
        commandIds.putIfAbsent(bashCommand, id);
        return Optional.of(new Command(id, what, bashCommand, powershellCommand));
    }

    static Optional<Badge> badge(String words) {
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
                .map(row -> names.spans(row.text()))
                .orElse(List.of());
        List<Labelled> facts = new ArrayList<>();
        String before = "";
        boolean isPatternShown = false;
        for (Row row : section.rows()) {
            if (row.label().equals("Not checked") && !isPatternShown) {
                facts.addAll(patterns());
                isPatternShown = true;
            }
            if (!row.label().isEmpty()) {
                String label = row.label().equals(before) ? "" : ReportPhrases.upperFirst(row.label());
                facts.add(labelled(label, row));
                before = row.label();
            }
        }
        facts.addAll(isPatternShown ? List.of() : patterns());
        return new Why(section.title().isEmpty() ? "Why" : section.title(), reason, facts);
    }

    private List<Listing> lists() {
        List<Listing> lists = new ArrayList<>();
        for (Kind kind : LISTS) {
            Section section = bash.section(kind);
            List<Item> items = switch (kind) {
                case RULED_OUT -> ruledOut();
                case UNCHECKED -> unchecked();
                default -> said(section);
            };
            // A report has the rivals of the cause among the reasons; here each has what would allow it to be checked.
            String heading = kind == Kind.UNCHECKED ? "Could not be checked" : section.title();
            if (!items.isEmpty()) {
                lists.add(new Listing(kind.name().toLowerCase(Locale.ROOT).replace('_', '-'), heading, items));
            }
        }
        earlier().ifPresent(lists::add);
        return lists;
    }

    private static List<Item> said(Section section) {
        return section.rows().stream()
                .map(row -> new Item(
                        row.label().isEmpty() ? List.of() : List.of(new Titled(row.label(), "")),
                        spans((row.text() + " " + row.note()).strip())))
                .toList();
    }

    /** All of them, since a page has room; what several have in common is said once. */
    private List<Item> ruledOut() {
        return together("ruledOut", each -> ReportPhrases.asSentence(JsonTree.text(each, "because")));
    }

    private List<Item> unchecked() {
        List<Item> items = new ArrayList<>();
        for (Item item : together("couldNotTell", PageViewWriter::notRead)) {
            items.add(withWhatWouldAllowIt(item));
        }
        items.addAll(together("notChecked", each -> ReportPhrases.asSentence(JsonTree.text(each, "because"))));
        return items;
    }

    private static String notRead(JsonObject cause) {
        return "Not read: "
                + JsonTree.texts(cause, "missing").stream()
                        .map(ReportPhrases::source)
                        .collect(Collectors.joining(", "))
                + ".";
    }

    /** What gets the sources that are missing; what stands on the page already is led to. */
    private Item withWhatWouldAllowIt(Item item) {
        Set<String> ids = item.causes().stream().map(Titled::any).collect(Collectors.toSet());
        List<PageLink> known = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        for (JsonObject way : JsonTree.objects(json, "toCheck")) {
            if (JsonTree.texts(way, "decides").stream().noneMatch(ids::contains)) {
                continue;
            }
            String command = JsonTree.text(way, "command");
            String at = commandIds.getOrDefault(command, "");
            if (at.isEmpty() && waysShown.add(JsonTree.text(way, "text"))) {
                steps.add(way(way, command));
            } else if (!at.isEmpty()) {
                known.add(new PageLink(JsonTree.text(way, "text"), "#" + at));
            }
        }
        return new Item(item.causes(), item.text(), known, steps);
    }

    private Step way(JsonObject way, String command) {
        String own = JsonTree.text(way, "powershell");
        Optional<Badge> badge = StepEffect.of(way).flatMap(effect -> badge(effect.label()));
        return new Step(
                "",
                spans(JsonTree.text(way, "text")),
                command.isEmpty() ? Optional.empty() : badge,
                spans(JsonTree.text(way, "how")),
                command(command, own.isEmpty() ? command : own, JsonTree.text(way, "text")),
                Optional.empty());
    }

    private List<Item> together(String part, Function<JsonObject, String> says) {
        Map<String, List<Titled>> bySaying = new LinkedHashMap<>();
        JsonTree.objects(json, part)
                .forEach(each -> bySaying.computeIfAbsent(says.apply(each), text -> new ArrayList<>())
                        .add(titled(each)));
        List<Item> items = new ArrayList<>();
        bySaying.forEach((text, causes) -> items.add(new Item(causes, spans(text))));
        return items;
    }

    /** Documents of before have ids only. */
    private static Titled titled(JsonObject cause) {
        String title = JsonTree.text(cause, "title");
        String id = JsonTree.text(cause, "id");
        return title.isEmpty() ? new Titled(id, "") : new Titled(title, id);
    }

    /** What happened before: as far as the incident's life tells it, and what else is known where the page is served. */
    private Optional<Listing> earlier() {
        String end = JsonTree.text(JsonTree.object(json, "window"), "to");
        List<Item> items = new ArrayList<>(recurrence().stream().toList());
        for (EarlierIncident each : links.earlier()) {
            String said =
                    ReportPhrases.time(each.openedAt(), end) + (each.cause().isEmpty() ? "" : ": " + each.cause());
            List<PageLink> page =
                    each.url().stream().map(url -> new PageLink(each.id(), url)).toList();
            String id = page.isEmpty() ? " (" + each.id() + ")" : "";
            items.add(new Item(List.of(), List.of(new Span(said + id, false)), page, List.of()));
        }
        return items.isEmpty() ? Optional.empty() : Optional.of(new Listing("history", "Earlier incidents", items));
    }

    private Optional<Item> recurrence() {
        JsonObject again = JsonTree.object(JsonTree.object(json, "life"), "recurrence");
        if (again.size() == 0) {
            return Optional.empty();
        }
        String end = JsonTree.text(JsonTree.object(json, "window"), "to");
        String text = "Same cause and place: " + ReportPhrases.counted(number(again, "times"), "time") + " since "
                + ReportPhrases.time(JsonTree.text(again, "first"), end) + ", before this on "
                + ReportPhrases.time(JsonTree.text(again, "last"), end) + " (incident "
                + JsonTree.text(again, "before") + ").";
        return Optional.of(new Item(List.of(), spans(text)));
    }

    /** Those behind the cause, then the others, as many as a page has room for. */
    private List<EvidenceItem> evidence() {
        String end = JsonTree.text(JsonTree.object(json, "window"), "to");
        List<JsonObject> all = JsonTree.objects(json, "evidence");
        Set<String> cited = new HashSet<>(citedFacts());
        Predicate<JsonObject> isCited = item -> cited.contains(JsonTree.text(item, "id"));
        return Stream.concat(
                        all.stream().filter(isCited),
                        all.stream().filter(isCited.negate()).limit(MOST_OTHER_FACTS))
                .map(item -> fact(item, end))
                .toList();
    }

    private List<String> citedFacts() {
        return JsonTree.texts(JsonTree.object(json, "rootCause"), "evidence").stream()
                .limit(MOST_CITED_FACTS)
                .toList();
    }

    private EvidenceItem fact(JsonObject item, String end) {
        String at = JsonTree.text(item, "at");
        return new EvidenceItem(
                JsonTree.text(item, "id"),
                ReportPhrases.upperFirst(ReportPhrases.source(JsonTree.text(item, "source"))),
                at.isEmpty() ? "" : ReportPhrases.time(at, end),
                names.spans(ReportPhrases.asSentence(JsonTree.text(item, "text"))),
                excerpts.of(JsonTree.text(item, "id")));
    }

    private String evidenceWords() {
        int more = JsonTree.objects(json, "evidence").size() - evidence.size();
        return more <= 0
                ? "Every fact that this page rests on."
                : "The facts behind the cause first; " + ReportPhrases.counted(more, "more fact") + " in the JSON.";
    }

    private Labelled labelled(String label, Row row) {
        List<String> shown = row.facts().stream().filter(shownFacts::contains).toList();
        List<String> first = shown.stream().limit(MOST_LINKED_FACTS).toList();
        return new Labelled(label, names.spans(row.text()), first, shown.size() - first.size());
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
