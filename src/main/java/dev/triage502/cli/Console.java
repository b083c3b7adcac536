package dev.triage502.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Where a command writes, and to whom.
 *
 * @param out      what was asked for
 * @param err      what is said beside it: progress, and why something could not be done
 * @param terminal whether a person watches {@code out}: lines may be written over
 * @param colour   whether colour is wanted on {@code out}
 * @param env      the environment's variables
 */
record Console(PrintWriter out, PrintWriter err, boolean terminal, boolean colour, Map<String, String> env) {

    /** The one that this process was started with. */
    static Console system() {
        Map<String, String> env = System.getenv();
        boolean terminal = System.console() != null && !"dumb".equals(env.get("TERM"));
        return new Console(
                writer(System.out),
                writer(System.err),
                terminal,
                terminal && variable(env, "NO_COLOR").isEmpty(),
                env);
    }

    /** This one, for what is said beside: what would go to {@code out} goes to {@code err}. */
    Console besides() {
        return new Console(err, err, terminal, colour, env);
    }

    /** A variable of the environment, if it is set and not empty. */
    Optional<String> variable(String name) {
        return variable(env, name);
    }

    private static Optional<String> variable(Map<String, String> env, String name) {
        return Optional.ofNullable(env.get(name)).filter(value -> !value.isBlank());
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
