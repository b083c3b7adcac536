package dev.triage502.incident;

import java.util.List;

/**
 * What one body told: alerts about gateways in the order in which they stood, and what was left aside and why.
 *
 * @param alerts  one for each gateway that an alert names
 * @param ignored one for each valid alert that is not about a gateway in need, such as the portal's test notification
 */
public record AlertBatch(List<Alert> alerts, List<Ignored> ignored) {

    /** A valid alert that leads to nothing, and why, in words for whoever set up the rule. */
    public record Ignored(String why) {}

    public AlertBatch {
        alerts = List.copyOf(alerts);
        ignored = List.copyOf(ignored);
    }

    static AlertBatch of(List<Alert> alerts) {
        return new AlertBatch(alerts, List.of());
    }

    static AlertBatch ignored(String why) {
        return new AlertBatch(List.of(), List.of(new Ignored(why)));
    }
}
