package dev.triage502.remedy.shell;

/** A command that bash would read otherwise than a person, or that is beyond what a page may print. */
public final class CannotParse extends RuntimeException {

    private static final long serialVersionUID = 1;

    CannotParse(String problem) {
        super(problem);
    }
}
