package dev.triage502.remedy.powershell;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a word of a command is worth to PowerShell: {@code about_Quoting_Rules} for the quotes, {@code about_Parsing} for a word
 * without. It knows what {@code report.shell} prints, and refuses the rest.
 */
final class PowerShellWord {

    private static final String SINGLE = "['\\u2018\\u2019\\u201a\\u201b]";
    private static final String DOUBLE = "[\"\\u201c\\u201d\\u201e]";
    private static final Pattern VERBATIM =
            Pattern.compile(SINGLE + "((?:[^'\\u2018\\u2019\\u201a\\u201b]|" + SINGLE + "{2})*)" + SINGLE);

    /** A backtick and what it takes the meaning from, a variable, a character by its number, two quotes for one, or a character. */
    private static final Pattern IN_DOUBLE_QUOTES = Pattern.compile(
            "`(?<escaped>(?s:.))|\\$\\{(?<variable>\\w+)}|\\$\\(\\[char](?<number>\\d+)\\)|\\$\\((?<command>.*)\\)"
                    + "|(?<quote>" + DOUBLE + "){2}|(?<plain>[^`$\"\\u201c\\u201d\\u201e])");

    /** {@code about_Parsing}: the metacharacters of argument mode. {@code < > @ #} are special at the start only, {@code $} begins a variable. */
    private static final Pattern BARE = Pattern.compile("(?![<>@#])[^\\s'\"`,;(){}|&$\\u2018-\\u201e]+");

    private PowerShellWord() {}

    /**
     * The word's value.
     *
     * @param computed what a variable or a command within is worth, by its text
     * @throws IllegalArgumentException if it is none of the words that are printed
     */
    static String value(String written, UnaryOperator<String> computed) {
        Matcher verbatim = VERBATIM.matcher(written);
        if (verbatim.matches()) {
            return verbatim.group(1).replaceAll("(" + SINGLE + ")" + SINGLE, "$1");
        }
        if (written.length() > 1 && written.startsWith("\"") && written.endsWith("\"")) {
            return expanded(written.substring(1, written.length() - 1), computed);
        }
        if (BARE.matcher(written).matches()) {
            return written;
        }
        throw new IllegalArgumentException("not one plain word of PowerShell: " + written);
    }

    private static String expanded(String text, UnaryOperator<String> computed) {
        Matcher part = IN_DOUBLE_QUOTES.matcher(text);
        StringBuilder value = new StringBuilder();
        int at = 0;
        while (part.find() && part.start() == at) {
            at = part.end();
            if (part.group("escaped") != null) {
                value.append(escaped(part.group("escaped")));
            } else if (part.group("number") != null) {
                value.appendCodePoint(Integer.parseInt(part.group("number")));
            } else if (part.group("quote") != null) {
                value.append(part.group("quote"));
            } else if (part.group("plain") != null) {
                value.append(part.group("plain"));
            } else {
                value.append(computed.apply(part.group()));
            }
        }
        if (at != text.length()) {
            throw new IllegalArgumentException("not one string of PowerShell: " + text);
        }
        return value.toString();
    }

    private static String escaped(String character) {
        return character.equals("n") ? "\n" : character.equals("t") ? "\t" : character;
    }
}
