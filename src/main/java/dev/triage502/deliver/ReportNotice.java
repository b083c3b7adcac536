package dev.triage502.deliver;

import dev.triage502.deliver.ticket.Ticket;
import dev.triage502.deliver.ticket.Ticket.Stage;
import dev.triage502.json.JsonTree;
import dev.triage502.ledger.MessageReason;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.report.IncidentLinks;
import dev.triage502.report.Report;
import dev.triage502.report.message.MessageSummary;
import java.util.Optional;

/**
 * What a channel is asked to say: one event of an incident's life, with the diagnosis as it is known then.
 *
 * @param report  what is reported; its document has {@code life} (why it is sent) and {@code links}, too
 * @param summary the same in as few words as a message has room for
 * @param event   what happened
 * @param key     a name for this very message, the same each time that it is tried: for a receiver that must not take it in
 *                twice
 */
public record ReportNotice(Report report, MessageSummary summary, MessageReason event, String key) {

    /** The notice of a message: what happened is in the document's {@code life}; without it, it is the first diagnosis. */
    public static ReportNotice of(DiagnosisDocument document, IncidentLinks links, String key) {
        Report report = Report.of(document.with(links));
        String reason = JsonTree.text(JsonTree.object(document.json(), "life"), "reason");
        return new ReportNotice(
                report,
                MessageSummary.of(report, links),
                MessageReason.withId(reason).orElse(MessageReason.FIRST_DIAGNOSIS),
                key);
    }

    public DiagnosisDocument document() {
        return report.document();
    }

    /** The incident's id. */
    public String incident() {
        return document().incident();
    }

    /** The same as a ticket. */
    public Ticket ticket() {
        String severity = JsonTree.text(document().json(), "severity");
        String happened = JsonTree.text(JsonTree.object(document().json(), "life"), "sentence");
        return Ticket.of(
                summary,
                severity.matches("[0-4]") ? Optional.of(Integer.valueOf(severity)) : Optional.empty(),
                stage(),
                happened);
    }

    /** An alert that ended, or an investigation that failed, says nothing about whether requests are served. */
    private Stage stage() {
        return switch (event) {
            case RECOVERED -> Stage.CLOSED;
            case RESOLVED, GIVEN_UP -> Stage.AS_IS;
            case FIRST_DIAGNOSIS, CHANGED, RECURRED, FLAPPING -> Stage.OPEN;
        };
    }
}
