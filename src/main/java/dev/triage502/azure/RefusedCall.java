package dev.triage502.azure;

import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.redaction.SecretRedaction;

/**
 * A call that gave no document, and why. Stays in this package: what leaves it is a {@link Reading}.
 *
 * <p>The detail begins with a code, {@code AuthorizationFailed: The client …}: Azure's own where there was an answer.
 */
final class RefusedCall extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Why why;
    private final String code;

    RefusedCall(Why why, String code, String message) {
        super(code + ": " + SecretRedaction.of(message), null, false, false);
        this.why = why;
        this.code = code;
    }

    Why why() {
        return why;
    }

    String code() {
        return code;
    }

    <T> Reading<T> reading(Source source) {
        return Reading.couldNotRead(source, why, String.valueOf(getMessage()));
    }
}
