package dev.triage502.redaction;

import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Log lines without secrets, one fact a line: what comes from outside can begin no line of its own, and so forge none. A
 * stack trace keeps its frames.
 */
public final class LogRedaction implements Filter {

    private static final LogRedaction FILTER = new LogRedaction();

    private LogRedaction() {}

    /** The same logger, which from now on writes such lines only. */
    public static Logger on(Logger logger) {
        logger.setFilter(FILTER);
        return logger;
    }

    /** A message as it may stand in a log. */
    public static String line(String message) {
        return SecretRedaction.of(PlainText.line(message));
    }

    @Override
    public boolean isLoggable(LogRecord line) {
        if (line.getMessage() != null) {
            // A message with parameters would be filled in later.
            line.setMessage(line.getParameters() == null ? line(line.getMessage()) : line.getMessage());
        }
        if (line.getThrown() != null && !(line.getThrown() instanceof LoggedFault)) {
            line.setThrown(new LoggedFault(line.getThrown(), 0));
        }
        return true;
    }

    /** What was thrown, for a log: its class, its message made safe, its frames and what it was caused by. */
    private static final class LoggedFault extends Throwable {
        private static final long serialVersionUID = 1;
        private static final int MOST_CAUSES = 10;

        private final String words;

        LoggedFault(Throwable thrown, int depth) {
            super(line(String.valueOf(thrown.getMessage())), cause(thrown, depth), false, true);
            words = line(thrown.toString());
            setStackTrace(thrown.getStackTrace());
        }

        private static @Nullable Throwable cause(Throwable thrown, int depth) {
            Throwable cause = thrown.getCause();
            return cause == null || cause == thrown || depth == MOST_CAUSES ? null : new LoggedFault(cause, depth + 1);
        }

        @Override
        public String toString() {
            return words;
        }
    }
}
