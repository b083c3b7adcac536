package dev.triage502.report.shell;

import dev.triage502.redaction.SecretRedaction;
import dev.triage502.report.shell.Token.LineEnd;
import dev.triage502.report.shell.Token.Operator;
import dev.triage502.report.shell.Token.Part;
import dev.triage502.report.shell.Token.Placeholder;
import dev.triage502.report.shell.Token.Space;
import dev.triage502.report.shell.Token.Text;
import dev.triage502.report.shell.Token.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes a command for one shell: what the two have in common. */
abstract class CommandWriter {

    private final CommandValues values;
    private final Set<String> missing = new LinkedHashSet<>();
    private final Map<String, String> refused = new LinkedHashMap<>();

    CommandWriter(CommandValues values) {
        this.values = values;
    }

    FilledCommand write(CommandTemplate template) {
        String text = lines(template);
        return text.isEmpty() ? FilledCommand.NONE : new FilledCommand(text, List.copyOf(missing), refused);
    }

    /** The lines of a template; empty where this shell cannot say it. */
    abstract String lines(CommandTemplate template);

    /** The tokens as text, one after the other. */
    final String joined(List<Token> tokens) {
        List<String> out = new ArrayList<>();
        String program = "";
        String option = "";
        for (Token token : tokens) {
            if (token instanceof Space space) {
                out.add(space(space));
            } else if (token instanceof LineEnd) {
                out.add("\n");
                program = "";
                option = "";
            } else if (token instanceof Operator operator) {
                out.add(operator.source());
                program = operator.source().contains(">") || operator.source().contains("<") ? program : "";
            } else if (token instanceof Word word) {
                program = program.isEmpty() ? word.text() : program;
                add(out, word, program, option);
                option = word.isConstant() && word.text().startsWith("--") ? word.text() : "";
            }
        }
        return String.join("", out);
    }

    private void add(List<String> out, Word word, String program, String option) {
        if (word.isConstant()) {
            out.add(constant(word, program));
            return;
        }
        if (word.parts().size() == 1 && word.parts().get(0) instanceof Placeholder only && word.quote() == ' ') {
            List<String> words = values.words(only.name());
            if (!words.isEmpty() && values.areOptions(only.name())) {
                out.add(options(only.name(), words, program));
                return;
            }
            if (words.size() > 1) {
                out.add(listed(only.name(), words, program));
                return;
            }
        }
        Argument argument = argument(word, program, option);
        boolean takenForAnOption = argument.startsWithValue() && argument.text().startsWith("-");
        if (!takenForAnOption || option.isEmpty()) {
            out.add(quoted(argument, word));
        } else if (argument.computed().isEmpty()) {
            out.subList(out.size() - 2, out.size()).clear();
            out.add(tied(option, argument.text(), program));
        } else {
            out.set(out.size() - 1, "=");
            out.add(quoted(argument, word));
        }
    }

    /** Several arguments in a row; one that would be taken for an option or a file spoils the list. */
    private String listed(String name, List<String> words, String program) {
        for (String each : words) {
            Optional<String> reason =
                    each.startsWith("-") ? Optional.of("a value in it begins with -") : refusal(each, program, false);
            if (reason.isPresent()) {
                return refuse(name, reason.get());
            }
        }
        return String.join(
                " ", words.stream().map(each -> quoted(each, program)).toList());
    }

    /** Options and their values; a value that begins with a dash is tied to its option. */
    private String options(String name, List<String> words, String program) {
        List<String> out = new ArrayList<>();
        String before = "";
        for (String word : words) {
            boolean option = word.startsWith("--");
            String value = option ? word : word.substring(1);
            boolean tied = !option && value.startsWith("-");
            Optional<String> reason = option ? Optional.empty() : refusal(value, program, true);
            boolean afterTied = !option && before.startsWith("=-");
            if (tied && !before.startsWith("--") || afterTied) {
                reason = Optional.of("a value in it begins with -");
            }
            if (reason.isPresent()) {
                return refuse(name, reason.get());
            }
            if (tied) {
                out.set(out.size() - 1, tied(before, value, program));
            } else {
                out.add(option ? word : quoted(value, program));
            }
            before = word;
        }
        return String.join(" ", out);
    }

    /**
     * One argument with its values in.
     *
     * @param startsWithValue whether a value stands at its beginning, where a dash or an @ would mean something
     * @param open            whether a placeholder is left in it
     */
    record Argument(String text, List<Part> computed, boolean startsWithValue, boolean open, String program) {}

    private Argument argument(Word word, String program, String option) {
        StringBuilder text = new StringBuilder();
        boolean startsWithValue = false;
        boolean open = false;
        String begun = word.parts().get(0) instanceof Text first ? first.text() : "";
        InnerLanguage language = InnerLanguage.of(option, begun);
        List<Part> computed = new ArrayList<>();
        for (Part part : word.parts()) {
            if (part instanceof Placeholder placeholder) {
                boolean atStart = text.isEmpty() && computed.isEmpty();
                List<String> words = values.words(placeholder.name());
                String value = words.isEmpty() ? "" : words.get(0);
                Optional<String> reason = value.isEmpty() ? Optional.empty() : refusal(value, program, atStart);
                if (atStart && value.startsWith("-") && option.isEmpty()) {
                    reason = Optional.of("it begins with -");
                }
                if (value.isEmpty() || reason.isPresent()) {
                    open = true;
                    String shown =
                            reason.isPresent() ? refuse(placeholder.name(), reason.get()) : lacking(placeholder.name());
                    text.append(shown);
                    computed.add(new Text(shown));
                } else {
                    startsWithValue |= atStart;
                    String escaped = language.escaped(value, language.openAfter(text.toString()));
                    text.append(escaped);
                    computed.add(new Text(escaped));
                }
            } else {
                text.append(part instanceof Text constant ? constant.text() : "");
                computed.add(part);
            }
        }
        return new Argument(text.toString(), word.isComputed() ? computed : List.of(), startsWithValue, open, program);
    }

    private String lacking(String name) {
        missing.add(name);
        return "<" + name + ">";
    }

    private String refuse(String name, String reason) {
        refused.put(name, reason);
        return lacking(name);
    }

    /** Why a program cannot be given this value at all, if it cannot. {@code atStart}: it stands at the argument's beginning. */
    Optional<String> refusal(String value, String program, boolean atStart) {
        // A lone @ is the name of a zone's own record, and is taken as it is.
        if (program.equals("az") && value.startsWith("@") && value.length() > 1 && atStart) {
            return Optional.of("az reads a file where a value begins with @");
        }
        return SecretRedaction.of(value).equals(value)
                ? Optional.empty()
                : Optional.of("it holds a secret, which is not shown here");
    }

    /** An option and a value that begins with a dash, so that it is not taken for another option. */
    abstract String tied(String option, String value, String program);

    abstract String space(Space space);

    abstract String constant(Word word, String program);

    abstract String quoted(String value, String program);

    abstract String quoted(Argument argument, Word word);
}
