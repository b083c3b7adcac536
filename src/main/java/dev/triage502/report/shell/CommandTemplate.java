package dev.triage502.report.shell;

import dev.triage502.report.shell.Token.LineEnd;
import dev.triage502.report.shell.Token.Operator;
import dev.triage502.report.shell.Token.Part;
import dev.triage502.report.shell.Token.Placeholder;
import dev.triage502.report.shell.Token.Space;
import dev.triage502.report.shell.Token.Substitution;
import dev.triage502.report.shell.Token.Text;
import dev.triage502.report.shell.Token.Variable;
import dev.triage502.report.shell.Token.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command as a page writes it, taken apart: bash words, with {@code {placeholder}}, {@code $name} and {@code $( )} in
 * them. What is put in comes from Azure's documents, so from whoever may name things there, and a person will paste the
 * command into a shell: every value is quoted for the place where it stands and for the shell that runs it.
 */
public final class CommandTemplate {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z][a-z0-9-]*)}");
    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:([A-Za-z_][A-Za-z0-9_]*)|\\{([A-Za-z_][A-Za-z0-9_]*)})");
    private static final Pattern OPERATOR = Pattern.compile("\\|\\||&&|[0-9]?>>?|<|\\||;|&");

    private static final Pattern ANSI_QUOTED = Pattern.compile("\\$'((?:[^'\\\\]|\\\\.)*)'", Pattern.DOTALL);
    private static final Pattern ANSI_PART =
            Pattern.compile("\\\\(?:x(..)|u(.{4})|U(.{8})|(.))|[^\\\\]+", Pattern.DOTALL);

    private final List<Token> tokens;

    private CommandTemplate(List<Token> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    /**
     * Reads one command or several lines of them.
     *
     * @throws UnreadableCommand where a quotation mark or a bracket is left open
     */
    public static CommandTemplate parse(String bash) {
        Reader reader = new Reader(bash);
        List<Token> tokens = reader.tokens(false);
        return new CommandTemplate(tokens);
    }

    List<Token> tokens() {
        return tokens;
    }

    /** The command for a shell; {@link FilledCommand#NONE} where it cannot be said in that shell. */
    public FilledCommand fill(CommandValues values, Shell shell) {
        return shell == Shell.BASH ? new BashWriter(values).write(this) : new PowerShellWriter(values).write(this);
    }

    /** Reads bash words; what it does not know of bash, no page may use. */
    private static final class Reader {
        private final String in;
        private int at;

        Reader(String in) {
            this.in = in;
        }

        List<Token> tokens(boolean nested) {
            List<Token> tokens = new ArrayList<>();
            while (at < in.length() && !(nested && in.charAt(at) == ')')) {
                Matcher operator = OPERATOR.matcher(in).region(at, in.length());
                if (in.charAt(at) == '\n') {
                    at++;
                    tokens.add(new LineEnd());
                } else if (isBlank()) {
                    tokens.add(new Space(blanks()));
                } else if (operator.lookingAt()) {
                    at = operator.end();
                    tokens.add(new Operator(operator.group()));
                } else {
                    tokens.add(word(nested));
                }
            }
            return tokens;
        }

        private boolean isBlank() {
            char c = in.charAt(at);
            return c == ' ' || c == '\t' || in.startsWith("\\\n", at);
        }

        private String blanks() {
            int from = at;
            while (at < in.length() && (isBlank() || in.charAt(at) == '\n' && at > 0 && in.charAt(at - 1) == '\\')) {
                at++;
            }
            return in.substring(from, at);
        }

        private Word word(boolean nested) {
            int from = at;
            List<Part> parts = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            char quote = ' ';
            while (at < in.length()) {
                char c = in.charAt(at);
                if (quote == ' ' && (c == '\n' || isBlank() || "|;&<>".indexOf(c) >= 0 || nested && c == ')')) {
                    break;
                }
                if (c == quote) {
                    quote = ' ';
                    at++;
                } else if (quote == ' ' && in.startsWith("$'", at)) {
                    ansiQuoted(text);
                } else if (quote == ' ' && (c == '\'' || c == '"')) {
                    quote = c;
                    at++;
                } else if (!part(quote, text, parts)) {
                    text.append(character(quote));
                }
            }
            if (quote != ' ') {
                throw new UnreadableCommand("a " + quote + " is not closed", in);
            }
            flush(text, parts);
            return new Word(in.substring(from, at), parts);
        }

        /** Takes what is put in at this place, if anything is. */
        private boolean part(char quote, StringBuilder text, List<Part> parts) {
            char c = in.charAt(at);
            Matcher placeholder = PLACEHOLDER.matcher(in).region(at, in.length());
            if (c == '{' && placeholder.lookingAt() && (at == 0 || "$%".indexOf(in.charAt(at - 1)) < 0)) {
                flush(text, parts);
                parts.add(new Placeholder(placeholder.group(1)));
                at = placeholder.end();
                return true;
            }
            if (quote == '\'' || c != '$') {
                return false;
            }
            if (in.startsWith("$(", at)) {
                flush(text, parts);
                at += 2;
                List<Token> inner = tokens(true);
                if (at >= in.length()) {
                    throw new UnreadableCommand("a $( is not closed", in);
                }
                at++;
                parts.add(new Substitution(new CommandTemplate(inner)));
                return true;
            }
            Matcher variable = VARIABLE.matcher(in).region(at, in.length());
            if (variable.lookingAt()) {
                flush(text, parts);
                parts.add(new Variable(variable.group(1) == null ? variable.group(2) : variable.group(1)));
                at = variable.end();
                return true;
            }
            return false;
        }

        /** {@code $'…'}, as {@link BashWriter} writes what does not print. */
        private void ansiQuoted(StringBuilder text) {
            Matcher quoted = ANSI_QUOTED.matcher(in).region(at, in.length());
            if (!quoted.lookingAt()) {
                throw new UnreadableCommand("a $' is not closed", in);
            }
            at = quoted.end();
            Matcher part = ANSI_PART.matcher(quoted.group(1));
            while (part.find()) {
                Optional<String> number = Stream.of(1, 2, 3)
                        .flatMap(group -> Stream.ofNullable(part.group(group)))
                        .findFirst();
                String escaped = part.group(4);
                if (number.isPresent()) {
                    text.appendCodePoint(Integer.parseInt(number.get(), 16));
                } else if (escaped != null) {
                    text.append(escaped.equals("n") ? "\n" : escaped.equals("t") ? "\t" : escaped);
                } else {
                    text.append(part.group());
                }
            }
        }

        private char character(char quote) {
            char c = in.charAt(at++);
            boolean escapes = c == '\\' && at < in.length() && quote != '\'';
            if (escapes && (quote == ' ' || "\\\"$`".indexOf(in.charAt(at)) >= 0)) {
                return in.charAt(at++);
            }
            return c;
        }

        private static void flush(StringBuilder text, List<Part> parts) {
            if (!text.isEmpty()) {
                parts.add(new Text(text.toString()));
                text.setLength(0);
            }
        }
    }
}
