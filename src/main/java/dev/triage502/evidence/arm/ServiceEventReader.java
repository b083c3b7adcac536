package dev.triage502.evidence.arm;

import com.google.gson.JsonElement;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.ServiceEvent;
import dev.triage502.evidence.Source;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Service Health says of the platform's services: {@code Microsoft.ResourceHealth/events}, kept beside the gateway's
 * availability status under {@code serviceEvents}.
 */
final class ServiceEventReader {

    private ServiceEventReader() {}

    /** The events of a health document; an event without a time says nothing of the incident and is left out. */
    static Reading<List<ServiceEvent>> read(JsonElement document, Losses losses) {
        ArmObject health = ArmObject.document(document);
        ArmObject unread = health.object("unread");
        if (unread.has(HealthEvents.LIST)) {
            return ElementError.of(unread.object(HealthEvents.LIST)).of(Source.RESOURCE_HEALTH);
        }
        if (!health.has(HealthEvents.LIST)) {
            return Reading.notCollected(Source.RESOURCE_HEALTH);
        }
        return Reading.present(losses.each(health, HealthEvents.LIST, ServiceEventReader::event).stream()
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(ServiceEvent::began).thenComparing(ServiceEvent::toString))
                .toList());
    }

    private static Optional<ServiceEvent> event(ArmObject event) {
        Optional<Instant> began = event.instant("impactStartTime").or(() -> event.instant("lastUpdateTime"));
        List<ArmObject> impact = event.objects("impact");
        return began.map(at -> new ServiceEvent(
                event.name(),
                event.text("title", "header"),
                named(impact.stream().map(each -> each.text("impactedService"))),
                named(impact.stream()
                        .flatMap(each -> each.objects("impactedRegions").stream())
                        .map(each -> each.text("impactedRegion"))),
                event.text("eventType"),
                event.text("status"),
                at,
                event.instant("impactMitigationTime")));
    }

    private static List<String> named(Stream<String> names) {
        return names.filter(each -> !each.isBlank()).distinct().sorted().toList();
    }
}
