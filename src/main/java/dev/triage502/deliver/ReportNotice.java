package dev.triage502.deliver;

import dev.triage502.report.IncidentLinks;
import dev.triage502.report.Report;

/**
 * What a channel is asked to say.
 *
 * @param report what is reported; its document has {@code life} (why it is sent) and {@code links}, too
 * @param links  where a reader can go on
 * @param key    a name for this very message, the same each time that it is tried: for a receiver that must not take it in
 *               twice
 */
public record ReportNotice(Report report, IncidentLinks links, String key) {}
