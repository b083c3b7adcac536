package dev.triage502.report;

import dev.triage502.report.Report.Kind;
import dev.triage502.report.Report.Row;
import dev.triage502.report.Report.Section;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/** A report as Markdown, for tickets and for {@code text/markdown}: the same parts in the same order as the text report. */
public final class MarkdownReport {

    /** What Markdown or HTML would take for markup; an underscore within a word is none. */
    private static final Pattern MARKUP = Pattern.compile("[\\\\*\\[\\]#|~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])");

    /** Parts whose texts are a page's: what is between backticks in them is code. In Azure's a backtick is a backtick. */
    private static final Set<Kind> OF_PAGES = EnumSet.of(Kind.FIRST, Kind.FURTHER);

    private MarkdownReport() {}

    /** The report; ends with a newline. */
    public static String render(Report report) {
        StringBuilder out = new StringBuilder();
        out.append("# ").append(escaped(report.title())).append("\n\n");
        out.append("**").append(escaped(report.state())).append("** · ");
        out.append(escaped(ReportPhrases.place(report.document()))).append('\n');
        report.sections().forEach(section -> section(out, section, report));
        out.append('\n');
        report.links()
                .forEach(link -> out.append('[')
                        .append(link.text())
                        .append("](<")
                        .append(link.url())
                        .append(">)\n"));
        out.append("\n_Incident ")
                .append(escaped(ReportPhrases.footer(report.document())))
                .append("_\n");
        return out.toString().replaceAll("\n{3,}", "\n\n");
    }

    private static void section(StringBuilder out, Section section, Report report) {
        out.append('\n');
        if (section.kind() != Kind.IMPACT) {
            out.append("## ").append(section.title()).append("\n\n");
        }
        boolean steps = OF_PAGES.contains(section.kind()) || section.kind() == Kind.NEXT;
        for (Row row : section.rows()) {
            if (steps) {
                step(out, row, section.kind(), report);
            } else {
                item(out, row);
            }
        }
    }

    private static void item(StringBuilder out, Row row) {
        if (row.label().isEmpty() && row.note().isEmpty()) {
            out.append(escaped(row.text())).append("\n\n");
            return;
        }
        String label = row.label().isEmpty() ? "" : "**" + escaped(row.label()) + "**: ";
        out.append("- ").append(label).append(escaped(row.text())).append('\n');
        if (!row.note().isEmpty()) {
            out.append("  ").append(escaped(row.note())).append('\n');
        }
    }

    private static void step(StringBuilder out, Row row, Kind kind, Report report) {
        boolean under = row.label().equals("Check") || row.label().equals("Undo");
        String begin = under ? "   " : row.label().isEmpty() ? "-  " : row.label() + ". ";
        String indent = " ".repeat(begin.length());
        String badge = row.badge().isEmpty() ? "" : " _[" + ReportPhrases.lowerFirst(row.badge()) + "]_";
        String text = spans(row.text(), kind);
        out.append(begin);
        if (under) {
            out.append("**")
                    .append(row.label())
                    .append(":**")
                    .append(text.isEmpty() ? "" : " ")
                    .append(text);
        } else {
            out.append("**").append(text).append("**");
        }
        out.append(badge).append('\n');
        if (!row.note().isEmpty()) {
            out.append(indent).append(spans(row.note(), kind)).append('\n');
        }
        command(out, row.command(), indent, report);
        out.append('\n');
    }

    private static void command(StringBuilder out, String command, String indent, Report report) {
        if (command.isEmpty()) {
            return;
        }
        String fence = command.contains("```") ? "````" : "```";
        out.append('\n')
                .append(indent)
                .append(fence)
                .append(report.shell().id())
                .append('\n');
        command.lines().forEach(line -> out.append(indent).append(line).append('\n'));
        out.append(indent).append(fence).append('\n');
    }

    private static String spans(String text, Kind kind) {
        if (!OF_PAGES.contains(kind)) {
            return escaped(text);
        }
        StringBuilder out = new StringBuilder();
        String[] spans = text.split("`", -1);
        for (int i = 0; i < spans.length; i++) {
            out.append(i == 0 ? "" : "`").append(i % 2 == 1 ? spans[i] : escaped(spans[i]));
        }
        return out.toString();
    }

    private static String escaped(String text) {
        String html = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return MARKUP.matcher(html).replaceAll("\\\\$0").replace("`", "\\`");
    }
}
