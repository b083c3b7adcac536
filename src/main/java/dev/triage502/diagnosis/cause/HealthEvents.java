package dev.triage502.diagnosis.cause;

import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;

/** Events of Resource Health and Service Health, as the activity log tells them. */
final class HealthEvents {

    /** An event that ended long before the alert is history. */
    private static final Duration RECENT = Duration.ofHours(2);

    private HealthEvents() {}

    /** Events of the gateway, or of its service in the region, that the platform began and that are not over. */
    static Stream<Finding> platforms(ActivityLog log, Evidence evidence, Target gateway) {
        return log.operations().stream()
                .filter(each -> isServiceWide(each)
                        || each.resource().equals(evidence.incident().gateway()))
                .filter(each -> isBegunByPlatform(each) && !isOver(each))
                .filter(each -> each.ended().isAfter(evidence.at().minus(RECENT)))
                .map(each -> Finding.of(
                                Source.ACTIVITY_LOG, gateway, "the platform reported: \"" + each.message() + "\"")
                        .at(each.started()));
    }

    private static boolean isServiceWide(Operation operation) {
        return operation.category().equalsIgnoreCase("ServiceHealth");
    }

    private static boolean isBegunByPlatform(Operation operation) {
        String message = operation.message().toLowerCase(Locale.ROOT).replace(" ", "");
        boolean ofResource = operation.category().equalsIgnoreCase("ResourceHealth");
        return !message.contains("userinitiated")
                && (isServiceWide(operation) || (ofResource && message.contains("platforminitiated")));
    }

    private static boolean isOver(Operation operation) {
        return operation.name().toLowerCase(Locale.ROOT).contains("resolved");
    }
}
