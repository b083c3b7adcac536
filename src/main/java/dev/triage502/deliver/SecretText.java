package dev.triage502.deliver;

/** A token or a key. Prints as an ellipsis. */
public final class SecretText {

    private static final String GONE = "…";

    private final String value;

    public SecretText(String value) {
        this.value = value;
    }

    /** The secret itself: for the request that needs it and for nothing else. */
    String value() {
        return value;
    }

    /** A text in which the secret does not stand, whoever wrote the text. */
    String scrub(String text) {
        return text.replace(value, GONE);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretText && ((SecretText) other).value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return GONE;
    }
}
