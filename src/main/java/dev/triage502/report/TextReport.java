package dev.triage502.report;

import dev.triage502.report.Report.Kind;
import dev.triage502.report.Report.Outcome;
import dev.triage502.report.Report.Row;
import dev.triage502.report.Report.Section;
import java.util.List;

/** A report as plain text, narrow enough for a phone held sideways; commands are never broken. */
public final class TextReport {

    private static final int WIDTH = 76;

    private static final String PLAIN = "\u001b[0m";
    private static final String BOLD = "\u001b[1m";
    private static final String DIM = "\u001b[2m";
    private static final String RED = "\u001b[1;31m";
    private static final String GREEN = "\u001b[1;32m";
    private static final String YELLOW = "\u001b[1;33m";
    private static final String CYAN = "\u001b[36m";

    private final boolean colour;

    /** @param colour whether to mark headings and the like with ANSI escapes: on a terminal only */
    public TextReport(boolean colour) {
        this.colour = colour;
    }

    /** The report; ends with a newline. */
    public String render(Report report) {
        StringBuilder out = new StringBuilder();
        for (String line : TextWrap.lines(report.headline(), WIDTH)) {
            out.append(in(colourOf(report.outcome()), line)).append('\n');
        }
        report.sections().forEach(section -> section(out, section));
        out.append('\n');
        report.links()
                .forEach(link ->
                        out.append(in(DIM, link.text() + ":\n" + link.url())).append('\n'));
        TextWrap.lines(ReportPhrases.footer(report.document()), WIDTH)
                .forEach(line -> out.append(in(DIM, line)).append('\n'));
        return out.toString();
    }

    private void section(StringBuilder out, Section section) {
        out.append('\n').append(in(BOLD, section.title())).append('\n');
        boolean steps = section.kind() == Kind.REMEDY || section.kind() == Kind.NEXT;
        for (int i = 0; i < section.rows().size(); i++) {
            if (steps && i > 0) {
                out.append('\n');
            }
            row(out, section.rows().get(i), section.kind() == Kind.REMEDY);
        }
    }

    private void row(StringBuilder out, Row row, boolean numbered) {
        String label = row.label().isEmpty() || numbered ? row.label() : row.label() + ":";
        String indent = numbered ? "     " : "    ";
        String text = (label.isEmpty() ? "" : label + " ") + row.text();
        List<String> lines = TextWrap.lines(text, WIDTH - indent.length());
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean labelled = i == 0 && !label.isEmpty() && line.startsWith(label);
            out.append(i == 0 || label.isEmpty() ? "  " : indent)
                    .append(labelled ? in(DIM, label) + line.substring(label.length()) : line)
                    .append('\n');
        }
        if (!row.note().isEmpty()) {
            TextWrap.lines(row.note(), WIDTH - indent.length())
                    .forEach(line -> out.append(indent).append(in(DIM, line)).append('\n'));
        }
        if (!row.command().isEmpty()) {
            out.append('\n');
            row.command()
                    .lines()
                    .forEach(line -> out.append(indent)
                            .append("  ")
                            .append(in(CYAN, line))
                            .append('\n'));
        }
    }

    private static String colourOf(Outcome outcome) {
        switch (outcome) {
            case FAULT:
                return RED;
            case UNTOLD:
                return YELLOW;
            default:
                return GREEN;
        }
    }

    private String in(String style, String text) {
        return colour ? style + text + PLAIN : text;
    }
}
