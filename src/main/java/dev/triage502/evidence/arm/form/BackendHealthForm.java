package dev.triage502.evidence.arm.form;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import java.util.List;
import java.util.Optional;

/** Backend health, as {@code show-backend-health} and {@code Get-AzApplicationGatewayBackendHealth} print it. */
final class BackendHealthForm implements DocumentForm {

    @Override
    public Optional<TakenDocument> take(JsonElement document) {
        List<JsonObject> elements = AnyCase.elements(document);
        if (elements.size() != 1 || !isHealth(elements.get(0))) {
            return Optional.empty();
        }
        int pools = AnyCase.objects(elements.get(0), "backendAddressPools").size();
        return Optional.of(new TakenDocument(
                "backend health, " + TakenDocument.count(pools, "pool"),
                TakenPart.whole(Source.BACKEND_HEALTH, elements.get(0))));
    }

    /** Unlike in a configuration, each pool has the settings that use it, and these have servers. */
    private static boolean isHealth(JsonObject document) {
        List<JsonObject> pools = AnyCase.objects(document, "backendAddressPools");
        return !pools.isEmpty() && pools.stream().allMatch(pool -> AnyCase.has(pool, "backendHttpSettingsCollection"));
    }
}
