package dev.triage502.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** How wide is the terminal? Java does not know, and a shell does not export it. */
final class TerminalWidth {

    private static final File TERMINAL = new File("/dev/tty");

    private TerminalWidth() {}

    /** The columns that {@code stty size} reports; empty where there is no such program or no terminal. */
    static Optional<Integer> asked() {
        if (!TERMINAL.canRead()) {
            return Optional.empty();
        }
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(TERMINAL)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return Optional.empty();
            }
            return columns(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException noSuchProgram) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** {@code 24 80}: rows, then columns; a terminal that does not know reports 0. */
    static Optional<Integer> columns(String size) {
        String[] parts = size.strip().split(" ");
        return parts.length == 2 && parts[1].matches("[1-9]\\d{1,3}")
                ? Optional.of(Integer.parseInt(parts[1]))
                : Optional.empty();
    }
}
