package dev.triage502.diagnosis;

import java.util.ArrayList;
import java.util.List;

/**
 * Options of a command with their values, as the value of one placeholder: they depend on what the document holds, such
 * as those that put a host name back or take it out. A line each: options as they are, values after a {@code =}.
 */
public final class Options {

    private final List<String> lines = new ArrayList<>();

    /** Adds an option, with its values if it has any. */
    public Options with(String option, String... values) {
        return with(option, List.of(values));
    }

    /** Adds an option with its values. */
    public Options with(String option, List<String> values) {
        lines.add(option);
        values.forEach(value -> lines.add("=" + value));
        return this;
    }

    /** The placeholder's value; empty where a value has lines of its own, which no command line can be read with. */
    public String value() {
        boolean whole = lines.stream().allMatch(line -> line.lines().count() == 1);
        return whole ? String.join("\n", lines) : "";
    }
}
