package dev.triage502.deliver.ticket;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.triage502.deliver.ticket.Ticket.Section;
import dev.triage502.deliver.ticket.TicketBlock.Command;
import dev.triage502.deliver.ticket.TicketBlock.Field;
import dev.triage502.deliver.ticket.TicketBlock.Item;
import dev.triage502.deliver.ticket.TicketBlock.Link;
import dev.triage502.deliver.ticket.TicketBlock.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A ticket as Jira has it: a summary, and a description in the Atlassian Document Format. That is a tree, and a text in it is
 * only a text: no wiki markup, macro or mention is read out of it.
 */
public final class JiraText {

    /** Jira takes 32,767 characters and counts the markup. */
    public static final int LONGEST = 30_000;

    private static final int LONGEST_SUMMARY = 255;

    private JiraText() {}

    /** The fields {@code summary} and {@code description}. */
    public static JsonObject fields(Ticket ticket) {
        Ticket fitting = ticket;
        JsonObject description = document(fitting.sections());
        for (Optional<Ticket> less = fitting.withLess();
                description.toString().length() > LONGEST && less.isPresent();
                less = fitting.withLess()) {
            fitting = less.get();
            description = document(fitting.sections());
        }
        JsonObject fields = new JsonObject();
        fields.addProperty("summary", TicketText.cut(ticket.listTitle(), LONGEST_SUMMARY));
        fields.add("description", description);
        return fields;
    }

    /** What happened, as the body of a comment. */
    public static JsonObject comment(Ticket ticket) {
        return root(blocks(ticket.update()));
    }

    private static JsonObject document(List<Section> sections) {
        List<JsonObject> content = new ArrayList<>();
        for (Section section : sections) {
            if (!section.heading().isBlank()) {
                JsonObject heading = node("heading", List.of(text(section.heading())));
                JsonObject level = new JsonObject();
                level.addProperty("level", 3);
                heading.add("attrs", level);
                content.add(heading);
            }
            content.addAll(blocks(section.blocks()));
        }
        return root(content);
    }

    /** Neighbours of one kind are one list, one table or one line of links. */
    private static List<JsonObject> blocks(List<TicketBlock> blocks) {
        List<JsonObject> nodes = new ArrayList<>();
        int from = 0;
        while (from < blocks.size()) {
            int to = from + 1;
            while (to < blocks.size()
                    && blocks.get(to).getClass().equals(blocks.get(from).getClass())) {
                to++;
            }
            nodes.addAll(alike(blocks.subList(from, to)));
            from = to;
        }
        return nodes;
    }

    private static List<JsonObject> alike(List<TicketBlock> blocks) {
        TicketBlock first = blocks.get(0);
        if (first instanceof Item) {
            return List.of(node(
                    "bulletList",
                    blocks.stream()
                            .map(block -> node("listItem", List.of(paragraph(spans(((Item) block).text())))))
                            .toList()));
        }
        if (first instanceof Field) {
            return List.of(node(
                    "table", blocks.stream().map(block -> row((Field) block)).toList()));
        }
        if (first instanceof Link) {
            return List.of(paragraph(links(blocks)));
        }
        return blocks.stream()
                .map(block -> block instanceof Command command
                        ? node("codeBlock", List.of(text(command.lines())))
                        : paragraph(spans(((Sentence) block).text())))
                .toList();
    }

    private static JsonObject row(Field field) {
        return node(
                "tableRow",
                List.of(
                        node("tableHeader", List.of(paragraph(List.of(text(field.label()))))),
                        node("tableCell", List.of(paragraph(spans(field.value()))))));
    }

    private static List<JsonObject> links(List<TicketBlock> blocks) {
        List<JsonObject> texts = new ArrayList<>();
        for (TicketBlock block : blocks) {
            Link link = (Link) block;
            if (!texts.isEmpty()) {
                texts.add(text(" · "));
            }
            JsonObject target = new JsonObject();
            target.addProperty("href", link.url());
            JsonObject mark = new JsonObject();
            mark.addProperty("type", "link");
            mark.add("attrs", target);
            texts.add(marked(link.text(), mark));
        }
        return texts;
    }

    /** A text in which code stands between backticks. Jira refuses an empty text. */
    private static List<JsonObject> spans(String text) {
        List<JsonObject> texts = new ArrayList<>();
        String[] spans = text.split("`", -1);
        for (int i = 0; i < spans.length; i++) {
            boolean isCode = i % 2 == 1 && i < spans.length - 1;
            if (spans[i].isEmpty()) {
                continue;
            }
            JsonObject code = new JsonObject();
            code.addProperty("type", "code");
            texts.add(isCode ? marked(spans[i], code) : text(spans[i]));
        }
        return texts;
    }

    private static JsonObject root(List<JsonObject> content) {
        JsonObject root = new JsonObject();
        root.addProperty("type", "doc");
        root.addProperty("version", 1);
        root.add("content", array(content));
        return root;
    }

    private static JsonObject paragraph(List<JsonObject> texts) {
        return node("paragraph", texts);
    }

    private static JsonObject node(String type, List<JsonObject> content) {
        JsonObject node = new JsonObject();
        node.addProperty("type", type);
        node.add("content", array(content));
        return node;
    }

    private static JsonObject marked(String text, JsonObject mark) {
        JsonObject node = text(text);
        node.add("marks", array(List.of(mark)));
        return node;
    }

    private static JsonObject text(String text) {
        JsonObject node = new JsonObject();
        node.addProperty("type", "text");
        node.addProperty("text", text);
        return node;
    }

    private static JsonArray array(List<JsonObject> nodes) {
        JsonArray array = new JsonArray();
        nodes.forEach(array::add);
        return array;
    }
}
