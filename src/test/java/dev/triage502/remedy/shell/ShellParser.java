package dev.triage502.remedy.shell;

import dev.triage502.remedy.shell.ShellWord.Literal;
import dev.triage502.remedy.shell.ShellWord.Part;
import dev.triage502.remedy.shell.ShellWord.Placeholder;
import dev.triage502.remedy.shell.ShellWord.Substitution;
import dev.triage502.remedy.shell.ShellWord.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the part of bash that pages use. What is beyond it (loops, here-documents, arrays), and what bash would change
 * without being asked (a star that matches files, a history mark), is refused rather than guessed.
 */
final class ShellParser {

    private static final Pattern PLACEHOLDER = Pattern.compile("<([a-z][a-z0-9-]*)>");
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=");
    private static final Pattern ANSI_QUOTED = Pattern.compile("\\$'((?:[^'\\\\]|\\\\.)*)'", Pattern.DOTALL);
    private static final Pattern ANSI_ESCAPE =
            Pattern.compile("\\\\(x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|[nt'\\\\])");
    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:([A-Za-z_][A-Za-z0-9_]*)|\\{([A-Za-z_][A-Za-z0-9_]*)})");
    private static final Pattern REDIRECTION = Pattern.compile("\\d?(?:>>|>&|<&|>|<)");
    private static final Set<String> KEYWORDS = Set.of(
            "if",
            "then",
            "else",
            "elif",
            "fi",
            "for",
            "while",
            "until",
            "do",
            "done",
            "case",
            "esac",
            "function",
            "select",
            "{",
            "}",
            "[[",
            "!");

    private final String text;
    private int at;

    private Map<String, ShellWord> assigned = new LinkedHashMap<>();
    private List<ShellWord> words = new ArrayList<>();
    private List<String> redirections = new ArrayList<>();

    ShellParser(String text) {
        this.text = text;
    }

    ShellScript script() {
        ShellScript script = commands(false);
        if (at < text.length()) {
            throw new CannotParse("an unquoted ) that nothing opens");
        }
        return script;
    }

    /** The commands up to the end, or up to the parenthesis that ends a substitution. */
    private ShellScript commands(boolean inside) {
        Map<String, ShellWord> outerAssigned = assigned;
        List<ShellWord> outerWords = words;
        List<String> outerRedirections = redirections;
        List<ShellCommand> commands = new ArrayList<>();
        begin();
        while (true) {
            skipBlanks();
            if (at >= text.length()) {
                if (inside) {
                    throw new CannotParse("a $( that nothing closes");
                }
                end(commands, "");
                break;
            }
            char next = text.charAt(at);
            if (next == ')') {
                end(commands, "");
                break;
            } else if (next == '#') {
                skipComment();
            } else if (next == '\n' || next == ';' || next == '|' || next == '&') {
                end(commands, operator());
            } else if (!redirection()) {
                add(word());
            }
        }
        assigned = outerAssigned;
        words = outerWords;
        redirections = outerRedirections;
        return new ShellScript(commands);
    }

    private void begin() {
        assigned = new LinkedHashMap<>();
        words = new ArrayList<>();
        redirections = new ArrayList<>();
    }

    private void end(List<ShellCommand> commands, String after) {
        if (!words.isEmpty() || !assigned.isEmpty()) {
            commands.add(new ShellCommand(assigned, words, redirections, after));
        } else if (!redirections.isEmpty()) {
            throw new CannotParse("a redirection without a command");
        } else if (!after.equals("\n") && !after.isEmpty()) {
            throw new CannotParse(after + " without a command before it");
        }
        begin();
    }

    private void add(ShellWord word) {
        if (words.isEmpty() && word.parts().get(0) instanceof Literal first) {
            Matcher name = ASSIGNMENT.matcher(first.text());
            if (name.lookingAt()) {
                List<Part> rest = new ArrayList<>(word.parts());
                rest.set(0, new Literal(first.text().substring(name.end())));
                assigned.put(first.text().substring(0, name.end() - 1), new ShellWord(rest));
                return;
            }
            if (word.parts().size() == 1 && KEYWORDS.contains(first.text())) {
                throw new CannotParse("the shell's own word \"" + first.text() + "\"");
            }
        }
        words.add(word);
    }

    private void skipBlanks() {
        while (at < text.length()) {
            if (text.startsWith("\\\n", at)) {
                at += 2;
            } else if (text.charAt(at) == ' ' || text.charAt(at) == '\t') {
                at++;
            } else {
                return;
            }
        }
    }

    private void skipComment() {
        while (at < text.length() && text.charAt(at) != '\n') {
            at++;
        }
    }

    private String operator() {
        char one = text.charAt(at++);
        if ((one == '|' || one == '&') && at < text.length() && text.charAt(at) == one) {
            at++;
            return "" + one + one;
        }
        if (one == '&') {
            throw new CannotParse("an unquoted & runs the command in the background");
        }
        return "" + one;
    }

    private boolean redirection() {
        if (PLACEHOLDER.matcher(text).region(at, text.length()).lookingAt()) {
            return false;
        }
        Matcher matcher = REDIRECTION.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return false;
        }
        if (text.startsWith("<<", at) || text.startsWith("<(", at) || text.startsWith(">(", at)) {
            throw new CannotParse("a here-document or a process substitution");
        }
        at = matcher.end();
        skipBlanks();
        if (at >= text.length() || "\n;|&)<>".indexOf(text.charAt(at)) >= 0) {
            throw new CannotParse("a redirection to nowhere");
        }
        redirections.add(matcher.group() + word().display());
        return true;
    }

    private ShellWord word() {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int start = at;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (" \t\n;|&)".indexOf(c) >= 0) {
                break;
            }
            if (c == '<' || c == '>') {
                Matcher placeholder = PLACEHOLDER.matcher(text).region(at, text.length());
                if (!placeholder.lookingAt()) {
                    break;
                }
                flush(literal, parts);
                parts.add(new Placeholder(placeholder.group(1)));
                at = placeholder.end();
            } else if (c == '\\') {
                escaped(literal);
            } else if (c == '\'') {
                singleQuoted(literal);
            } else if (c == '"') {
                doubleQuoted(literal, parts);
            } else if (c == '$') {
                dollar(literal, parts, false, isAssignment(start));
            } else {
                plain(c, literal, start);
            }
        }
        if (at == start) {
            throw new CannotParse("nothing can be read at \"" + text.substring(at) + "\"");
        }
        if (literal.length() > 0 || parts.isEmpty()) {
            parts.add(new Literal(literal.toString()));
        }
        return new ShellWord(parts);
    }

    private void plain(char c, StringBuilder literal, int start) {
        boolean emptyList = text.startsWith("[]", at);
        if (c == '*' || c == '?' || (c == '[' && !emptyList)) {
            throw new CannotParse("an unquoted " + c + ", which bash replaces by the names of files");
        }
        if (c == '`') {
            throw new CannotParse("a backtick; $( ) says the same and can be nested");
        }
        if (c == '(') {
            throw new CannotParse("an unquoted (");
        }
        if (c == '{' && text.substring(at).matches("(?s)\\{[^\\s{}]*(?:,|\\.\\.)[^\\s{}]*}.*")) {
            throw new CannotParse("unquoted braces, which bash expands");
        }
        if (c == '!' && at + 1 < text.length() && " \t\n=".indexOf(text.charAt(at + 1)) < 0) {
            throw new CannotParse("an unquoted !, which an interactive bash replaces by an earlier command");
        }
        if (c == '~' && at == start) {
            throw new CannotParse("an unquoted ~, which bash replaces by a folder");
        }
        literal.append(c);
        at++;
    }

    private void escaped(StringBuilder literal) {
        if (at + 1 >= text.length()) {
            throw new CannotParse("a backslash at the end");
        }
        if (text.charAt(at + 1) != '\n') {
            literal.append(text.charAt(at + 1));
        }
        at += 2;
    }

    private void singleQuoted(StringBuilder literal) {
        int end = text.indexOf('\'', at + 1);
        if (end < 0) {
            throw new CannotParse("a ' that nothing closes");
        }
        literal.append(text, at + 1, end);
        at = end + 1;
    }

    private void doubleQuoted(StringBuilder literal, List<Part> parts) {
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length() && "$`\"\\\n".indexOf(text.charAt(at + 1)) >= 0) {
                escaped(literal);
            } else if (c == '$') {
                dollar(literal, parts, true, true);
            } else if (c == '`') {
                throw new CannotParse("a backtick; $( ) says the same and can be nested");
            } else if (c == '!' && at + 1 < text.length() && " \t\n=\"".indexOf(text.charAt(at + 1)) < 0) {
                throw new CannotParse("a ! in double quotes, which an interactive bash replaces by an earlier command");
            } else {
                literal.append(c);
                at++;
            }
        }
        if (at >= text.length()) {
            throw new CannotParse("a \" that nothing closes");
        }
        at++;
    }

    /** {@code $'…'}, with the escapes of bash that are of use for a value: see "ANSI-C Quoting" in its manual. */
    private void ansiQuoted(StringBuilder literal) {
        Matcher quoted = ANSI_QUOTED.matcher(text).region(at, text.length());
        if (!quoted.lookingAt()) {
            throw new CannotParse("a $' that nothing closes");
        }
        at = quoted.end();
        Matcher escape = ANSI_ESCAPE.matcher(quoted.group(1));
        int from = 0;
        while (escape.find()) {
            literal.append(quoted.group(1), from, escape.start());
            String name = escape.group(1);
            if (name.length() > 1) {
                literal.appendCodePoint(Integer.parseInt(name.substring(1), 16));
            } else {
                literal.append(name.equals("n") ? "\n" : name.equals("t") ? "\t" : name);
            }
            from = escape.end();
        }
        literal.append(quoted.group(1).substring(from));
    }

    /** Whether the word is {@code name=…} before a command: bash does not split what stands in one. */
    private boolean isAssignment(int start) {
        return words.isEmpty()
                && ASSIGNMENT.matcher(text).region(start, text.length()).lookingAt();
    }

    /** @param whole whether bash takes the value as one word, whatever is in it */
    private void dollar(StringBuilder literal, List<Part> parts, boolean quoted, boolean whole) {
        Matcher variable = VARIABLE.matcher(text).region(at, text.length());
        if (text.startsWith("$((", at) || text.startsWith("${", at) && !variable.lookingAt()) {
            throw new CannotParse("arithmetic, or a variable that is cut or replaced");
        }
        if (!quoted && text.startsWith("$'", at)) {
            ansiQuoted(literal);
            return;
        }
        if (!quoted && text.startsWith("$\"", at)) {
            throw new CannotParse("a quotation mark after $");
        }
        if (text.startsWith("$(", at)) {
            flush(literal, parts);
            at += 2;
            ShellScript inner = commands(true);
            at++;
            if (!whole) {
                throw new CannotParse("a $( ) outside quotes, whose result bash splits into words");
            }
            parts.add(new Substitution(inner));
        } else if (variable.lookingAt()) {
            if (!whole) {
                throw new CannotParse("a variable outside quotes, whose value bash splits into words");
            }
            flush(literal, parts);
            parts.add(new Variable(variable.group(1) == null ? variable.group(2) : variable.group(1)));
            at = variable.end();
        } else if (at + 1 < text.length() && "?#@*$!-0123456789".indexOf(text.charAt(at + 1)) >= 0) {
            throw new CannotParse("a variable of the shell's own");
        } else {
            literal.append('$');
            at++;
        }
    }

    private static void flush(StringBuilder literal, List<Part> parts) {
        if (literal.length() > 0) {
            parts.add(new Literal(literal.toString()));
            literal.setLength(0);
        }
    }
}
