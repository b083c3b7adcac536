package dev.triage502.report;

import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import dev.triage502.report.Report.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How it went: whom it hit and since when, and what was changed around that time. */
final class IncidentCourse {

    private static final int MOST_HOSTS = 3;

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
            return List.of(Row.of("", unknownImpact()));
        }
        List<Row> rows = new ArrayList<>();
        long failed = impact.get("failedRequests").getAsLong();
        long total = impact.get("totalRequests").getAsLong();
        rows.add(
                Row.of("", ReportPhrases.share(failed, total) + " failed with a 5xx status" + countedBy(impact) + "."));
        String since = DocumentTree.text(impact, "since");
        String until = DocumentTree.text(impact, "until");
        if (!since.isEmpty()) {
            rows.add(Row.of("first seen", span(since, until.isEmpty() ? since : until, ", last seen ")));
        }
        List<JsonObject> byHost = DocumentTree.objects(impact, "byHost");
        List<String> spared = DocumentTree.texts(impact, "notAffected");
        boolean severalHosts = byHost.size() + spared.size() > 1 && !byHost.isEmpty();
        if (severalHosts) {
            rows.addAll(hosts(byHost));
        }
        if (severalHosts && !spared.isEmpty()) {
            rows.add(Row.of("not affected", ReportPhrases.list(spared, mostNames)));
        }
        for (String names : severalHosts ? List.of("listeners", "servers") : List.of("listeners", "hosts", "servers")) {
            List<String> listed = DocumentTree.texts(impact, names);
            if (!listed.isEmpty()) {
                rows.add(Row.of(names, ReportPhrases.list(listed, mostNames)));
            }
        }
        return rows;
    }

    /** Which hosts are hit, how badly and for how long. */
    private List<Row> hosts(List<JsonObject> byHost) {
        List<Row> rows = new ArrayList<>();
        byHost.stream()
                .limit(MOST_HOSTS)
                .forEach(host -> rows.add(Row.of(
                        DocumentTree.text(host, "host"),
                        ReportPhrases.share(
                                        host.get("failedRequests").getAsLong(),
                                        host.get("totalRequests").getAsLong())
                                + " failed, "
                                + span(DocumentTree.text(host, "since"), DocumentTree.text(host, "until"), " to "))));
        if (byHost.size() > MOST_HOSTS) {
            int more = byHost.size() - MOST_HOSTS;
            rows.add(Row.of("", "and " + more + (more == 1 ? " more host" : " more hosts")));
        }
        return rows;
    }

    private String countedBy(JsonObject impact) {
        String logEnds = DocumentTree.text(impact, "logEnds");
        String ends = logEnds.isEmpty() ? "" : "access log ends " + ReportPhrases.time(logEnds, end);
        if (!DocumentTree.text(impact, "countedBy").equals(Source.METRICS.id())) {
            return ends.isEmpty() ? "" : " (" + ends + ")";
        }
        return " (by metrics" + (ends.isEmpty() ? "" : "; " + ends) + ")";
    }

    /** {@code 12:50 UTC, last seen 13:28 UTC (38 min)}. */
    private String span(String since, String until, String between) {
        String from = ReportPhrases.time(since, end);
        String to = ReportPhrases.time(until, end);
        String start = between.equals(" to ") ? from.replace(" UTC", "") : from;
        return to.equals(from) ? from : start + between + to + ReportPhrases.duration(since, until);
    }

    private String unknownImpact() {
        boolean anyRead = DocumentTree.objects(json, "evidenceRead").stream()
                .filter(each -> List.of(Source.ACCESS_LOG.id(), Source.METRICS.id())
                        .contains(DocumentTree.text(each, "source")))
                .anyMatch(each -> !DocumentTree.text(each, "state").equals("could-not-read"));
        return anyRead
                ? "Unknown: nothing that was read counts requests in this window."
                : "Unknown: neither the access log nor metrics could be read.";
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
