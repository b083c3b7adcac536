package dev.triage502.collect;

import com.google.gson.JsonElement;
import dev.triage502.evidence.Reading.Present;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.ResourceReferences;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.ResourceId;
import java.util.Optional;

/** Which gateway is a set of documents about? Its own document says so, or else any document that names one. */
final class GatewayName {

    /** Stands where no document names the gateway; no gateway has this id. */
    static final ResourceId UNKNOWN = ResourceId.of("/subscriptions/00000000-0000-0000-0000-000000000000"
            + "/resourceGroups/unknown/providers/Microsoft.Network/applicationGateways/unknown");

    private GatewayName() {}

    static ResourceId in(SourceDocuments documents) {
        for (Source source : Source.values()) {
            if (documents.get(source) instanceof Present<JsonElement> document) {
                Optional<ResourceId> found = ResourceReferences.gatewayIn(document.value());
                if (found.isPresent()) {
                    return found.get();
                }
            }
        }
        return UNKNOWN;
    }
}
