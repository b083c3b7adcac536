package dev.triage502.report;

import com.google.gson.JsonObject;
import dev.triage502.diagnosis.Diagnosis.NotChecked;
import dev.triage502.report.Report.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is not behind a diagnosis: what could not be read, and what it is not. */
final class EvidenceGaps {

    private static final int MOST_DETAIL = 160;
    private static final String OF_REPORT = NotChecked.Kind.REPORT.id();

    /** A right in Azure: {@code Microsoft.Insights/metrics/read}. */
    private static final Pattern ACTION = Pattern.compile("(?i)microsoft\\.\\w+(/\\w+)+/(read|write|action)\\b");

    private final JsonObject json;
    private final int mostNames;

    EvidenceGaps(JsonObject json, int mostNames) {
        this.json = json;
        this.mostNames = mostNames;
    }

    /** The reasons, each with the sources that it kept from us. */
    List<Row> unread() {
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        for (JsonObject read : DocumentTree.objects(json, "evidenceRead")) {
            String why = DocumentTree.text(read, "why").replace('-', ' ');
            String detail = DocumentTree.text(read, "detail");
            if (why.isEmpty() && !detail.isEmpty()) {
                byReason.computeIfAbsent("read in part (" + inShort(detail) + ")", each -> new ArrayList<>())
                        .add(ReportPhrases.source(DocumentTree.text(read, "source")));
            }
            if (!why.isEmpty()) {
                boolean told = detail.isEmpty() || detail.equals(why);
                String reason = told ? why : detail.startsWith(why) ? detail : why + " (" + inShort(detail) + ")";
                byReason.computeIfAbsent(reason, each -> new ArrayList<>())
                        .add(ReportPhrases.source(DocumentTree.text(read, "source")));
            }
        }
        List<Row> rows = new ArrayList<>();
        byReason.forEach((reason, sources) -> rows.add(Row.of(String.join(", ", sources), reason)));
        List<String> untold = DocumentTree.objects(json, "couldNotTell").stream()
                .map(each -> DocumentTree.text(each, "id"))
                .toList();
        if (!rows.isEmpty() && !untold.isEmpty()) {
            rows.add(Row.of("so nothing can be said of", ReportPhrases.list(untold, mostNames)));
        }
        add(rows, "could not be checked (internal error)", broken(kind -> !kind.equals(OF_REPORT)));
        add(rows, "could not be written (internal error)", broken(OF_REPORT::equals));
        return rows;
    }

    private List<String> broken(Predicate<String> ofKind) {
        return DocumentTree.objects(json, "notChecked").stream()
                .filter(each -> ofKind.test(DocumentTree.text(each, "kind")))
                .map(each -> DocumentTree.text(each, "id"))
                .toList();
    }

    private static void add(List<Row> rows, String label, List<String> ids) {
        if (!ids.isEmpty()) {
            rows.add(Row.of(label, String.join(", ", ids)));
        }
    }

    /** What a refusal was about, where it names the right that was wanting; else the refusal, its beginning. */
    private static String inShort(String detail) {
        Matcher action = ACTION.matcher(detail);
        if (action.find()) {
            return "no right to " + action.group();
        }
        return detail.length() <= MOST_DETAIL
                ? detail
                : detail.substring(0, MOST_DETAIL).stripTrailing() + "…";
    }

    /** Causes that the same thing speaks against stand together. */
    List<Row> ruledOut() {
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        for (JsonObject each : DocumentTree.objects(json, "ruledOut")) {
            byReason.computeIfAbsent(
                            ReportPhrases.sentence(DocumentTree.text(each, "because")), reason -> new ArrayList<>())
                    .add(DocumentTree.text(each, "id"));
        }
        List<Row> rows = new ArrayList<>();
        byReason.forEach((reason, ids) -> rows.add(Row.of(String.join(", ", ids), reason)));
        return rows;
    }
}
