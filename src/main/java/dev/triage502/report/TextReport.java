package dev.triage502.report;

import dev.triage502.report.Report.Kind;
import dev.triage502.report.Report.Outcome;
import dev.triage502.report.Report.Row;
import dev.triage502.report.Report.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A report as plain text for a terminal, a ticket or a log. Lines are no wider than asked, except for a single word or address that
 * is; commands can be pasted as they stand. Without colour and without Unicode nothing is lost but looks.
 */
public final class TextReport {

    static final String BOLD = "\u001b[1m";
    static final String DIM = "\u001b[2m";
    static final String BAD = "\u001b[1;31m";
    static final String OK = "\u001b[32m";
    static final String WARN = "\u001b[33m";

    /** A name between backticks: in text it needs none. */
    private static final Pattern NAME = Pattern.compile("`([^` ]+)`");

    /** What a machine calls a cause, behind what people call it. */
    private static final Pattern ID = Pattern.compile("\\([a-z0-9]+(?:-[a-z0-9]+)+\\)");

    /** How many of how many, at the beginning of a fact. */
    private static final Pattern PART = Pattern.compile("^(\\d+) of (\\d+)");

    private static final int LABEL = 10;
    private static final int SOURCE = 16;

    private final TextStyle style;

    public TextReport(TextStyle style) {
        this.style = style;
    }

    /**
     * A report of the usual width.
     *
     * @param colour whether to mark headings and the like with ANSI escapes: on a terminal only
     */
    public TextReport(boolean colour) {
        this(new TextStyle(TextStyle.USUAL_WIDTH, colour, true));
    }

    /** The report; ends with a newline. */
    public String render(Report report) {
        Page page = new Page();
        head(page, report);
        boolean isDrawn = false;
        for (Section section : report.sections()) {
            if (!isDrawn && section.kind().compareTo(Kind.WHY) > 0) {
                drawings(page, report);
                isDrawn = true;
            }
            switch (section.kind()) {
                case IMPACT -> impact(page, section, report.outcome());
                case FIRST, FURTHER, NEXT -> steps(page, section, report);
                case WHY -> why(page, section);
                default -> list(page, section);
            }
        }
        if (!isDrawn) {
            drawings(page, report);
        }
        page.blank();
        report.links().forEach(link -> page.line(DIM, pad(link.text(), LABEL) + link.url()));
        page.wrapped(DIM, "", pad("Incident", LABEL), ReportPhrases.footer(report.document()));
        return style.shown(page.text());
    }

    /** Where and when: after the reasons, before all else. */
    private void drawings(Page page, Report report) {
        List.of(new PathText(style).of(report.document()), new TimelineText(style).of(report.document()))
                .forEach(lines -> {
                    if (!lines.isEmpty()) {
                        page.blank();
                        lines.forEach(page::raw);
                    }
                });
    }

    private void head(Page page, Report report) {
        String state = shape(report.outcome()) + " " + report.state();
        String sure = report.outcome() == Outcome.FAULT && state.contains(" · ")
                ? state.substring(state.lastIndexOf(" · "))
                : "";
        String place = ReportPhrases.place(report.document());
        List<String> lines = TextWrap.lines(state, style.width());
        String last = lines.get(lines.size() - 1);
        int gap = style.width() - last.length() - place.length();
        for (String line : lines.subList(0, lines.size() - 1)) {
            page.line(colourOf(report.outcome()), line);
        }
        if (gap >= 2) {
            page.raw(state(report, last, sure) + " ".repeat(gap) + in(DIM, place));
        } else {
            page.raw(state(report, last, sure));
            page.line(DIM, place);
        }
        page.wrapped(BOLD, "", report.title());
    }

    /** Red says that something is broken; how sure its cause is, is no alarm. */
    private String state(Report report, String line, String sure) {
        String look = colourOf(report.outcome());
        return !sure.isEmpty() && line.endsWith(sure)
                ? in(look, line.substring(0, line.length() - sure.length())) + in(BOLD, sure)
                : in(look, line);
    }

    private void impact(Page page, Section section, Outcome outcome) {
        List<Row> facts = new ArrayList<>();
        for (Row row : section.rows()) {
            if (row.label().isEmpty()) {
                page.wrapped("", "", row.text());
            } else {
                facts.add(row);
            }
        }
        if (!facts.isEmpty()) {
            page.blank();
        }
        int half = style.width() / 2;
        for (int i = 0; i < facts.size(); i++) {
            Row row = facts.get(i);
            boolean pair = style.isWide()
                    && i + 1 < facts.size()
                    && 2 + LABEL + row.text().length() < half - 1
                    && LABEL + facts.get(i + 1).text().length() <= half - 2;
            if (pair) {
                Row other = facts.get(++i);
                String left = pad(row.text(), half - 2 - LABEL);
                page.raw("  " + in(DIM, pad(row.label(), LABEL)) + marked(left, row, outcome)
                        + in(DIM, pad(other.label(), LABEL)) + marked(other.text(), other, outcome));
            } else {
                page.wrapped("", "  ", pad(row.label(), LABEL), row.text());
                page.change(
                        TextWrap.lines(row.text(), style.width() - 2 - LABEL).size(),
                        line -> marked(line, row, outcome));
            }
        }
    }

