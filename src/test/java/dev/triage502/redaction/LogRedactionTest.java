package dev.triage502.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class LogRedactionTest {

    private final List<LogRecord> lines = new ArrayList<>();
    private final Logger log = LogRedaction.on(logger());

    private Logger logger() {
        Logger logger = Logger.getAnonymousLogger();
        logger.setUseParentHandlers(false);
        logger.addHandler(new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
        return logger;
    }

    @Test
    void noTextFromOutsideBeginsALineOrMovesTheCursor() {
        log.info("alert \"x\n12:00:00 inc-1: recovered\u001b[2K\" of agw");

        assertThat(lines.get(0).getMessage()).isEqualTo("alert \"x 12:00:00 inc-1: recovered\\x1b[2K\" of agw");
    }

    @Test
    void noSecretIsLogged() {
        log.warning("not delivered: " + CanarySecret.BEARER.text());

        assertThat(lines.get(0).getMessage()).doesNotContain(CanarySecret.BEARER.secret());
    }

    @Test
    void neitherInWhatWasThrownWhichKeepsItsClassAndFrames() {
        Exception inner = new IllegalStateException("inner\nforged " + CanarySecret.SAS.text());
        log.log(Level.SEVERE, "could not be kept", new IllegalArgumentException("outer\r\nforged", inner));

        StringWriter trace = new StringWriter();
        lines.get(0).getThrown().printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString())
                .startsWith("java.lang.IllegalArgumentException: outer forged")
                .contains("Caused by: java.lang.IllegalStateException: inner forged")
                .contains("\tat " + LogRedactionTest.class.getName())
                .doesNotContain(CanarySecret.SAS.secret());
        assertThat(trace.toString().lines().filter(line -> line.startsWith("forged")))
                .isEmpty();
    }
}
