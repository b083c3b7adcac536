package dev.triage502.report;

import dev.triage502.report.Report.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

    /** A fault at thousands of servers has thousands of facts, of which a report shows a few. */
    private static final int COMPARED = 40;

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s,;()\"]+");
    private static final Pattern PUNCTUATION_AT_END = Pattern.compile("[.:]+$");

    private GroupedRows() {}

    /** What rows have in common. */
    private record Said(String label, String rest) {}

    static List<Row> folded(List<Row> rows, int mostNames) {
        Map<Said, Set<String>> subjects = new LinkedHashMap<>();
        Map<Said, List<String>> facts = new HashMap<>();
        for (Row row : rows) {
            String subject = subject(row.text());
            Said said = new Said(row.label(), row.text().substring(subject.length()));
            subjects.computeIfAbsent(said, each -> new LinkedHashSet<>()).add(subject);
            facts.computeIfAbsent(said, each -> new ArrayList<>()).addAll(row.facts());
        }
        List<Row> folded = new ArrayList<>();
        subjects.forEach((said, names) -> folded.add(Row.fact(
                said.label(),
                names.size() == 1
                        ? names.iterator().next() + said.rest()
                        : ReportPhrases.listed(List.copyOf(names), mostNames) + ofMany(said.rest()),
                facts.getOrDefault(said, List.of()))));
        return withoutRepeats(folded);
    }

    /** Without the rows of which another of the same source says all, and more; among the first, which are the ones shown. */
    private static List<Row> withoutRepeats(List<Row> rows) {
        List<Row> first = rows.subList(0, Math.min(COMPARED, rows.size()));
        List<Set<String>> words = first.stream().map(GroupedRows::words).toList();
        List<Row> kept = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            int at = i;
            boolean repeated = i < first.size()
                    && IntStream.range(0, first.size())
                            .anyMatch(other ->
                                    rows.get(other).label().equals(rows.get(at).label())
                                            && words.get(other).size()
                                                    > words.get(at).size()
                                            && words.get(other).containsAll(words.get(at)));
            if (!repeated) {
                kept.add(rows.get(i));
            }
        }
        return kept;
    }

    private static Set<String> words(Row row) {
        return BETWEEN_WORDS
                .splitAsStream(row.text())
                .map(word -> PUNCTUATION_AT_END.matcher(word).replaceAll(""))
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
