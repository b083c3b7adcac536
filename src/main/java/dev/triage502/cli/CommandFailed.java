package dev.triage502.cli;

/**
 * A command could not do what it was asked: exit code 1. The message is one line for the person at the terminal: where,
 * what was seen, what would be right.
 */
final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    CommandFailed(String message) {
        super(message);
    }

    CommandFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
