package dev.triage502.report;

import dev.triage502.evidence.GuardedChecks;
import dev.triage502.json.JsonTree;
import dev.triage502.report.shell.Shell;
import java.util.List;

/**
 * A diagnosis for people, in the order in which they need it; no channel's markup is in it.
 *
 * <p>It is a view of a {@link DiagnosisDocument} and nothing else, so a report can be made again from a stored one.
 *
 * @param state    whether it is broken now, and how sure the cause is: {@code Open · Confirmed}
 * @param title    what is at fault, in one sentence
 * @param outcome  what kind of answer it is
 * @param shell    which shell its commands are for
 * @param sections what follows, the most needed first; a channel that must cut cuts from the end
 * @param links    where to look on
 * @param document the same for machines
 */
public record Report(
        String state,
        String title,
        Outcome outcome,
        Shell shell,
        List<Section> sections,
        List<Link> links,
        DiagnosisDocument document) {

    public Report {
        sections = List.copyOf(sections);
        links = List.copyOf(links);
    }

    /** The report of a document, for a caller that keeps no log. */
    public static Report of(DiagnosisDocument document) {
        return of(document, Shell.BASH);
    }

    /** The same, with its commands for another shell; where that shell has no such command, the one for bash. */
    public static Report of(DiagnosisDocument document, Shell shell) {
        return new ReportWriter(document, shell, (section, defect) -> {}).report();
    }

    /** The report of a document; the listener hears of each section that a defect kept from being written. */
    public static Report of(DiagnosisDocument document, GuardedChecks.Listener listener) {
        return new ReportWriter(document, Shell.BASH, listener).report();
    }

    /** One line that stands alone: what, where, and how sure if it is not confirmed. */
    public String headline() {
        return document.headline();
    }

    /** How sure the cause is, and why: {@code Likely: two sources agree}; empty for a conclusion. */
    public String confidence() {
        return ConfidencePhrases.of(JsonTree.object(document.json(), "rootCause"));
    }

    /** The section of a kind, or one without rows. */
    public Section section(Kind kind) {
        return sections.stream()
                .filter(section -> section.kind() == kind)
                .findFirst()
                .orElse(new Section(kind, "", List.of()));
    }

    /** What kind of answer a report is: a channel may colour it so. */
    public enum Outcome {
        /** A cause is named. */
        FAULT,
        /** It failed and works again. */
        RECOVERED,
        /** No request failed, and nothing else is wrong. */
        NO_FAULT,
        /** The cause was not found. */
        UNTOLD
    }

    /** What a section is about, in the order in which they are read. */
    public enum Kind {
        /** Who is hit and who is not, how badly, since when. */
        IMPACT,
        /** The first fix, what to look at before it, how to check it, and how to undo it. */
        FIRST,
        /** At most three facts, and what was not checked. */
        WHY,
        /** Other faults. */
        CONTRIBUTING,
        /** The steps after the first fix. */
        FURTHER,
        /** What to collect to narrow the cause down. */
        NEXT,
        RULED_OUT,
        /** Causes that could not be checked. */
        UNCHECKED
    }

    /** A part of a report under a heading; {@code rows} is never empty. */
    public record Section(Kind kind, String title, List<Row> rows) {
        public Section {
            rows = List.copyOf(rows);
        }
    }

    /**
     * One item of a section.
     *
     * @param label   what it is about: {@code Since}, {@code backend health}, {@code 1}; may be empty
     * @param text    the fact, or the first sentence of a step
     * @param badge   what a step does, as {@link StepEffect} words it; empty for anything else
     * @param note    what else there is to say; may be empty
     * @param command what can be pasted into a shell, of one line or several; empty when there is none
     * @param facts   the ids of the evidence that it was read from; empty for anything but a fact
     */
    public record Row(String label, String text, String badge, String note, String command, List<String> facts) {

        public Row {
            facts = List.copyOf(facts);
        }

        Row(String label, String text, String badge, String note, String command) {
            this(label, text, badge, note, command, List.of());
        }

        static Row of(String label, String text) {
            return new Row(label, text, "", "", "");
        }

        static Row fact(String label, String text, List<String> facts) {
            return new Row(label, text, "", "", "", facts);
        }
    }

    /** Somewhere to look on. */
    public record Link(String text, String url) {}
}
