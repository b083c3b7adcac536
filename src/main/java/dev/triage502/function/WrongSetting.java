package dev.triage502.function;

/** A setting that is missing or wrong: which, and what it should look like. Never its value if that is a secret. */
public final class WrongSetting extends RuntimeException {

    WrongSetting(String message) {
        super(message);
    }
}
