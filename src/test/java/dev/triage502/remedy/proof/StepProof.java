package dev.triage502.remedy.proof;

import dev.triage502.remedy.proof.FixClosure.Closure;
import java.util.List;

/**
 * What the model found out about one printed change.
 *
 * @param applied  what became of applying it
 * @param why      why it could not be applied; else empty
 * @param commands the az commands that it applied
 * @param filled   the placeholders for which the proof put in what a person would
 * @param alone    what became of the cause after this change alone
 * @param together what became of it after this change and those before it
 */
record StepProof(
        String incident,
        PrintedStep step,
        Applied applied,
        String why,
        List<String> commands,
        List<String> filled,
        Closure alone,
        Closure together,
        boolean restored,
        List<RemedyFinding> findings) {

    /** Whether a printed change could be applied. */
    enum Applied {
        APPLIED("applied to the case's documents"),
        REFUSED("refused"),
        CANNOT_PARSE("not a command that bash runs"),
        NEEDS_VALUES("a person has to fill something in first"),
        UNREAD("what it changes is not among the case's documents"),
        NOT_MODELLED("an az command that the model does not know"),
        OTHER_TOOL("not az: kubectl and similar"),
        PROSE("no command");

        private final String meaning;

        Applied(String meaning) {
            this.meaning = meaning;
        }

        String meaning() {
            return meaning;
        }
    }

    /** The sort of change that it is, for the table: the command's group, {@code nsg rule}. */
    String sort() {
        if (!step.isAz()) {
            return applied == Applied.PROSE ? "(prose)" : "(other tools)";
        }
        String name = step.command()
                .replaceAll("(?m)(?s)^\\w+=\"?\\$\\(.*?\\)\"?$", "")
                .replaceFirst("(?s)^.*?\\baz ", "")
                .replaceFirst("(?s)\\s+(?:-|\\\\).*$", "")
                .replaceFirst("^network ", "");
        return name.lines().findFirst().orElse("");
    }
}
