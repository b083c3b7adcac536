package dev.triage502.deliver;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.arm.Cases;
import dev.triage502.ledger.MessageReason;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.report.IncidentLinks;
import dev.triage502.triage.TriagedCase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What channels are asked to say of the bundled cases: one message of each kind, and the first message of each case. */
public final class ExampleNotices {

    private ExampleNotices() {}

    /** Diagnosing all cases takes seconds, so it is done once. */
    private static final class Kinds {
        private static final Map<String, ReportNotice> ALL = kinds();
    }

    /** One of each kind that reads differently, by its name. */
    public static Map<String, ReportNotice> ofEachKind() {
        return new LinkedHashMap<>(Kinds.ALL);
    }

    private static Map<String, ReportNotice> kinds() {
        List<DiagnosisDocument> all = documents(Cases.all());
        DiagnosisDocument confirmed = first(
                all,
                each -> each.confidence().equals("confirmed")
                        && each.json().has("poolHealth")
                        && each.json().get("changes").getAsJsonArray().size() > 0);
        DiagnosisDocument likely = first(
                all,
                each -> each.confidence().equals("likely") && each.toString().contains("\"couldExplainRoot\":true"));
        DiagnosisDocument untold = first(all, each -> each.rootCause().equals("insufficient-evidence"));
        DiagnosisDocument over = first(all, each -> each.rootCause().equals("recovered"));
        Map<String, ReportNotice> notices = new LinkedHashMap<>();
        notices.put("confirmed", notice(confirmed, MessageReason.FIRST_DIAGNOSIS, "First diagnosis."));
        notices.put("likely", notice(likely, MessageReason.FIRST_DIAGNOSIS, "First diagnosis."));
        notices.put("insufficient", notice(untold, MessageReason.FIRST_DIAGNOSIS, "First diagnosis."));
        notices.put("changed", notice(confirmed, MessageReason.CHANGED, "Was: cause not found, until 12:40 UTC."));
        notices.put("recurred", notice(confirmed, MessageReason.RECURRED, "Third time since 3 Nov, same cause."));
        notices.put(
                "recovered", notice(over, MessageReason.RECOVERED, "Recovered after 1 h 17 min: 66% to 0% failing."));
        notices.put("given-up", notice(untold, MessageReason.GIVEN_UP, "The investigation failed 5 times."));
        return notices;
    }

    /** The first message of each case, by the case's name. */
    public static Map<String, ReportNotice> ofEachCase() {
        Map<String, ReportNotice> notices = new LinkedHashMap<>();
        for (RecordedCase recorded : Cases.all()) {
            notices.put(recorded.id(), notice(document(recorded), MessageReason.FIRST_DIAGNOSIS, "First diagnosis."));
        }
        return notices;
    }

    private static DiagnosisDocument first(List<DiagnosisDocument> all, Predicate<DiagnosisDocument> wanted) {
        return all.stream().filter(wanted).findFirst().orElseThrow();
    }

    private static List<DiagnosisDocument> documents(List<RecordedCase> cases) {
        List<DiagnosisDocument> documents = new ArrayList<>();
        cases.forEach(recorded -> documents.add(document(recorded)));
        return documents;
    }

    private static DiagnosisDocument document(RecordedCase recorded) {
        return TriagedCase.of(recorded).document();
    }

    /** A notice in which each text that comes from outside has something at its end. */
    static ReportNotice hostile(String more) {
        JsonObject json = ofEachKind().get("likely").document().json().deepCopy();
        append(json, more);
        return notice(DiagnosisDocument.read(json), MessageReason.CHANGED, "It changed." + more);
    }

    /** Appends to each text that Azure or a client may have written. */
    private static void append(JsonObject json, String more) {
        for (String name : List.copyOf(json.keySet())) {
            JsonElement value = json.get(name);
            if (value instanceof JsonObject object) {
                append(object, more);
            } else if (value instanceof JsonArray array) {
                JsonArray copy = new JsonArray();
                array.forEach(each -> {
                    if (each instanceof JsonObject object) {
                        append(object, more);
                    }
                    copy.add(each);
                });
                json.add(name, copy);
            } else if (Set.of(
                            "name",
                            "text",
                            "what",
                            "who",
                            "host",
                            "headline",
                            "summary",
                            "command",
                            "because",
                            "detail",
                            "title",
                            "pool")
                    .contains(name)) {
                json.addProperty(name, value.getAsString() + more);
            }
        }
    }

    /** A notice as the app makes it: with a severity, a life and links. */
    static ReportNotice notice(DiagnosisDocument document, MessageReason reason, String sentence) {
        JsonObject json = document.json().deepCopy();
        json.addProperty("severity", 1);
        JsonObject life = new JsonObject();
        life.addProperty(
                "state",
                reason == MessageReason.FIRST_DIAGNOSIS || reason == MessageReason.RECURRED
                        ? "diagnosed"
                        : reason.id());
        life.addProperty("reason", reason.id());
        life.addProperty("sentence", sentence);
        life.addProperty("revision", 2);
        life.addProperty("message", 2);
        life.addProperty("openedAt", "2026-03-02T08:02:00Z");
        if (reason == MessageReason.RECOVERED) {
            life.add(
                    "recovery",
                    JsonParser.parseString("{\"at\":\"2026-03-02T09:02:00Z\",\"sentence\":\"It works again.\","
                            + "\"fixedBy\":\"netops@example.pl, 14:02 UTC: rule allow-agw-to-pool in nsg-waf\"}"));
        }
        json.add("life", life);
        String page = "https://triage.example.com/i/" + document.incident();
        IncidentLinks links = new IncidentLinks(
                Optional.of(page),
                Optional.of("https://triage.example.com/causes/" + document.rootCause()),
                Optional.of(page + "?mark=right"),
                Optional.of(page + "?mark=wrong"),
                Optional.of("https://portal.azure.com/#resource" + document.gateway()));
        return ReportNotice.of(DiagnosisDocument.read(json), links, document.incident() + "-" + reason.id());
    }
}
