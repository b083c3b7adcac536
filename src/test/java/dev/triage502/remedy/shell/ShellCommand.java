package dev.triage502.remedy.shell;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One simple command.
 *
 * @param assigned     variables set before it, or by it where it has no words
 * @param words        the command's name and its arguments
 * @param redirections where it reads from and writes to: {@code </dev/null}
 * @param after        what ends it: a newline, {@code ;}, {@code |}, {@code &&}, {@code ||}, or nothing
 */
public record ShellCommand(
        Map<String, ShellWord> assigned, List<ShellWord> words, List<String> redirections, String after) {

    public ShellCommand {
        assigned = Map.copyOf(assigned);
        words = List.copyOf(words);
        redirections = List.copyOf(redirections);
    }

    /** The name of the program, where it is written down. */
    public Optional<String> program() {
        return words.isEmpty() ? Optional.empty() : words.get(0).text();
    }

    public boolean isAz() {
        return program().filter("az"::equals).isPresent();
    }
}
