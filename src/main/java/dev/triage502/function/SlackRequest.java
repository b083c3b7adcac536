package dev.triage502.function;

import static dev.triage502.json.JsonTree.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.triage502.deliver.SlackReplies;
import dev.triage502.function.SlackErrand.What;
import dev.triage502.incident.DurationText;
import dev.triage502.incident.GatewayText;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import dev.triage502.redaction.PlainText;
import dev.triage502.redaction.SecretRedaction;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What Slack sends when somebody types the command or presses a button, as what is to be done and what is said at once.
 *
 * @param errand what is to be done; empty if nothing is
 * @param words  what only who asked is told at once; empty for nothing
 */
record SlackRequest(Optional<SlackErrand> errand, String words) {

    static final String HELP =
            "Type `/triage502 GATEWAY` or `/triage502 GATEWAY 2h`: the name, the resource ID or the portal"
                    + " URL of an application gateway, and how far to look back.";

    private static final SlackRequest NOTHING = new SlackRequest(Optional.empty(), "");
    private static final Duration LONGEST = Duration.ofHours(24);

    private static final Map<String, What> BUTTONS = Map.of(
            SlackReplies.DIAGNOSE_AGAIN, What.DIAGNOSE_AGAIN,
            SlackReplies.MARK_RIGHT, What.RIGHT,
            SlackReplies.MARK_WRONG, What.WRONG);

    /**
     * Reads a request that Slack signed.
     *
     * @throws HttpProblem if it is none that Slack documents
     */
    static SlackRequest read(String body) {
        Map<String, String> form = form(body);
        if (form.containsKey("payload")) {
            return pressed(object(form.getOrDefault("payload", "")));
        }
        return form.containsKey("command") ? typed(form) : NOTHING;
    }

    private static SlackRequest typed(Map<String, String> form) {
        String[] words = form.getOrDefault("text", "").strip().split("\\s+");
        GatewayText gateway = new GatewayText(words[0]);
        if (words[0].isEmpty() || words[0].equals("help")) {
            return new SlackRequest(Optional.of(errand(What.HELP, "", Incident.LOOK_BACK, form)), HELP);
        }
        if (gateway.fault().isPresent() || words.length > 2) {
            return new SlackRequest(Optional.empty(), "Not understood: " + form.getOrDefault("text", "") + ". " + HELP);
        }
        Optional<Duration> since = words.length == 1
                ? Optional.of(Incident.LOOK_BACK)
                : DurationText.read(words[1]).filter(length -> length.compareTo(LONGEST) <= 0);
        if (since.isEmpty()) {
            return new SlackRequest(
                    Optional.empty(),
                    "Not understood: " + words[1] + ". Expected a duration of at most 24 hours, such as 30m or 2h.");
        }
        String subject = gateway.id().map(ResourceId::toString).orElseGet(gateway::toString);
        return new SlackRequest(
                Optional.of(errand(What.DIAGNOSE, subject, since.get(), form)),
                "Investigating " + words[0] + ". This usually takes less than a minute.");
    }

    private static SlackErrand errand(What what, String subject, Duration since, Map<String, String> form) {
        return new SlackErrand(
                what,
                kept(subject),
                since,
                answer(form.getOrDefault("response_url", "")),
                user(form.getOrDefault("user_id", "")),
                "");
    }

    /** What somebody wrote, as it may lie in a queue and stand in a log. */
    private static String kept(String text) {
        return SecretRedaction.of(PlainText.line(text));
    }

    /** A button that opens a page is told of, too. */
    private static SlackRequest pressed(JsonObject payload) {
        if (!text(payload, "type").equals("block_actions")
                || !(payload.get("actions") instanceof JsonArray actions)
                || actions.isEmpty()
                || !(actions.get(0) instanceof JsonObject action)
                || !BUTTONS.containsKey(text(action, "action_id"))) {
            return NOTHING;
        }
        return new SlackRequest(
                Optional.of(new SlackErrand(
                        BUTTONS.getOrDefault(text(action, "action_id"), What.DIAGNOSE_AGAIN),
                        kept(text(action, "value")),
                        Incident.LOOK_BACK,
                        answer(text(payload, "response_url")),
                        user(text(object(payload, "user"), "id")),
                        kept(text(object(payload, "container"), "message_ts")))),
                "");
    }

    private static String answer(String url) {
        return SlackReplies.address(url)
                .map(known -> url)
                .orElseThrow(() -> HttpProblem.at("response_url", "a URL at https://hooks.slack.com", "another"));
    }

    private static String user(String id) {
        if (!id.matches("[A-Z0-9]{1,40}")) {
            throw HttpProblem.at("the user", "Slack's ID of a user", "something else");
        }
        return id;
    }

    private static Map<String, String> form(String body) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : body.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            throw HttpProblem.at("the body", "application/x-www-form-urlencoded", "something else");
        }
    }

    private static JsonObject object(String json) {
        try {
            if (JsonParser.parseString(json) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonParseException notJson) {
            // said below
        }
        throw HttpProblem.at("payload", "a JSON object", "something else");
    }

    private static JsonObject object(JsonObject json, String name) {
        return json.get(name) instanceof JsonObject object ? object : new JsonObject();
    }
}
