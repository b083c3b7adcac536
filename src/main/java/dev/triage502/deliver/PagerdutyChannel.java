package dev.triage502.deliver;

import com.google.gson.JsonObject;
import dev.triage502.deliver.ChannelMemory.Note;
import dev.triage502.deliver.ticket.PagerdutyEvent;
import dev.triage502.deliver.ticket.Ticket;
import dev.triage502.deliver.ticket.Ticket.Stage;
import dev.triage502.json.JsonTree;
import dev.triage502.ledger.MessageReason;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One alert for each incident in PagerDuty, which is resolved when the recovery was measured; and change events for what
 * was changed before. PagerDuty knows an alert by its key, so that a repeat makes no second one.
 */
final class PagerdutyChannel implements Channel {

    static final ChannelSetting<SecretText> ROUTING_KEY = ChannelSetting.secret(
            "routingKey",
            "no PagerDuty",
            "Integration key of an Events API v2 integration of a PagerDuty service. Secret: use a Key Vault"
                    + " reference.",
            "0123456789abcdef0123456789abcdef",
            "[A-Za-z0-9]{32}");

    static final ChannelSetting<String> REGION =
            ChannelSetting.choice("region", "Service region of the PagerDuty account.", "us", "us", "eu");

    static final ChannelSetting<String> CHANGE_EVENTS = ChannelSetting.choice(
            "changeEvents", "Whether changes before the incident are sent as change events.", "on", "on", "off");

    static final ChannelSetting<Map<String, String>> SEVERITIES = ChannelSetting.table(
                    "severities",
                    "0 critical, 1 error, 2 warning, 3 and 4 info",
                    "PagerDuty's severity for each severity of an alert.",
                    "{\"1\": \"critical\", \"2\": \"error\"}")
            .accepting(
                    PagerdutyChannel::areSeverities,
                    "an object that gives 0 to 4 one of critical, error, warning, info, e.g. {\"1\": \"critical\"}");

    static final ChannelType TYPE = new ChannelType(
            "pagerduty",
            List.of(ROUTING_KEY),
            List.of(REGION, CHANGE_EVENTS, SEVERITIES),
            EnumSet.allOf(MessageReason.class),
            Map.of("pagerduty", notice -> alert(notice, Map.of()).toString()),
            PagerdutyChannel::new);

    private static final String KEEPS_OPEN = "open";

    /** PagerDuty takes about 120 events a minute for a key. */
    private static final int MOST_CHANGES = 10;

    private final SecretText key;
    private final JsonCalls calls;
    private final boolean sendsChanges;
    private final Map<String, String> severities;

    private PagerdutyChannel(ChannelValues values, ChannelTools tools) {
        this(
                base(values.get(REGION).orElse("us")),
                values.needed(ROUTING_KEY),
                !values.get(CHANGE_EVENTS).orElse("on").equals("off"),
                values.get(SEVERITIES).orElse(Map.of()),
                tools);
    }

    PagerdutyChannel(
            SecretUrl base, SecretText key, boolean sendsChanges, Map<String, String> severities, ChannelTools tools) {
        this.key = key;
        this.calls = new JsonCalls(base, tools.http(), Map.of(), key::scrub);
        // A key of event orchestration takes no change events.
        this.sendsChanges = sendsChanges && !key.value().startsWith("R");
        this.severities = severities;
    }

    static SecretUrl base(String region) {
        return SecretUrl.parse(
                        region.equals("eu")
                                ? "https://events.eu.pagerduty.com/v2/"
                                : "https://events.pagerduty.com/v2/")
                .orElseThrow();
    }

    private static boolean areSeverities(Map<String, String> table) {
        return table.keySet().stream().allMatch(number -> number.matches("[0-4]"))
                && Set.of("critical", "error", "warning", "info").containsAll(table.values());
    }

    @Override
    public DeliveryResult deliver(ReportNotice notice, ChannelMemory memory) {
        Note seen = memory.read();
        if (seen.text("said").filter(notice.key()::equals).isPresent()) {
            return new DeliveryResult.Sent();
        }
        Ticket ticket = notice.ticket();
        boolean wasOpen = seen.text(KEEPS_OPEN).map(Boolean::parseBoolean).orElse(true);
        if (ticket.stage() == Stage.AS_IS && !wasOpen) {
            // A trigger would page somebody for an incident that is over.
            return said(memory, notice, false);
        }
        DeliveryResult result =
                calls.post("enqueue", signed(alert(notice, severities))).result();
        if (!(result instanceof DeliveryResult.Sent)) {
            return result;
        }
        if (sendsChanges && ticket.stage() == Stage.OPEN) {
            sendChanges(notice, memory);
        }
        return said(memory, notice, ticket.stage() != Stage.CLOSED);
    }

    /** Each once: PagerDuty knows no repeat of these, so one that was lost is not sent again. */
    private void sendChanges(ReportNotice notice, ChannelMemory memory) {
        List<JsonObject> changes = JsonTree.objects(notice.document().json(), "changes");
        for (JsonObject change : changes.subList(Math.max(0, changes.size() - MOST_CHANGES), changes.size())) {
            String name = "change " + JsonTree.text(change, "at") + " " + JsonTree.text(change, "what");
            Note seen = memory.read();
            JsonObject next = seen.json().deepCopy();
            next.addProperty("change " + Integer.toHexString(name.hashCode()), true);
            if (next.size() > seen.json().size() && memory.write(seen, next)) {
                calls.post("change/enqueue", signed(PagerdutyEvent.change(change, notice.ticket(), notice.document())));
            }
        }
    }

    private static JsonObject alert(ReportNotice notice, Map<String, String> severities) {
        return PagerdutyEvent.alert(
                notice.ticket(), notice.document(), notice.summary().line(), severities);
    }

    private JsonObject signed(JsonObject event) {
        event.addProperty("routing_key", key.value());
        return event;
    }

    private static DeliveryResult said(ChannelMemory memory, ReportNotice notice, boolean isOpen) {
        Note seen = memory.read();
        JsonObject next = seen.json().deepCopy();
        next.addProperty("said", notice.key());
        next.addProperty(KEEPS_OPEN, isOpen);
        memory.write(seen, next);
        return new DeliveryResult.Sent();
    }
}
