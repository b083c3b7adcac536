package dev.triage502.deliver.ticket;

import com.google.gson.JsonObject;
import dev.triage502.deliver.ticket.Ticket.Section;
import dev.triage502.deliver.ticket.TicketBlock.Command;
import dev.triage502.deliver.ticket.TicketBlock.Field;
import dev.triage502.deliver.ticket.TicketBlock.Item;
import dev.triage502.deliver.ticket.TicketBlock.Link;
import dev.triage502.deliver.ticket.TicketBlock.Sentence;
import dev.triage502.redaction.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A ticket in GitHub's Markdown, and the one place where texts from outside are made fit for it: none of them mentions
 * anybody, refers to an issue, becomes a link, an image, HTML or a format, or ends the code that it is in.
 *
 * <p>GitHub looks for mentions and references in what Markdown has made, where no escape is left. So a character that is not
 * seen is put into them.
 */
public final class GithubText {

    /** GitHub refuses longer ones. */
    public static final int LONGEST_BODY = 65_536;

    private static final int LONGEST_TITLE = 256;

    /** Keeps two characters together and is not seen. */
    private static final String JOINER = "\u2060";

    private static final Pattern MARKUP = Pattern.compile("[\\\\`*_\\[\\]~|!<>&$]");

    /** A list, a heading, a quotation or a line below a heading. */
    private static final Pattern START = Pattern.compile("^(\\d{1,9})?([-+#=.)])(?=[-+#=\\s]|$)");

    /** {@code @name}, {@code a@b.c}, {@code #1}, {@code GH-1}, {@code https://}, {@code www.}, {@code :skull:}. */
    private static final Pattern REFERENCE =
            Pattern.compile("@(?=\\S)|#(?=\\d)|(?<=\\b[Gg][Hh])-(?=\\d)|:(?=//)|(?<=\\b[Ww]{3})\\.|:(?=[a-z0-9_+-]+:)");

    private GithubText() {}

    /** The title, which knows no markup but code. */
    public static String title(Ticket ticket) {
        return TicketText.cut(ticket.listTitle(), LONGEST_TITLE);
    }

    /** The text of the issue, with the marker by which it is found again. */
    public static String body(Ticket ticket) {
        Ticket fitting = ticket;
        String body = whole(fitting);
        for (Optional<Ticket> less = fitting.withLess();
                body.length() > LONGEST_BODY && less.isPresent();
                less = fitting.withLess()) {
            fitting = less.get();
            body = whole(fitting);
        }
        return body;
    }

    /** What is said of an event, with the marker of the message. */
    public static String comment(Ticket ticket, String key) {
        return blocks(ticket.update()) + "\n\n" + messageMarker(key);
    }

    /** Is not shown, and marks the issue of an incident. */
    public static String incidentMarker(String incident) {
        return "<!-- triage502:incident:" + name(incident) + " -->";
    }

    /** Is not shown, and marks the comment of a message. */
    public static String messageMarker(String key) {
        return "<!-- triage502:message:" + name(key) + " -->";
    }

    /** What an issue is made of. */
    public static JsonObject issue(Ticket ticket) {
        JsonObject issue = new JsonObject();
        issue.addProperty("title", title(ticket));
        issue.addProperty("body", body(ticket));
        return issue;
    }

    private static String whole(Ticket ticket) {
        List<String> parts = new ArrayList<>();
        for (Section section : ticket.sections()) {
            if (!section.heading().isEmpty()) {
                parts.add("### " + inert(section.heading()));
            }
            parts.add(blocks(section.blocks()));
        }
        parts.add(incidentMarker(ticket.incident()));
        return String.join("\n\n", parts);
    }

    /** Entries of a list are on lines of their own, and so are links; between other blocks is an empty line. */
    private static String blocks(List<TicketBlock> blocks) {
        StringBuilder written = new StringBuilder();
        TicketBlock before = null;
        for (TicketBlock block : blocks) {
            if (before != null) {
                written.append(between(before, block));
            }
            written.append(block(block));
            before = block;
        }
        return written.toString();
    }

    private static String between(TicketBlock before, TicketBlock block) {
        if (before instanceof Link && block instanceof Link) {
            return " · ";
        }
        return isEntry(before) && isEntry(block) ? "\n" : "\n\n";
    }

    private static boolean isEntry(TicketBlock block) {
        return block instanceof Item || block instanceof Field;
    }

    private static String block(TicketBlock block) {
        if (block instanceof Sentence sentence) {
            return spans(sentence.text());
        }
        if (block instanceof Field field) {
            return "- **" + inert(field.label()) + "**: " + inert(field.value());
        }
        if (block instanceof Item item) {
            return "- " + inert(item.text());
        }
        if (block instanceof Command command) {
            return fence(command.lines());
        }
        Link link = (Link) block;
        return "[" + inert(link.text()) + "](<"
                + link.url().replaceAll("[<>\\s]", "").replace("\\", "%5C") + ">)";
    }

    /** A text on one line that is shown as it is. */
    static String inert(String text) {
        String line = MARKUP.matcher(PlainText.line(text)).replaceAll(found -> switch (found.group()) {
            case "<" -> "&lt;";
            case ">" -> "&gt;";
            case "&" -> "&amp;";
            default -> Matcher.quoteReplacement("\\" + found.group());
        });
        String unreferred = REFERENCE.matcher(line).replaceAll(found -> found.group() + JOINER);
        return START.matcher(unreferred).replaceFirst("$1\\\\$2");
    }

    /** A text in which code stands between backticks: the code stays code, in which GitHub looks for nothing. */
    private static String spans(String text) {
        StringBuilder written = new StringBuilder();
        String[] spans = PlainText.line(text).split("`", -1);
        for (int i = 0; i < spans.length; i++) {
            boolean isCode = i % 2 == 1 && i < spans.length - 1 && !spans[i].isBlank();
            written.append(isCode ? "`" + spans[i] + "`" : kept(spans[i]));
        }
        return written.toString();
    }

    /** The blanks at both ends of a part of a line belong to the line. */
    private static String kept(String part) {
        String inner = part.strip();
        int at = part.indexOf(inner);
        return inner.isEmpty() ? part : part.substring(0, at) + inert(inner) + part.substring(at + inner.length());
    }

    /** Ends with more backticks than stand in a row in the code. */
    private static String fence(String code) {
        String fence = "```";
        while (code.contains(fence)) {
            fence += "`";
        }
        return fence + "sh\n" + code + "\n" + fence;
    }

    private static String name(String id) {
        return id.replaceAll("[^A-Za-z0-9._-]", "_");
    }
}
