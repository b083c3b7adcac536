package dev.triage502.deliver;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.deliver.email.EmailMessage;
import dev.triage502.deliver.slack.SlackMessage;
import dev.triage502.deliver.slack.SlackMessage.Press;
import dev.triage502.deliver.teams.TeamsCard;
import dev.triage502.ledger.MessageReason;
import dev.triage502.report.Golden;
import dev.triage502.report.message.MessageSummary;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a reader sees of one incident of each kind, whole. */
class MessageGoldenTest {

    private static final Map<String, ReportNotice> KINDS = ExampleNotices.ofEachKind();

    @Test
    void saysTheSameInEveryChannel() {
        StringBuilder all = new StringBuilder();
        KINDS.forEach((name, notice) -> all.append("==== ")
                .append(name)
                .append('\n')
                .append(text(notice.summary()))
                .append('\n'));

        Golden.compare("messages.txt", all.toString());
    }

    @Test
    void isACardInTeams() {
        KINDS.forEach((name, notice) -> Golden.compare(
                "teams-" + name + ".json", pretty(JsonParser.parseString(TeamsCard.envelope(notice.summary())))));
    }

    /** The message, and what is said in its thread where it was there before. */
    @Test
    void isAMessageInSlack() {
        KINDS.forEach((name, notice) -> {
            JsonObject both = new JsonObject();
            both.add("message", SlackMessage.of(notice.summary(), EnumSet.allOf(Press.class)));
            if (notice.event() != MessageReason.FIRST_DIAGNOSIS) {
                String sentence = notice.document()
                        .json()
                        .getAsJsonObject("life")
                        .get("sentence")
                        .getAsString();
                both.add("reply", SlackMessage.reply(notice.summary(), sentence));
            }
            Golden.compare("slack-" + name + ".json", pretty(both));
        });
    }

    /** The attributes whole; of the data, which is the document, what it consists of. */
    @Test
    void isACloudEvent() {
        KINDS.forEach((name, notice) -> {
            JsonObject event = JsonParser.parseString(
                            WebhookChannel.TYPE.previews().get("cloudevent").apply(notice))
                    .getAsJsonObject();
            JsonArray parts = new JsonArray();
            event.getAsJsonObject("data").keySet().forEach(parts::add);
            JsonElement life = event.getAsJsonObject("data").get("life");
            event.add("data", parts);
            event.add("data.life", life);
            Golden.compare("cloudevent-" + name + ".json", pretty(event));
        });
    }

    /** The HTML is looked at as it is shown; the words are the same in the plain text. */
    @Test
    void isAMail() {
        KINDS.forEach((name, notice) -> {
            EmailMessage mail = EmailMessage.of(notice.summary());
            Golden.compare("email-" + name + ".html", mail.html());
            Golden.compare("email-" + name + ".txt", "Subject: " + mail.subject() + "\n\n" + mail.text());
        });
    }

    private static String pretty(JsonElement json) {
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .serializeNulls()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(json)
                + "\n";
    }

    private static String text(MessageSummary summary) {
        StringBuilder out = new StringBuilder();
        out.append(summary.state().line())
                .append(" | ")
                .append(summary.place().gateway())
                .append(", ");
        out.append(summary.place().time()).append('\n');
        out.append("# ").append(summary.headline()).append('\n');
        summary.leads().forEach(lead -> out.append(lead).append('\n'));
        summary.facts()
                .forEach(fact -> out.append(fact.label())
                        .append(": ")
                        .append(fact.value())
                        .append('\n'));
        summary.first().ifPresent(step -> {
            out.append(step.heading()).append(": ").append(step.title()).append('\n');
            step.effect()
                    .ifPresent(effect -> out.append('[').append(effect.label()).append("]\n"));
            out.append(step.note().isEmpty() ? "" : step.note() + "\n");
            step.command()
                    .lines()
                    .forEach(line -> out.append("    ").append(line).append('\n'));
            out.append(step.undo() ? "Can be undone.\n" : "");
        });
        out.append(summary.why().heading()).append('\n');
        summary.why()
                .reasons()
                .forEach(reason -> out.append("- ").append(reason.sentence()).append('\n'));
        summary.why()
                .notChecked()
                .forEach(text -> out.append("Not checked: ").append(text).append('\n'));
        out.append("> ").append(summary.line()).append('\n');
        return out.toString();
    }
}
