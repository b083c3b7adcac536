package dev.triage502.function;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * A message of {@link QueueNames#SLACK}: what somebody asked for in Slack, to be done after Slack has been answered, which does
 * not wait.
 *
 * @param what    what to do
 * @param subject a gateway as it was typed, or an incident's id; empty for help
 * @param since   how long before now to look; of a diagnosis
 * @param answer  the URL that takes the answer, which is a secret
 * @param user    Slack's id of who asked
 * @param thread  Slack's id of the message whose button was pressed; empty for a command
 */
record SlackErrand(What what, String subject, Duration since, String answer, String user, String thread) {

    /** What can be asked for. */
    enum What {
        HELP,
        DIAGNOSE,
        DIAGNOSE_AGAIN,
        RIGHT,
        WRONG
    }

    String toMessage() {
        JsonObject json = new JsonObject();
        json.addProperty("what", what.name());
        json.addProperty("subject", subject);
        json.addProperty("since", since.toString());
        json.addProperty("answer", answer);
        json.addProperty("user", user);
        json.addProperty("thread", thread);
        return json.toString();
    }

    /** @throws UnreadableMessage if it is none of ours */
    static SlackErrand read(String message) {
        return UnreadableMessage.unless(message, () -> {
            JsonObject json = JsonParser.parseString(message).getAsJsonObject();
            String what = json.get("what").getAsString();
            return new SlackErrand(
                    Stream.of(What.values())
                            .filter(each -> each.name().equals(what))
                            .findFirst()
                            .orElseThrow(() -> new IllegalStateException(what)),
                    json.get("subject").getAsString(),
                    Duration.parse(json.get("since").getAsString()),
                    json.get("answer").getAsString(),
                    json.get("user").getAsString(),
                    json.get("thread").getAsString());
        });
    }

    /** Without the URL. */
    @Override
    public String toString() {
        return "Slack user " + user + ": " + what + " " + subject;
    }
}
