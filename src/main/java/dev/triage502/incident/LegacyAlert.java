package dev.triage502.incident;

import dev.triage502.incident.Alert.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads one alert in the shapes that action groups send without the common alert schema
 * (https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-non-common-schema-definitions): metric, activity log
 * and the retired log search, as far as they name a gateway.
 */
final class LegacyAlert {

    private static final List<String> RULE = List.of("name", "alertRuleName", "operationName", "id");
    private static final List<String> TIME = List.of(
            "timestamp", "eventTimestamp", "submissionTimestamp", "searchIntervalEndtimeUtc", "resolvedDateTime");

    private final AlertFields data;
    private final AlertFields context;

    private LegacyAlert(AlertFields data, AlertFields context) {
        this.data = data;
        this.context = context;
    }

    /** The alert that a body without data.essentials is, if it has the marks of one. */
    static Optional<LegacyAlert> in(AlertFields body) {
        AlertFields data = body.object("data").orElse(body);
        Optional<AlertFields> context = data.object("context");
        if (context.isPresent()) {
            AlertFields outer = context.get();
            return Optional.of(new LegacyAlert(data, outer.object("activityLog").orElse(outer)));
        }
        boolean log = data.has("searchQuery") && (data.has("alertRuleName") || data.has("workspaceId"));
        return log ? Optional.of(new LegacyAlert(data, data)) : Optional.empty();
    }

    AlertBatch read() throws UnreadableAlert {
        List<String> place = new ArrayList<>(context.texts("resourceId"));
        place.addAll(context.objectOrNone("authorization").texts("scope"));
        List<ResourceId> gateways = GatewayIds.in(place)
                .refusedIfAllFaulty(context.place("resourceId"))
                .gateways();
        if (gateways.isEmpty()) {
            gateways = GatewayIds.in(data.texts()).gateways();
        }
        if (gateways.size() != 1) {
            String about = gateways.isEmpty()
                    ? context.text("resourceId")
                            .map(id -> "about " + AlertFields.tail(id))
                            .orElse("that names no resource")
                    : "that names " + gateways.size() + " application gateways";
            throw new UnreadableAlert(
                    "the body",
                    CommonAlert.EXPECTED + "; of the older schemas, one that names one application gateway",
                    "an older schema's alert " + about);
        }
        if (isAvailableAgain()) {
            return AlertBatch.ignored(
                    "an older schema's alert says that " + gateways.get(0).name() + " is available again");
        }
        Instant at = AlertTime.need(context, present(TIME));
        Instant windowStart = AlertTime.in(context.objectOrNone("condition"), "windowStartTime")
                .or(() -> AlertTime.in(context, "searchIntervalStartTimeUtc"))
                .orElse(at);
        String rule = present(RULE).stream()
                .flatMap(name -> context.text(name).stream())
                .findFirst()
                .orElse("unnamed rule");
        boolean ends = data.has("status") && !context.has("eventTimestamp");
        return AlertBatch.of(List.of(new Alert(
                gateways.get(0),
                series(rule),
                AlertRule.of(rule, context.text("severity")),
                condition(),
                at,
                at,
                ends,
                windowStart)));
    }

    /** Resource Health also reports the end of an event, as an activity log alert that fires. */
    private boolean isAvailableAgain() {
        OperationName operation = OperationName.of(context.text("operationName").orElse(""));
        boolean ofHealth = operation.has("resourcehealth/")
                || context.text("eventSource").orElse("").equalsIgnoreCase("ResourceHealth");
        Optional<String> now = context.objectOrNone("properties").text("currentHealthStatus");
        return ofHealth
                && (operation.verb().equals("resolved")
                        || now.filter("Available"::equalsIgnoreCase).isPresent());
    }

    /** These alerts have no id of their own: the rule and what it was split by stand for it. */
    private String series(String rule) {
        List<String> parts = new ArrayList<>(List.of(context.text("id").orElse(rule)));
        parts.addAll(context.texts("eventDataId"));
        for (AlertFields criterion : context.objectOrNone("condition").objects("allOf")) {
            parts.addAll(criterion.texts("metricName"));
            parts.addAll(criterion.texts("dimensions"));
        }
        return String.join(" ", parts);
    }

    private Condition condition() {
        String status = data.text("status").orElse("Activated");
        return status.equalsIgnoreCase("Deactivated") || status.equalsIgnoreCase("Resolved")
                ? Condition.RESOLVED
                : Condition.FIRED;
    }

    /** Those of the names that are there; all of them when none is, so that a message can name the first. */
    private List<String> present(List<String> names) {
        List<String> there = names.stream().filter(context::has).toList();
        return there.isEmpty() ? names : there;
    }
}
