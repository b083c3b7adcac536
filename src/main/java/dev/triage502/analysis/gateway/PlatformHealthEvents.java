package dev.triage502.analysis.gateway;

import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.ServiceEvent;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.incident.OperationName;
import dev.triage502.incident.Wording;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Events of the gateway's own health, as the activity log has them, and of its services, as Service Health has them. */
public final class PlatformHealthEvents {

    /** An event that ended long before the alert is history. */
    private static final Duration RECENT = Duration.ofHours(2);

    /** What a gateway stands on; an incident of another service does not make it answer 502. */
    private static final List<String> BENEATH =
            List.of("Application Gateway", "Virtual Network", "Network Infrastructure");

    private PlatformHealthEvents() {}

    /** Events of the gateway that the platform began and that are not over. */
    public static Stream<Finding> ofGateway(ActivityLog log, Evidence evidence, Target gateway) {
        List<Operation> events = log.operations().stream()
                .filter(each -> each.category().equalsIgnoreCase("ResourceHealth"))
                .filter(each -> each.resource().equals(evidence.incident().gateway()))
                .toList();
        return events.stream()
                .filter(each -> isBegunByPlatform(each) && !isOver(each, events))
                .filter(each -> each.ended().isAfter(evidence.at().minus(RECENT)))
                .map(each -> told(Source.ACTIVITY_LOG, gateway, each.message(), each.started()));
    }

    /** Issues of what a gateway stands on, in its region, that are not over. */
    public static Stream<Finding> ofServices(List<ServiceEvent> events, Evidence evidence, Target gateway) {
        String region = evidence.gateway().toOptional().map(Gateway::location).orElse("");
        return events.stream()
                .filter(each -> each.services().stream()
                        .anyMatch(service -> BENEATH.stream().anyMatch(service::equalsIgnoreCase)))
                .filter(each -> each.isIn(region) && each.isFeltAt(evidence.at()))
                .map(each -> told(Source.RESOURCE_HEALTH, gateway, each.title(), each.began())
                        .with("tracking-id", each.trackingId()));
    }

    private static Finding told(Source source, Target gateway, String words, Instant at) {
        return Finding.of(source, gateway, "Azure reported: \"" + words + "\"").at(at);
    }

    private static boolean isBegunByPlatform(Operation operation) {
        Wording message = Wording.of(operation.message().replace(" ", ""));
        return message.has("platforminitiated") && !message.has("userinitiated");
    }

    /** Whether it tells an end, or another event after it does. */
    private static boolean isOver(Operation event, List<Operation> events) {
        return events.stream()
                .filter(each -> OperationName.of(each.name()).has("resolved"))
                .anyMatch(end -> !end.started().isBefore(event.started()));
    }
}
