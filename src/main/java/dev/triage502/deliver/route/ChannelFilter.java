package dev.triage502.deliver.route;

import com.google.gson.JsonObject;
import dev.triage502.deliver.ReportNotice;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import dev.triage502.json.JsonTree;
import dev.triage502.ledger.MessageReason;
import dev.triage502.report.CauseFamily;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which messages a channel is for. An empty part takes everything; what is not known keeps no message back, so that
 * nothing is lost because Azure did not answer.
 *
 * @param gateways        names, in which {@code *} stands for anything
 * @param resourceGroups  names of resource groups, likewise
 * @param tags            tags that the gateway must have
 * @param families        kinds of causes; {@link CauseFamily#NOT_FOUND} for an incident without a cause
 * @param leastConfidence how sure the cause must be at least: {@code likely}; an empty string for any
 * @param severities      of the alert, 0 to 4
 * @param events          what happened
 */
public record ChannelFilter(
        List<String> gateways,
        List<String> resourceGroups,
        Map<String, String> tags,
        Set<CauseFamily> families,
        String leastConfidence,
        Set<Integer> severities,
        Set<MessageReason> events) {

    /** The ways to say how sure a cause is, the least sure first. */
    static final List<String> CONFIDENCES = List.of("possible", "likely", "confirmed");

    public ChannelFilter {
        gateways = List.copyOf(gateways);
        resourceGroups = List.copyOf(resourceGroups);
        tags = Map.copyOf(tags);
        families = Set.copyOf(families);
        severities = Set.copyOf(severities);
        events = Set.copyOf(events);
    }

    /** One that takes everything. */
    public static ChannelFilter everything() {
        return new ChannelFilter(
                List.of(), List.of(), Map.of(), Set.of(), "", Set.of(), Set.of(MessageReason.values()));
    }

    /** Whether it is for such an event. */
    public boolean takes(MessageReason event) {
        return events.contains(event);
    }

    /** Whether it is for such an incident, whatever happened. */
    public boolean takesIncident(ReportNotice notice) {
        JsonObject json = notice.document().json();
        ResourceId gateway = ResourceId.of(notice.document().gateway());
        return isOneOf(gateways, gateway.name())
                && isOneOf(resourceGroups, gateway.resourceGroup())
                && hasTags(json)
                && isSevere(JsonTree.text(json, "severity"))
                && takesCause(json);
    }

    private static boolean isOneOf(List<String> patterns, String name) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> matches(pattern, name));
    }

    private static boolean matches(String pattern, String name) {
        String[] parts = pattern.toLowerCase(Locale.ROOT).split("\\*", -1);
        String rest = name.toLowerCase(Locale.ROOT);
        if (parts.length == 1) {
            return rest.equals(parts[0]);
        }
        if (!rest.startsWith(parts[0])) {
            return false;
        }
        int at = parts[0].length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = rest.indexOf(parts[i], at);
            if (found < 0) {
                return false;
            }
            at = found + parts[i].length();
        }
        String last = parts[parts.length - 1];
        return rest.length() - last.length() >= at && rest.endsWith(last);
    }

    private boolean hasTags(JsonObject json) {
        if (tags.isEmpty() || !isRead(json, Source.GATEWAY)) {
            return true;
        }
        JsonObject own = JsonTree.object(json, "gatewayTags");
        return tags.entrySet().stream()
                .allMatch(wanted -> own.entrySet().stream()
                        .anyMatch(tag -> tag.getKey().equalsIgnoreCase(wanted.getKey())
                                && tag.getValue().getAsString().equals(wanted.getValue())));
    }

    private static boolean isRead(JsonObject json, Source source) {
        return JsonTree.objects(json, "evidenceRead").stream()
                .filter(read -> JsonTree.text(read, "source").equals(source.id()))
                .anyMatch(read -> JsonTree.text(read, "state").equals("present"));
    }

    private boolean isSevere(String severity) {
        return severities.isEmpty() || !severity.matches("[0-9]") || severities.contains(Integer.parseInt(severity));
    }

    /** After a recovery the cause is the one that was known before. */
    private boolean takesCause(JsonObject json) {
        JsonObject root = JsonTree.object(json, "rootCause");
        JsonObject known = JsonTree.object(JsonTree.object(json, "life"), "cause");
        JsonObject cause = root.has("confidence") || known.size() == 0 ? root : known;
        boolean family = families.isEmpty() || families.contains(CauseFamily.of(JsonTree.text(cause, "id")));
        int sure = CONFIDENCES.indexOf(JsonTree.text(cause, "confidence"));
        return family && (leastConfidence.isEmpty() || sure >= CONFIDENCES.indexOf(leastConfidence));
    }
}
