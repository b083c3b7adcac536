package dev.triage502.deliver.slack;

import dev.triage502.redaction.PlainText;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one place where texts from outside are made fit for Slack: none of them pings anybody, becomes a link, an emoji or
 * a format, or ends the code that it stands in.
 *
 * <p>Slack escapes three characters and knows no escape for its marks. Where two marks could make a format, they are replaced by
 * characters that look like them; within a name, as in {@code pool_a_b}, or alone, as in {@code *.example.com}, they stay.
 */
public final class SlackText {

    /** Keeps two characters together and is not seen. */
    private static final String JOINER = "\u2060";

    /** At the edge of a word a mark may begin or end a format, and what looks like it may not. */
    private enum Mark {
        BOLD('*', '∗'),
        ITALIC('_', 'ˍ'),
        STRUCK('~', '∼');

        private final char mark;
        private final String harmless;
        private final Pattern atEdge;

        Mark(char mark, char harmless) {
            this.mark = mark;
            this.harmless = String.valueOf(harmless);
            String is = Pattern.quote(String.valueOf(mark));
            this.atEdge = Pattern.compile("(?<![\\p{L}\\p{N}])" + is + "|" + is + "(?![\\p{L}\\p{N}])");
        }

        /** One alone makes no format. */
        String pairsReplaced(String text) {
            return text.indexOf(mark) < text.lastIndexOf(mark) ? allReplaced(text) : text;
        }

        String allReplaced(String text) {
            return atEdge.matcher(text).replaceAll(harmless);
        }
    }

    /** {@code :skull:}; the numbers are emoji, too, and parts of IPv6 addresses. */
    private static final Pattern EMOJI = Pattern.compile(":(?=(?:[a-z0-9_+'-]*[a-z+][a-z0-9_+'-]*|100|1234):)");

    /** Three of them would end the fence. */
    private static final Pattern FENCE = Pattern.compile("`(?=`)");

    private static final Pattern INNER = Pattern.compile("([\\s,.;:)]*)(.*?)([\\s(]*)");

    private SlackText() {}

    /** For {@code mrkdwn}, on one line. */
    public static String mrkdwn(String text) {
        String line = escaped(PlainText.line(text)).replace('`', '\'');
        for (Mark mark : Mark.values()) {
            line = mark.pairsReplaced(line);
        }
        String noQuotation = line.startsWith("&gt;") ? JOINER + line : line;
        return EMOJI.matcher(noQuotation).replaceAll(":" + JOINER);
    }

    /** For {@code plain_text}, which has no format and no mention: on one line. */
    public static String plain(String text) {
        return PlainText.line(text).replace('<', '‹').replace('>', '›');
    }

    /** A text in which code stands between backticks: the code stays code. */
    public static String spans(String text) {
        return spans(text, UnaryOperator.identity());
    }

    /** As {@link #spans}, in bold; code has no bold. */
    public static String boldSpans(String text) {
        return spans(text, SlackText::bold);
    }

    /** In bold, of what {@link #mrkdwn} made. A format begins and ends at a letter, so points at its ends stay outside. */
    public static String bold(String mrkdwn) {
        Matcher inner = INNER.matcher(mrkdwn);
        return inner.matches() && !inner.group(2).isEmpty()
                ? inner.group(1) + "*" + Mark.BOLD.allReplaced(inner.group(2)) + "*" + inner.group(3)
                : mrkdwn;
    }

    /** Lines of code that can be copied whole. */
    public static String fence(String code) {
        String lines = PlainText.lines(code).strip();
        return "```" + escaped(FENCE.matcher(lines).replaceAll("`" + JOINER)) + "```";
    }

    /** As much of a text as is at most so long when it is written, with an ellipsis where it was cut. */
    static String fitting(String text, int most, UnaryOperator<String> writing) {
        String written = writing.apply(text);
        int end = text.length();
        while (written.length() > most) {
            end = Math.min(end - 1, end - (written.length() - most) / 6);
            if (Character.isHighSurrogate(text.charAt(end - 1))) {
                end--;
            }
            written = writing.apply(text.substring(0, end).stripTrailing() + "…");
        }
        return written;
    }

    private static String spans(String text, UnaryOperator<String> around) {
        StringBuilder written = new StringBuilder();
        String[] spans = PlainText.line(text).split("`", -1);
        for (int i = 0; i < spans.length; i++) {
            boolean isCode = i % 2 == 1 && i < spans.length - 1 && !spans[i].isBlank();
            written.append(isCode ? "`" + escaped(spans[i]) + "`" : around.apply(kept(spans[i])));
        }
        return written.toString();
    }

    /** The blanks at both ends of a part of a line belong to the line. */
    private static String kept(String part) {
        String inner = part.strip();
        return inner.isEmpty() ? part : part.replace(inner, mrkdwn(inner));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
