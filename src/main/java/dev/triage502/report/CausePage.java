package dev.triage502.report;

import java.util.List;

/**
 * What a page says of one cause or conclusion, before anything is filled in.
 *
 * @param id            the cause's id, and the file's name without {@code .md}
 * @param title         the first heading: a clause that says what is wrong
 * @param headlines     ways to say it in one line with names in it, the fullest first
 * @param summary       one sentence
 * @param signs         the rows of the table "How we tell"
 * @param steps         what to do
 * @param verify        how to see that it worked
 * @param verifyCommand the command that shows it, or an empty string
 * @param links         the addresses under "Sources"
 */
public record CausePage(
        String id,
        String title,
        List<String> headlines,
        String summary,
        List<Sign> signs,
        List<Step> steps,
        String verify,
        String verifyCommand,
        List<String> links) {

    /** One row of "How we tell": a source's id, what shows it, and its weight ({@code conclusive} …). */
    public record Sign(String source, String shows, String weight) {}

    /**
     * One thing to do.
     *
     * @param effect  {@code reads}, {@code changes} or {@code interrupts}
     * @param text    what to do
     * @param command what to paste, or an empty string
     * @param undo    how to take it back, or an empty string
     * @param onlyIf  the step is shown only if all of these hold
     * @param notIf   the step is shown only if none of these holds
     */
    public record Step(
            String effect, String text, String command, String undo, List<Condition> onlyIf, List<Condition> notIf) {}

    /** Whether a value is known, or, with {@code equalTo}, whether it is this one. */
    public record Condition(String name, String equalTo) {}

    /** The name of the file. */
    public String fileName() {
        return id + ".md";
    }

    /** What stands in for a page that does not exist. */
    static CausePage blank(String id) {
        return new CausePage(id, id.replace('-', ' '), List.of(), "", List.of(), List.of(), "", "", List.of());
    }
}
