package dev.triage502.report;

import com.google.gson.JsonObject;
import dev.triage502.diagnosis.Diagnosis.NotChecked;
import dev.triage502.evidence.Reading;
import dev.triage502.json.JsonTree;
import dev.triage502.report.Report.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is not behind a diagnosis: what could not be read, which causes could not be checked, and what it is not. */
final class EvidenceGaps {

    private static final int MOST_DETAIL = 120;
    private static final int MOST_REASON = 100;
    private static final int MOST_REASONS = 2;
    private static final int MOST_RIVALS = 5;
    private static final String OF_REPORT = NotChecked.Kind.REPORT.id();
    private static final String NOT_COLLECTED = "not-collected";

    /** An action of Azure's roles: {@code Microsoft.Insights/metrics/read}. */
    private static final Pattern ACTION = Pattern.compile("(?i)microsoft\\.\\w+(/\\w+)+/(read|write|action)\\b");

    private static final Map<String, String> WHY =
            Stream.of(Reading.Why.values()).collect(Collectors.toMap(Reading.Why::id, Reading.Why::words));

    /** Azure's code for a resource that is not there: it was asked, and answered. */
    private static final String NOTHING_THERE = "ResourceNotFound";

    private final JsonObject json;
    private final int mostNames;

    EvidenceGaps(JsonObject json, int mostNames) {
        this.json = json;
        this.mostNames = mostNames;
    }

    /** The sources that could not be read, together where the reason is the same; what was merely not collected comes last. */
    List<String> unread() {
        Map<String, List<JsonObject>> byReason = new LinkedHashMap<>();
        List<JsonObject> reads = JsonTree.objects(json, "evidenceRead");
        for (boolean merely : List.of(false, true)) {
            reads.stream()
                    .filter(read -> JsonTree.text(read, "why").equals(NOT_COLLECTED) == merely)
                    .forEach(read -> reason(read)
                            .map(reason ->
                                    action(read).map(needed -> words(read)).orElse(reason))
                            .ifPresent(reason -> byReason.computeIfAbsent(reason, each -> new ArrayList<>())
                                    .add(read)));
        }
        return byReason.entrySet().stream()
                .map(each -> unread(each.getKey(), each.getValue()))
                .toList();
    }

    /** {@code Metrics, backends: no permission (needs Microsoft.Insights/metrics/read and Microsoft.Web/sites/read).} */
    private static String unread(String reason, List<JsonObject> reads) {
        String sources = reads.stream()
                .map(read -> ReportPhrases.source(JsonTree.text(read, "source")))
                .collect(Collectors.joining(", "));
        List<String> needed =
                reads.stream().flatMap(read -> action(read).stream()).distinct().toList();
        String needs = needed.isEmpty() ? "" : " (needs " + ReportPhrases.listed(needed, needed.size()) + ")";
        return ReportPhrases.sentence(ReportPhrases.upperFirst(sources) + ": " + reason + needs);
    }

    private static String words(JsonObject read) {
        if (JsonTree.text(read, "detail").startsWith(NOTHING_THERE)) {
            return "not found";
        }
        String why = JsonTree.text(read, "why");
        return WHY.getOrDefault(why, why);
    }

    /** The action that Azure refused, where it names one. */
    private static Optional<String> action(JsonObject read) {
        Matcher action = ACTION.matcher(JsonTree.text(read, "detail"));
        boolean isAzures = !List.of("", "internal-error").contains(JsonTree.text(read, "why"));
        return isAzures && action.find() ? Optional.of(action.group()) : Optional.empty();
    }

    /** What failing requests pass and whose rules are not read. */
    List<String> notModelled() {
        return JsonTree.objects(json, "notModelled").stream()
                .map(each -> ReportPhrases.sentence(ReportPhrases.upperFirst(JsonTree.text(each, "text"))))
                .limit(MOST_REASONS)
                .toList();
    }

    /** Why a source could not be read whole, in a few words; empty where it could. */
    static Optional<String> reason(JsonObject read) {
        String why = JsonTree.text(read, "why");
        String detail = JsonTree.text(read, "detail");
        if (why.isEmpty()) {
            return detail.isEmpty() ? Optional.empty() : Optional.of("read in part (" + part(detail) + ")");
        }
        String words = words(read);
        if (why.equals("internal-error")) {
            return Optional.of(words); // what failed inside helps nobody who reads a report
        }
        Optional<String> action = action(read);
        if (action.isPresent()) {
            return Optional.of(words + " (needs " + action.get() + ")");
        }
        boolean said = detail.isEmpty() || detail.replace('-', ' ').startsWith(words);
        return Optional.of(
                said
                        ? (detail.isEmpty() ? words : cut(detail, MOST_DETAIL))
                        : words + " (" + cut(detail, MOST_DETAIL) + ")");
    }

