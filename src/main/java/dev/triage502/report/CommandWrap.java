package dev.triage502.report;

import dev.triage502.report.shell.Shell;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Breaks a command that is too wide for a terminal so that it can still be pasted: between words, with the shell's continuation. */
public final class CommandWrap {

    private final char escape;
    private final int width;

    /** What is open where one reads: quotes, and {@code (} for a command within {@code $( )}, in which quotes start again. */
    private final Deque<Character> open = new ArrayDeque<>();

    private CommandWrap(Shell shell, int width) {
        this.escape = shell == Shell.BASH ? '\\' : '`';
        this.width = width;
    }

    /**
     * The lines to print. A statement that fits stays as the page lays it out. An option is on one line with its value, or its
     * value on the next where that makes them fit; a single word that is too wide stays whole.
     */
    public static List<String> lines(String command, Shell shell, int width) {
        CommandWrap wrap = new CommandWrap(shell, width);
        List<String> lines = new ArrayList<>();
        List<String> statement = new ArrayList<>();
        for (String line : command.lines().toList()) {
            statement.add(line);
            if (!wrap.goesOn(line)) {
                wrap.add(lines, statement);
                statement.clear();
            }
        }
        wrap.add(lines, statement);
        return lines;
    }

    private boolean goesOn(String line) {
        return line.endsWith(" " + escape);
    }

    private void add(List<String> lines, List<String> statement) {
        boolean quoted = false;
        List<String> words = new ArrayList<>();
        for (String line : statement) {
            quoted |= isQuoted();
            words.addAll(words(goesOn(line) ? line.substring(0, line.length() - 2) : line));
            quoted |= isQuoted();
        }
        boolean comment = words.stream().anyMatch(word -> word.startsWith("#"));
        if (quoted || comment || statement.stream().allMatch(line -> line.length() <= width)) {
            lines.addAll(statement);
            return;
        }
        String first = statement.get(0);
        wrap(lines, first.substring(0, first.length() - first.stripLeading().length()), units(words));
    }

    private void wrap(List<String> lines, String indent, List<String> units) {
        String continuation = " " + escape;
        StringBuilder out = new StringBuilder(indent);
        boolean empty = true;
        for (int i = 0; i < units.size(); i++) {
            boolean last = i == units.size() - 1;
            String unit = units.get(i);
            int after = last ? 0 : continuation.length();
            if (!empty && out.length() + 1 + unit.length() + after > width) {
                lines.add(out + continuation);
                out = new StringBuilder(indent + "  ");
                empty = true;
            }
            int value = unit.indexOf(' ') + 1;
            int deeper = indent.length() + 4;
            boolean isApart = empty
                    && value > 0
                    && out.length() + unit.length() + after > width
                    && deeper + unit.length() - value + after <= width;
            if (isApart) {
                lines.add(out + unit.substring(0, value - 1) + continuation);
                out = new StringBuilder(" ".repeat(deeper)).append(unit, value, unit.length());
            } else {
                out.append(empty ? "" : " ").append(unit);
            }
            empty = false;
        }
        lines.add(out.toString());
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
            if (c == ' ' && !isQuoted()) {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                continue;
            }
            if (!isQuoted() && escape == '\\' && line.startsWith("$'", i)) {
                int end = endOfAnsiQuoted(line, i + 2);
                word.append(line, i, end);
                i = end - 1;
                continue;
            }
            word.append(c);
            if (c == escape && !isIn('\'') && i + 1 < line.length()) {
                word.append(line.charAt(++i));
            } else {
                follow(line, i);
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    /** Opens or closes what the character at a place opens or closes. */
    private void follow(String line, int at) {
        char c = line.charAt(at);
        if (c == '(' && at > 0 && line.charAt(at - 1) == '$' && !isIn('\'')) {
            open.push(c);
        } else if (isQuoted() ? isIn(c) : c == ')' && isIn('(')) {
            open.pop();
        } else if (!isQuoted() && (c == '\'' || c == '"')) {
            open.push(c);
        }
    }

    private boolean isIn(char what) {
        return !open.isEmpty() && open.peek() == what;
    }

    private boolean isQuoted() {
        return isIn('\'') || isIn('"');
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
