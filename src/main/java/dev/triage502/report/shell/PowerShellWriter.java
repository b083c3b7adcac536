package dev.triage502.report.shell;

import dev.triage502.report.shell.Token.LineEnd;
import dev.triage502.report.shell.Token.Operator;
import dev.triage502.report.shell.Token.Part;
import dev.triage502.report.shell.Token.Space;
import dev.triage502.report.shell.Token.Substitution;
import dev.triage502.report.shell.Token.Text;
import dev.triage502.report.shell.Token.Variable;
import dev.triage502.report.shell.Token.Word;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes a command for PowerShell on Windows.
 *
 * <p>PowerShell joins the arguments to one line, and puts double quotes round those with a blank; a double quote within an
 * argument is lost. For {@code az.cmd} that line goes through {@code cmd}, which outside double quotes takes
 * {@code & | < > ^ ( )} for its own, and a percent sign everywhere. An argument with one of these and no blank therefore gets
 * double quotes here. What uses a pipe or a redirection that is not one of a few known ones has no form here.
 */
final class PowerShellWriter extends CommandWriter {

    private static final Pattern SAFE = Pattern.compile("-[a-z]+|--[a-z-]+|[A-Za-z0-9_./:=+][A-Za-z0-9_./:=+-]*");
    private static final Pattern NOT_PRINTED = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");
    private static final Pattern READ_BY_CMD = Pattern.compile("[&|<>^()]");
    private static final Pattern BLANK = Pattern.compile("[\\s\\p{Z}\\x85]");

    /** Batch files, whose arguments cmd reads, by their names in bash. */
    private static final Map<String, String> BATCH_FILES = Map.of("az", "az.cmd", "./triage502", "triage502.cmd");

    /** Commands whose output cannot hold what cmd takes for its own: a workspace's GUID, an address prefix. */
    private static final Pattern PLAIN_OUTPUT = Pattern.compile("--query '?(?:customerId|not_null\\(addressPrefix)");

    /** PowerShell ends a string at any of these, and takes two of them for one. */
    private static final Pattern SINGLE_QUOTES = Pattern.compile("(['\\u2018\\u2019\\u201a\\u201b])");

    private static final Map<String, String> PROGRAMS =
            Map.of("curl", "curl.exe", "./triage502", ".\\triage502.cmd", "/dev/null", "NUL");

    private static final List<String> KNOWN = List.of("az", "kubectl", "curl", "openssl", "nslookup", "./triage502");

    private final Set<String> plainVariables = new HashSet<>();

    PowerShellWriter(CommandValues values) {
        super(values);
    }

    @Override
    String lines(CommandTemplate template) {
        List<String> lines = new ArrayList<>();
        List<Token> line = new ArrayList<>();
        for (Token token : template.tokens()) {
            if (token instanceof LineEnd) {
                lines.add(line(line));
                line.clear();
            } else {
                line.add(token);
            }
        }
        lines.add(line(line));
        return lines.contains("") ? "" : String.join("\n", lines);
    }

    /** One command; empty where it cannot be said. */
    private String line(List<Token> tokens) {
        if (tokens.isEmpty() || !(tokens.get(0) instanceof Word first)) {
            return "";
        }
        Optional<String> variable = assigned(first);
        if (variable.isPresent()) {
            Part last = first.parts().get(first.parts().size() - 1);
            String inner =
                    last instanceof Substitution output ? line(output.command().tokens()) : "";
            if (PLAIN_OUTPUT.matcher(inner).find()) {
                plainVariables.add(variable.get());
            }
            return inner.isEmpty() || first.parts().size() != 2 ? "" : "$" + variable.get() + " = " + inner;
        }
        List<String> piped = new ArrayList<>();
        for (List<Token> stage : stages(tokens)) {
            piped.add(stage(stage));
        }
        return piped.contains("") ? "" : String.join(" | ", piped);
    }

