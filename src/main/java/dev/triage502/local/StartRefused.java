package dev.triage502.local;

import java.util.List;

/** Settings with which the app would start and not work: a line for each, for whoever starts it. */
public final class StartRefused extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    StartRefused(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** One line each: the setting, what is wrong with it, and what would be right. */
    public List<String> problems() {
        return problems;
    }
}
