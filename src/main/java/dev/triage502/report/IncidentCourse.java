package dev.triage502.report;

import com.google.gson.JsonObject;
import dev.triage502.report.Report.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How it went: whom it hit and since when, and what was changed around that time. */
final class IncidentCourse {

    private final JsonObject json;
    private final String end;
    private final int mostRows;
    private final int mostNames;

    IncidentCourse(JsonObject json, String end, int mostRows, int mostNames) {
        this.json = json;
        this.end = end;
        this.mostRows = mostRows;
        this.mostNames = mostNames;
    }

    List<Row> impact() {
        JsonObject impact = DocumentTree.object(json, "impact");
        if (impact.size() == 0) {
            return List.of(Row.of("", "Not known: nothing that counts requests could be read."));
        }
        List<Row> rows = new ArrayList<>();
        long failed = impact.get("failedRequests").getAsLong();
        long total = impact.get("totalRequests").getAsLong();
        rows.add(Row.of("", ReportPhrases.share(failed, total) + " failed with a 5xx status."));
        String since = DocumentTree.text(impact, "since");
        String until = DocumentTree.text(impact, "until");
        if (!since.isEmpty()) {
            String from = ReportPhrases.time(since, end);
            String to = until.isEmpty() ? from : ReportPhrases.time(until, end);
            rows.add(Row.of("since", from + (to.equals(from) ? "" : ", last seen " + to)));
        }
        for (String names : List.of("listeners", "hosts", "servers")) {
            List<String> listed = DocumentTree.texts(impact, names);
            if (!listed.isEmpty()) {
                rows.add(Row.of(names, ReportPhrases.list(listed, mostNames)));
            }
        }
        return rows;
    }

    /** The most telling ones in the order of time, with the first failure among them. */
    List<Row> changes() {
        List<JsonObject> changes = DocumentTree.objects(json, "changes");
        Map<String, List<String>> byTime = new TreeMap<>();
        changes.stream()
                .limit(mostRows)
                .forEach(change -> byTime.computeIfAbsent(DocumentTree.text(change, "at"), at -> new ArrayList<>())
                        .add(change(change)));
        String since = DocumentTree.text(DocumentTree.object(json, "impact"), "since");
        if (!byTime.isEmpty() && !since.isEmpty()) {
            byTime.computeIfAbsent(since, at -> new ArrayList<>()).add("the first failing request");
        }
        List<Row> rows = new ArrayList<>();
        byTime.forEach((at, texts) -> texts.forEach(text -> rows.add(Row.of(ReportPhrases.time(at, end), text))));
        return rows;
    }

    /** {@code networkSecurityGroups/write on nsg-app by alice, failed: Conflict}. */
    private static String change(JsonObject change) {
        String resource = DocumentTree.text(change, "resource");
        String who = DocumentTree.text(change, "who");
        String what = DocumentTree.text(change, "what").replaceFirst("^(?i)Microsoft\\.\\w+/", "");
        int outcome = what.indexOf(", ") < 0 ? what.length() : what.indexOf(", ");
        return what.substring(0, outcome) + " on " + resource.substring(resource.lastIndexOf('/') + 1)
                + (who.isEmpty() ? "" : " by " + who) + what.substring(outcome);
    }
}
