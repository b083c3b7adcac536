package dev.triage502.deliver;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.deliver.ChannelMemory.Note;
import dev.triage502.deliver.SlackApi.Said;
import dev.triage502.deliver.slack.SlackMessage;
import dev.triage502.json.JsonTree;
import dev.triage502.ledger.MessageReason;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One thing that is said of an incident: its message is posted, or brought up to date with a reply in its thread.
 *
 * <p>Slack takes every post for a new one. So each post bears the incident and the key of what it says, and what is about to be
 * posted is noted before: if a try broke off in between, the next one looks for the post before it makes another.
 */
final class SlackThread {

    private static final String MARK = "triage502_incident";

    /** What whoever watches the channel has to see, and not only who follows the thread. */
    private static final Set<MessageReason> BROADCAST =
            EnumSet.of(MessageReason.RECURRED, MessageReason.RESOLVED, MessageReason.RECOVERED);

    /** Clocks differ. */
    private static final long BEFORE = 120;

    private final SlackApi api;
    private final String target;
    private final ChannelTools tools;
    private final ReportNotice notice;
    private final ChannelMemory memory;
    private Note seen;

    SlackThread(SlackApi api, String target, ChannelTools tools, ReportNotice notice, ChannelMemory memory) {
        this.api = api;
        this.target = target;
        this.tools = tools;
        this.notice = notice;
        this.memory = memory;
        this.seen = memory.read();
    }

    DeliveryResult say() {
        SlackNote kept = SlackNote.of(seen);
        if (kept.said().equals(notice.key())) {
            return new DeliveryResult.Sent();
        }
        return kept.hasMessage() ? goOn(kept) : open(kept);
    }

    /** Posts the message of the incident, unless a try before did. */
    private DeliveryResult open(SlackNote kept) {
        if (!kept.making().isEmpty()) {
            Found found = find("conversations.history", target, kept, Map.of());
            if (found.isUnknown()) {
                return found.result();
            }
            if (found.post().isPresent()) {
                JsonObject post = found.post().get();
                SlackNote there = kept.at(target, JsonTree.text(post, "ts"));
                return key(post).equals(notice.key()) ? said(there) : goOn(there);
            }
        }
        if (!keep(kept.making(notice.key(), tools.clock().instant()))) {
            return busy();
        }
        Said said = api.write("chat.postMessage", post(message(), target));
        return said.isDone() ? said(kept.at(said.text("channel"), said.text("ts"))) : said.result();
    }

    /** Brings the message up to date, and says in its thread what happened. */
    private DeliveryResult goOn(SlackNote kept) {
        // Without a key: that of the update is said only when there is a reply, which bears it.
        JsonObject update = marked(message(), kept.channel(), "");
        update.addProperty("ts", kept.ts());
        Said updated = api.write("chat.update", update);
        if (updated.error().equals("message_not_found")) {
            SlackNote without = new SlackNote("", "", kept.said(), "", 0);
            return keep(without) ? open(without) : busy();
        }
        return updated.isDone() ? reply(kept) : updated.result();
    }

    private DeliveryResult reply(SlackNote kept) {
        if (kept.making().equals(notice.key())) {
            Found found = find("conversations.replies", kept.channel(), kept, Map.of("ts", kept.ts()));
            if (found.isUnknown()) {
                return found.result();
            }
            if (found.post().isPresent()) {
                return said(kept);
            }
        }
        if (!keep(kept.making(notice.key(), tools.clock().instant()))) {
            return busy();
        }
        JsonObject reply = post(SlackMessage.reply(notice.summary(), sentence()), kept.channel());
        reply.addProperty("thread_ts", kept.ts());
        reply.addProperty("reply_broadcast", BROADCAST.contains(notice.event()));
        Said said = api.write("chat.postMessage", reply);
        return said.isDone() ? said(kept) : said.result();
    }

    /** What happened, as the incident's life has it. */
    private String sentence() {
        return notice.document().json().get("life") instanceof JsonObject life ? JsonTree.text(life, "sentence") : "";
    }

    private JsonObject message() {
        return SlackMessage.of(notice.summary(), tools.presses());
    }

    private JsonObject post(JsonObject message, String where) {
        JsonObject post = marked(message, where, notice.key());
        post.addProperty("unfurl_links", false);
        post.addProperty("unfurl_media", false);
        return post;
    }

    private JsonObject marked(JsonObject message, String where, String key) {
        JsonObject payload = new JsonObject();
        payload.addProperty("incident", notice.incident());
        payload.addProperty("key", key);
        JsonObject metadata = new JsonObject();
        metadata.addProperty("event_type", MARK);
        metadata.add("event_payload", payload);
        message.addProperty("channel", where);
        message.add("metadata", metadata);
        return message;
    }

    /**
     * What a look for a post came to.
     *
     * @param result why it could not be told whether there is one; that it was sent, if it could
     */
    private record Found(Optional<JsonObject> post, DeliveryResult result) {
        boolean isUnknown() {
            return !(result instanceof DeliveryResult.Sent);
        }
    }

    /** Without the right to read the channel, a second post is better than none. */
    private Found find(String method, String where, SlackNote kept, Map<String, String> which) {
        Map<String, String> arguments = new LinkedHashMap<>(which);
        arguments.put("channel", where);
        arguments.put("oldest", String.valueOf(kept.since() - BEFORE));
        arguments.put("limit", "100");
        arguments.put("include_all_metadata", "true");
        Said said = api.read(method, arguments);
        if (!said.isDone()) {
            boolean mayNot = !said.error().isEmpty() && said.result() instanceof DeliveryResult.Refused;
            return new Found(Optional.empty(), mayNot ? new DeliveryResult.Sent() : said.result());
        }
        boolean inThread = which.containsKey("ts");
        if (said.json().get("messages") instanceof JsonArray messages) {
            for (JsonElement each : messages) {
                if (each instanceof JsonObject post && (inThread ? key(post).equals(notice.key()) : isMain(post))) {
                    return new Found(Optional.of(post), said.result());
                }
            }
        }
        return new Found(Optional.empty(), said.result());
    }

    /** A reply that is shown in the channel, too, is in its history as well. */
    private boolean isMain(JsonObject post) {
        String thread = JsonTree.text(post, "thread_ts");
        boolean isReply = !thread.isEmpty() && !thread.equals(JsonTree.text(post, "ts"));
        return !isReply && JsonTree.text(payload(post), "incident").equals(notice.incident());
    }

    private static String key(JsonObject post) {
        return JsonTree.text(payload(post), "key");
    }

    private static JsonObject payload(JsonObject post) {
        return post.get("metadata") instanceof JsonObject metadata
                        && JsonTree.text(metadata, "event_type").equals(MARK)
                        && metadata.get("event_payload") instanceof JsonObject payload
                ? payload
                : new JsonObject();
    }

    private boolean keep(SlackNote next) {
        boolean isKept = memory.write(seen, next.json());
        seen = memory.read();
        return isKept;
    }

    /** It is said, whether or not that can be kept. */
    private DeliveryResult said(SlackNote kept) {
        keep(kept.said(notice.key()));
        return new DeliveryResult.Sent();
    }

    private static DeliveryResult busy() {
        return new DeliveryResult.Failed(
                "another process is sending a message about this incident", Optional.of(Duration.ofSeconds(5)));
    }
}
