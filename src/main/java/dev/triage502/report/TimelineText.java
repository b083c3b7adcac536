package dev.triage502.report;

import dev.triage502.report.IncidentTimeline.Event;
import dev.triage502.report.IncidentTimeline.Kind;
import dev.triage502.report.IncidentTimeline.Minute;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The failed requests by minute as one line for a terminal, the times under it, and letters for what happened. */
final class TimelineText {

    private static final String INDENT = "  ";
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final int MOST_CELLS = 60;
    private static final int PLAIN_NUMBERS = 10;
    private static final int LEAST_WIDTH = 80;
    private static final int MOST_LEGEND_LINES = 2;
    private static final int LONGEST_TEXT = 44;
    private static final int BETWEEN_LABELS = 10;

    private final TextStyle style;

    TimelineText(TextStyle style) {
        this.style = style;
    }

    /** One or more minutes as one character. */
    private record Cell(Instant at, long failed) {}

    /** The lines with their heading; none where nothing was counted by minutes, or there is no room. */
    List<String> of(DiagnosisDocument document) {
        IncidentTimeline timeline = IncidentTimeline.of(document);
        if (timeline.minutes().isEmpty() || style.width() < LEAST_WIDTH) {
            return List.of();
        }
        int each = (timeline.minutes().size() + MOST_CELLS - 1) / MOST_CELLS;
        List<Cell> cells = cells(timeline, each);
        long most = cells.stream().mapToLong(Cell::failed).max().orElse(0);
        Duration step = timeline.step().multipliedBy(each);
        List<String> lines = new ArrayList<>();
        lines.add(style.in(TextReport.BOLD, "Timeline") + "  failed requests per "
                + (step.toMinutes() == 1 ? "minute" : step.toMinutes() + " minutes") + ", highest "
                + String.format(Locale.ROOT, "%,d", most));
        if (!style.unicode()) {
            lines.add(INDENT + numbers(timeline));
            return lines;
        }
        lines.add(INDENT + bars(cells, most));
        lines.add(INDENT + style.in(TextReport.DIM, labels(timeline, cells)));
        letters(timeline, cells, step, lines);
        return lines;
    }

    private static List<Cell> cells(IncidentTimeline timeline, int each) {
        List<Minute> minutes = timeline.minutes();
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < minutes.size(); i += each) {
            List<Minute> part = minutes.subList(i, Math.min(minutes.size(), i + each));
            cells.add(new Cell(
                    part.get(0).at(), part.stream().mapToLong(Minute::failed).sum()));
        }
        return cells;
    }

    /** A minute without failures is a dot, so that the axis is seen. */
    private String bars(List<Cell> cells, long most) {
        StringBuilder line = new StringBuilder();
        for (Cell each : cells) {
            int height = each.failed() == 0 ? -1 : (int) Math.max(0, Math.ceil(8.0 * each.failed() / most) - 1);
            line.append(height < 0 ? '·' : BARS.charAt(height));
        }
        return style.in(TextReport.BAD, line.toString());
    }

    private static String numbers(IncidentTimeline timeline) {
        List<Minute> minutes = timeline.minutes();
        int each = Math.max(1, (minutes.size() + PLAIN_NUMBERS - 1) / PLAIN_NUMBERS);
        String counts = cells(timeline, each).stream()
                .map(cell -> String.valueOf(cell.failed()))
                .collect(Collectors.joining(" "));
        return time(timeline, minutes.get(0).at()) + "  " + counts + "  "
                + time(timeline, minutes.get(minutes.size() - 1).at());
    }

    private static String labels(IncidentTimeline timeline, List<Cell> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i += BETWEEN_LABELS) {
            line.append(" ".repeat(Math.max(0, i - line.length())));
            if (line.length() == i) {
                line.append(time(timeline, cells.get(i).at()));
            }
        }
        return line.toString();
    }

    private void letters(IncidentTimeline timeline, List<Cell> cells, Duration step, List<String> lines) {
        char[] marks = " ".repeat(cells.size() + timeline.events().size() + 1).toCharArray();
        List<String> legend = new ArrayList<>();
        int letter = 0;
        for (Event event : timeline.events()) {
            long cell = Duration.between(cells.get(0).at(), event.at()).dividedBy(step);
            if (event.kind() == Kind.DIAGNOSIS
                    || event.at().isBefore(cells.get(0).at())
                    || cell > cells.size()) {
                continue;
            }
            int at = (int) cell;
            while (marks[at] != ' ') {
                at++;
            }
            String name = IncidentTimeline.letter(letter++);
            marks[at] = name.charAt(0);
            legend.add(name + " " + time(timeline, event.at()) + " " + words(event));
        }
        if (letter > 0) {
            lines.add(INDENT + style.in(TextReport.BOLD, new String(marks).stripTrailing()));
            lines.addAll(wrapped(legend));
        }
    }

    private List<String> wrapped(List<String> legend) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String each : legend) {
            String longer = line.isEmpty() ? each : line + "  " + each;
            if (INDENT.length() + longer.length() <= style.width()) {
                line = longer;
                continue;
            }
            lines.add(line);
            line = each;
        }
        lines.add(line);
        return lines.stream()
                .filter(each -> !each.isEmpty())
                .limit(MOST_LEGEND_LINES)
                .map(each -> INDENT + each)
                .toList();
    }

    private static String words(Event event) {
        return switch (event.kind()) {
            case ONSET -> "first failure";
            case ALERT -> "alert";
            case RECOVERY -> "last failure";
            default -> cut(event.text().replaceFirst("[.]$", ""));
        };
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT
                ? text
                : text.substring(0, LONGEST_TEXT - 1).strip() + "…";
    }

    private static String time(IncidentTimeline timeline, Instant at) {
        String time = timeline.time(at).replace(" UTC", "");
        return time.substring(Math.max(0, time.length() - "13:31".length()));
    }
}
