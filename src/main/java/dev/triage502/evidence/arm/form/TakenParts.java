package dev.triage502.evidence.arm.form;

import com.google.gson.JsonElement;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.ResourceReferences;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.ResourceId;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What several documents give together: one document a source, and the gateways that they are about. */
public final class TakenParts {

    private final List<TakenPart> parts;

    /** Parts of documents, in the order in which these were given. */
    public TakenParts(List<TakenPart> parts) {
        this.parts = List.copyOf(parts);
    }

    /** The gateways whose configuration is among the parts; without one, those whose logs, metrics or health are. */
    public Set<ResourceId> gateways() {
        Set<ResourceId> described = new LinkedHashSet<>();
        Set<ResourceId> observed = new LinkedHashSet<>();
        for (TakenPart part : parts) {
            switch (part.source()) {
                case GATEWAY ->
                    ResourceReferences.gatewayIn(part.element())
                            .map(this::placed)
                            .ifPresent(described::add);
                case NETWORK, BACKENDS, ACTIVITY_LOG -> {
                    // They mention gateways that have nothing to do with the incident.
                }
                default -> ResourceReferences.gatewayIn(part.element()).ifPresent(observed::add);
            }
        }
        return described.isEmpty() ? observed : described;
    }

    /** The documents for one gateway; configurations of others are left out. */
    public SourceDocuments documents(ResourceId gateway) {
        Map<Source, GrowingDocument> growing = new EnumMap<>(Source.class);
        for (TakenPart part : parts) {
            JsonElement element = UnknownScope.replaced(part.element(), gateway);
            if (part.source() != Source.GATEWAY || isOf(element, gateway)) {
                growing.computeIfAbsent(part.source(), source -> new GrowingDocument())
                        .add(part.array(), element);
            }
        }
        SourceDocuments all = SourceDocuments.none();
        for (Map.Entry<Source, GrowingDocument> each : growing.entrySet()) {
            all = all.with(each.getKey(), each.getValue().document());
        }
        return all;
    }

    private static boolean isOf(JsonElement configuration, ResourceId gateway) {
        return ResourceReferences.gatewayIn(configuration).map(gateway::equals).orElse(true);
    }

    /** A template's gateway is where another document says that a gateway of this name is. */
    private ResourceId placed(ResourceId gateway) {
        return UnknownScope.holds(gateway)
                ? parts.stream()
                        .flatMap(part -> ResourceReferences.mentionedIn(part.element()).stream())
                        .flatMap(id -> ResourceId.gatewayIn(id.toString()).stream())
                        .filter(id -> !UnknownScope.holds(id) && id.name().equalsIgnoreCase(gateway.name()))
                        .findFirst()
                        .orElse(gateway)
                : gateway;
    }
}
