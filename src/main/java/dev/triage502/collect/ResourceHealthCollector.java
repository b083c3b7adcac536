package dev.triage502.collect;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.azure.ArmOperation;
import dev.triage502.azure.CallContext;
import dev.triage502.azure.PartialList;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.HealthEvents;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * What the platform says of the gateway's health, and in {@code serviceEvents} what Service Health says of the services
 * in its subscription. The activity log of a resource group does not hold the latter: they belong to no group.
 */
final class ResourceHealthCollector implements SourceCollector {

    /** Events that were last updated before say nothing of now: an active one is updated every few hours. */
    private static final Duration LOOK_BACK = Duration.ofDays(3);

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MM/dd/yyyy", Locale.ROOT);

    @Override
    public boolean needsGateway() {
        return false;
    }

    @Override
    public Reading<JsonElement> collect(CollectContext scene, CallContext ask) throws InterruptedException {
        ResourceId subscription =
                ResourceId.of("/subscriptions/" + scene.gatewayId().subscription());
        List<Callable<Reading<JsonElement>>> calls = List.of(
                () -> scene.arm().get(ask, ArmOperation.RESOURCE_HEALTH, scene.gatewayId(), Map.of()),
                () -> scene.arm()
                        .listAsFarAsRead(ask, ArmOperation.SERVICE_EVENTS, subscription, query(scene.incident()))
                        .map(ResourceHealthCollector::document));
        List<Reading<JsonElement>> answers = scene.fan().all(calls);
        return answers.get(0).map(status -> joined(status, answers.get(1)));
    }

    private static Map<String, String> query(Incident incident) {
        return Map.of(
                "queryStartTime", DAY.format(incident.from().minus(LOOK_BACK).atOffset(ZoneOffset.UTC)));
    }

    private static JsonElement document(PartialList list) {
        CompositeDocument refusals = new CompositeDocument(Source.RESOURCE_HEALTH);
        list.rest().ifPresent(refusal -> refusals.unread("furtherServiceEvents", refusal));
        return refusals.listOf(list.value());
    }

    private static JsonElement joined(JsonElement status, Reading<JsonElement> events) {
        if (status instanceof JsonObject document) {
            CompositeDocument refusals = new CompositeDocument(Source.RESOURCE_HEALTH);
            events.unread().ifPresent(refusal -> refusals.unread(HealthEvents.LIST, refusal));
            refusals.addUnreadTo(document);
            events.toOptional().map(JsonElement::getAsJsonObject).ifPresent(list -> HealthEvents.add(document, list));
        }
        return status;
    }
}
