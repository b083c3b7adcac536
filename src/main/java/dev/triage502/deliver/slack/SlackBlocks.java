package dev.triage502.deliver.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;

/**
 * The blocks that are used here: header, section, actions and context, which every way into Slack takes. Newer ones are
 * not: an incoming webhook answers 500 to a {@code markdown} block.
 */
final class SlackBlocks {

    private SlackBlocks() {}

    static JsonObject header(String plain) {
        JsonObject block = typed("header");
        block.add("text", plainText(plain));
        return block;
    }

    static JsonObject section(String mrkdwn) {
        JsonObject block = typed("section");
        block.add("text", mrkdwn(mrkdwn));
        return block;
    }

    /** Short texts in two columns. */
    static JsonObject fields(List<String> mrkdwn) {
        JsonObject block = typed("section");
        block.add("fields", texts(mrkdwn));
        return block;
    }

    static JsonObject context(List<String> mrkdwn) {
        JsonObject block = typed("context");
        block.add("elements", texts(mrkdwn));
        return block;
    }

    static JsonObject actions(List<JsonObject> buttons) {
        JsonObject block = typed("actions");
        block.add("elements", array(buttons));
        return block;
    }

    /** A button that opens an address. */
    static JsonObject link(String text, String action, String url) {
        JsonObject button = button(text, action);
        button.addProperty("url", url);
        return button;
    }

    /** A button that tells the app. */
    static JsonObject press(String text, String action, String value) {
        JsonObject button = button(text, action);
        button.addProperty("value", value);
        return button;
    }

    static JsonArray array(List<JsonObject> all) {
        JsonArray array = new JsonArray();
        all.forEach(array::add);
        return array;
    }

    private static JsonObject button(String text, String action) {
        JsonObject button = typed("button");
        button.add("text", plainText(text));
        button.addProperty("action_id", action);
        return button;
    }

    private static JsonArray texts(List<String> mrkdwn) {
        return array(mrkdwn.stream().map(SlackBlocks::mrkdwn).toList());
    }

    /** Without short names for emoji: a host may be called {@code :x:}. */
    private static JsonObject plainText(String text) {
        JsonObject object = typed("plain_text");
        object.addProperty("text", text);
        object.addProperty("emoji", false);
        return object;
    }

    /** Verbatim, so that no host name becomes a link and no word a mention. */
    private static JsonObject mrkdwn(String text) {
        JsonObject object = typed("mrkdwn");
        object.addProperty("text", text);
        object.addProperty("verbatim", true);
        return object;
    }

    private static JsonObject typed(String type) {
        JsonObject object = new JsonObject();
        object.addProperty("type", type);
        return object;
    }
}
