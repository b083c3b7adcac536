package dev.triage502.evidence.arm;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Of which sources is only a part known, and why? A document says so under {@code unread}: older rows of a long log, rows
 * that Azure left out, a metric that it refused. The network and the backends say it of each resource.
 */
final class ReadInPart {

    private static final List<Source> SOURCES =
            List.of(Source.ACCESS_LOG, Source.METRICS, Source.ACTIVITY_LOG, Source.RESOURCE_HEALTH);

    private ReadInPart() {}

    static Map<Source, String> of(SourceDocuments documents) {
        Map<Source, String> parts = new EnumMap<>(Source.class);
        for (Source source : SOURCES) {
            JsonElement document = documents.get(source).toOptional().orElseGet(JsonObject::new);
            if (document instanceof JsonObject object && object.get("unread") instanceof JsonObject unread) {
                String said = unread.entrySet().stream()
                        .filter(each -> each.getValue().isJsonObject())
                        .map(each -> each.getKey() + ": "
                                + ElementError.of(ArmObject.document(each.getValue()))
                                        .words())
                        .collect(Collectors.joining("; "));
                if (!said.isEmpty()) {
                    parts.put(source, said);
                }
            }
        }
        return parts;
    }
}
