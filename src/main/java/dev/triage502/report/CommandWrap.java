package dev.triage502.report;

import dev.triage502.report.shell.Shell;
import java.util.ArrayList;
import java.util.List;

/** Breaks a command that is too wide for a terminal so that it can still be pasted: between words, with the shell's continuation. */
final class CommandWrap {

    private final char escape;
    private final int width;
    private char quote = ' ';

    private CommandWrap(Shell shell, int width) {
        this.escape = shell == Shell.BASH ? '\\' : '`';
        this.width = width;
    }

    /** The lines to print. One that fits stays as the page lays it out; a single word that is too wide stays whole. */
    static List<String> lines(String command, Shell shell, int width) {
        CommandWrap wrap = new CommandWrap(shell, width);
        List<String> lines = new ArrayList<>();
        boolean continues = false;
        for (String line : command.lines().toList()) {
            boolean withinQuotes = wrap.quote != ' ';
            List<String> words = wrap.words(line);
            boolean endsWithinQuotes = wrap.quote != ' ';
            boolean comment = words.stream().anyMatch(word -> word.startsWith("#"));
            if (line.length() <= width || withinQuotes || endsWithinQuotes || comment) {
                lines.add(line);
            } else {
                wrap.add(lines, line, words, continues);
            }
            continues = line.endsWith(String.valueOf(wrap.escape));
        }
        return lines;
    }

    /** @param continues whether the line goes on with the one before, and so is indented already */
    private void add(List<String> lines, String line, List<String> words, boolean continues) {
        String indent = line.substring(0, line.length() - line.stripLeading().length());
        String hanging = indent + "  ";
        String continuation = " " + escape;
        boolean goesOn = words.get(words.size() - 1).equals(String.valueOf(escape));
        List<String> units = units(goesOn ? words.subList(0, words.size() - 1) : words);
        StringBuilder out = new StringBuilder(indent);
        boolean empty = true;
        for (int i = 0; i < units.size(); i++) {
            boolean last = i == units.size() - 1 && !goesOn;
            int needed = out.length() + 1 + units.get(i).length() + (last ? 0 : continuation.length());
            if (!empty && needed > width) {
                lines.add(out + continuation);
                out = new StringBuilder(continues ? indent : hanging);
                empty = true;
            }
            out.append(empty ? "" : " ").append(units.get(i));
            empty = false;
        }
        lines.add(out + (goesOn ? continuation : ""));
    }

    /** An option stays with its value. */
    private List<String> units(List<String> words) {
        List<String> units = new ArrayList<>();
        for (String word : words) {
            int last = units.size() - 1;
            boolean value = last >= 0 && units.get(last).matches("--[a-z-]+") && !word.startsWith("-");
            if (value) {
                units.set(last, units.get(last) + " " + word);
            } else {
                units.add(word);
            }
        }
        return units;
    }

    /** The words of a line: what stands between quotes is not divided. Remembers a quote that stays open. */
    private List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == ' ' && quote == ' ') {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                continue;
            }
            if (quote == ' ' && escape == '\\' && line.startsWith("$'", i)) {
                int end = endOfAnsiQuoted(line, i + 2);
                word.append(line, i, end);
                i = end - 1;
                continue;
            }
            word.append(c);
            if (c == escape && quote != '\'' && i + 1 < line.length()) {
                word.append(line.charAt(++i));
            } else if (quote == ' ' && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == quote) {
                quote = ' ';
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    /** Where bash's {@code $'…'} ends, in which a backslash takes the next character, a quotation mark too, for itself. */
    private static int endOfAnsiQuoted(String line, int from) {
        int at = from;
        while (at < line.length() && line.charAt(at) != '\'') {
            at += line.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(line.length(), at + 1);
    }
}
