package dev.triage502.cli;

import dev.triage502.redaction.LogRedaction;
import java.io.PrintWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the program logs, a line each: time, level unless it is a plain remark, message. */
final class ConsoleLogFormatter extends Handler {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private final PrintWriter out;

    private ConsoleLogFormatter(PrintWriter out) {
        this.out = out;
    }

    /** While it is open, lines go where it says and nowhere else. */
    interface Redirected extends AutoCloseable {
        @Override
        void close();
    }

    /** Everything from remarks on. */
    static Redirected to(PrintWriter out) {
        return only(new ConsoleLogFormatter(out), Level.INFO);
    }

    /** Only what should never happen. */
    static Redirected onlyFaults(PrintWriter out) {
        return only(new ConsoleLogFormatter(out), Level.SEVERE);
    }

    private static Redirected only(Handler handler, Level level) {
        Logger root = Logger.getLogger("");
        Handler[] others = root.getHandlers();
        for (Handler other : others) {
            root.removeHandler(other);
        }
        handler.setLevel(level);
        root.addHandler(handler);
        return () -> {
            root.removeHandler(handler);
            for (Handler other : others) {
                root.addHandler(other);
            }
        };
    }

    @Override
    public void publish(LogRecord line) {
        if (isLoggable(line)) {
            String level = line.getLevel().equals(Level.INFO)
                    ? ""
                    : line.getLevel().getName().toLowerCase(Locale.ROOT) + " ";
            out.println(TIME.format(line.getInstant()) + " " + level + LogRedaction.line(line.getMessage()));
            if (line.getThrown() != null && line.getLevel().equals(Level.SEVERE)) {
                line.getThrown().printStackTrace(out);
            }
            out.flush();
        }
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void close() {}
}
