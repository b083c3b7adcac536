package dev.triage502.report;

import dev.triage502.report.CausePage.Condition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts names into a page's texts and commands.
 *
 * <p>What is put in comes from Azure's documents, so from whoever may name things there, and a person will paste the
 * command into a shell: a value is quoted so that it stays one word and nothing in it is run.
 */
final class PlaceholderFiller {

    /** A placeholder: {@code {resource-group}}. Not {@code ${x}} of a shell nor {@code %{http_code}} of curl. */
    private static final Pattern PLACEHOLDER = Pattern.compile("(?<![$%])\\{([a-z][a-z0-9-]*)}");

    private static final Pattern SAFE_WORD = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");

    /** Placeholders whose value is several words, each an argument of its own. */
    private static final Set<String> LISTS =
            Set.of("servers", "addresses", "prefixes", "ports", "names", "gateway-prefix", "member-ids");

    /** Several addresses where one is asked for: a command gets the first. */
    private static final Pattern ADDRESSES = Pattern.compile(
            "(ADDRESS)( (ADDRESS))+".replace("ADDRESS", "\\d+(?:\\.\\d+){3}(?:/\\d+)?|[0-9a-f]*:[0-9a-f:]*(?:/\\d+)?"));

    private final Map<String, String> values;

    PlaceholderFiller(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** A text with its names in, and the placeholders that no value was known for: they stand in angle brackets. */
    record Filled(String text, List<String> missing) {
        Filled {
            missing = List.copyOf(missing);
        }
    }

    /** The names of all placeholders in a text. */
    static Set<String> placeholders(String text) {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** A sentence; what stands between backticks in it is a command. */
    Filled prose(String template) {
        StringBuilder text = new StringBuilder();
        Set<String> missing = new LinkedHashSet<>();
        String[] spans = template.split("`", -1);
        for (int i = 0; i < spans.length; i++) {
            Filled span = i % 2 == 1
                    ? command(spans[i])
                    : fill(spans[i], (name, value, before) -> readable(name, plain(value)));
            text.append(i == 0 ? "" : "`").append(span.text());
            missing.addAll(span.missing());
        }
        return new Filled(text.toString(), List.copyOf(missing));
    }

    Filled command(String template) {
        return fill(template, (name, value, before) -> quoted(name, value, quoteOpenAfter(before)));
    }

    boolean knowsAll(String template) {
        return placeholders(template).stream().allMatch(this::knows);
    }

    boolean knows(String name) {
        return !values.getOrDefault(name, "").isBlank();
    }

    boolean holds(Condition condition) {
        return condition.equalTo().isEmpty()
                ? knows(condition.name())
                : values.getOrDefault(condition.name(), "").equalsIgnoreCase(condition.equalTo());
    }

    private interface Writer {
        String write(String name, String value, String before);
    }

    private Filled fill(String template, Writer writer) {
        StringBuilder out = new StringBuilder();
        List<String> missing = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(template);
        int from = 0;
        while (matcher.find()) {
            String name = matcher.group(1);
            out.append(template, from, matcher.start());
            String value = values.getOrDefault(name, "");
            if (!value.isBlank()) {
                out.append(writer.write(name, value, template.substring(0, matcher.start())));
            } else {
                out.append('<').append(name).append('>');
                if (!missing.contains(name)) {
                    missing.add(name);
                }
            }
            from = matcher.end();
        }
        return new Filled(out.append(template.substring(from)).toString(), missing);
    }

    /**
     * The quotation mark that a command has open at its end: {@code '}, {@code "}, or a blank for none. Inside {@code $( )}
     * the shell begins anew: what stands there in double quotes outside is not quoted inside.
     */
    private static char quoteOpenAfter(String before) {
        Deque<Character> outer = new ArrayDeque<>();
        char open = ' ';
        for (int i = 0; i < before.length(); i++) {
            char c = before.charAt(i);
            if (c == '\\' && open != '\'') {
                i++;
            } else if (open != '\'' && before.startsWith("$(", i)) {
                outer.push(open);
                open = ' ';
                i++;
            } else if (open == ' ' && c == ')' && !outer.isEmpty()) {
                open = outer.pop();
            } else if (open == ' ' && (c == '\'' || c == '"')) {
                open = c;
            } else if (c == open) {
                open = ' ';
            }
        }
        return open;
    }

    private static String readable(String name, String value) {
        boolean list = LISTS.contains(name) || ADDRESSES.matcher(value).matches();
        return list ? value.replaceAll("[\\s,]+", ", ") : ReportPhrases.readable(value);
    }

    private static String quoted(String name, String value, char open) {
        String plain = plain(value);
        if (open == '\'') {
            return plain.replace("'", "'\\''");
        }
        if (open == '"') {
            return plain.replaceAll("([\\\\\"$`])", "\\\\$1").replace("!", "\"'!'\"");
        }
        if (LISTS.contains(name)) {
            return String.join(
                    " ",
                    Pattern.compile("[\\s,]+")
                            .splitAsStream(plain)
                            .map(PlaceholderFiller::word)
                            .toList());
        }
        return word(ADDRESSES.matcher(plain).matches() ? plain.substring(0, plain.indexOf(' ')) : plain);
    }

    private static String word(String text) {
        return SAFE_WORD.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** One line without control characters: a name must not move the cursor of the terminal it is shown on. */
    static String plain(String value) {
        return value.replaceAll("\\s+", " ").replaceAll("[\\p{Cc}\\p{Cf}]", "").strip();
    }
}
