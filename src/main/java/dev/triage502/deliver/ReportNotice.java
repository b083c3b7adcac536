package dev.triage502.deliver;

import dev.triage502.report.Report;

/**
 * What a channel is asked to say.
 *
 * @param key a name for this very message, the same each time that it is tried: for a receiver that must not take it in
 *            twice
 */
public record ReportNotice(Report report, String key) {}
