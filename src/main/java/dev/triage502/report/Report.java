package dev.triage502.report;

import dev.triage502.evidence.GuardedChecks;
import dev.triage502.report.shell.Shell;
import java.util.List;

/**
 * A diagnosis told to people, in the order in which they need it; no channel's markup is in it.
 *
 * <p>It is a view of a {@link DiagnosisDocument} and nothing else, so a report can be made again from a stored one.
 *
 * @param headline one line: where, what, how sure
 * @param outcome  what kind of answer it is
 * @param sections what follows, the most needed first; a channel that must cut cuts from the end
 * @param links    where to look on
 * @param document the same for machines
 */
public record Report(
        String headline, Outcome outcome, List<Section> sections, List<Link> links, DiagnosisDocument document) {

    public Report {
        sections = List.copyOf(sections);
        links = List.copyOf(links);
    }

    /** The report that a document tells, for whoever keeps no log. */
    public static Report of(DiagnosisDocument document) {
        return of(document, Shell.BASH);
    }

    /** The same, with its commands for another shell; where that shell has no such command, the one for bash. */
    public static Report of(DiagnosisDocument document, Shell shell) {
        return new ReportWriter(document, shell, (section, defect) -> {}).report();
    }

    /** The report that a document tells; the listener hears of each section that a defect kept from being written. */
    public static Report of(DiagnosisDocument document, GuardedChecks.Listener listener) {
        return new ReportWriter(document, Shell.BASH, listener).report();
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
        /** It was broken and is well again. */
        RECOVERED,
        /** Nothing is wrong that can be seen. */
        NO_FAULT,
        /** It cannot be told. */
        UNTOLD
    }

    /** What a section is about. */
    public enum Kind {
        CAUSE,
        IMPACT,
        DIFFERENCES,
        REMEDY,
        VERIFY,
        EVIDENCE,
        CONTRIBUTING,
        CHANGES,
        NEXT,
        UNREAD,
        RULED_OUT
    }

    /** A part of a report under a heading; {@code rows} is never empty. */
    public record Section(Kind kind, String title, List<Row> rows) {
        public Section {
            rows = List.copyOf(rows);
        }
    }

    /**
     * One line of a section.
     *
     * @param label   what it is about: {@code since}, {@code backend health}, {@code 1}; may be empty
     * @param text    what is said
     * @param command what can be pasted into a shell, of one line or several; empty when there is none
     * @param note    said last and less loudly: {@code changes; undo: …}; may be empty
     */
    public record Row(String label, String text, String command, String note) {

        static Row of(String label, String text) {
            return new Row(label, text, "", "");
        }
    }

    /** Somewhere to look on. */
    public record Link(String text, String url) {}
}
