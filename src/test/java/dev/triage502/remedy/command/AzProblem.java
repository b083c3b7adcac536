package dev.triage502.remedy.command;

/**
 * What is wrong with a command, or what it needs besides az itself.
 *
 * @param need what a step has to name where the kind is a need: an extension's name or a version; else empty
 */
public record AzProblem(Kind kind, String text, String need) {

    /** What sort of problem. */
    public enum Kind {
        UNKNOWN_COMMAND,
        UNKNOWN_OPTION,
        /** Works until another option begins in the same way. */
        ABBREVIATED,
        MISSING_OPTION,
        WRONG_VALUE,
        DEPRECATED,
        NEEDS_EXTENSION,
        NEEDS_VERSION;

        /** Whether the command is right, and the step only has to say what it takes. */
        public boolean isNeed() {
            return this == NEEDS_EXTENSION || this == NEEDS_VERSION;
        }
    }

    static AzProblem of(Kind kind, String text) {
        return new AzProblem(kind, text, "");
    }

    @Override
    public String toString() {
        return kind + ": " + text;
    }
}
