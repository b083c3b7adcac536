package dev.triage502.collect;

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
import java.util.Set;

/** Which gateways have a name? Asks Resource Graph, so only of those that the caller may see. */
public final class GatewaySearch {

    private final AzureAccess azure;

    public GatewaySearch(AzureAccess azure) {
        this.azure = azure;
    }

    /** The gateways of this name, whatever its case, in the order of their ids; none is an empty list. */
    public Reading<List<ResourceId>> named(String name, Duration within) {
        String query = KqlQueries.ofGraph("gateways", Map.of("names", List.of(name)));
        CallContext ask = new CallContext(Source.GATEWAY, Deadline.in(within));
        return azure.arm()
                .graph(ask, query, Set.of())
                .map(rows -> ResourceReferences.resources(rows)
                        .flatMap(row -> ResourceId.gatewayIn(
                                ResourceReferences.idOf(row).toString())
                                .stream())
                        .filter(gateway -> gateway.name().equalsIgnoreCase(name))
                        .distinct()
                        .sorted()
                        .toList());
    }
}
