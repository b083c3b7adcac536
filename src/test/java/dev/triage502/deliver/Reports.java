package dev.triage502.deliver;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.ledger.MessageReason;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.report.IncidentLinks;
import dev.triage502.report.Report;
import java.util.Optional;

/** Reports to send. */
public final class Reports {

    private static final IncidentLinks LINKS = new IncidentLinks(
            Optional.of("https://triage.example.com/api/i/token"),
            Optional.of("https://triage.example.com/api/causes/nsg-blocks-backend"),
            Optional.of("https://triage.example.com/api/i/token/feedback?verdict=right"),
            Optional.of("https://triage.example.com/api/i/token/feedback?verdict=wrong"),
            Optional.of("https://portal.azure.com/#resource/subscriptions/s/resourceGroups/rg"
                    + "/providers/Microsoft.Network/applicationGateways/agw-prod"));

    private Reports() {}

    public static Report usual() {
        return Report.of(DiagnosisDocument.read(json()));
    }

    /** With lists that no channel takes whole. */
    public static Report long_() {
        JsonObject json = json();
        JsonArray evidence = json.getAsJsonArray("evidence");
        JsonObject cause = json.getAsJsonObject("rootCause");
        JsonArray notChecked = new JsonArray();
        JsonArray changes = json.getAsJsonArray("changes");
        for (int i = 3; i < 2000; i++) {
            JsonObject entry = evidence.get(0).getAsJsonObject().deepCopy();
            entry.addProperty("id", "e" + i);
            entry.addProperty("text", "10.0.0.4 answered 404 to the probe. ".repeat(20) + i);
            evidence.add(entry);
            cause.getAsJsonArray("evidence").add("e" + i);
            JsonObject also = cause.getAsJsonObject("target").deepCopy();
            also.addProperty("name", "rule-" + i);
            cause.getAsJsonArray("alsoAt").add(also);
            JsonObject change = changes.get(0).getAsJsonObject().deepCopy();
            change.addProperty("what", "changed the rule number " + i + ". ".repeat(300));
            changes.add(change);
            JsonObject failed = new JsonObject();
            failed.addProperty("id", "cause-" + i);
            failed.addProperty("kind", "cause");
            failed.addProperty("because", "internal error in triage502: " + "E".repeat(500));
            notChecked.add(failed);
        }
        json.add("notChecked", notChecked);
        return Report.of(DiagnosisDocument.read(json));
    }

    /** Names of several scripts, right to left ones too, and an emoji: all that a host or a tag may be called. */
    public static final String SCRIPTS = "Zażółć-שלום-مرحبا-日本-👩🏽‍🚀";

    /** A notice whose host is called so. */
    public static ReportNotice inManyScripts() {
        JsonObject json = json();
        JsonArray hosts = new JsonArray();
        hosts.add(SCRIPTS);
        json.getAsJsonObject("impact").add("hosts", hosts);
        return notice(Report.of(DiagnosisDocument.read(json)), "agw-prod-20260302T0814-abc123-diagnosed");
    }

    /** The notice of an event of the incident's life. */
    public static ReportNotice event(MessageReason reason) {
        JsonObject json = json();
        JsonObject life = new JsonObject();
        life.addProperty("state", reason == MessageReason.RECURRED ? "diagnosed" : reason.id());
        life.addProperty("reason", reason.id());
        life.addProperty("sentence", "What happened: " + reason.words() + ".");
        life.addProperty("revision", 2);
        life.addProperty("message", 2);
        life.addProperty("openedAt", "2026-03-02T08:02:00Z");
        if (reason == MessageReason.RECOVERED) {
            json.getAsJsonObject("rootCause").addProperty("id", "recovered");
            json.getAsJsonObject("rootCause").remove("confidence");
            json.addProperty("headline", "agw-prod: recovered, last failed request at 08:10 UTC");
        }
        json.add("life", life);
        return notice(Report.of(DiagnosisDocument.read(json)), "agw-prod-20260302T0814-abc123-" + reason.id() + "-2");
    }

    /** A report as a channel gets it, with all links. */
    public static ReportNotice notice(Report report, String key) {
        return ReportNotice.of(report.document(), LINKS, key);
    }

    private static JsonObject json() {
        return JsonParser.parseString("""
            {"schema":"triage502/diagnosis/v1","producer":"triage502 0","incident":"agw-prod-20260302T0814-abc123",
             "gateway":"/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/agw-prod",
             "window":{"from":"2026-03-02T07:14:31Z","to":"2026-03-02T08:14:31Z"},"diagnosedAt":"2026-03-02T08:15:02Z",
             "headline":"agw-prod answers 502: rule deny-all of nsg-app keeps it from pool orders (confirmed)",
             "rootCause":{"id":"nsg-blocks-backend","title":"A network security group blocks the backend",
              "confidence":"confirmed","summary":"The rule denies what the gateway sends.",
              "target":{"kind":"nsg-rule","name":"deny-all","id":"/subscriptions/s/x","on":{"nsg":"nsg-app"}},
              "alsoAt":[],"evidence":["e1","e2"],
              "remedy":{"steps":[{"text":"Allow it.","command":"az network nsg rule create -n allow-agw","effect":"changes","undo":"delete it"}],
               "verify":"The pool is healthy.","page":"nsg-blocks-backend.md"}},
             "contributing":[],
             "ruledOut":[{"id":"backend-not-listening","because":"it answers elsewhere","evidence":["e2"]}],
             "couldNotTell":[{"id":"backend-overloaded","missing":["accessLog"]}],
             "next":[{"text":"Read the log.","command":"az monitor log-analytics query","decides":["backend-overloaded"]}],
             "impact":{"failedRequests":120,"totalRequests":400,"since":"2026-03-02T08:02:00Z","listeners":["https"],"hosts":["shop.example"],"servers":["10.0.0.4"]},
             "changes":[{"at":"2026-03-02T08:01:00Z","what":"wrote the rule deny-all","who":"ops@contoso.example","resource":"nsg-app"}],
             "evidence":[{"id":"e1","source":"network","at":"2026-03-02T08:14:31Z","text":"deny-all denies TCP 443 from 10.0.1.0/24"},
                         {"id":"e2","source":"backendHealth","text":"10.0.0.4 is Unhealthy"}],
             "evidenceRead":[{"source":"network","state":"present","tookMs":120},
                             {"source":"accessLog","state":"could-not-read","why":"forbidden","detail":"AuthorizationFailed"}]}\
            """).getAsJsonObject();
    }
}
