package dev.triage502.report.html;

import dev.triage502.report.CommandWrap;
import dev.triage502.report.shell.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the page shows, in the order in which it is read. Texts are plain: the templates escape them.
 *
 * @param first    what to do first; empty where there is nothing to do
 * @param path     the way of a request, hop by hop; empty where it is not known
 * @param timeline the requests by minute; empty where no minutes were read
 * @param lists    other problems, ruled out, could not be checked
 * @param foot     what it all rests on, and where to look on
 */
public record PageView(
        Head head,
        Optional<FirstFix> first,
        Why why,
        Optional<PathView> path,
        Optional<TimelineView> timeline,
        Steps steps,
        List<Listing> lists,
        Foot foot) {

    /**
     * What is broken, who is hit, how badly and since when.
     *
     * @param confidence how sure the cause is; empty for a conclusion
     * @param place      the gateway, and when it was diagnosed
     * @param headline   what is at fault
     * @param leads      who is hit and who is not, in sentences
     * @param also       a second fault that requests fail by, in a sentence; empty where there is none
     * @param facts      at most four numbers
     */
    public record Head(
            State state,
            Optional<Confidence> confidence,
            String place,
            List<Span> headline,
            List<String> leads,
            List<Span> also,
            List<Fact> facts) {

        /** The headline as plain text. */
        public String title() {
            return headline.stream().map(Span::text).collect(Collectors.joining());
        }
    }

    /**
     * The steps after the first fix, and what to collect to narrow the cause down. {@code hasShells}: the switch between
     * shells stands before them, since nothing above them has a command.
     */
    public record Steps(List<Step> further, List<Step> next, boolean hasShells) {}

    /** Every fact that the report rests on; where to look on; the incident's id, its window, the version. */
    public record Foot(List<EvidenceItem> evidence, String which, List<LinkRow> links, String words) {}

    /**
     * Shape, word and colour of a state; each of them alone tells it.
     *
     * @param word  {@code Open}
     * @param look  {@code bad}, {@code warn}, {@code ok} or {@code neutral}
     * @param shape the name of an icon
     */
    public record State(String word, String look, String shape) {}

    /**
     * How sure the cause is.
     *
     * @param word   {@code Confirmed}
     * @param boxes  how many of three boxes are filled
     * @param reason the reason that applies, for every level below confirmed; may be empty
     */
    public record Confidence(String word, int boxes, String reason) {}

    /**
     * One number: what it is, its value, and what it is a share of.
     *
     * @param look {@code bad} while it is broken now, {@code ok} for what is good again, else empty
     */
    public record Fact(String label, String value, String detail, String look) {}

    /**
     * A text with what it is about.
     *
     * @param facts the ids of the evidence on this page that it rests on, the first few
     * @param more  how many more there are
     */
    public record Labelled(String label, List<Span> text, List<String> facts, int more) {}

    /** A part of a text; code is set in another face. */
    public record Span(String text, boolean isCode) {

        private static final int LONGEST_WHOLE_NAME = 23;

        /** Whether it is code that may break where a line ends; a short name must not, not even at its hyphens. */
        public boolean isLong() {
            return isCode && (text.length() > LONGEST_WHOLE_NAME || text.contains(" "));
        }
    }

    /** What a command does to those who are served. */
    public record Badge(String words, String look, String shape) {}

    /**
     * A command for both shells; the same one where only one shell has it. It is laid out for a phone, an option with its
     * value on a line, so that no line breaks where the shell would not take it.
     *
     * @param id    of its element on the page
     * @param what  what it is for, for screen readers
     */
    public record Command(String id, String what, String bash, String powershell) {

        /** As many characters as a phone of 390 px shows in a line. */
        private static final int WIDTH = 40;

        /** A word as long as an option breaks at no hyphen; a longer one may. */
        private static final int LONGEST_WHOLE_WORD = 36;

        /** As much of a longer one goes to the next line with what continues the line. */
        private static final int LAST_PART = 8;

        /** What continues a line stays with the word before it. */
        private static final Pattern BLANKS_OR_WORD = Pattern.compile("\\S+(?: [\\\\`](?=\n))?|\\s+");

        public Command {
            bash = String.join("\n", CommandWrap.lines(bash, Shell.BASH, WIDTH));
            powershell = String.join("\n", CommandWrap.lines(powershell, Shell.POWERSHELL, WIDTH));
        }

        /** The command in pieces, which together are the command; those marked as code must not break. */
        public List<Span> bashWords() {
            return words(bash);
        }

        /** The same for PowerShell. */
        public List<Span> powershellWords() {
            return words(powershell);
        }

        private static List<Span> words(String command) {
            List<Span> words = new ArrayList<>();
            Matcher pieces = BLANKS_OR_WORD.matcher(command);
            while (pieces.find()) {
                String piece = pieces.group();
                int end = piece.length() <= LONGEST_WHOLE_WORD || !piece.contains(" ") ? 0 : piece.length() - LAST_PART;
                if (end > 0) {
                    words.add(new Span(piece.substring(0, end), false));
                }
                String last = piece.substring(end);
                words.add(new Span(last, !last.isBlank() && last.length() <= LONGEST_WHOLE_WORD));
            }
            return words;
        }
    }

    /** A text with its command, as a check or an undo has them. */
    public record Part(List<Span> text, Optional<Badge> badge, Optional<Command> command) {}

    /** One step, with its undo. */
    public record Step(
            String number,
            List<Span> title,
            Optional<Badge> badge,
            List<Span> note,
            Optional<Command> command,
            Optional<Part> undo) {}

    /**
     * The first fix: the step itself, what to look at before it, and how to check it. {@code hasShells}: the switch between
     * shells stands in it, though the step itself has no command.
     */
    public record FirstFix(String heading, Step step, List<Step> lookFirst, Optional<Part> check, boolean hasShells) {}

    /** The reasons: the one for the confidence, and the facts. */
    public record Why(String heading, List<Span> reason, List<Labelled> facts) {}

    /** A list under a heading. */
    public record Listing(String id, String heading, List<Item> items) {}

    /**
     * What is said of one cause or several.
     *
     * @param links where it is said, on this page or on another
     * @param steps what would allow more to be said
     */
    public record Item(List<Titled> causes, List<Span> text, List<PageLink> links, List<Step> steps) {

        /** What is only said. */
        Item(List<Titled> causes, List<Span> text) {
            this(causes, text, List.of(), List.of());
        }
    }

    /** A cause by its title, and its id, which may be the title; one without a title has an empty id. */
    public record Titled(String title, String id) {

        /** Its id, whether it has a title or not. */
        String any() {
            return id.isEmpty() ? title : id;
        }
    }

    /** A fact, where it was read and when it happened, and the part of the evidence that it was read from. */
    public record EvidenceItem(
            String id, String source, String at, List<Span> text, Optional<EvidenceExcerpts.Excerpt> raw) {}

    /** Links that are for the same, and for what. */
    public record LinkRow(String label, List<PageLink> links) {}

    /** Somewhere to look on. */
    public record PageLink(String text, String url) {}
}
