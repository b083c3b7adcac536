package dev.triage502.deliver.teams;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.triage502.report.message.MessageState.Look;
import java.util.List;

/**
 * The elements of an Adaptive Card that are used here.
 *
 * <p>The one place where texts from outside go into a card: always as a {@code TextRun}, which takes no Markdown, so that no
 * name becomes a link, a list or bold. A {@code TextBlock} takes Markdown and has only words of this program.
 */
final class CardElements {

    private CardElements() {}

    /** A heading or a line of this program's own words. */
    static JsonObject ownText(String text) {
        JsonObject block = element("TextBlock");
        block.addProperty("text", text);
        block.addProperty("wrap", true);
        return block;
    }

    /** A paragraph of any texts. */
    static JsonObject paragraph(List<JsonObject> runs) {
        JsonObject block = element("RichTextBlock");
        block.add("inlines", array(runs));
        return block;
    }

    /** A text from anywhere, as it is. */
    static JsonObject run(String text) {
        JsonObject run = element("TextRun");
        run.addProperty("text", text);
        return run;
    }

    static JsonObject bold(JsonObject element) {
        element.addProperty("weight", "Bolder");
        return element;
    }

    static JsonObject large(JsonObject element) {
        element.addProperty("size", "Large");
        return element;
    }

    static JsonObject small(JsonObject element) {
        element.addProperty("size", "Small");
        return element;
    }

    static JsonObject subtle(JsonObject element) {
        element.addProperty("isSubtle", true);
        return element;
    }

    static JsonObject code(JsonObject run) {
        run.addProperty("fontType", "Monospace");
        return run;
    }

    static JsonObject coloured(JsonObject element, Look look) {
        switch (look) {
            case BAD -> element.addProperty("color", "Attention");
            case WARN -> element.addProperty("color", "Warning");
            case OK -> element.addProperty("color", "Good");
            case NEUTRAL -> element.addProperty("color", "Default");
        }
        return element;
    }

    static JsonObject spaced(JsonObject element, String spacing) {
        element.addProperty("spacing", spacing);
        return element;
    }

    static JsonObject container(String style, List<JsonObject> items) {
        JsonObject container = element("Container");
        container.addProperty("style", style);
        container.add("items", array(items));
        return container;
    }

    /** Columns side by side. */
    static JsonObject columns(JsonObject... columns) {
        JsonObject set = element("ColumnSet");
        set.add("columns", array(List.of(columns)));
        return set;
    }

    /** @param width {@code auto}, {@code stretch} or a number of pixels */
    static JsonObject column(String width, JsonObject item) {
        JsonObject column = element("Column");
        column.addProperty("width", width);
        column.add("items", array(List.of(item)));
        return column;
    }

    static JsonObject actions(List<JsonObject> actions) {
        JsonObject set = element("ActionSet");
        set.add("actions", array(actions));
        return set;
    }

    static JsonObject open(String title, String url) {
        JsonObject action = element("Action.OpenUrl");
        action.addProperty("title", title);
        action.addProperty("url", url);
        return action;
    }

    static JsonObject element(String type) {
        JsonObject element = new JsonObject();
        element.addProperty("type", type);
        return element;
    }

    static JsonArray array(List<JsonObject> elements) {
        JsonArray array = new JsonArray();
        elements.forEach(array::add);
        return array;
    }
}
