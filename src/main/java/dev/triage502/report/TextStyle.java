package dev.triage502.report;

/**
 * What the place can show where a text report is read.
 *
 * @param width   columns; what is narrower than 40 is laid out for 40, what is wider than 120 for 120
 * @param colour  whether ANSI escapes are understood and wanted
 * @param unicode whether more than ASCII is shown: shapes and dashes have a plain form, names stay as they are
 */
public record TextStyle(int width, boolean colour, boolean unicode) {

    /** As wide as a report is meant to be, where no terminal says how wide it is. */
    public static final int USUAL_WIDTH = 100;

    private static final String PLAIN = "\u001b[0m";
    private static final int LEAST = 40;
    private static final int MOST = 120;

    public TextStyle {
        width = Math.max(LEAST, Math.min(MOST, width));
    }

    /** For a file, a log or a response: 100 columns, without colour. */
    public static TextStyle plain() {
        return new TextStyle(USUAL_WIDTH, false, true);
    }

    /** Whether two columns fit: facts stand side by side, and badges at the right edge. */
    boolean isWide() {
        return width >= USUAL_WIDTH;
    }

    /** A text in a colour, where there are colours. */
    String in(String look, String text) {
        return colour && !look.isEmpty() && !text.isBlank() ? look + text + PLAIN : text;
    }

    /** A text in the characters that can be shown. */
    String shown(String text) {
        if (unicode) {
            return text;
        }
        return text.replace('✖', 'X')
                .replace('◇', '?')
                .replace('✔', '*')
                .replace('○', 'o')
                .replace('◌', 'o')
                .replace('▲', '!')
                .replace('─', '-')
                .replace('┄', '.')
                .replace('·', '-')
                .replace('–', '-')
                .replace('—', '-')
                .replace("…", "...")
                .replace("→", "->")
                .replaceAll("[“”]", "\"")
                .replaceAll("[‘’]", "'");
    }
}
