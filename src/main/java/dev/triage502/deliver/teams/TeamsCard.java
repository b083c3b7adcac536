package dev.triage502.deliver.teams;

import static dev.triage502.deliver.teams.CardElements.actions;
import static dev.triage502.deliver.teams.CardElements.array;
import static dev.triage502.deliver.teams.CardElements.bold;
import static dev.triage502.deliver.teams.CardElements.code;
import static dev.triage502.deliver.teams.CardElements.coloured;
import static dev.triage502.deliver.teams.CardElements.column;
import static dev.triage502.deliver.teams.CardElements.columns;
import static dev.triage502.deliver.teams.CardElements.container;
import static dev.triage502.deliver.teams.CardElements.element;
import static dev.triage502.deliver.teams.CardElements.large;
import static dev.triage502.deliver.teams.CardElements.open;
import static dev.triage502.deliver.teams.CardElements.ownText;
import static dev.triage502.deliver.teams.CardElements.paragraph;
import static dev.triage502.deliver.teams.CardElements.run;
import static dev.triage502.deliver.teams.CardElements.small;
import static dev.triage502.deliver.teams.CardElements.spaced;
import static dev.triage502.deliver.teams.CardElements.subtle;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.triage502.report.IncidentLinks;
import dev.triage502.report.StepEffect;
import dev.triage502.report.message.MessageState.Look;
import dev.triage502.report.message.MessageSummary;
import dev.triage502.report.message.MessageSummary.Fact;
import dev.triage502.report.message.MessageSummary.FirstStep;
import dev.triage502.report.message.MessageSummary.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An incident as an Adaptive Card, in the envelope that a workflow of Teams takes.
 *
 * <p>Teams cannot update a card that came by a workflow, so each one says all. Version 1.4 is the newest that is shown
 * everywhere; {@code CodeBlock}, which phones lack, has the same lines as a fallback.
 */
public final class TeamsCard {

    /** Teams refuses 28 KiB after it has written the card as a text in JSON, which it tells nobody. */
    public static final int LONGEST = 20_000;

    private static final int LONGEST_LINE = 200;
    private static final int LONGEST_TEXT = 400;
    private static final int LABEL_WIDTH = 88;

    private final MessageSummary summary;
    private final ShortText texts = new ShortText();

    private TeamsCard(MessageSummary summary) {
        this.summary = summary;
    }

    /** The envelope with the card, no longer than Teams takes. */
    public static String envelope(MessageSummary summary) {
        return new TeamsCard(summary).shortened();
    }

    /** How long Teams counts an envelope: with its card as a text. */
    static int size(JsonObject envelope) {
        return new JsonPrimitive(envelope.toString()).toString().getBytes(StandardCharsets.UTF_8).length;
    }

    /** Drops what a reader needs least until the rest fits; state, headline, who is hit and the first fix always stay. */
    private String shortened() {
        CardParts parts = CardParts.whole(summary);
        JsonObject envelope = envelope(parts);
        while (size(envelope) > LONGEST && parts.canLose()) {
            parts = parts.withLess();
            envelope = envelope(parts);
        }
        return envelope.toString();
    }

    private JsonObject envelope(CardParts parts) {
        JsonObject attachment = new JsonObject();
        attachment.addProperty("contentType", "application/vnd.microsoft.card.adaptive");
        // Required, and null: a workflow refuses an attachment without it.
        attachment.add("contentUrl", JsonNull.INSTANCE);
        attachment.add("content", card(parts));
        JsonObject envelope = new JsonObject();
        envelope.addProperty("type", "message");
        envelope.addProperty("summary", line());
        JsonArray attachments = new JsonArray();
        attachments.add(attachment);
        envelope.add("attachments", attachments);
        return envelope;
    }

    /** For notifications, which know no links: Markdown's would be made of brackets. */
    private String line() {
        return texts.of(summary.line(), LONGEST_TEXT).replace("](", "] (");
    }

