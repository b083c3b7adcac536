package dev.triage502.report;

import dev.triage502.report.Report.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says once what is said of many: rows that differ only in the address at their beginning. */
final class GroupedRows {

    /** The verbs that findings begin with, of one and of many. */
    private static final Map<String, String> MANY = Map.ofEntries(
            Map.entry("is", "are"),
            Map.entry("was", "were"),
            Map.entry("has", "have"),
            Map.entry("does", "do"),
            Map.entry("aborts", "abort"),
            Map.entry("accepts", "accept"),
            Map.entry("completes", "complete"),
            Map.entry("passes", "pass"),
            Map.entry("requires", "require"),
            Map.entry("responds", "respond"),
            Map.entry("takes", "take"),
            Map.entry("uses", "use"),
            Map.entry("answers", "answer"),
            Map.entry("presents", "present"),
            Map.entry("refuses", "refuse"),
            Map.entry("returns", "return"),
            Map.entry("sends", "send"),
            Map.entry("serves", "serve"));

    private GroupedRows() {}

    /** What rows have in common. */
    private record Said(String label, String rest) {}

    static List<Row> folded(List<Row> rows, int mostNames) {
        Map<Said, List<String>> subjects = new LinkedHashMap<>();
        for (Row row : rows) {
            String subject = subject(row.text());
            Said said = new Said(row.label(), row.text().substring(subject.length()));
            subjects.computeIfAbsent(said, each -> new ArrayList<>()).add(subject);
        }
        List<Row> folded = new ArrayList<>();
        subjects.forEach((said, names) -> folded.add(Row.of(
                said.label(),
                names.size() == 1
                        ? names.get(0) + said.rest()
                        : ReportPhrases.listed(names, mostNames) + ofMany(said.rest()))));
        return folded.stream()
                .filter(row -> folded.stream().noneMatch(other -> saysMore(other, row)))
                .toList();
    }

    /** Whether one row has all that another of its source says, and more. */
    private static boolean saysMore(Row one, Row other) {
        Set<String> words = words(one);
        return one.label().equals(other.label())
                && words.size() > words(other).size()
                && words.containsAll(words(other));
    }

    private static Set<String> words(Row row) {
        return Stream.of(row.text().split("[\\s,;()\"]+"))
                .map(word -> word.replaceAll("[.:]+$", ""))
                .collect(Collectors.toSet());
    }

    private static String ofMany(String rest) {
        int end = rest.indexOf(' ', 1);
        String verb = end < 0 ? "" : rest.substring(1, end);
        return MANY.containsKey(verb) ? " " + MANY.get(verb) + rest.substring(end) : rest;
    }

    /** The address or the host name that a text begins with, or nothing. */
    private static String subject(String text) {
        int end = text.indexOf(' ');
        String first = end < 0 ? "" : text.substring(0, end).replaceAll("[:,]$", "");
        return first.matches("[A-Za-z0-9-]+([.:][A-Za-z0-9-]*)+") ? first : "";
    }
}
