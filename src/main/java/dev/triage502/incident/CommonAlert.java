package dev.triage502.incident;

import dev.triage502.incident.Alert.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one alert in the common alert schema
 * (https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-common-schema).
 */
final class CommonAlert {

    static final String EXPECTED = "a common alert schema alert with data.essentials and data.alertContext"
            + " (enable the common alert schema in the action group)";

    private final AlertFields data;
    private final AlertFields essentials;
    private final AlertFields context;
    private final String service;
    private final String rule;

    private CommonAlert(AlertFields data, AlertFields essentials) {
        this.data = data;
        this.essentials = essentials;
        this.context = data.objectOrNone("alertContext");
        this.service = essentials.text("monitoringService").orElse("unnamed service");
        this.rule = essentials.text("alertRule").orElse("unnamed rule");
    }

    static AlertBatch read(AlertFields body) throws UnreadableAlert {
        AlertFields data = body.needObject("data", EXPECTED);
        return new CommonAlert(data, data.needObject("essentials", EXPECTED)).read();
    }

    private AlertBatch read() throws UnreadableAlert {
        Condition condition = condition();
        GatewayIds named = named();
        List<ResourceId> gateways = named.gateways();
        if (gateways.isEmpty()) {
            gateways = mentioned();
            if (gateways.size() != 1) {
                return AlertBatch.ignored(title() + " " + whyIgnored(gateways));
            }
        }
        if (isAvailableAgain()) {
            return AlertBatch.ignored(title() + " says that " + gateways.get(0).name() + " is available again");
        }
        Instant firedAt = AlertTime.need(essentials, List.of("firedDateTime"));
        Instant at = condition == Condition.FIRED
                ? firedAt
                : AlertTime.in(essentials, "resolvedDateTime").orElse(firedAt);
        Instant windowStart = AlertTime.in(context.objectOrNone("condition"), "windowStartTime")
                .orElse(firedAt);
        String id = essentials
                .text("alertId")
                .or(() -> essentials.text("originAlertId"))
                .orElse(rule);
        boolean ends = !isActivityLog() && !isServiceHealth() && !isResourceHealth();
        List<Alert> alerts = new ArrayList<>();
        for (ResourceId gateway : gateways) {
            AlertRule fired = AlertRule.of(rule, essentials.text("severity"));
            alerts.add(new Alert(gateway, id, fired, condition, firedAt, at, ends, windowStart));
        }
        return new AlertBatch(
                alerts,
                named.faults().stream()
                        .map(fault -> new AlertBatch.Ignored(
                                title() + " also names something that is not a gateway's resource ID: " + fault))
                        .toList());
    }

    private Condition condition() throws UnreadableAlert {
        String text = essentials.text("monitorCondition").orElse("Fired");
        if (text.equalsIgnoreCase("Fired")) {
            return Condition.FIRED;
        }
        if (text.equalsIgnoreCase("Resolved")) {
            return Condition.RESOLVED;
        }
        throw new UnreadableAlert(
                essentials.place("monitorCondition"), "Fired or Resolved", essentials.came("monitorCondition"));
    }

    /**
     * The gateways in the places that say what an alert is about, the surest place first.
     *
     * @throws UnreadableAlert if a place names gateways by ids that cannot be right: no other place makes up for that
     */
    private GatewayIds named() throws UnreadableAlert {
        GatewayIds found = GatewayIds.in(essentials.texts("alertTargetIDs"))
                .refusedIfAllFaulty(essentials.place("alertTargetIDs"));
        if (found.isEmpty()) {
            found = inDimensions();
        }
        if (found.isEmpty()) {
            found = GatewayIds.in(essentials.texts("configurationItems"))
                    .refusedIfAllFaulty(essentials.place("configurationItems"));
        }
        if (found.isEmpty() && isActivityLog()) {
            Set<String> scope =
                    new LinkedHashSet<>(context.objectOrNone("authorization").texts("scope"));
            scope.addAll(context.texts("resourceId"));
            scope.addAll(context.objectOrNone("properties").texts("entity"));
            scope.addAll(context.objectOrNone("properties").texts("resourceId"));
            found = GatewayIds.in(scope).refusedIfAllFaulty(context.place("authorization.scope"));
        }
        return found.isEmpty()
                ? GatewayIds.in(data.texts("customProperties")).refusedIfAllFaulty(data.place("customProperties"))
                : found;
    }

    private GatewayIds inDimensions() throws UnreadableAlert {
        List<String> values = new ArrayList<>(context.texts("Dimensions"));
        for (AlertFields criterion : context.objectOrNone("condition").objects("allOf")) {
            for (AlertFields dimension : criterion.objects("dimensions")) {
                values.addAll(dimension.texts("value"));
            }
        }
        return GatewayIds.in(values).refusedIfAllFaulty(context.place("condition"));
    }

    /**
     * The gateways named anywhere else: a log rule's query may be about the one gateway that it names. Not for an
     * activity log alert, which carries whole resources that name others.
     */
    private List<ResourceId> mentioned() {
        return isActivityLog() || isServiceHealth()
                ? List.of()
                : GatewayIds.in(context.texts()).gateways();
    }

    private boolean isActivityLog() {
        String signal = essentials.text("signalType").orElse("").replace(" ", "");
        return signal.equalsIgnoreCase("ActivityLog") || Wording.of(service).startWith("activity log");
    }

    private boolean isServiceHealth() {
        return service.replace(" ", "").equalsIgnoreCase("ServiceHealth");
    }

    private boolean isResourceHealth() {
        return service.replace(" ", "").equalsIgnoreCase("ResourceHealth");
    }

    private boolean isAvailableAgain() {
        if (!isResourceHealth()) {
            return false;
        }
        OperationName operation = OperationName.of(context.text("operationName").orElse(""));
        Optional<String> status = context.objectOrNone("properties").text("currentHealthStatus");
        return operation.verb().equals("resolved")
                || status.filter(now -> now.equalsIgnoreCase("Available")).isPresent();
    }

    private String title() {
        return "alert \"" + AlertFields.cut(rule) + "\" (" + AlertFields.cut(service) + ")";
    }

    private String whyIgnored(List<ResourceId> several) {
        if (!several.isEmpty()) {
            return "names " + several.size() + " gateways without saying which one fired: split the rule by the"
                    + " dimension _ResourceId";
        }
        if (isServiceHealth()) {
            AlertFields event = context.objectOrNone("properties");
            return "is about " + event.text("service").orElse("a service") + " in "
                    + event.text("region").orElse("a region")
                    + ", not about one gateway; each investigation reads Azure's service health anyway";
        }
        List<String> targets = essentials.texts("alertTargetIDs");
        String target = targets.isEmpty() ? "no resource" : AlertFields.tail(targets.get(0));
        boolean log = essentials.text("signalType").orElse("").equalsIgnoreCase("Log");
        return "is about " + target + ", not about an application gateway"
                + (log
                        ? "; no dimension contains a gateway's ID. If it should, split the rule by the dimension"
                                + " _ResourceId or scope it to the gateway"
                        : "");
    }
}
