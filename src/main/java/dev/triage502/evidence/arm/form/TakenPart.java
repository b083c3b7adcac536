package dev.triage502.evidence.arm.form;

import com.google.gson.JsonElement;
import dev.triage502.evidence.Source;

/**
 * What a document gives to one source.
 *
 * @param source  the source
 * @param array   the array of the source's document that it is an element of; empty if it is a whole document
 * @param element what is given
 */
public record TakenPart(Source source, String array, JsonElement element) {

    /** The name of the array of a list, which Azure answers as {@code {"value":[…]}}. */
    static final String LIST = "value";

    static TakenPart whole(Source source, JsonElement document) {
        return new TakenPart(source, "", document);
    }

    static TakenPart listed(Source source, JsonElement element) {
        return new TakenPart(source, LIST, element);
    }
}
