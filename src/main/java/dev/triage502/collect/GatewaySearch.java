package dev.triage502.collect;

import com.google.gson.JsonArray;
import dev.triage502.azure.AzureAccess;
import dev.triage502.azure.CallContext;
import dev.triage502.azure.Deadline;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.ResourceReferences;
import dev.triage502.incident.ResourceId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which gateways and subscriptions are there? Asks Resource Graph, so only of those that the caller may see. */
public final class GatewaySearch {

    private final AzureAccess azure;

    public GatewaySearch(AzureAccess azure) {
        this.azure = azure;
    }

    /** The gateways of this name, whatever its case, in the order of their ids; none is an empty list. */
    public Reading<List<ResourceId>> named(String name, Duration within) {
        return found(KqlQueries.ofGraph("gateways", Map.of("names", List.of(name))), Set.of(), within)
                .map(all -> all.stream()
                        .filter(gateway -> gateway.name().equalsIgnoreCase(name))
                        .toList());
    }

    /** All gateways, of a subscription and of a resource group if these are given, in the order of their ids. */
    public Reading<List<ResourceId>> visible(
            Optional<String> subscription, Optional<String> resourceGroup, Duration within) {
        Set<String> asked = subscription.map(Set::of).orElse(Set.of());
        return found(KqlQueries.ofGraph("all-gateways", Map.of()), asked, within)
                .map(all -> all.stream()
                        .filter(id -> subscription
                                .map(id.subscription()::equalsIgnoreCase)
                                .orElse(true))
                        .filter(id -> resourceGroup
                                .map(id.resourceGroup()::equalsIgnoreCase)
                                .orElse(true))
                        .toList());
    }

    /** The subscriptions of this name, whatever its case, in the order of their ids; none is an empty list. */
    public Reading<List<ResourceId>> subscriptions(String name, Duration within) {
        return rows(KqlQueries.ofGraph("all-subscriptions", Map.of()), Set.of(), within)
                .map(rows -> ResourceReferences.resources(rows)
                        .filter(row -> ResourceReferences.nameOf(row).equalsIgnoreCase(name))
                        .map(ResourceReferences::idOf)
                        .distinct()
                        .sorted()
                        .toList());
    }

    private Reading<List<ResourceId>> found(String query, Set<String> subscriptions, Duration within) {
        return rows(query, subscriptions, within)
                .map(rows -> ResourceReferences.resources(rows)
                        .flatMap(row -> ResourceId.gatewayIn(
                                ResourceReferences.idOf(row).toString())
                                .stream())
                        .distinct()
                        .sorted()
                        .toList());
    }

    private Reading<JsonArray> rows(String query, Set<String> subscriptions, Duration within) {
        return azure.arm().graph(new CallContext(Source.GATEWAY, Deadline.in(within)), query, subscriptions);
    }
}
