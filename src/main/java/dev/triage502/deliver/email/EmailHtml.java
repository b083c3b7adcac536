package dev.triage502.deliver.email;

import static dev.triage502.report.HtmlText.escaped;

import dev.triage502.deliver.ticket.Ticket;
import dev.triage502.deliver.ticket.Ticket.Part;
import dev.triage502.deliver.ticket.Ticket.Section;
import dev.triage502.deliver.ticket.TicketBlock;
import dev.triage502.deliver.ticket.TicketBlock.Command;
import dev.triage502.deliver.ticket.TicketBlock.Field;
import dev.triage502.deliver.ticket.TicketBlock.Item;
import dev.triage502.deliver.ticket.TicketBlock.Link;
import dev.triage502.deliver.ticket.TicketBlock.Sentence;
import dev.triage502.report.message.MessageState.Look;
import java.util.List;

/**
 * A mail as HTML. Mail clients know tables and inline styles and drop the rest: no script, no picture, nothing that is
 * loaded. Every text has its own background, so that a client that turns colours round for the night turns both.
 */
final class EmailHtml {

    private static final String FONT = "font-family:-apple-system,'Segoe UI',Roboto,Arial,sans-serif;";
    private static final String MONO = "font-family:Consolas,Menlo,'Courier New',monospace;";
    private static final String INK = "color:#1d1d1f;";
    private static final String PAPER = "background-color:#ffffff;";

    /** For clients that ask whether it is dark; the others change the colours by themselves. */
    private static final String DARK = "<style>@media (prefers-color-scheme: dark) {"
            + ".paper{background-color:#1c1c1e !important}.ink{color:#f2f2f2 !important}"
            + ".dim{color:#b4b4b8 !important}.code{background-color:#2c2c2e !important;color:#f2f2f2 !important}"
            + ".link{color:#8ab4f8 !important}}</style>";

    private final Look look;
    private final String preview;

    /** @param preview what a list of mails shows beside the subject */
    EmailHtml(Look look, String preview) {
        this.look = look;
        this.preview = preview;
    }

    String html(Ticket ticket) {
        StringBuilder html = new StringBuilder();
        html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
                .append("<meta name=\"color-scheme\" content=\"light dark\">")
                .append("<meta name=\"supported-color-schemes\" content=\"light dark\">")
                .append("<title>")
                .append(escaped(ticket.title()))
                .append("</title>")
                .append(DARK)
                .append("</head>\n<body class=\"paper\" style=\"margin:0;padding:0;")
                .append(PAPER)
                .append("\">\n<div style=\"display:none;max-height:0;overflow:hidden\">")
                .append(escaped(preview))
                .append("</div>\n"
                        + "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\""
                        + " border=\"0\">")
                .append("<tr><td align=\"center\" class=\"paper\" style=\"padding:16px 12px;")
                .append(PAPER)
                .append("\">\n"
                        + "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\""
                        + " border=\"0\"")
                .append(" style=\"max-width:640px\">\n");
        html.append(row("border-left:6px solid " + colour() + ";padding:2px 0 2px 14px;", head(ticket)));
        ticket.sections().forEach(section -> html.append(section(section)));
        html.append(row(
                "padding:24px 0 0 0;",
                "<p class=\"dim\" style=\"margin:0;font-size:12px;line-height:18px;color:#5f6368;" + FONT
                        + "\">Incident " + escaped(ticket.incident()) + "</p>"));
        return html.append("</table>\n</td></tr></table>\n</body></html>\n").toString();
    }

    private static String head(Ticket ticket) {
        return state(ticket)
                + "<h1 class=\"ink\" style=\"margin:4px 0 0 0;font-size:20px;line-height:27px;font-weight:bold;" + INK
                + FONT + "overflow-wrap:anywhere\">" + spans(ticket.title()) + "</h1>\n";
    }

    /** The first sentence of a ticket says where the incident is. */
    private static String state(Ticket ticket) {
        return ticket.sections().stream()
                .filter(section -> section.part() == Part.WHAT)
                .map(section -> section.blocks().get(0))
                .filter(Sentence.class::isInstance)
                .map(block -> paragraph(spans(((Sentence) block).text()), "font-weight:bold;font-size:14px;margin:0;"))
                .findFirst()
                .orElse("");
    }

    private String section(Section section) {
        List<TicketBlock> blocks = section.part() == Part.WHAT
                ? section.blocks().subList(1, section.blocks().size())
                : section.blocks();
        if (blocks.isEmpty()) {
            return "";
        }
        String heading = section.heading().isEmpty()
                ? ""
                : "<h2 class=\"ink\" style=\"margin:0 0 6px 0;font-size:16px;line-height:22px;" + INK + FONT + "\">"
                        + escaped(section.heading()) + "</h2>\n";
        return row("padding:16px 0 0 0;", heading + body(section.part(), blocks));
    }