    /** {@code nsg-web: needs Microsoft.Network/networkSecurityGroups/read} where that is what was refused. */
    private static String part(String detail) {
        Matcher action = ACTION.matcher(detail);
        int name = detail.indexOf(": ");
        return name > 0 && detail.contains("AuthorizationFailed") && action.find()
                ? detail.substring(0, name) + ": needs " + action.group()
                : cut(detail, MOST_DETAIL);
    }

    /** Causes that would explain the root cause and could not be checked. */
    Optional<String> rivals() {
        List<String> open = JsonTree.objects(json, "couldNotTell").stream()
                .filter(each -> each.has("couldExplainRoot"))
                .map(EvidenceGaps::title)
                .toList();
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of("Could not be checked, and would look the same: " + ReportPhrases.either(shortened(open))
                        + ".");
    }

    /** What a cause is called in a sentence; documents of before have its id only. */
    private static String title(JsonObject cause) {
        String title = JsonTree.text(cause, "title");
        return title.isEmpty() ? JsonTree.text(cause, "id") : CauseTitles.inSentence(title);
    }

    /** {@code Backends stopped (backends-stopped)}: the words for people, the id to look it up. */
    private static String titleAndId(JsonObject cause) {
        String title = JsonTree.text(cause, "title");
        String id = JsonTree.text(cause, "id");
        return title.isEmpty() ? id : title + " (" + id + ")";
    }

    /** Only the first of several begins with a capital. */
    private static List<String> inSentence(List<String> titles) {
        return Stream.concat(titles.stream().limit(1), titles.stream().skip(1).map(CauseTitles::inSentence))
                .toList();
    }

    private static List<String> shortened(List<String> ids) {
        int more = ids.size() - MOST_RIVALS;
        return more < 2
                ? ids
                : Stream.concat(ids.stream().limit(MOST_RIVALS), Stream.of("one of " + more + " more"))
                        .toList();
    }

    /** Causes that nothing could be said of, and what failed by a defect of this program. */
    List<Row> unchecked() {
        List<Row> rows = new ArrayList<>();
        List<String> open = JsonTree.objects(json, "couldNotTell").stream()
                .filter(each -> !each.has("couldExplainRoot"))
                .map(EvidenceGaps::titleAndId)
                .toList();
        if (!open.isEmpty()) {
            rows.add(Row.of("", ReportPhrases.list(inSentence(open), mostNames)));
        }
        add(rows, "could not be checked (internal error)", broken(kind -> !kind.equals(OF_REPORT)));
        add(rows, "could not be written (internal error)", broken(OF_REPORT::equals));
        return rows;
    }

    private List<String> broken(Predicate<String> ofKind) {
        return JsonTree.objects(json, "notChecked").stream()
                .filter(each -> ofKind.test(JsonTree.text(each, "kind")))
                .map(each -> JsonTree.text(each, "id"))
                .toList();
    }

    private static void add(List<Row> rows, String label, List<String> ids) {
        if (!ids.isEmpty()) {
            rows.add(Row.of(label, String.join(", ", ids)));
        }
    }

    /** Causes that the same thing speaks against are together; of long lists only the causes are named. */
    List<Row> ruledOut() {
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        for (JsonObject each : JsonTree.objects(json, "ruledOut")) {
            String because = ReportPhrases.plainNames(JsonTree.text(each, "because"));
            byReason.computeIfAbsent(ReportPhrases.sentence(cut(because, MOST_REASON)), reason -> new ArrayList<>())
                    .add(titleAndId(each));
        }
        List<Row> rows = new ArrayList<>();
        List<String> others = new ArrayList<>();
        byReason.forEach((reason, ids) -> {
            if (rows.size() < MOST_REASONS) {
                rows.add(Row.of(ReportPhrases.list(inSentence(ids), mostNames), reason));
            } else {
                others.addAll(ids);
            }
        });
        if (!others.isEmpty()) {
            String also = ReportPhrases.listed(
                    others.stream().map(CauseTitles::inSentence).toList(), mostNames);
            rows.add(Row.of("", "Also " + also + " (reasons in the JSON)."));
        }
        return rows;
    }

    /** The beginning of a text, up to the last whole word. */
    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = text.lastIndexOf(' ', most);
        String begun = text.substring(0, end < most / 2 ? most : end).replaceAll("[\\s,;:]+$", "") + "…";
        boolean quoting = begun.chars().filter(c -> c == '"').count() % 2 == 1;
        return begun + (quoting ? "\"" : "");
    }
}