    /** The line with its number in red where servers are down. */
    private String marked(String line, Row row, Outcome outcome) {
        Matcher part = PART.matcher(row.text());
        boolean isBad = outcome == Outcome.FAULT
                && row.label().equals("Healthy")
                && part.find()
                && !part.group(1).equals(part.group(2));
        return isBad ? line.replaceFirst(part.group() + "\\b", Matcher.quoteReplacement(in(BAD, part.group()))) : line;
    }

    private void steps(Page page, Section section, Report report) {
        page.blank();
        page.line(BOLD, section.title());
        boolean first = true;
        for (Row row : section.rows()) {
            boolean under = row.label().equals("Check") || row.label().equals("Undo");
            String number = under ? "     " : "  " + pad(row.label().isEmpty() ? "-" : row.label(), 3);
            boolean apart = section.kind() == Kind.FIRST || (!under && hasCommand(section));
            if (!first && apart) {
                page.blank();
            }
            String text = under ? row.label() + ": " + row.text() : row.text();
            titled(
                    page,
                    number,
                    under && row.text().isEmpty() ? row.label() + ":" : text,
                    row.badge(),
                    under ? "" : BOLD);
            if (!row.note().isEmpty()) {
                page.wrapped("", "     ", bare(row.note()));
            }
            if (!row.command().isEmpty()) {
                if (section.kind() == Kind.FIRST && isChange(row)) {
                    page.blank();
                }
                CommandWrap.lines(row.command(), report.shell(), style.width() - 5)
                        .forEach(line -> page.raw("     " + line));
            }
            first = false;
        }
    }

    private static boolean hasCommand(Section section) {
        return section.rows().stream().anyMatch(row -> !row.command().isEmpty());
    }

    /** The command that matters most stands free. */
    private static boolean isChange(Row row) {
        return !row.label().equals("Check")
                && !row.label().equals("Undo")
                && !row.badge().equals(StepEffect.READS.label());
    }

    /** A title with its badge: at the right edge where there is room for two columns, else before it. */
    private void titled(Page page, String indent, String title, String badge, String look) {
        String text = bare(title);
        if (badge.isEmpty()) {
            page.wrapped(look, indent, text);
            return;
        }
        String shown = "[" + ReportPhrases.lowerFirst(badge) + "]";
        String hanging = " ".repeat(5);
        if (!style.isWide()) {
            page.raw(indent + in(colourOf(badge), shown));
            TextWrap.lines(text, style.width() - 5).forEach(line -> page.raw(hanging + in(look, line)));
            return;
        }
        List<String> lines = TextWrap.lines(text, style.width() - 5 - shown.length() - 2);
        int gap = style.width() - 5 - lines.get(0).length() - shown.length();
        page.raw(indent + in(look, lines.get(0)) + " ".repeat(Math.max(2, gap)) + in(colourOf(badge), shown));
        if (lines.size() > 1) {
            String rest = text.substring(lines.get(0).length()).strip();
            TextWrap.lines(rest, style.width() - 5).forEach(line -> page.raw(hanging + in(look, line)));
        }
    }

    private void why(Page page, Section section) {
        page.blank();
        List<Row> rows = new ArrayList<>(section.rows());
        boolean beside = section.title().length() < style.width() / 2;
        if (rows.get(0).label().isEmpty() && !beside) {
            page.line(BOLD, section.title());
            page.wrapped("", "  ", bare(rows.remove(0).text()));
        } else if (rows.get(0).label().isEmpty()) {
            page.wrapped(
                    "",
                    "",
                    in(BOLD, section.title()) + "  ",
                    section.title().length() + 2,
                    bare(rows.remove(0).text()));
        } else {
            page.line(BOLD, section.title());
        }
        String before = "";
        for (Row row : rows) {
            String label = row.label().equals(before) ? "" : row.label();
            before = row.label();
            if (style.width() >= 80) {
                page.wrapped("", "  ", pad(label, SOURCE), row.text());
            } else {
                String shown = row.label().isEmpty() ? "" : row.label() + ":";
                String text = (shown + " " + row.text()).strip();
                page.wrapped("", "  ", text, 4);
                page.change(
                        TextWrap.lines(text, style.width() - 4).size(),
                        line -> line.startsWith("  " + shown)
                                ? "  " + in(DIM, shown) + line.substring(2 + shown.length())
                                : line);
            }
        }
    }

