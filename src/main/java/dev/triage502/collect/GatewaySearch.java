package dev.triage502.collect;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.triage502.azure.AzureAccess;
import dev.triage502.azure.CallContext;
import dev.triage502.azure.Deadline;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import java.time.Duration;
import java.util.ArrayList;
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
        return azure.arm().graph(ask, query, Set.of()).map(rows -> {
            List<ResourceId> found = new ArrayList<>();
            for (JsonElement row : rows) {
                if (row instanceof JsonObject object && object.get("id") instanceof JsonPrimitive id) {
                    ResourceId.gatewayIn(id.getAsString())
                            .filter(gateway -> gateway.name().equalsIgnoreCase(name))
                            .ifPresent(found::add);
                }
            }
            return found.stream().distinct().sorted().toList();
        });
    }
}
