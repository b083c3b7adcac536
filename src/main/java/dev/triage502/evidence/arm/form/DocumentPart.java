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
public record DocumentPart(Source source, String array, JsonElement element) {

    /** The name of the array of a list, which Azure answers as {@code {"value":[…]}}. */
    static final String LIST = "value";

    static DocumentPart whole(Source source, JsonElement document) {
        return new DocumentPart(source, "", document);
    }

    static DocumentPart listed(Source source, JsonElement element) {
        return new DocumentPart(source, LIST, element);
    }
}
