package dev.triage502.deliver.ticket;

import dev.triage502.deliver.ticket.Ticket.Section;
import dev.triage502.deliver.ticket.TicketBlock.Command;
import dev.triage502.deliver.ticket.TicketBlock.Field;
import dev.triage502.deliver.ticket.TicketBlock.Item;
import dev.triage502.deliver.ticket.TicketBlock.Link;
import dev.triage502.deliver.ticket.TicketBlock.Sentence;
import dev.triage502.report.HtmlText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A ticket as Azure DevOps has it: a title, and a text of simple HTML, in which nothing from outside is markup or a reference. */
public final class AzureDevopsText {

    /** Azure DevOps takes a million characters, and nobody reads more than this. */
    public static final int LONGEST = 30_000;

    private static final int LONGEST_TITLE = 255;

    private static final Pattern REFERENCE = Pattern.compile("#(?=[0-9])");

    private AzureDevopsText() {}

    public static String title(Ticket ticket) {
        return TicketText.cut(ticket.listTitle(), LONGEST_TITLE);
    }

    /** The text of the work item. */
    public static String description(Ticket ticket) {
        Ticket fitting = ticket;
        String html = html(fitting.sections());
        for (Optional<Ticket> less = fitting.withLess();
                html.length() > LONGEST && less.isPresent();
                less = fitting.withLess()) {
            fitting = less.get();
            html = html(fitting.sections());
        }
        return html;
    }

    /** What happened, with a line by which this comment is found again. */
    public static String comment(Ticket ticket, String key) {
        return blocks(ticket.update()) + "<p><small>" + escaped(marker(key)) + "</small></p>";
    }

    /** What a comment about a message has in it. */
    public static String marker(String key) {
        return "(triage502 message " + key + ")";
    }

    private static String html(List<Section> sections) {
        StringBuilder html = new StringBuilder();
        for (Section section : sections) {
            html.append(section.heading().isEmpty() ? "" : "<h3>" + escaped(section.heading()) + "</h3>");
            html.append(blocks(section.blocks()));
        }
        return html.toString();
    }

    private static String blocks(List<TicketBlock> blocks) {
        StringBuilder html = new StringBuilder();
        for (int i = 0; i < blocks.size(); i++) {
            TicketBlock block = blocks.get(i);
            boolean begins = i == 0 || !(blocks.get(i - 1) instanceof Item);
            boolean ends = i == blocks.size() - 1 || !(blocks.get(i + 1) instanceof Item);
            html.append(block instanceof Item && begins ? "<ul>" : "");
            html.append(block(block));
            html.append(block instanceof Item && ends ? "</ul>" : "");
        }
        return html.toString();
    }

    private static String block(TicketBlock block) {
        if (block instanceof Field field) {
            return "<div><b>" + escaped(field.label()) + "</b>: " + escaped(field.value()) + "</div>";
        }
        if (block instanceof Item item) {
            return "<li>" + spans(item.text()) + "</li>";
        }
        if (block instanceof Command command) {
            return "<pre>" + escaped(command.lines()) + "</pre>";
        }
        if (block instanceof Link link) {
            return "<div><a href=\"" + HtmlText.escaped(link.url()) + "\">" + escaped(link.text()) + "</a></div>";
        }
        return "<p>" + spans(((Sentence) block).text()) + "</p>";
    }

    /** A text in which code stands between backticks. */
    private static String spans(String text) {
        StringBuilder html = new StringBuilder();
        String[] spans = text.split("`", -1);
        for (int i = 0; i < spans.length; i++) {
            boolean isCode = i % 2 == 1 && i < spans.length - 1;
            html.append(isCode ? "<code>" + escaped(spans[i]) + "</code>" : escaped(spans[i]));
        }
        return html.toString();
    }

    /** A joiner nobody sees keeps {@code #1} from being a reference to a work item. */
    private static String escaped(String text) {
        return HtmlText.escaped(REFERENCE.matcher(text).replaceAll("#\u2060"));
    }
}
