package dev.triage502.deliver.ticket;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.triage502.deliver.ticket.Ticket.Part;
import dev.triage502.deliver.ticket.Ticket.Section;
import dev.triage502.deliver.ticket.Ticket.Stage;
import dev.triage502.deliver.ticket.TicketBlock.Field;
import dev.triage502.deliver.ticket.TicketBlock.Link;
import dev.triage502.json.JsonTree;
import dev.triage502.redaction.PlainText;
import dev.triage502.report.DiagnosisDocument;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An incident as events of PagerDuty's Events API v2, without the routing key. */
public final class PagerdutyEvent {

    /** PagerDuty refuses a longer one. */
    private static final int LONGEST_SUMMARY = 1_024;

    /** PagerDuty takes 512 KB; nobody reads more than this on a phone. */
    public static final int LONGEST = 20_000;

    private static final int LONGEST_DEDUP_KEY = 255;

    /** Of an alert whose severity is not known. */
    private static final String USUAL_SEVERITY = "error";

    private static final Map<String, String> SEVERITIES =
            Map.of("0", "critical", "1", "error", "2", "warning", "3", "info", "4", "info");

    private PagerdutyEvent() {}

    /** Opens the alert of the incident, or adds to it; or resolves it, where the recovery was measured. */
    public static JsonObject alert(
            Ticket ticket, DiagnosisDocument document, String line, Map<String, String> severities) {
        Ticket fitting = ticket;
        JsonObject event = event(fitting, document, line, severities);
        for (Optional<Ticket> less = fitting.withLess();
                bytes(event) > LONGEST && less.isPresent();
                less = fitting.withLess()) {
            fitting = less.get();
            event = event(fitting, document, line, severities);
        }
        return event;
    }

    /** What was changed, as an event of its own: PagerDuty shows those of the last days beside an incident. */
    public static JsonObject change(JsonObject change, Ticket ticket, DiagnosisDocument document) {
        String who = JsonTree.text(change, "who");
        JsonObject payload = new JsonObject();
        String what = PlainText.line(JsonTree.text(change, "what"));
        payload.addProperty("summary", TicketText.cut(who.isEmpty() ? what : who + " " + what, LONGEST_SUMMARY));
        payload.addProperty("source", gateway(document));
        payload.addProperty("timestamp", JsonTree.text(change, "at"));
        JsonObject details = new JsonObject();
        for (String name : List.of("resource", "who")) {
            String text = PlainText.line(JsonTree.text(change, name));
            if (!text.isEmpty()) {
                details.addProperty(name, TicketText.cut(text, LONGEST_SUMMARY));
            }
        }
        payload.add("custom_details", details);
        JsonObject event = new JsonObject();
        event.add("payload", payload);
        event.add("links", links(ticket));
        return event;
    }

    private static JsonObject event(
            Ticket ticket, DiagnosisDocument document, String line, Map<String, String> severities) {
        JsonObject event = new JsonObject();
        event.addProperty("event_action", ticket.stage() == Stage.CLOSED ? "resolve" : "trigger");
        event.addProperty("dedup_key", TicketText.cut(ticket.incident(), LONGEST_DEDUP_KEY));
        event.add("payload", payload(ticket, document, line, severities));
        JsonArray links = links(ticket);
        event.add("links", links);
        event.addProperty("client", "triage502");
        if (!links.isEmpty()) {
            event.add("client_url", links.get(0).getAsJsonObject().get("href"));
        }
        return event;
    }

    private static JsonObject payload(
            Ticket ticket, DiagnosisDocument document, String line, Map<String, String> severities) {
        JsonObject payload = new JsonObject();
        payload.addProperty("summary", TicketText.cut(PlainText.line(line), LONGEST_SUMMARY));
        payload.addProperty("source", gateway(document));
        payload.addProperty("severity", severity(ticket, severities));
        payload.addProperty("timestamp", JsonTree.text(document.json(), "diagnosedAt"));
        payload.addProperty("component", gateway(document));
        payload.addProperty("class", document.rootCause());
        payload.add("custom_details", details(ticket));
        return payload;
    }

    private static String severity(Ticket ticket, Map<String, String> severities) {
        return ticket.severity()
                .map(String::valueOf)
                .map(number -> severities.getOrDefault(number, SEVERITIES.getOrDefault(number, USUAL_SEVERITY)))
                .orElse(USUAL_SEVERITY);
    }

    /** PagerDuty shows them as a table, so each number has a row. */
    private static JsonObject details(Ticket ticket) {
        JsonObject details = new JsonObject();
        for (Section section : ticket.sections()) {
            switch (section.part()) {
                case WHAT -> details.addProperty("Impact", TicketPlain.blocks(section.blocks()));
                case NUMBERS ->
                    section.blocks().forEach(block -> {
                        Field field = (Field) block;
                        details.addProperty(field.label(), field.value());
                    });
                case LINKS -> {
                    // They are links of the event.
                }
                case CUT -> details.addProperty("Report", TicketPlain.blocks(section.blocks()));
                case FIRST, WHY, NOT_CHECKED ->
                    details.addProperty(section.heading(), TicketPlain.blocks(section.blocks()));
            }
        }
        return details;
    }

    private static JsonArray links(Ticket ticket) {
        JsonArray links = new JsonArray();
        ticket.sections().stream()
                .filter(section -> section.part() == Part.LINKS)
                .flatMap(section -> section.blocks().stream())
                .map(Link.class::cast)
                .forEach(link -> {
                    JsonObject json = new JsonObject();
                    json.addProperty("href", link.url());
                    json.addProperty("text", link.text());
                    links.add(json);
                });
        return links;
    }

    private static String gateway(DiagnosisDocument document) {
        String id = document.gateway();
        return id.substring(id.lastIndexOf('/') + 1);
    }

    private static int bytes(JsonObject event) {
        return event.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
