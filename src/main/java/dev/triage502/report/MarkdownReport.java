package dev.triage502.report;

import dev.triage502.report.Report.Kind;
import dev.triage502.report.Report.Row;
import dev.triage502.report.Report.Section;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/** A report as Markdown, for tickets and for {@code text/markdown}. */
public final class MarkdownReport {

    /** What Markdown or HTML would take for markup; an underscore within a word is none. */
    private static final Pattern MARKUP = Pattern.compile("[\\\\*\\[\\]#|~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])");

    /** Sections whose lines without a label are sentences and no items of a list. */
    private static final Set<Kind> PROSE = EnumSet.of(Kind.CAUSE, Kind.IMPACT, Kind.DIFFERENCES, Kind.VERIFY);

    private MarkdownReport() {}

    /** The report; ends with a newline. */
    public static String render(Report report) {
        StringBuilder out =
                new StringBuilder("# ").append(escaped(report.headline())).append('\n');
        report.sections().forEach(section -> section(out, section));
        out.append('\n');
        report.links()
                .forEach(link -> out.append('[')
                        .append(link.text())
                        .append("](<")
                        .append(link.url())
                        .append(">)\n"));
        String tail = "\n_" + escaped(ReportPhrases.footer(report.document())) + "_\n";
        return out.append(tail).toString().replaceAll("\n{3,}", "\n\n");
    }

    private static void section(StringBuilder out, Section section) {
        out.append("\n## ").append(section.title()).append("\n\n");
        for (Row row : section.rows()) {
            row(out, row, section.kind());
        }
    }

    private static void row(StringBuilder out, Row row, Kind kind) {
        if (row.label().isEmpty() && PROSE.contains(kind)) {
            out.append(spans(row.text(), kind)).append("\n\n");
            command(out, row, "");
            return;
        }
        boolean numbered = kind == Kind.REMEDY;
        String bullet = numbered ? row.label() + " " : "- ";
        String indent = " ".repeat(bullet.length());
        String label = numbered || row.label().isEmpty() ? "" : "**" + escaped(row.label()) + "**: ";
        out.append(bullet).append(label).append(spans(row.text(), kind)).append('\n');
        if (!row.note().isEmpty()) {
            out.append('\n').append(indent).append(spans(row.note(), kind)).append('\n');
        }
        out.append(row.command().isEmpty() ? "" : "\n");
        command(out, row, indent);
        out.append(numbered ? "\n" : "");
    }

    private static void command(StringBuilder out, Row row, String indent) {
        if (row.command().isEmpty()) {
            return;
        }
        String fence = row.command().contains("```") ? "````" : "```";
        out.append(indent).append(fence).append("bash\n");
        row.command().lines().forEach(line -> out.append(indent).append(line).append('\n'));
        out.append(indent).append(fence).append('\n');
    }

    /** A text of a page's keeps its code between backticks; in one of Azure's a backtick is a backtick. */
    private static String spans(String text, Kind kind) {
        if (kind != Kind.REMEDY && kind != Kind.VERIFY) {
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
