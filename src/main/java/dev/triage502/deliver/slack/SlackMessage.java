package dev.triage502.deliver.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.triage502.report.IncidentLinks;
import dev.triage502.report.StepEffect;
import dev.triage502.report.message.MessageState.Shape;
import dev.triage502.report.message.MessageSummary;
import dev.triage502.report.message.MessageSummary.FirstStep;
import dev.triage502.report.message.MessageSummary.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * An incident as a message in Slack: {@code text} for notifications, and {@code blocks}.
 *
 * <p>It keeps the limits of an update from the first post on, since it is updated later: those are lower, and a message
 * that was once posted could not be brought up to date.
 */
public final class SlackMessage {

    /** In characters of JSON; Slack refuses somewhere above 11,000 and does not say what it counts. */
    public static final int LONGEST_BLOCKS = 9_000;

    /** The button that asks for another diagnosis; its value is the incident's id. */
    public static final String DIAGNOSE_AGAIN = "diagnose_again";

    /** The button for a diagnosis that was right; its value is the incident's id. */
    public static final String MARK_RIGHT = "mark_right";

    /** The button for a diagnosis that was wrong; its value is the incident's id. */
    public static final String MARK_WRONG = "mark_wrong";

    private static final int MOST_LEADS = 3;
    private static final int MOST_FIELDS = 10;
    private static final int LONGEST_HEADER = 150;
    private static final int LONGEST_FIELD = 400;
    private static final int LONGEST_TEXT = 600;
    private static final int LONGEST_COMMAND = 1_700;
    private static final int LONGEST_URL = 3_000;

    private final MessageSummary summary;
    private final Set<Press> presses;
    private boolean cut;

    private SlackMessage(MessageSummary summary, Set<Press> presses) {
        this.summary = summary;
        this.presses = presses;
    }

    /** What a button can tell the app. */
    public enum Press {
        /** To diagnose again. */
        AGAIN,
        /** Whether the diagnosis was right. */
        VERDICT
    }

    /**
     * The message.
     *
     * @param presses what the app can be told by buttons; other buttons open pages
     */
    public static JsonObject of(MessageSummary summary, Set<Press> presses) {
        SlackMessage message = new SlackMessage(summary, presses);
        MessageParts parts = MessageParts.whole(summary);
        JsonArray blocks = message.blocks(parts);
        while (blocks.toString().length() > LONGEST_BLOCKS && parts.canLose()) {
            parts = parts.withLess();
            blocks = message.blocks(parts);
        }
        return message(message.fitted(summary.line(), LONGEST_TEXT, SlackText::mrkdwn), blocks);
    }

    /**
     * What happened to an incident, as a reply in the thread of its message.
     *
     * @param sentence what happened
     */
    public static JsonObject reply(MessageSummary summary, String sentence) {
        SlackMessage message = new SlackMessage(summary, Set.of());
        String state = summary.place().time() + " · " + summary.state().words();
        String head = message.sign() + " " + SlackText.bold(message.fitted(state, LONGEST_FIELD, SlackText::mrkdwn));
        String what =
                message.fitted(sentence.isEmpty() ? summary.headline() : sentence, LONGEST_TEXT, SlackText::mrkdwn);
        List<JsonObject> blocks = List.of(SlackBlocks.section(head + "\n" + what));
        return message(
                message.fitted(state + ": " + sentence, LONGEST_TEXT, SlackText::mrkdwn), SlackBlocks.array(blocks));
    }

    /**
     * A short answer.
     *
     * @param sentence what is said; code in it stands between backticks
     * @param form     where the true cause can be named
     */
    public static JsonObject note(String sentence, Optional<String> form) {
        String text = SlackText.fitting(sentence, LONGEST_TEXT, SlackText::spans);
        List<JsonObject> blocks = new ArrayList<>(List.of(SlackBlocks.section(text)));
        link("Name the true cause", "open_form", form)
                .ifPresent(button -> blocks.add(SlackBlocks.actions(List.of(button))));
        return message(text, SlackBlocks.array(blocks));
    }

    private static JsonObject message(String text, JsonArray blocks) {
        JsonObject message = new JsonObject();
        message.addProperty("text", text);
        message.add("blocks", blocks);
        return message;
    }

    private String fitted(String text, int most, UnaryOperator<String> writing) {
        cut |= writing.apply(text).length() > most;
        return SlackText.fitting(text, most, writing);
    }

    private JsonArray blocks(MessageParts parts) {
        List<JsonObject> blocks = new ArrayList<>();
        blocks.add(SlackBlocks.header(fitted(sign() + " " + summary.headline(), LONGEST_HEADER, SlackText::plain)));
        blocks.add(SlackBlocks.section(lead()));
        List<String> fields = fields(parts);
        if (!fields.isEmpty()) {
            blocks.add(SlackBlocks.fields(fields));
        }
        summary.first().ifPresent(step -> blocks.add(SlackBlocks.section(first(step, parts.hasCommand()))));
        if (!parts.reasons().isEmpty()) {
            blocks.add(SlackBlocks.section(why(parts.reasons())));
        }
        List<JsonObject> buttons = buttons();
        if (!buttons.isEmpty()) {
            blocks.add(SlackBlocks.actions(buttons));
        }
        blocks.add(SlackBlocks.context(context(parts)));
        return SlackBlocks.array(blocks);
    }

