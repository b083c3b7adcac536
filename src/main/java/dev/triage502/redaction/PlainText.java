package dev.triage502.redaction;

import java.util.regex.Pattern;

/**
 * Texts from outside without characters that move a cursor, hide text, change its direction or begin a line of their own.
 * Such a character is not dropped but spelled, {@code \x1b} or {@code \u202e}, so that a reader sees that it was there.
 *
 * <p>Host names and paths in an access log are written by clients: an escape sequence in one must not reach a terminal.
 */
public final class PlainText {

    /** Control and format characters and line separators; not the joiners that some scripts and emoji need. */
    private static final Pattern UNPRINTED =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029&&[^\\n\\u200c\\u200d]]");

    private static final Pattern BLANKS = Pattern.compile("[ \\t\\r\\n\\f\\x0B]+");

    private PlainText() {}

    /** The text on one line: blanks and line ends in a row are one blank, and none is at either end. */
    public static String line(String text) {
        return lines(BLANKS.matcher(text).replaceAll(" ").strip());
    }

    /** The text with its lines, each without such characters. */
    public static String lines(String text) {
        String joined = text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n");
        return UNPRINTED
                .matcher(joined)
                .replaceAll(found -> spelled(found.group().codePointAt(0)));
    }

    private static String spelled(int character) {
        // The backslash is doubled because this is the text of a replacement.
        return character < 0x100
                ? String.format("\\\\x%02x", character)
                : String.format(character < 0x10000 ? "\\\\u%04x" : "\\\\U%08x", character);
    }
}
