package dev.triage502.report.shell;

import java.util.List;

/** The values that a command's placeholders take. */
public interface CommandValues {

    /**
     * The words that a placeholder stands for: one as a rule, several for a list of arguments, none where it is not known.
     * A word is taken as it is, whatever characters it has.
     */
    List<String> words(String placeholder);

    /**
     * Whether a placeholder stands for options and their values, because they depend on what is there: one that puts a
     * value back, or takes it out where there was none. Its words that begin with {@code --} are options, which code wrote;
     * the others begin with {@code =} and are values, whatever follows it.
     */
    default boolean areOptions(String placeholder) {
        return false;
    }
}
