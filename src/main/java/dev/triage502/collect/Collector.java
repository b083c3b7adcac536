package dev.triage502.collect;

import com.google.gson.JsonElement;
import dev.triage502.azure.Ask;
import dev.triage502.evidence.Reading;

/** Fetches the document of one source, as a case folder holds it, and does not say what it means. */
interface Collector {

    /** The document, or why it could not be read; {@code ask} says for which source and until when. */
    Reading<JsonElement> collect(Scene scene, Ask ask) throws InterruptedException;
}