    private String lead() {
        List<String> lines = new ArrayList<>();
        lines.add(SlackText.bold(fitted(summary.state().words(), LONGEST_FIELD, SlackText::mrkdwn)));
        summary.leads().stream()
                .limit(MOST_LEADS)
                .forEach(lead -> lines.add(fitted(lead, LONGEST_TEXT, SlackText::mrkdwn)));
        return String.join("\n", lines);
    }

    private List<String> fields(MessageParts parts) {
        return parts.facts().stream()
                .limit(MOST_FIELDS)
                .map(fact -> SlackText.bold(SlackText.mrkdwn(fact.label())) + "\n"
                        + fitted(fact.value(), LONGEST_FIELD, SlackText::mrkdwn))
                .toList();
    }

    private String first(FirstStep step, boolean withCommand) {
        List<String> lines = new ArrayList<>();
        lines.add(fitted(step.heading() + ": " + step.title(), LONGEST_TEXT, SlackText::boldSpans));
        String effect = effect(step);
        if (!effect.isEmpty()) {
            lines.add(effect);
        }
        if (!step.note().isEmpty()) {
            lines.add(fitted(step.note(), LONGEST_TEXT, SlackText::spans));
        }
        if (!step.command().isEmpty()) {
            String command = SlackText.fence(step.command());
            // Half a command is worse than none.
            if (withCommand && command.length() <= LONGEST_COMMAND) {
                lines.add(command);
            } else {
                cut = true;
            }
        }
        return String.join("\n", lines);
    }

    private static String effect(FirstStep step) {
        Stream<String> label = step.effect().stream().map(effect -> icon(effect) + " *" + effect.label() + "*");
        Stream<String> undo = step.undo() ? Stream.of("undo in the report") : Stream.empty();
        return String.join(" · ", Stream.concat(label, undo).toList());
    }

    private static String icon(StepEffect effect) {
        return switch (effect) {
            case READS -> "👁️";
            case PERSON -> "👤";
            case CHANGES -> "✏️";
            case DOWNTIME -> "⚡";
            case WEAKENS -> "🛡️";
        };
    }

    /** Shape and colour in one, since a message has no colours of its own. */
    private String sign() {
        Shape shape = summary.state().shape();
        return switch (shape) {
            case BROKEN -> "🛑";
            case UNKNOWN -> "🔶";
            case FLAPPING -> "⚠️";
            case RECOVERED -> "✅";
            case NO_FAULT -> "⚪";
        };
    }

    private String why(List<Reason> reasons) {
        List<String> lines = new ArrayList<>();
        lines.add(SlackText.bold(SlackText.mrkdwn(summary.why().heading())));
        for (int i = 0; i < reasons.size(); i++) {
            lines.add((i + 1) + ". " + fitted(reasons.get(i).sentence(), LONGEST_TEXT, SlackText::mrkdwn));
        }
        return String.join("\n", lines);
    }

    private List<JsonObject> buttons() {
        IncidentLinks links = summary.links();
        String incident = summary.place().incident();
        List<JsonObject> buttons = new ArrayList<>();
        link("Open report", "open_report", links.page()).ifPresent(button -> {
            button.addProperty("style", "primary");
            buttons.add(button);
        });
        if (presses.contains(Press.AGAIN)) {
            buttons.add(SlackBlocks.press("Diagnose again", DIAGNOSE_AGAIN, incident));
        }
        if (presses.contains(Press.VERDICT)) {
            buttons.add(SlackBlocks.press("Right", MARK_RIGHT, incident));
            buttons.add(SlackBlocks.press("Wrong", MARK_WRONG, incident));
        } else {
            link("Right", "open_right", links.feedbackRight()).ifPresent(buttons::add);
            link("Wrong", "open_wrong", links.feedbackWrong()).ifPresent(buttons::add);
        }
        link("Gateway in portal", "open_portal", links.portal()).ifPresent(buttons::add);
        link("About this cause", "open_cause", links.causePage()).ifPresent(buttons::add);
        return buttons;
    }

    private static Optional<JsonObject> link(String text, String action, Optional<String> url) {
        return url.filter(at -> at.length() <= LONGEST_URL).map(at -> SlackBlocks.link(text, action, at));
    }

    private List<String> context(MessageParts parts) {
        List<String> lines = new ArrayList<>();
        if (!parts.notChecked().isEmpty()) {
            String text = "Not checked: " + String.join(" ", parts.notChecked());
            lines.add(fitted(text, LONGEST_TEXT, SlackText::mrkdwn));
        }
        String place =
                summary.place().gateway() + " · diagnosed at " + summary.place().time();
        lines.add(fitted(place, LONGEST_FIELD, SlackText::mrkdwn));
        if (parts.isShortened() || cut) {
            lines.add("Shortened. " + whole());
        }
        return lines;
    }

    private String whole() {
        return summary.links().page().isPresent()
                ? "Open the report."
                : "The report is at GET /api/diagnoses/"
                        + SlackText.mrkdwn(summary.place().incident()) + ".";
    }
}
