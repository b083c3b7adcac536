package dev.triage502.deliver.ticket;

import dev.triage502.deliver.ticket.Ticket.Section;
import dev.triage502.deliver.ticket.TicketBlock.Command;
import dev.triage502.deliver.ticket.TicketBlock.Field;
import dev.triage502.deliver.ticket.TicketBlock.Item;
import dev.triage502.deliver.ticket.TicketBlock.Link;
import dev.triage502.deliver.ticket.TicketBlock.Sentence;
import java.util.ArrayList;
import java.util.List;

/** A ticket as plain text, for systems that show a text as it is. */
public final class TicketPlain {

    private TicketPlain() {}

    /** The sections, each below its heading, with an empty line between them. */
    public static String text(List<Section> sections) {
        List<String> parts = new ArrayList<>();
        for (Section section : sections) {
            String lines = blocks(section.blocks());
            parts.add(section.heading().isEmpty() ? lines : section.heading() + "\n" + lines);
        }
        return String.join("\n\n", parts);
    }

    /** One block a line; a command is as many lines as it has, with an empty line before and after it. */
    public static String blocks(List<TicketBlock> blocks) {
        return String.join("\n", blocks.stream().map(TicketPlain::line).toList())
                .strip();
    }

    /** The text, or its beginning with an ellipsis; no character is cut in two. */
    public static String cut(String text, int most) {
        return TicketText.cut(text, most);
    }

    private static String line(TicketBlock block) {
        if (block instanceof Sentence sentence) {
            return sentence.text();
        }
        if (block instanceof Field field) {
            return field.label() + ": " + field.value();
        }
        if (block instanceof Item item) {
            return "- " + item.text();
        }
        if (block instanceof Command command) {
            return "\n" + command.lines() + "\n";
        }
        Link link = (Link) block;
        return link.text() + ": " + link.url();
    }
}
