package dev.triage502.deliver;

import dev.triage502.report.Report;

/**
 * What a channel is asked to tell.
 *
 * @param revision which look at the incident it comes from: 1, or more when the incident was reopened
 */
public record ReportNotice(Report report, int revision) {

    /** A name for this very message, the same each time that it is tried: for whoever must not take it in twice. */
    public String key() {
        String state = revision == 1 ? "diagnosed" : "diagnosed-" + revision;
        return report.document().incident() + "-" + state;
    }
}