    private String body(Part part, List<TicketBlock> blocks) {
        if (part == Part.LINKS) {
            return links(blocks);
        }
        StringBuilder html = new StringBuilder();
        for (int i = 0; i < blocks.size(); i++) {
            boolean first =
                    i == 0 || !blocks.get(i).getClass().equals(blocks.get(i - 1).getClass());
            boolean last = i == blocks.size() - 1
                    || !blocks.get(i).getClass().equals(blocks.get(i + 1).getClass());
            html.append(block(blocks.get(i), first, last));
        }
        return html.toString();
    }

    private static String block(TicketBlock block, boolean first, boolean last) {
        if (block instanceof Field field) {
            return (first ? "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\">\n" : "")
                    + "<tr>" + cell("dim", "color:#5f6368;padding:2px 16px 2px 0;", escaped(field.label()))
                    + cell("ink", INK + "padding:2px 0;overflow-wrap:anywhere;", escaped(field.value())) + "</tr>\n"
                    + (last ? "</table>\n" : "");
        }
        if (block instanceof Item item) {
            return (first ? "<ul style=\"margin:0;padding:0 0 0 20px\">\n" : "")
                    + "<li class=\"ink\" style=\"margin:0 0 6px 0;font-size:15px;line-height:22px;" + INK + FONT
                    + "overflow-wrap:anywhere\">" + spans(item.text()) + "</li>\n" + (last ? "</ul>\n" : "");
        }
        if (block instanceof Command command) {
            return "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr>"
                    + "<td class=\"code\" bgcolor=\"#f2f3f5\" style=\"padding:10px 12px;background-color:#f2f3f5;" + INK
                    + MONO + "font-size:13px;line-height:19px;white-space:pre-wrap;overflow-wrap:anywhere\">"
                    + escaped(command.lines()).replace("\n", "<br>") + "</td></tr></table>\n";
        }
        if (block instanceof Link link) {
            return paragraph(link(link), "margin:0 0 6px 0;");
        }
        return paragraph(spans(((Sentence) block).text()), "margin:0 0 6px 0;");
    }

    /** The first as a button. */
    private static String links(List<TicketBlock> blocks) {
        StringBuilder others = new StringBuilder();
        StringBuilder button = new StringBuilder();
        for (TicketBlock block : blocks) {
            if (block instanceof Link link && button.length() == 0) {
                button.append("<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr>")
                        .append("<td bgcolor=\"#0b57d0\" style=\"border-radius:6px;background-color:#0b57d0\">")
                        .append("<a href=\"")
                        .append(escaped(link.url()))
                        .append("\" style=\"display:inline-block;padding:11px 18px;color:#ffffff;font-size:15px;")
                        .append("font-weight:bold;text-decoration:none;")
                        .append(FONT)
                        .append("\">")
                        .append(escaped(link.text()))
                        .append("</a></td></tr></table>\n");
            } else if (block instanceof Link link) {
                others.append(others.length() == 0 ? "" : " &nbsp;·&nbsp; ").append(link(link));
            }
        }
        return button + (others.length() == 0 ? "" : paragraph(others.toString(), "margin:12px 0 0 0;"));
    }

    private static String link(Link link) {
        return "<a class=\"link\" href=\"" + escaped(link.url()) + "\" style=\"color:#0b57d0\">" + escaped(link.text())
                + "</a>";
    }

    private static String row(String style, String content) {
        return "<tr><td class=\"paper\" style=\"" + style + PAPER + "\">" + content + "</td></tr>\n";
    }

    private static String cell(String kind, String style, String content) {
        return "<td class=\"" + kind + "\" valign=\"top\" style=\"font-size:15px;line-height:22px;" + style + FONT
                + "\">" + content + "</td>";
    }

    private static String paragraph(String content, String style) {
        return "<p class=\"ink\" style=\"font-size:15px;line-height:22px;" + INK + FONT + "overflow-wrap:anywhere;"
                + style + "\">" + content + "</p>\n";
    }

    /** A text in which code stands between backticks. */
    private static String spans(String text) {
        StringBuilder html = new StringBuilder();
        String[] spans = text.split("`", -1);
        for (int i = 0; i < spans.length; i++) {
            boolean isCode = i % 2 == 1 && i < spans.length - 1;
            html.append(isCode ? "<code style=\"" + MONO + "\">" + escaped(spans[i]) + "</code>" : escaped(spans[i]));
        }
        return html.toString();
    }

    private String colour() {
        return switch (look) {
            case BAD -> "#d93025";
            case WARN -> "#e37400";
            case OK -> "#188038";
            case NEUTRAL -> "#80868b";
        };
    }
}
