package dev.triage502.cli;

/**
 * A command could not do what it was asked: exit code 1. The message is one line for the person at the terminal: where,
 * what was seen, what would be right.
 */
final class CannotDo extends RuntimeException {
    private static final long serialVersionUID = 1;

    CannotDo(String message) {
        super(message);
    }

    CannotDo(String message, Throwable cause) {
        super(message, cause);
    }
}
