package dev.triage502.cli;

import dev.triage502.report.MarkdownReport;
import dev.triage502.report.Report;
import dev.triage502.report.TextReport;
import dev.triage502.report.TextStyle;

/** In which form a report is printed. */
enum OutputFormat {
    TEXT,
    JSON,
    MARKDOWN;

    /** The report in this form, with the newline at its end. */
    String of(Report report, TextStyle style) {
        switch (this) {
            case JSON:
                return report.document() + "\n";
            case MARKDOWN:
                return MarkdownReport.render(report);
            default:
                return new TextReport(style).render(report);
        }
    }

    /** What stands between two reports: nothing in JSON, where each is one line. */
    String between() {
        switch (this) {
            case JSON:
                return "";
            case MARKDOWN:
                return "\n---\n\n";
            default:
                return "\n" + "=".repeat(76) + "\n\n";
        }
    }
}
