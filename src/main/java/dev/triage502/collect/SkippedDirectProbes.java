package dev.triage502.collect;

import com.google.gson.JsonElement;
import dev.triage502.azure.CallContext;
import dev.triage502.evidence.Reading;

/**
 * Stands in for {@link DirectProbeCollector} where Azure is pretended: nothing on this machine answers at the addresses
 * of a recorded incident, and nobody else's may be asked in their place. The rows say that they were recorded.
 */
final class SkippedDirectProbes implements SourceCollector {

    private static final String NOT_RECORDED = "NotCollected";

    @Override
    public Reading<JsonElement> collect(CollectContext scene, CallContext ask) {
        Reading<JsonElement> recorded = scene.arm().pretended(ask);
        boolean none = recorded.unread()
                .filter(refusal -> refusal.detail().startsWith(NOT_RECORDED))
                .isPresent();
        return none ? Reading.notCollected(ask.source()) : recorded;
    }
}