    /** The commands of a pipe; nothing to read, {@code </dev/null}, is an empty string to pipe in. */
    private static List<List<Token>> stages(List<Token> tokens) {
        List<List<Token>> stages = new ArrayList<>();
        List<Token> stage = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean nothingToRead = token.equals(new Operator("<"))
                    && i + 1 < tokens.size()
                    && tokens.get(i + 1) instanceof Word from
                    && from.text().equals("/dev/null");
            if (nothingToRead) {
                stages.add(List.of());
                i++;
            } else if (token.equals(new Operator("|"))) {
                stages.add(stage);
                stage = new ArrayList<>();
            } else {
                stage.add(token);
            }
        }
        stages.add(stage);
        return stages;
    }

    private String stage(List<Token> tokens) {
        List<Token> command = trimmed(tokens);
        if (command.isEmpty()) {
            return "''";
        }
        List<String> words = command.stream()
                .filter(token -> token instanceof Word)
                .map(token -> ((Word) token).text())
                .toList();
        String last = words.get(words.size() - 1);
        if (words.get(0).equals("head") && words.size() == 3) {
            return "Select-Object -First " + last;
        }
        if (words.get(0).equals("grep")) {
            return "Select-String -Pattern " + quoted(last, "");
        }
        boolean unsaid = command.stream().anyMatch(token -> token instanceof Operator)
                || !KNOWN.contains(words.get(0))
                || words.get(0).equals("az") && words.stream().anyMatch(PowerShellWriter::cannotBeHandedToAz);
        return unsaid ? "" : joined(command);
    }

    private static List<Token> trimmed(List<Token> tokens) {
        int from = 0;
        int to = tokens.size();
        while (from < to && tokens.get(from) instanceof Space) {
            from++;
        }
        while (to > from && tokens.get(to - 1) instanceof Space) {
            to--;
        }
        return tokens.subList(from, to);
    }

    private static boolean cannotBeHandedToAz(String word) {
        return word.contains("\"") || word.contains("%") || word.contains("\n");
    }

    /** The variable that a word like {@code id=$(az …)} gives a value to. */
    private static Optional<String> assigned(Word word) {
        return word.parts().get(0) instanceof Text text && text.text().matches("[a-z_]+=") && word.isComputed()
                ? Optional.of(text.text().substring(0, text.text().length() - 1))
                : Optional.empty();
    }

    @Override
    String space(Space space) {
        return space.continues() ? " `\n  " : " ";
    }

    @Override
    String constant(Word word, String program) {
        String text = word.text();
        return PROGRAMS.containsKey(text) ? PROGRAMS.getOrDefault(text, text) : quoted(text, program);
    }

    @Override
    String quoted(String value, String program) {
        boolean bare =
                READ_BY_CMD.matcher(value).find() && !BLANK.matcher(value).find();
        String text = bare && BATCH_FILES.containsKey(program) ? "\"" + value + "\"" : value;
        if (NOT_PRINTED.matcher(text).find()) {
            return escaped(text);
        }
        return SAFE.matcher(text).matches()
                ? text
                : "'" + SINGLE_QUOTES.matcher(text).replaceAll("$1$1") + "'";
    }

    @Override
    String quoted(Argument argument, Word word) {
        if (!argument.computed().isEmpty()) {
            return doubleQuoted(argument);
        }
        boolean bare = argument.open()
                && SAFE.matcher(argument.text().replaceAll("[<>]", "")).matches();
        return bare ? argument.text() : quoted(argument.text(), argument.program());
    }

    /** The whole is one quoted word: {@code --name='-x y'} would be one too, but looks like two. */
    @Override
    String tied(String option, String value, String program) {
        return quoted(option + "=" + value, program);
    }

    /** With a variable or another command's output in it, which cmd may not read either. */
    private String doubleQuoted(Argument argument) {
        String inner = BATCH_FILES.containsKey(argument.program()) && !isPlain(argument.computed()) ? "`\"" : "";
        StringBuilder out = new StringBuilder("\"").append(inner);
        for (Part part : argument.computed()) {
            if (part instanceof Text text) {
                out.append(text.text().replaceAll("([`$\"\\u201c\\u201d\\u201e])", "`$1"));
            } else if (part instanceof Variable variable) {
                out.append("${").append(variable.name()).append('}');
            } else if (part instanceof Substitution substitution) {
                out.append("$(").append(joined(substitution.command().tokens())).append(')');
            }
        }
        return out.append(inner).append('"').toString();
    }

    private boolean isPlain(List<Part> parts) {
        return parts.stream()
                .allMatch(part -> part instanceof Text text
                                && !READ_BY_CMD.matcher(text.text()).find()
                        || part instanceof Variable variable && plainVariables.contains(variable.name())
                        || part instanceof Substitution output
                                && PLAIN_OUTPUT
                                        .matcher(joined(output.command().tokens()))
                                        .find());
    }

    @Override
    Optional<String> refusal(String value, String program, boolean atStart) {
        String batchFile = BATCH_FILES.getOrDefault(program, "");
        if (value.contains("\"") || value.contains("%") && !batchFile.isEmpty()) {
            return Optional.of(
                    batchFile.isEmpty()
                            ? "Windows PowerShell does not pass on a \""
                            : batchFile + " cannot be given a \" or a %");
        }
        if (!batchFile.isEmpty() && (value.contains("\n") || value.contains("\r"))) {
            return Optional.of(batchFile + " cannot be given more than one line");
        }
        if (value.endsWith("\\")) {
            return Optional.of("a program on Windows takes a \\ at the end together with the quotation mark after it");
        }
        return super.refusal(value, program, atStart);
    }

    /** A double-quoted string, in which what does not print is written by its number. */
    private static String escaped(String value) {
        StringBuilder out = new StringBuilder("\"");
        value.codePoints().forEach(c -> {
            if (c == '\n') {
                out.append("`n");
            } else if (c == '\t') {
                out.append("`t");
            } else if ("`$\"\u201c\u201d\u201e".indexOf(c) >= 0) {
                out.append('`').appendCodePoint(c);
            } else if (NOT_PRINTED.matcher(Character.toString(c)).matches()) {
                out.append("$([char]").append(c).append(')');
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.append('"').toString();
    }
}