    private JsonObject card(CardParts parts) {
        JsonObject width = new JsonObject();
        width.addProperty("width", "full");
        JsonObject card = element("AdaptiveCard");
        card.addProperty("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        card.addProperty("version", "1.4");
        card.addProperty("fallbackText", line());
        card.add("msteams", width);
        card.add("body", array(body(parts)));
        return card;
    }

    private List<JsonObject> body(CardParts parts) {
        List<JsonObject> body = new ArrayList<>();
        body.add(header());
        body.add(paragraph(List.of(large(bold(run(texts.of(summary.headline(), LONGEST_LINE)))))));
        summary.leads().stream()
                .limit(CardParts.MOST_LEADS)
                .forEach(lead -> body.add(spaced(paragraph(List.of(run(texts.of(lead, LONGEST_TEXT)))), "Small")));
        parts.facts().forEach(fact -> body.add(fact(fact, fact == parts.facts().get(0))));
        summary.first().ifPresent(step -> body.add(first(step, parts.hasCommand())));
        reasons(body, parts);
        if (parts.isShortened() || texts.hasCut()) {
            body.add(subtle(ownText("Shortened. " + whole())));
        }
        buttons(body);
        return body;
    }

    private String whole() {
        return summary.links().page().isPresent()
                ? "Open the report."
                : "The report is at GET /api/diagnoses/" + summary.place().incident() + ".";
    }

    private JsonObject header() {
        Look look = summary.state().shape().look();
        JsonObject state =
                column("stretch", coloured(bold(ownText(summary.state().line())), look));
        JsonObject time = column("auto", small(subtle(ownText(summary.place().time()))));
        state.addProperty("verticalContentAlignment", "Center");
        time.addProperty("verticalContentAlignment", "Center");
        JsonObject header = container(style(look), List.of(columns(state, time)));
        header.addProperty("bleed", true);
        return header;
    }

    private static String style(Look look) {
        return switch (look) {
            case BAD -> "attention";
            case WARN -> "warning";
            case OK -> "good";
            case NEUTRAL -> "emphasis";
        };
    }

    private JsonObject fact(Fact fact, boolean first) {
        JsonObject row = columns(
                column(LABEL_WIDTH + "px", bold(ownText(fact.label()))),
                column("stretch", paragraph(List.of(run(texts.of(fact.value(), LONGEST_LINE))))));
        return spaced(row, first ? "Medium" : "Small");
    }

    private JsonObject first(FirstStep step, boolean withCommand) {
        List<JsonObject> items = new ArrayList<>();
        List<JsonObject> title = new ArrayList<>(List.of(bold(run(step.heading() + ": "))));
        codeSpans(texts.of(step.title(), LONGEST_TEXT)).forEach(span -> title.add(bold(span)));
        items.add(paragraph(title));
        List<JsonObject> effect = effect(step);
        if (!effect.isEmpty()) {
            items.add(spaced(paragraph(effect), "Small"));
        }
        if (!step.note().isEmpty()) {
            items.add(spaced(paragraph(codeSpans(texts.of(step.note(), LONGEST_TEXT))), "Small"));
        }
        if (withCommand && !step.command().isEmpty()) {
            items.add(command(step.command()));
        }
        return spaced(container("emphasis", items), "Medium");
    }

    private static List<JsonObject> effect(FirstStep step) {
        List<JsonObject> runs = new ArrayList<>();
        step.effect().ifPresent(effect -> {
            runs.add(coloured(bold(run(sign(effect) + effect.label())), look(effect)));
            if (step.undo()) {
                runs.add(run(" · undo in the report"));
            }
        });
        return runs;
    }

    private static String sign(StepEffect effect) {
        return switch (effect) {
            case READS, PERSON -> "";
            case CHANGES -> "✎ ";
            case DOWNTIME, WEAKENS -> "⚠ ";
        };
    }

    private static Look look(StepEffect effect) {
        return switch (effect) {
            case READS, PERSON -> Look.NEUTRAL;
            case CHANGES -> Look.WARN;
            case DOWNTIME, WEAKENS -> Look.BAD;
        };
    }

    /** What a page has between backticks is code. */
    private static List<JsonObject> codeSpans(String text) {
        List<JsonObject> runs = new ArrayList<>();
        String[] spans = text.split("`", -1);
        for (int i = 0; i < spans.length; i++) {
            if (!spans[i].isEmpty()) {
                runs.add(i % 2 == 1 ? code(run(spans[i])) : run(spans[i]));
            }
        }
        return runs;
    }

    private static JsonObject command(String command) {
        List<JsonObject> lines = command.lines()
                .filter(line -> !line.isBlank())
                .map(line -> spaced(paragraph(List.of(small(code(run(line))))), "None"))
                .toList();
        JsonObject fallback = element("Container");
        fallback.add("items", array(lines));
        JsonObject block = element("CodeBlock");
        block.addProperty("codeSnippet", command);
        block.addProperty("language", "Bash");
        block.addProperty("startLineNumber", 1);
        block.add("fallback", fallback);
        return block;
    }

    private void reasons(List<JsonObject> body, CardParts parts) {
        if (!parts.reasons().isEmpty()) {
            body.add(spaced(bold(ownText(summary.why().heading())), "Medium"));
        }
        int number = 1;
        for (Reason reason : parts.reasons()) {
            String text = number + ". " + texts.of(reason.sentence(), LONGEST_TEXT);
            body.add(spaced(paragraph(List.of(run(text))), "Small"));
            number++;
        }
        if (!parts.numbers().isEmpty()) {
            body.add(spaced(small(subtle(ownText(parts.numbers()))), "Small"));
        }
        if (!parts.notChecked().isEmpty()) {
            String text = "Not checked: " + String.join(" ", parts.notChecked());
            body.add(spaced(paragraph(List.of(small(subtle(run(texts.of(text, LONGEST_TEXT)))))), "Small"));
        }
    }

    private void buttons(List<JsonObject> body) {
        IncidentLinks links = summary.links();
        // Buttons in a row do not wrap: a phone has room for two.
        List<JsonObject> ways = new ArrayList<>();
        links.page().ifPresent(url -> ways.add(open("Open report", url)));
        links.portal().ifPresent(url -> ways.add(open("Gateway in portal", url)));
        if (!ways.isEmpty()) {
            body.add(spaced(actions(ways), "Medium"));
        }
        links.causePage().ifPresent(url -> body.add(spaced(actions(List.of(open("About this cause", url))), "Small")));
        List<JsonObject> verdicts = new ArrayList<>();
        links.feedbackRight().ifPresent(url -> verdicts.add(open("Right", url)));
        links.feedbackWrong().ifPresent(url -> verdicts.add(open("Wrong", url)));
        if (!verdicts.isEmpty()) {
            JsonObject question = column("stretch", subtle(ownText("Was this right?")));
            question.addProperty("verticalContentAlignment", "Center");
            JsonObject row = spaced(columns(question, column("auto", actions(verdicts))), "Medium");
            row.addProperty("separator", true);
            body.add(row);
        }
    }
}
