package dev.triage502.report.shell;

import java.util.List;

/** The values that a command's placeholders take. */
public interface CommandValues {

    /**
     * The words that a placeholder stands for: one as a rule, several for a list of arguments, none where it is not known.
     * A word is taken as it is, whatever characters it has.
     */
    List<String> words(String placeholder);
}
