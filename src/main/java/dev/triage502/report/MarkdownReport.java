package dev.triage502.report;

/** A report as Markdown, for tickets and for {@code text/markdown}. */
public final class MarkdownReport {

    private MarkdownReport() {}

    /** The report; ends with a newline. */
    public static String render(Report report) {
        return "# " + report.headline() + "\n";
    }
}
