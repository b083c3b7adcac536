package dev.triage502.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LogRedactionTest {

    private static final List<String> WITHOUT_TEXTS =
            List.of("LocalContext.java", "SdkLogging.java", "ConsoleLogFormatter.java", "ChannelsCommand.java");

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

    /** Whoever asks for a logger asks for it here; the exceptions write no text from outside. */
    @Test
    void noClassLogsPastIt() throws IOException {
        List<String> past = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    boolean gets = line.contains("getLogger(") && !line.contains("LogRedaction.on(");
                    if (gets && !WITHOUT_TEXTS.contains(file.getFileName().toString())) {
                        past.add(file + ": " + line.strip());
                    }
                }
            }
        }

        assertThat(past).isEmpty();
    }
}
