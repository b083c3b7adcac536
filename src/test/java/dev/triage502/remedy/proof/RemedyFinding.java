package dev.triage502.remedy.proof;

/** Something that is wrong with a printed step. */
record RemedyFinding(String incident, PrintedStep step, Kind kind, String text) {

    /** What sort of mistake; each of them is a change that harms or does nothing at 3 a.m. */
    enum Kind {
        CANNOT_PARSE("bash does not run it, or reads it otherwise than it looks"),
        NOT_A_COMMAND("az has no such command, option or value"),
        NEED_NOT_NAMED("the step does not name the extension or the version that it needs"),
        PLACEHOLDER_NOT_NAMED("a placeholder that the text does not name"),
        READ_CHANGES("a step that is printed as reading changes something"),
        REFUSED("az or Azure refuses the change"),
        CHANGES_NOTHING("the change changes nothing, and does not say so"),
        LOWERS_CAPACITY("the change leaves less capacity than there is"),
        SENDS_EMPTY_TEXT("an empty text is sent where the value should be taken out"),
        WEAKENS_UNSAID("a bypass, or a check that is switched off, without a word that it is temporary"),
        UNDO_NOT_A_COMMAND("the undo is prose"),
        UNDO_PLACEHOLDER("the undo has a placeholder that the text does not name"),
        UNDO_REFUSED("az or Azure refuses the undo"),
        UNDO_DOES_NOT_RESTORE("after the undo the documents differ from before"),
        STILL_SHOWN("after the fix the same check shows the same cause"),
        EVIDENCE_GONE("the cause is no longer shown, because what showed it was taken away");

        private final String meaning;

        Kind(String meaning) {
            this.meaning = meaning;
        }

        String meaning() {
            return meaning;
        }
    }

    @Override
    public String toString() {
        return incident + " " + step.cause() + " " + step.number() + " " + kind + ": " + text;
    }
}
