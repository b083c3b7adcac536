package dev.triage502.collect;

import com.google.gson.JsonObject;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.arm.ErrorCode;
import dev.triage502.evidence.arm.SourceDocuments;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in a document for something that could not be read: {@code {"error":{"code","message"}}}, as Azure
 * writes it, with a code from which the same reason is read again.
 */
final class ErrorDocument {

    private static final Pattern CODED = Pattern.compile("([A-Za-z][A-Za-z0-9]{2,79}): (.+)", Pattern.DOTALL);

    private ErrorDocument() {}

    /** The document; a detail that begins with a code of Azure's, as {@code AuthorizationFailed: …}, keeps that code. */
    static JsonObject of(Why why, String detail) {
        Matcher coded = CODED.matcher(detail);
        boolean own = coded.matches() && ErrorCode.of(coded.group(1)).why() == why;
        JsonObject error = new JsonObject();
        error.addProperty("code", own ? coded.group(1) : codeFor(why));
        error.addProperty("message", own ? coded.group(2) : detail);
        JsonObject document = new JsonObject();
        document.add("error", error);
        return document;
    }

    private static String codeFor(Why why) {
        return switch (why) {
            case NOT_COLLECTED -> "NotCollected";
            case NOT_ENABLED -> "NotEnabled";
            case FORBIDDEN -> "AuthorizationFailed";
            case THROTTLED -> "TooManyRequests";
            case TIMED_OUT -> "Timeout";
            case UNREACHABLE -> "Unreachable";
            case MALFORMED -> "Malformed";
            case INTERNAL_ERROR -> SourceDocuments.INTERNAL_ERROR;
        };
    }
}
