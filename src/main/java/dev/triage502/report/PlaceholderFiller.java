package dev.triage502.report;

import dev.triage502.redaction.PlainText;
import dev.triage502.report.CausePage.Condition;
import dev.triage502.report.shell.CommandTemplate;
import dev.triage502.report.shell.CommandValues;
import dev.triage502.report.shell.FilledCommand;
import dev.triage502.report.shell.Shell;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Puts names into a page's texts and commands. */
final class PlaceholderFiller {

    /** A placeholder: {@code {resource-group}}. Not {@code ${x}} of a shell nor {@code %{http_code}} of curl. */
    private static final Pattern PLACEHOLDER = Pattern.compile("(?<![$%])\\{([a-z][a-z0-9-]*)}");

    private static final Pattern BLANKS_OR_COMMAS = Pattern.compile("[\\s,]+");

    /** Placeholders whose value is several words, each an argument of its own. */
    private static final Set<String> LISTS = Set.of(
            "servers",
            "addresses",
            "prefixes",
            "ports",
            "names",
            "gateway-prefix",
            "member-ids",
            "pool-servers",
            "new-servers",
            "other-subnets",
            "dns-servers",
            "groups-with",
            "instance-ids",
            "stopped-ids",
            "deallocated-ids",
            "stopped-instance-ids",
            "deallocated-instance-ids",
            "new-pool-servers",
            "successors",
            "endpoints-with",
            "former-servers",
            "probe-status-codes",
            "roots-to-keep");

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
            Filled span = i % 2 == 1 ? command(spans[i]) : fill(spans[i]);
            text.append(i == 0 ? "" : "`").append(span.text());
            missing.addAll(span.missing());
        }
        return new Filled(text.toString(), List.copyOf(missing));
    }

    /** A command for bash. */
    Filled command(String template) {
        FilledCommand filled = command(template, Shell.BASH);
        return new Filled(filled.text(), filled.missing());
    }

    /** A command, each value of which the shell takes whole; {@link FilledCommand#text} is empty where it has no such command. */
    FilledCommand command(String template, Shell shell) {
        return CommandTemplate.parse(template).fill(new Words(), shell);
    }

    private final class Words implements CommandValues {
        @Override
        public List<String> words(String placeholder) {
            return PlaceholderFiller.this.words(placeholder);
        }

        @Override
        public boolean areOptions(String placeholder) {
            return isOptions(placeholder);
        }
    }

    /** By its name: what a step undoes is written with options that depend on what was there. */
    private static boolean isOptions(String name) {
        return !LISTS.contains(name) && (name.endsWith("-before") || name.endsWith("-options"));
    }

    private List<String> words(String name) {
        String value = values.getOrDefault(name, "");
        if (value.isBlank()) {
            return List.of();
        }
        if (isOptions(name)) {
            return value.lines().toList();
        }
        if (LISTS.contains(name)) {
            Stream<String> words = value.startsWith("/subscriptions/")
                    ? PlaceholderValues.ids(value)
                    : BLANKS_OR_COMMAS.splitAsStream(value.strip());
            return words.filter(word -> !word.isEmpty()).toList();
        }
        return List.of(ADDRESSES.matcher(value).matches() ? value.substring(0, value.indexOf(' ')) : value);
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

    private Filled fill(String template) {
        StringBuilder out = new StringBuilder();
        List<String> missing = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(template);
        int from = 0;
        while (matcher.find()) {
            String name = matcher.group(1);
            out.append(template, from, matcher.start());
            String value = values.getOrDefault(name, "");
            if (!value.isBlank()) {
                out.append(readable(name, plain(value)));
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

    private static String readable(String name, String value) {
        boolean list = LISTS.contains(name) || ADDRESSES.matcher(value).matches();
        return list ? value.replaceAll("[\\s,]+", ", ") : ReportPhrases.readable(value);
    }

    /** One line without control characters: a name must not move the cursor of the terminal it is shown on. */
    static String plain(String value) {
        return PlainText.line(value);
    }
}