    /** A heading, and what is below it; a single line stands beside it. */
    private void list(Page page, Section section) {
        int from = page.size();
        listed(page, section);
        page.change(
                page.size() - from,
                line -> ID.matcher(line).replaceAll(id -> Matcher.quoteReplacement(in(DIM, id.group()))));
    }

    private void listed(Page page, Section section) {
        page.blank();
        Row only = section.rows().get(0);
        if (section.rows().size() == 1 && only.label().isEmpty() && only.note().isEmpty()) {
            String heading = section.title() + "  ";
            page.wrapped(
                    "",
                    "",
                    in(BOLD, section.title()) + "  ",
                    Math.min(heading.length(), 4),
                    heading.length(),
                    only.text());
            return;
        }
        page.line(BOLD, section.title());
        for (Row row : section.rows()) {
            page.wrapped("", "  ", (row.label().isEmpty() ? "" : row.label() + ": ") + bare(row.text()), 4);
            if (!row.note().isEmpty()) {
                page.wrapped("", "    ", bare(row.note()));
            }
        }
    }

    private static String bare(String text) {
        return NAME.matcher(text).replaceAll("$1");
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(width > text.length() ? 0 : 1, width - text.length()));
    }

    private static String shape(Outcome outcome) {
        return switch (outcome) {
            case FAULT -> "✖";
            case UNTOLD -> "◇";
            case RECOVERED -> "✔";
            case NO_FAULT -> "○";
        };
    }

    private static String colourOf(Outcome outcome) {
        return switch (outcome) {
            case FAULT -> BAD;
            case UNTOLD -> WARN;
            case RECOVERED -> OK;
            case NO_FAULT -> BOLD;
        };
    }

    private static String colourOf(String badge) {
        if (badge.equals(StepEffect.CHANGES.label())) {
            return WARN;
        }
        boolean bad = badge.equals(StepEffect.DOWNTIME.label()) || badge.equals(StepEffect.WEAKENS.label());
        return bad ? BAD : DIM;
    }

    private String in(String look, String text) {
        return style.in(look, text);
    }

    /** The lines written so far. */
    private final class Page {
        private final List<String> lines = new ArrayList<>();

        void raw(String line) {
            lines.add(line);
        }

        void line(String look, String line) {
            raw(in(look, line));
        }

        int size() {
            return lines.size();
        }

        /** Gives the last few lines another look. */
        void change(int last, UnaryOperator<String> look) {
            lines.subList(lines.size() - last, lines.size()).replaceAll(look);
        }

        void blank() {
            if (!lines.isEmpty() && !lines.get(lines.size() - 1).isEmpty()) {
                raw("");
            }
        }

        /** A text under an indent, which also begins its first line. */
        void wrapped(String look, String indent, String text) {
            String hanging = " ".repeat(indent.length());
            List<String> all = TextWrap.lines(text, style.width() - indent.length());
            for (int i = 0; i < all.size(); i++) {
                raw((i == 0 ? indent : hanging) + in(look, all.get(i)));
            }
        }

        /** A text after a label, its further lines under its first. */
        void wrapped(String look, String indent, String label, String text) {
            wrapped(look, indent, in(DIM, label), label.length(), text);
        }

        void wrapped(String look, String indent, String label, int labelWidth, String text) {
            String hanging = " ".repeat(indent.length() + labelWidth);
            List<String> all = TextWrap.lines(text, style.width() - hanging.length());
            for (int i = 0; i < all.size(); i++) {
                raw((i == 0 ? indent + label : hanging) + in(look, all.get(i)));
            }
        }

        /** A text beside a heading, its further lines indented by less. */
        void wrapped(String look, String indent, String heading, int hanging, int headingWidth, String text) {
            List<String> all = TextWrap.lines("x".repeat(headingWidth - 1) + " " + bare(text), style.width() - hanging);
            raw(indent
                    + heading
                    + all.get(0).substring(Math.min(headingWidth, all.get(0).length())));
            all.subList(1, all.size()).forEach(line -> raw(" ".repeat(hanging) + in(look, line)));
        }

        /** A text whose further lines are indented by so much. */
        void wrapped(String look, String indent, String text, int hanging) {
            List<String> all = TextWrap.lines(text, style.width() - hanging);
            for (int i = 0; i < all.size(); i++) {
                raw((i == 0 ? indent : " ".repeat(hanging)) + in(look, all.get(i)));
            }
        }

        String text() {
            return String.join("\n", lines) + "\n";
        }
    }
}
