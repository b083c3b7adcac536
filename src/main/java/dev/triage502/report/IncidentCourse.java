package dev.triage502.report;

import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import dev.triage502.json.JsonTree;
import dev.triage502.report.Report.Row;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How it went: who is hit and who is not, how badly and since when, and what was changed around that time. */
final class IncidentCourse {

    private static final int MOST_HOSTS = 3;
    private static final int MOST_CHANGES = 3;

    /** Failures so shortly before the end of the data are taken to go on. */
    private static final Duration STILL = Duration.ofMinutes(3);

    private final JsonObject json;
    private final JsonObject impact;
    private final String end;
    private final int mostNames;

    IncidentCourse(JsonObject json, String end, int mostNames) {
        this.json = json;
        this.impact = JsonTree.object(json, "impact");
        this.end = end;
        this.mostNames = mostNames;
    }

    /** Sentences without a label, then labelled facts. */
    List<Row> impact() {
        if (impact.size() == 0) {
            return List.of(Row.of("", unknownImpact()));
        }
        List<Row> rows = new ArrayList<>();
        long failed = impact.get("failedRequests").getAsLong();
        long total = impact.get("totalRequests").getAsLong();
        if (failed == 0) {
            String none = total == 0
                    ? "No requests in this window"
                    : "None of " + ReportPhrases.counted(total, "request") + " failed";
            return List.of(Row.of("", none + countedBy() + "." + quiet()));
        }
        String who = who();
        if (!who.isEmpty()) {
            rows.add(Row.of("", who));
        }
        String since = JsonTree.text(impact, "since");
        if (!since.isEmpty()) {
            String span = span(since, JsonTree.text(impact, "until"));
            rows.add(Row.of(span.contains(" to ") ? "From" : "Since", span));
        }
        String share = ReportPhrases.share(failed, total);
        String percent = " (" + ReportPhrases.percent(failed, total) + ")";
        rows.add(Row.of("Failed", (isSaid(failed, total) ? share.replace(percent, "") : share) + countedBy()));
        JsonObject health = JsonTree.object(json, "poolHealth");
        if (health.size() > 0) {
            rows.add(Row.of(
                    "Healthy",
                    JsonTree.text(health, "healthyServers") + " of "
                            + ReportPhrases.counted(health.get("totalServers").getAsLong(), "server") + " in "
                            + ReportPhrases.named("pool", JsonTree.text(health, "pool"))));
        }
        return rows;
    }

    /** What does not arrive at the gateway is neither logged nor counted as failed. */
    private String quiet() {
        String last = JsonTree.text(impact, "quietSince");
        return last.isEmpty() ? "" : " No request was counted after " + ReportPhrases.time(last, end) + ".";
    }

    /** {@code Every request to a.example.com failed. b.example.com is not affected.} */
    private String who() {
        List<JsonObject> byHost = JsonTree.objects(impact, "byHost");
        List<String> hosts = JsonTree.texts(impact, "hosts");
        List<String> listeners = JsonTree.texts(impact, "listeners");
        List<String> spared = JsonTree.texts(impact, "notAffected");
        String hit = "";
        if (byHost.size() == 1) {
            hit = who(byHost.get(0));
        } else if (!byHost.isEmpty()) {
            List<String> each = byHost.stream()
                    .map(host -> JsonTree.text(host, "host") + " ("
                            + ReportPhrases.percent(
                                    host.get("failedRequests").getAsLong(),
                                    host.get("totalRequests").getAsLong())
                            + " of its requests failed)")
                    .toList();
            hit = "Affected: " + ReportPhrases.list(each, MOST_HOSTS) + ".";
        } else if (!hosts.isEmpty()) {
            hit = "Affected: " + ReportPhrases.list(hosts, mostNames) + ".";
        } else if (!listeners.isEmpty()) {
            hit = "Affected: " + ReportPhrases.named("listener", ReportPhrases.list(listeners, mostNames)) + ".";
        }
        return (ReportPhrases.upperFirst(hit)
                        + (spared.isEmpty() ? "" : " Not affected: " + ReportPhrases.list(spared, MOST_HOSTS) + "."))
                .strip();
    }

