package dev.triage502.report.shell;

import java.util.List;
import java.util.Map;

/**
 * A command with its values in.
 *
 * @param text     what to paste; empty where this shell has no such command
 * @param missing  placeholders without a value; they stand in angle brackets in the text, each once here
 * @param refused  of these, those whose value the program could not be given, with the reason: {@code az would read a file}
 */
public record FilledCommand(String text, List<String> missing, Map<String, String> refused) {

    public FilledCommand {
        missing = List.copyOf(missing);
        refused = Map.copyOf(refused);
    }

    static final FilledCommand NONE = new FilledCommand("", List.of(), Map.of());
}
