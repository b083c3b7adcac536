package dev.triage502.report;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a page says of one cause or conclusion, before anything is filled in.
 *
 * @param id            the cause's id, and the file's name without {@code .md}
 * @param title         the first heading: a clause that says what is wrong
 * @param headlines     ways to say it in one line with names in it, the fullest first
 * @param summary       one sentence
 * @param looksLike     what one sees of it, a paragraph each
 * @param signs         the rows of the table "How we tell"
 * @param fixes         the rows of the table of "What to do": which evidence asks for which fix
 * @param steps         what to do
 * @param verify        how to see that it worked
 * @param verifyCommand the command that shows it, or an empty string
 * @param confusable    what is easily taken for it, and what tells the two apart
 * @param links         the addresses under "Sources"
 */
public record CausePage(
        String id,
        String title,
        List<String> headlines,
        String summary,
        List<String> looksLike,
        List<Sign> signs,
        List<Fix> fixes,
        List<Step> steps,
        String verify,
        String verifyCommand,
        List<Confusable> confusable,
        List<String> links) {

    /** One row of "How we tell": a source's id, what shows it, and its weight ({@code conclusive} …). */
    public record Sign(String source, String shows, String weight) {}

    /** Another cause that looks alike, by its id, and what tells the two apart. */
    public record Confusable(String id, String difference) {}

    /** One row of the table of "What to do": the evidence, with the names of the values that decide, and the fix that it asks for. */
    public record Fix(String evidence, String fix) {}

    /**
     * One thing to do.
     *
     * @param effect  what it does to those who are served
     * @param text    what to do
     * @param command what to paste, in bash, or an empty string
     * @param undo    how to take it back, with its commands in backticks, or an empty string
     * @param onlyIf  the step is shown only if all of these hold
     * @param notIf   the step is shown only if none of these holds
     */
    public record Step(
            StepEffect effect,
            String text,
            String command,
            String undo,
            List<Condition> onlyIf,
            List<Condition> notIf) {

        private static final Pattern BETWEEN_BACKTICKS = Pattern.compile("`([^`]+)`");

        /** The commands in the undo, a line each; empty where it is prose only. */
        public String undoCommand() {
            return commandsIn(undo);
        }

        static String commandsIn(String undo) {
            return BETWEEN_BACKTICKS
                    .matcher(undo)
                    .results()
                    .map(each -> each.group(1))
                    .filter(each -> each.contains(" "))
                    .collect(Collectors.joining("\n"));
        }
    }

    /** Whether a value is known, or, with {@code equalTo}, whether it is this one. */
    public record Condition(String name, String equalTo) {}

    /** The name of the file. */
    public String fileName() {
        return id + ".md";
    }

    /** What stands in for a page that does not exist. */
    static CausePage blank(String id) {
        return CausePage.builder()
                .id(id)
                .title(id.replace('-', ' '))
                .headlines(List.of())
                .summary("")
                .signs(List.of())
                .fixes(List.of())
                .steps(List.of())
                .verify("")
                .verifyCommand("")
                .links(List.of())
                .build();
    }

    /** Begins one without any of its parts. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the parts of a {@link CausePage} by their names. What is a value of its own has to be given; the rest is empty, 0 or false. */
    public static final class Builder {
        private @Nullable String id;
        private @Nullable String title;
        private List<String> headlines = List.of();
        private @Nullable String summary;
        private List<String> looksLike = List.of();
        private List<Sign> signs = List.of();
        private List<Fix> fixes = List.of();
        private List<Step> steps = List.of();
        private @Nullable String verify;
        private @Nullable String verifyCommand;
        private List<Confusable> confusable = List.of();
        private List<String> links = List.of();

        private Builder() {}

        public Builder id(String id) {
            this.id = id;
            return this;
        }

        public Builder title(String title) {
            this.title = title;
            return this;
        }

        public Builder headlines(List<String> headlines) {
            this.headlines = headlines;
            return this;
        }

        public Builder summary(String summary) {
            this.summary = summary;
            return this;
        }

        public Builder looksLike(List<String> looksLike) {
            this.looksLike = looksLike;
            return this;
        }

        public Builder signs(List<Sign> signs) {
            this.signs = signs;
            return this;
        }

        public Builder fixes(List<Fix> fixes) {
            this.fixes = fixes;
            return this;
        }

        public Builder steps(List<Step> steps) {
            this.steps = steps;
            return this;
        }

        public Builder verify(String verify) {
            this.verify = verify;
            return this;
        }

        public Builder verifyCommand(String verifyCommand) {
            this.verifyCommand = verifyCommand;
            return this;
        }

        public Builder confusable(List<Confusable> confusable) {
            this.confusable = confusable;
            return this;
        }

        public Builder links(List<String> links) {
            this.links = links;
            return this;
        }

        /** @throws NullPointerException if a part that has to be given is missing; it names the part */
        public CausePage build() {
            return new CausePage(
                    Objects.requireNonNull(id, "id"),
                    Objects.requireNonNull(title, "title"),
                    headlines,
                    Objects.requireNonNull(summary, "summary"),
                    looksLike,
                    signs,
                    fixes,
                    steps,
                    Objects.requireNonNull(verify, "verify"),
                    Objects.requireNonNull(verifyCommand, "verifyCommand"),
                    confusable,
                    links);
        }
    }
}
