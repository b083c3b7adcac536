package dev.triage502.cli;

import dev.triage502.report.MarkdownReport;
import dev.triage502.report.Report;
import dev.triage502.report.TextReport;
import dev.triage502.report.TextStyle;
import dev.triage502.report.html.IncidentPage;

/** In which form a report is printed. */
enum OutputFormat implements ReportFormat {
    TEXT,
    JSON,
    MARKDOWN,
    HTML;

    @Override
    public String of(Report report, TextStyle style) {
        switch (this) {
            case JSON:
                return report.document() + "\n";
            case MARKDOWN:
                return MarkdownReport.render(report);
            case HTML:
                return IncidentPage.of(report.document());
            default:
                return new TextReport(style).render(report);
        }
    }

    /** Nothing in JSON, where each is one line. A page stands alone. */
    @Override
    public String between() {
        switch (this) {
            case JSON, HTML:
                return "";
            case MARKDOWN:
                return "\n---\n\n";
            default:
                return "\n" + "=".repeat(76) + "\n\n";
        }
    }

    @Override
    public String onlyOne() {
        return this == HTML ? "--format html" : "";
    }
}
