package dev.triage502.cli;

import dev.triage502.report.Report;
import dev.triage502.report.TextStyle;

/** In which form a report is printed: for people, for programs, or as a channel sends it. */
interface ReportFormat {

    /** The report in this form, with the newline at its end. */
    String of(Report report, TextStyle style);

    /** What stands between two reports. */
    String between();

    /** The option that only one report can be given for; an empty string if it can be given for any number. */
    default String onlyOne() {
        return "";
    }
}
