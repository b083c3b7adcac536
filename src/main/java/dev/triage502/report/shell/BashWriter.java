package dev.triage502.report.shell;

import dev.triage502.report.shell.Token.Part;
import dev.triage502.report.shell.Token.Space;
import dev.triage502.report.shell.Token.Substitution;
import dev.triage502.report.shell.Token.Text;
import dev.triage502.report.shell.Token.Variable;
import dev.triage502.report.shell.Token.Word;
import java.util.List;
import java.util.regex.Pattern;

/** Writes a command for bash, laid out as the page lays it out. */
final class BashWriter extends CommandWriter {

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");
    private static final Pattern NOT_PRINTED = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");

    BashWriter(CommandValues values) {
        super(values);
    }

    @Override
    String lines(CommandTemplate template) {
        return joined(template.tokens());
    }

    @Override
    String space(Space space) {
        return space.source();
    }

    @Override
    String constant(Word word, String program) {
        return word.source();
    }

    @Override
    String quoted(String value, String program) {
        if (NOT_PRINTED.matcher(value).find()) {
            return ansiQuoted(value);
        }
        return SAFE.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'";
    }

    @Override
    String tied(String option, String value, String program) {
        return option + "=" + quoted(value, program);
    }

    @Override
    String quoted(Argument argument, Word word) {
        if (!word.takesValues()) {
            return word.source();
        }
        if (!argument.computed().isEmpty()) {
            return doubleQuoted(argument);
        }
        String text = argument.text();
        boolean plain = !NOT_PRINTED.matcher(text).find();
        if (word.quote() == '"' && plain && !text.matches("(?s).*[\\\\\"$`!].*")) {
            return "\"" + text + "\"";
        }
        if (word.quote() == '\'' && plain) {
            return "'" + text.replace("'", "'\\''") + "'";
        }
        // An open placeholder stands bare, so that whoever forgets to replace it is stopped by the shell.
        String withoutOpen = argument.open() ? text.replaceAll("<[a-z][a-z0-9-]*>", "") : text;
        boolean safe = withoutOpen.isEmpty()
                ? argument.open()
                : SAFE.matcher(withoutOpen).matches();
        return safe ? text : quoted(text, argument.program());
    }

    /** With a variable or another command's output in it: double quotes, and everything else in them escaped. */
    private String doubleQuoted(Argument argument) {
        List<Part> parts = argument.computed();
        boolean assigns = parts.get(0) instanceof Text first && first.text().matches("[A-Za-z_]+=");
        StringBuilder out = new StringBuilder(assigns ? ((Text) parts.get(0)).text() : "").append('"');
        for (Part part : parts.subList(assigns ? 1 : 0, parts.size())) {
            if (part instanceof Text text) {
                // An exclamation mark in double quotes is history expansion on a prompt.
                out.append(text.text().replaceAll("([\\\\\"$`])", "\\\\$1").replace("!", "\"'!'\""));
            } else if (part instanceof Variable variable) {
                out.append("${").append(variable.name()).append('}');
            } else if (part instanceof Substitution substitution) {
                out.append("$(").append(joined(substitution.command().tokens())).append(')');
            }
        }
        return out.append('"').toString();
    }

    /** {@code $'…'}: what does not print, or would move the cursor, is written by its number. */
    private static String ansiQuoted(String value) {
        StringBuilder out = new StringBuilder("$'");
        value.codePoints().forEach(c -> {
            if (c == '\n') {
                out.append("\\n");
            } else if (c == '\t') {
                out.append("\\t");
            } else if (c == '\'' || c == '\\') {
                out.append('\\').appendCodePoint(c);
            } else if (NOT_PRINTED.matcher(Character.toString(c)).matches()) {
                out.append(
                        c < 0x80 ? String.format("\\x%02x", c) : String.format(c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.append('\'').toString();
    }
}
