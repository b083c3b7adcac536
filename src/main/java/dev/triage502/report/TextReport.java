package dev.triage502.report;

/** A report as plain text, narrow enough for a phone; commands are never broken. */
public final class TextReport {

    private final boolean colour;

    /** @param colour whether to mark headings and the like with ANSI escapes: on a terminal only */
    public TextReport(boolean colour) {
        this.colour = colour;
    }

    /** The report; ends with a newline. */
    public String render(Report report) {
        return (colour ? "\u001b[1m" + report.headline() + "\u001b[0m" : report.headline()) + "\n";
    }
}
