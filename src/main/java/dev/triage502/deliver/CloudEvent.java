package dev.triage502.deliver;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.json.JsonTree;

/** A notice as CloudEvents 1.0 has it, structured: https://github.com/cloudevents/spec/blob/main/cloudevents/spec.md. */
final class CloudEvent {

    static final String CONTENT_TYPE = "application/cloudevents+json; charset=utf-8";

    private static final String TYPE = "dev.triage502.incident.";

    private CloudEvent() {}

    /**
     * The event, with the diagnosis document as its data.
     *
     * @param longest how many bytes of the document are taken
     */
    static String of(ReportNotice notice, int longest) {
        JsonElement data = JsonParser.parseString(DocumentShortener.of(notice.document(), longest));
        JsonObject event = new JsonObject();
        event.addProperty("specversion", "1.0");
        event.addProperty("id", notice.key());
        event.addProperty("source", notice.document().gateway());
        // Receivers of Standard Webhooks take no hyphen in a type.
        event.addProperty("type", TYPE + notice.event().id().replace('-', '_'));
        event.addProperty("subject", notice.incident());
        event.addProperty("time", JsonTree.text(notice.document().json(), "diagnosedAt"));
        event.addProperty("datacontenttype", "application/json");
        event.add("data", data);
        return event.toString();
    }
}