    /** While it fails, what counts is the share since it began: what was served before says nothing to who is hit now. */
    private String who(JsonObject counts) {
        long failed = counts.get("failedRequests").getAsLong();
        String host = JsonTree.text(counts, "host");
        boolean isOn = counts.has("totalRequestsSince") && isUpToTheEnd(JsonTree.text(counts, "until"));
        long total = counts.get(isOn ? "totalRequestsSince" : "totalRequests").getAsLong();
        String ending = isOn ? " since " + ReportPhrases.time(JsonTree.text(counts, "since"), end) + "." : " failed.";
        if (failed >= total) {
            return "Every request to " + host + (isOn ? " has failed" : "") + ending;
        }
        return ReportPhrases.percent(failed, total) + " of the requests to " + host + (isOn ? " have failed" : "")
                + ending;
    }

    /** Whether the sentence before gives the same share: all requests that were counted went to the one host in it. */
    private boolean isSaid(long failed, long total) {
        List<JsonObject> byHost = JsonTree.objects(impact, "byHost");
        return byHost.size() == 1
                && byHost.get(0).get("failedRequests").getAsLong() == failed
                && byHost.get(0).get("totalRequests").getAsLong() == total;
    }

    private String countedBy() {
        String logEnds = JsonTree.text(impact, "logEnds");
        String ends = logEnds.isEmpty() ? "" : "access log ends " + ReportPhrases.time(logEnds, end);
        if (!JsonTree.text(impact, "countedBy").equals(Source.METRICS.id())) {
            return ends.isEmpty() ? "" : " (" + ends + ")";
        }
        return ", by metrics" + (ends.isEmpty() ? "" : " (" + ends + ")");
    }

    /** {@code 12:47 UTC, 44 min, still failing} or {@code 12:47 to 13:02 UTC, 15 min}. */
    private String span(String since, String until) {
        String from = ReportPhrases.time(since, end);
        String last = until.isEmpty() ? since : until;
        boolean still = isUpToTheEnd(last);
        String took = ReportPhrases.duration(since, still ? end : last);
        String to = ReportPhrases.time(last, end);
        if (still) {
            return from + took + ", still failing";
        }
        return to.equals(from) ? from : from.replaceFirst(" UTC$", "") + " to " + to + took;
    }

    private boolean isUpToTheEnd(String last) {
        try {
            return Duration.between(Instant.parse(last), Instant.parse(end)).compareTo(STILL) <= 0;
        } catch (DateTimeException notAnInstant) {
            return false;
        }
    }

    private String unknownImpact() {
        boolean anyRead = JsonTree.objects(json, "evidenceRead").stream()
                .filter(each ->
                        List.of(Source.ACCESS_LOG.id(), Source.METRICS.id()).contains(JsonTree.text(each, "source")))
                .anyMatch(each -> !JsonTree.text(each, "state").equals("could-not-read"));
        return anyRead
                ? "Impact unknown: nothing that was read counts all failed requests in this window."
                : "Impact unknown: neither the access log nor metrics could be read.";
    }

    /** The changes nearest to the onset, in the order of time; those that the evidence already names are left out. */
    List<Row> changes(Set<String> alreadyNamed) {
        Map<String, List<String>> byTime = new TreeMap<>();
        JsonTree.objects(json, "changes").stream()
                .filter(change -> !alreadyNamed.contains(JsonTree.text(change, "at")))
                .limit(MOST_CHANGES)
                .forEach(change -> byTime.computeIfAbsent(JsonTree.text(change, "at"), at -> new ArrayList<>())
                        .add(change(change)));
        List<Row> rows = new ArrayList<>();
        byTime.forEach(
                (at, texts) -> texts.forEach(text -> rows.add(Row.of("change", ReportPhrases.plainNames(text)))));
        return rows;
    }

    /** {@code alice@example.com changed NSG nsg-app at 13:02 UTC.} */
    private String change(JsonObject change) {
        String text = JsonTree.text(change, "text");
        String said = text.isEmpty() ? JsonTree.text(change, "what") : text;
        int remark = said.endsWith(")") ? said.lastIndexOf(" (") : said.length();
        String time = ReportPhrases.time(JsonTree.text(change, "at"), end);
        String when = (time.length() > "13:02 UTC".length() ? " on " : " at ") + time;
        return ReportPhrases.sentence(said.substring(0, remark) + when + said.substring(remark));
    }
}
