package dev.triage502.deliver.email;

import dev.triage502.deliver.ticket.Ticket;
import dev.triage502.deliver.ticket.Ticket.Stage;
import dev.triage502.deliver.ticket.TicketPlain;
import dev.triage502.redaction.PlainText;
import dev.triage502.report.message.MessageSummary;
import java.util.Optional;

/**
 * An incident as a mail.
 *
 * @param subject what happened, in one line
 * @param html    for mail clients
 * @param text    the same without markup
 */
public record EmailMessage(String subject, String html, String text) {

    /** In characters, which is thrice the usual; Gmail hides what comes after about 102 KB. */
    public static final int LONGEST_HTML = 20_000;

    private static final int LONGEST_SUBJECT = 180;

    /** The mail about an incident. */
    public static EmailMessage of(MessageSummary summary) {
        Ticket ticket = Ticket.of(summary, Optional.empty(), Stage.AS_IS, "");
        EmailHtml writer = new EmailHtml(summary.state().shape().look(), PlainText.line(summary.line()));
        String html = writer.html(ticket);
        Optional<Ticket> less = ticket.withLess();
        while (html.length() > LONGEST_HTML && less.isPresent()) {
            ticket = less.get();
            html = writer.html(ticket);
            less = ticket.withLess();
        }
        return new EmailMessage(subject(summary), html, text(ticket));
    }

    /** For mail clients that show no HTML, for screen readers and for searches. */
    private static String text(Ticket ticket) {
        return ticket.title() + "\n\n" + TicketPlain.text(ticket.sections()) + "\n\nIncident " + ticket.incident()
                + "\n";
    }

    private static String subject(MessageSummary summary) {
        String colon = summary.state().words().contains(":") ? ". " : ": ";
        String line = PlainText.line(summary.state().line() + colon + summary.headline());
        return TicketPlain.cut(line, LONGEST_SUBJECT);
    }
}
