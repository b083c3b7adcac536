package dev.triage502.evidence.arm;

import dev.triage502.evidence.Reading.Why;
import dev.triage502.incident.Wording;

/** The code of an error of Azure's, such as {@code ResourceNotFound}: what does it say? The case does not count. */
public final class ErrorCode {

    private final String text;
    private final Wording words;

    private ErrorCode(String text) {
        this.text = text;
        this.words = Wording.of(text);
    }

    /** The code in this spelling, which may be empty where the error has none. */
    public static ErrorCode of(String text) {
        return new ErrorCode(text);
    }

    /** Whether a text is this code in any spelling. */
    public boolean is(String other) {
        return text.equalsIgnoreCase(other);
    }

    /** Whether Azure says that there is no such thing, which is an answer. */
    public boolean saysNotFound() {
        return words.has("notfound");
    }

    /** Whether Azure does not know who asks, which is another thing than not letting them. */
    public boolean saysNotAuthenticated() {
        return words.has("authent");
    }

    /** Whether Azure did not take the request for one that it could answer. */
    public boolean saysBadRequest() {
        return words.has("badargument", "badrequest");
    }

    /** Whether another operation is under way there. */
    public boolean saysConflict() {
        return words.has("conflict", "anotheroperation");
    }

    /** Why a thing could not be read. */
    public Why why() {
        if (is(SourceDocuments.INTERNAL_ERROR)) {
            return Why.INTERNAL_ERROR;
        }
        if (words.has("authoriz", "authent", "forbidden", "insufficientaccess", "linkedaccess")
                || is("401")
                || is("403")) {
            return Why.FORBIDDEN;
        }
        if (words.has("toomanyrequests", "throttl", "ratelimit") || is("429")) {
            return Why.THROTTLED;
        }
        if (words.has("timeout", "timedout") || is("504") || is("408")) {
            return Why.TIMED_OUT;
        }
        if (words.has("notenabled", "nodiagnosticsetting")) {
            return Why.NOT_ENABLED;
        }
        if (words.has("malformed")) {
            return Why.MALFORMED;
        }
        return is("NotCollected") ? Why.NOT_COLLECTED : Why.UNREACHABLE;
    }

    /** The spelling that was read. */
    @Override
    public String toString() {
        return text;
    }
}
