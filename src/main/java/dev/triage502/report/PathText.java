package dev.triage502.report;

import com.google.gson.JsonObject;
import dev.triage502.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The path of a document for a terminal: as one line of hops, with what is wrong under the hop where it breaks; where that
 * has no room, a hop on each line.
 */
final class PathText {

    private static final String INDENT = "  ";
    private static final int LONGEST_NAME = 32;
    private static final int MOST_LINES = 2;

    /** Narrower terminals get the report without it. */
    private static final int LEAST_WIDTH = 80;

    /** What is left out first where the line is too long: it passes, and decides least. */
    private static final List<String> LEAST_TELLING = List.of("Rule", "Backend setting", "Listener");

    private static final Set<String> AT_FAULT = Set.of("broken", "slow", "fixed");

    private final TextStyle style;

    PathText(TextStyle style) {
        this.style = style;
    }

    /** A hop as it is written: {@code ○ lis-toll}, and how it is joined to the next. */
    private record Station(String kind, String state, String text, String means) {

        static Station of(JsonObject hop) {
            String kind = JsonTree.text(hop, "kind");
            String state = JsonTree.text(hop, "state");
            String name = JsonTree.text(hop, "name");
            String detail = JsonTree.text(hop, "detail");
            boolean isCounted = kind.startsWith("Server") && !detail.isEmpty() && !AT_FAULT.contains(state);
            String shown = isCounted ? detail : name;
            String word = JsonTree.text(hop, "word");
            String rest = isCounted ? name : detail;
            return new Station(
                    kind,
                    state,
                    shape(state) + " " + cut(shown),
                    word + (word.isEmpty() || rest.isEmpty() ? "" : ": ") + rest);
        }

        private static String cut(String name) {
            return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
        }

        private static String shape(String state) {
            return switch (state) {
                case "broken" -> "✖";
                case "slow" -> "▲";
                case "fixed" -> "✔";
                case "unchecked" -> "◇";
                case "not-reached" -> "◌";
                default -> "○";
            };
        }

        boolean isAtFault() {
            return AT_FAULT.contains(state);
        }

        String joint() {
            return state.equals("passes") || state.equals("fixed") || state.equals("slow") ? " ─ " : " ┄ ";
        }

        String look() {
            return switch (state) {
                case "broken" -> TextReport.BAD;
                case "slow", "unchecked" -> TextReport.WARN;
                case "fixed" -> TextReport.OK;
                case "not-reached" -> TextReport.DIM;
                default -> "";
            };
        }
    }

    /** The lines with their heading; none where there is no path, or no room for one. */
    List<String> of(DiagnosisDocument document) {
        List<JsonObject> hops = JsonTree.objects(JsonTree.object(document.json(), "path"), "hops");
        if (hops.isEmpty() || style.width() < LEAST_WIDTH) {
            return List.of();
        }
        List<Station> stations = new ArrayList<>(
                hops.subList(1, hops.size()).stream().map(Station::of).toList());
        List<String> lines = new ArrayList<>();
        lines.add(style.in(TextReport.BOLD, "Path") + "  " + JsonTree.text(hops.get(0), "name"));
        if (!style.isWide()) {
            lines.addAll(list(stations));
            return lines;
        }
        for (String kind : LEAST_TELLING) {
            if (width(stations) > MOST_LINES * (style.width() - INDENT.length())) {
                stations.removeIf(
                        each -> each.kind().equals(kind) && each.state().equals("passes"));
            }
        }
        lines.addAll(lines(stations));
        return lines;
    }

    /** A hop on each line; what its state means stands behind its name. */
    private List<String> list(List<Station> stations) {
        int kinds =
                stations.stream().mapToInt(each -> each.kind().length()).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (Station each : stations) {
            String shape = each.text().substring(0, 1);
            String kind = each.kind() + " ".repeat(kinds - each.kind().length());
            int before = INDENT.length() + 2 + kinds + 2;
            String says = each.text().substring(2) + (each.means().isEmpty() ? "" : ", " + each.means());
            List<String> said = TextWrap.lines(says, style.width() - before);
            lines.add(INDENT + style.in(each.look(), shape) + " " + style.in(TextReport.DIM, kind) + "  "
                    + style.in(each.look(), said.get(0)));
            said.subList(1, said.size()).forEach(line -> lines.add(" ".repeat(before) + style.in(each.look(), line)));
        }
        return lines;
    }

    private static int width(List<Station> stations) {
        return stations.stream()
                .mapToInt(each -> each.text().length() + each.joint().length())
                .sum();
    }

    private List<String> lines(List<Station> stations) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(INDENT);
        int width = INDENT.length();
        String means = "";
        for (int i = 0; i < stations.size(); i++) {
            Station each = stations.get(i);
            String joint = i == 0 ? "" : stations.get(i - 1).joint();
            if (i > 0 && width + joint.length() + each.text().length() > style.width()) {
                lines.add(line + joint.stripTrailing());
                means = under(means, lines);
                line = new StringBuilder(INDENT + INDENT);
                width = line.length();
                joint = "";
            }
            line.append(joint);
            width += joint.length();
            if (each.isAtFault()) {
                means = meaning(each, width);
            }
            line.append(style.in(each.look(), each.text()));
            width += each.text().length();
        }
        lines.add(line.toString());
        under(means, lines);
        return lines;
    }

    private static String under(String means, List<String> lines) {
        if (!means.isEmpty()) {
            lines.add(means);
        }
        return "";
    }

    /** What is wrong, under the name of the hop; further to the left where it is too long for that. */
    private String meaning(Station station, int column) {
        int room = style.width() - INDENT.length();
        String text = station.means().length() <= room
                ? station.means()
                : station.means().substring(0, room - 1) + "…";
        int at = Math.max(INDENT.length(), Math.min(column + 2, style.width() - text.length()));
        return " ".repeat(at) + style.in(station.look(), text);
    }
}
