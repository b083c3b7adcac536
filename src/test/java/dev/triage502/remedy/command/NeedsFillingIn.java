package dev.triage502.remedy.command;

/** A value that nobody knows before a person fills it in or the command runs. */
public final class NeedsFillingIn extends RuntimeException {

    private static final long serialVersionUID = 1;

    NeedsFillingIn(String word) {
        super(word);
    }
}
