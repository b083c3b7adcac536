package dev.triage502.collect;

import com.google.gson.JsonElement;
import dev.triage502.azure.CallContext;
import dev.triage502.evidence.Reading;

/** Fetches the document of one source, as a case folder holds it, and does not say what it means. */
interface SourceCollector {

    /** The document, or why it could not be read; {@code ask} says for which source and until when. */
    Reading<JsonElement> collect(CollectContext scene, CallContext ask) throws InterruptedException;

    /** Whether it must know the gateway's document; one that asks with the gateway's id alone need not wait for it. */
    default boolean needsGateway() {
        return true;
    }
}
