package dev.triage502.cli;

import org.jspecify.annotations.Nullable;

/**
 * A command could not do what it was asked. The message is one line for the person at the terminal: where,
 * what was seen, what would be right.
 */
final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int code;

    CommandFailed(String message) {
        super(message);
        this.code = Main.COULD_NOT;
    }

    /** For what was asked for in a way that cannot be meant. */
    static CommandFailed wrongUsage(String message) {
        return new CommandFailed(message, null, Main.WRONG_USAGE);
    }

    CommandFailed(String message, Throwable cause) {
        this(message, cause, Main.COULD_NOT);
    }

    private CommandFailed(String message, @Nullable Throwable cause, int code) {
        super(message, cause);
        this.code = code;
    }

    /** For what the person has to set differently before it can be tried. */
    static CommandFailed wrongSetting(String message, Throwable cause) {
        return new CommandFailed(message, cause, Main.WRONG_USAGE);
    }

    /** The exit code. */
    int code() {
        return code;
    }
}
