package dev.triage502.deliver.email;

import dev.triage502.deliver.ticket.Ticket;
import dev.triage502.deliver.ticket.Ticket.Section;
import dev.triage502.deliver.ticket.TicketBlock;
import dev.triage502.deliver.ticket.TicketBlock.Command;
import dev.triage502.deliver.ticket.TicketBlock.Field;
import dev.triage502.deliver.ticket.TicketBlock.Item;
import dev.triage502.deliver.ticket.TicketBlock.Link;
import dev.triage502.deliver.ticket.TicketBlock.Sentence;
import java.util.ArrayList;
import java.util.List;

/** A mail for clients that show no HTML, and for screen readers and searches. */
final class EmailPlainText {

    private EmailPlainText() {}

    static String of(Ticket ticket, String happened) {
        List<String> parts = new ArrayList<>();
        parts.add(ticket.title());
        if (!happened.isEmpty()) {
            parts.add(happened);
        }
        ticket.sections().forEach(section -> parts.add(section(section)));
        parts.add("Incident " + ticket.incident());
        return String.join("\n\n", parts) + "\n";
    }

    private static String section(Section section) {
        List<String> lines = new ArrayList<>();
        if (!section.heading().isEmpty()) {
            lines.add(section.heading());
        }
        section.blocks().forEach(block -> lines.add(block(block)));
        return String.join("\n", lines);
    }

    private static String block(TicketBlock block) {
        if (block instanceof Field field) {
            return field.label() + ": " + field.value();
        }
        if (block instanceof Item item) {
            return "- " + item.text();
        }
        if (block instanceof Command command) {
            return command.lines().indent(4).stripTrailing();
        }
        if (block instanceof Link link) {
            return link.text() + ": " + link.url();
        }
        return ((Sentence) block).text();
    }
}
