package dev.triage502.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** A pretend terminal: runs a command line and keeps what it says. */
final class Terminal {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Console console;

    Terminal() {
        this(false, Map.of());
    }

    Terminal(boolean colour, Map<String, String> env) {
        this.console = new Console(new PrintWriter(out, true), new PrintWriter(err, true), false, colour, env);
    }

    int run(String... args) {
        return Main.run(console, args);
    }

    Console console() {
        return console;
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
