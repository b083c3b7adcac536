package dev.triage502.report.message;

import com.google.gson.JsonObject;
import dev.triage502.json.JsonTree;
import dev.triage502.report.CommandWrap;
import dev.triage502.report.IncidentLinks;
import dev.triage502.report.IncidentTimeline;
import dev.triage502.report.Report;
import dev.triage502.report.Report.Kind;
import dev.triage502.report.Report.Outcome;
import dev.triage502.report.Report.Row;
import dev.triage502.report.ReportPhrases;
import dev.triage502.report.StepEffect;
import dev.triage502.report.message.MessageState.Shape;
import dev.triage502.report.message.MessageSummary.Fact;
import dev.triage502.report.message.MessageSummary.FirstStep;
import dev.triage502.report.message.MessageSummary.Place;
import dev.triage502.report.message.MessageSummary.Reason;
import dev.triage502.report.message.MessageSummary.Why;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Takes from a report what a message has room for. */
final class MessageSummaryWriter {

    static final String SINCE = "Since";

    private static final int MOST_REASONS = 3;

    /** A phone shows lines of a command as wide as this whole; what is longer is continued on the next. */
    private static final int WIDTH = 42;

    private static final Set<String> NUMBERS = Set.of(SINCE, "From", "Failed", "Healthy");
    /** How the report begins the first thing to know after a recovery. */
    private static final String WHAT_FIXED_IT = "What fixed it: ";

    private static final String NOT_CHECKED = "Not checked";
    private static final Set<String> WEIGHED = Set.of("For", "Against", "Rival");
    private static final Set<String> PARTS_OF_STEP = Set.of("Check", "Undo");

    private final Report report;
    private final JsonObject json;
    private final IncidentLinks links;

    MessageSummaryWriter(Report report, IncidentLinks links) {
        this.report = report;
        this.json = report.document().json();
        this.links = links;
    }

    MessageSummary summary() {
        return new MessageSummary(state(), place(), report.title(), leads(), facts(), first(), why(), links);
    }

    /** The confidence is a fact of its own, so it is left out of the words. */
    private MessageState state() {
        String words = report.state();
        int confidence = report.outcome() == Outcome.FAULT ? words.lastIndexOf(" · ") : -1;
        return new MessageState(confidence < 0 ? words : words.substring(0, confidence), shape());
    }

    private Shape shape() {
        switch (life("state")) {
            case "flapping":
                return Shape.FLAPPING;
            case "resolved", "given-up":
                return Shape.UNKNOWN;
            default:
                break;
        }
        return switch (report.outcome()) {
            case FAULT -> Shape.BROKEN;
            case UNTOLD -> Shape.UNKNOWN;
            case RECOVERED -> Shape.RECOVERED;
            case NO_FAULT -> Shape.NO_FAULT;
        };
    }

    private String life(String field) {
        return JsonTree.text(JsonTree.object(json, "life"), field);
    }

    private Place place() {
        String gateway = report.document().gateway();
        String to = JsonTree.text(JsonTree.object(json, "window"), "to");
        return new Place(
                gateway.substring(gateway.lastIndexOf('/') + 1),
                ReportPhrases.time(to, to),
                report.document().incident());
    }

    private List<String> leads() {
        return report.section(Kind.IMPACT).rows().stream()
                .filter(row -> row.label().isEmpty())
                .map(Row::text)
                .toList();
    }

    private List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        report.section(Kind.IMPACT).rows().stream()
                .filter(row -> NUMBERS.contains(row.label()))
                .forEach(row -> facts.add(new Fact(row.label(), row.text())));
        if (report.outcome() == Outcome.FAULT || report.outcome() == Outcome.UNTOLD) {
            facts.add(new Fact("Confidence", confidence()));
        }
        return facts;
    }

    /** {@code Confirmed: direct evidence, nothing contradicts it}; of a conclusion, how much of the evidence was read. */
    private String confidence() {
        if (report.outcome() == Outcome.FAULT) {
            return report.confidence();
        }
        List<JsonObject> sources = JsonTree.objects(json, "evidenceRead");
        long read = sources.stream()
                .filter(each -> !JsonTree.text(each, "state").equals("could-not-read"))
                .count();
        return sources.isEmpty() ? "None" : "None: " + read + " of " + sources.size() + " sources were read";
    }

    /** The fix stands after what to look at before it, and before its check and its undo. */
    private Optional<FirstStep> first() {
        List<Row> rows = report.section(Kind.FIRST).rows();
        List<Row> steps = rows.stream()
                .filter(row -> !PARTS_OF_STEP.contains(row.label()))
                .toList();
        if (steps.isEmpty()) {
            return Optional.empty();
        }
        Row step = report.outcome() == Outcome.FAULT ? steps.get(steps.size() - 1) : steps.get(0);
        boolean undo = rows.stream().anyMatch(row -> row.label().equals("Undo"));
        boolean fixed = step.text().startsWith(WHAT_FIXED_IT);
        return Optional.of(new FirstStep(
                fixed
                        ? WHAT_FIXED_IT.replace(": ", "")
                        : report.section(Kind.FIRST).title(),
                fixed ? step.text().substring(WHAT_FIXED_IT.length()) : step.text(),
                Stream.of(StepEffect.values())
                        .filter(effect -> effect.label().equals(step.badge()))
                        .findFirst(),
                step.note(),
                String.join("\n", CommandWrap.lines(step.command(), report.shell(), WIDTH)),
                undo && !step.command().isEmpty()));
    }

    private Why why() {
        List<Row> rows = report.section(Kind.WHY).rows();
        List<String> notChecked = rows.stream()
                .filter(row -> row.label().equals(NOT_CHECKED))
                .map(Row::text)
                .toList();
        List<Row> facts = rows.stream()
                .filter(row -> !row.label().isEmpty() && !row.label().equals(NOT_CHECKED))
                .toList();
        String heading = report.section(Kind.WHY).title();
        return new Why(
                heading.isEmpty() ? "Why" : heading,
                reasons(facts),
                IncidentTimeline.of(report.document()).failedInNumbers(),
                notChecked);
    }

    /** Of a cause that is weighed, what is against it and its rival come before the third thing that is for it. */
    private static List<Reason> reasons(List<Row> facts) {
        List<Row> others = facts.stream()
                .filter(row -> row.label().equals("Against") || row.label().equals("Rival"))
                .limit(MOST_REASONS - 1)
                .toList();
        List<Row> reasons = new ArrayList<>(facts.stream()
                .filter(row -> !others.contains(row))
                .limit(MOST_REASONS - others.size())
                .toList());
        reasons.addAll(others);
        return reasons.stream()
                .map(row -> new Reason(WEIGHED.contains(row.label()) ? row.label() : "", row.text()))
                .toList();
    }
}
