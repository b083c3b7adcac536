package dev.triage502.cli;

import dev.triage502.report.TextStyle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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

    /** How a text report is laid out here: as wide as the terminal, else of the usual width. */
    TextStyle textStyle() {
        int width = variable("COLUMNS")
                .filter(columns -> columns.matches("[1-9]\\d{1,3}"))
                .map(Integer::parseInt)
                .or(() -> terminal ? TerminalWidth.asked() : Optional.empty())
                .orElse(TextStyle.USUAL_WIDTH);
        return new TextStyle(width, colour, showsUnicode());
    }

    /** By the variables that programs go by, the first that is set: without any it is the locale C. */
    private boolean showsUnicode() {
        return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .flatMap(name -> variable(name).stream())
                .findFirst()
                .map(locale -> locale.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8"))
                .orElse(false);
    }

    /** The line that the person at the terminal types; empty at the end of the input. */
    Optional<String> answer() {
        try {
            // Not closed: there is one standard input, and it is not ours.
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            return Optional.ofNullable(in.readLine()).map(String::strip);
        } catch (IOException e) {
            return Optional.empty();
        }
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
