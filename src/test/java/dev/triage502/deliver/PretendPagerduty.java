package dev.triage502.deliver;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.deliver.Receiver.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** PagerDuty's Events API v2 over a socket: it keeps alerts by their keys, and refuses what it documents that it refuses. */
final class PretendPagerduty extends PretendApi {

    static final String KEY = "0123456789abcdef0123456789abcdef";

    private final Map<String, JsonObject> open = new LinkedHashMap<>();
    private final List<JsonObject> opened = new ArrayList<>();
    private final List<JsonObject> changes = new ArrayList<>();
    private int resolved;

    PretendPagerduty() throws IOException {}

    @Override
    SecretUrl base() {
        return new SecretUrl(URI.create(super.base().uri() + "v2/"));
    }

    /** The alerts that are open, by their keys, as they were triggered last. */
    synchronized Map<String, JsonObject> open() {
        return Map.copyOf(open);
    }

    /** Each trigger that opened an alert. */
    synchronized List<JsonObject> opened() {
        return List.copyOf(opened);
    }

    synchronized List<JsonObject> changes() {
        return List.copyOf(changes);
    }

    synchronized int resolved() {
        return resolved;
    }

    @Override
    Reply refusal(String words) {
        return invalid(List.of(words));
    }

    @Override
    Reply answer(Asked asked) {
        boolean isChange = asked.call().equals("POST /v2/change/enqueue");
        if (!isChange && !asked.call().equals("POST /v2/enqueue")) {
            return Reply.of(404);
        }
        JsonObject event = asked.body();
        List<String> errors = errors(event, isChange);
        if (asked.text().getBytes(StandardCharsets.UTF_8).length > 512 * 1024) {
            errors.add("too large");
        }
        if (!errors.isEmpty()) {
            return invalid(errors);
        }
        take(event, isChange);
        JsonObject answer = new JsonObject();
        answer.addProperty("status", "success");
        answer.addProperty("message", "Event processed");
        answer.add("dedup_key", event.get("dedup_key"));
        return new Reply(202, Map.of(), answer.toString());
    }

    private void take(JsonObject event, boolean isChange) {
        if (isChange) {
            changes.add(event);
            return;
        }
        String key = event.get("dedup_key").getAsString();
        if (event.get("event_action").getAsString().equals("trigger")) {
            if (open.put(key, event) == null) {
                opened.add(event);
            }
        } else if (open.remove(key) != null) {
            resolved++;
        }
    }

    private static List<String> errors(JsonObject event, boolean isChange) {
        List<String> errors = new ArrayList<>();
        String key = text(event, "routing_key").orElse("");
        if (key.length() != 32) {
            errors.add("Length of 'routing_key' is incorrect (should be 32 characters)");
        } else if (!key.equals(KEY)) {
            errors.add("Invalid routing key");
        }
        JsonObject payload = event.get("payload") instanceof JsonObject object ? object : new JsonObject();
        bounded(payload, "summary", 1024, errors);
        if (text(payload, "timestamp").filter(PretendPagerduty::isTime).isEmpty()) {
            errors.add("'timestamp' is invalid");
        }
        if (!isChange) {
            bounded(payload, "source", 255, errors);
            bounded(event, "dedup_key", 255, errors);
            if (!Set.of("trigger", "acknowledge", "resolve")
                    .contains(text(event, "event_action").orElse(""))) {
                errors.add("'event_action' is invalid");
            }
            if (!Set.of("critical", "error", "warning", "info")
                    .contains(text(payload, "severity").orElse(""))) {
                errors.add("'severity' is invalid");
            }
        }
        if (event.get("links") instanceof JsonArray links) {
            for (JsonElement link : links) {
                if (text(link.getAsJsonObject(), "href").isEmpty()) {
                    errors.add("'href' of a link is missing or blank");
                }
            }
        }
        return errors;
    }

    private static void bounded(JsonObject json, String name, int most, List<String> errors) {
        int length = text(json, name).orElse("").length();
        if (length == 0) {
            errors.add("'" + name + "' is missing or blank");
        } else if (length > most) {
            errors.add("Length of '" + name + "' is incorrect (should be no more than " + most + " characters)");
        }
    }

    private static boolean isTime(String text) {
        try {
            Instant.parse(text);
            return true;
        } catch (DateTimeParseException notATime) {
            return false;
        }
    }

    private static Optional<String> text(JsonObject json, String name) {
        return Optional.ofNullable(json.get(name)).map(JsonElement::getAsString);
    }

    private static Reply invalid(List<String> errors) {
        JsonObject answer = new JsonObject();
        answer.addProperty("status", "invalid event");
        answer.addProperty("message", "Event object is invalid");
        JsonArray all = new JsonArray();
        errors.forEach(all::add);
        answer.add("errors", all);
        return new Reply(400, Map.of(), answer.toString());
    }
}
