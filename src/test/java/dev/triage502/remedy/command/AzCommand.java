package dev.triage502.remedy.command;

import dev.triage502.remedy.shell.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One az command with its options under their long names.
 *
 * @param name      the command: {@code network nsg rule create}
 * @param options   each option's values under the first of its long names; one without a value has an empty list
 * @param variables what the script has set before
 */
public record AzCommand(String name, Map<String, List<ShellWord>> options, Map<String, String> variables) {

    private static final Set<String> YES = Set.of("true", "t", "yes", "y", "1");

    public boolean has(String option) {
        return options.containsKey(option);
    }

    /** The only value of an option; empty where the option is not given. */
    public Optional<String> one(String option) {
        if (!has(option)) {
            return Optional.empty();
        }
        List<String> values = many(option);
        return Optional.of(values.isEmpty() ? "true" : values.get(0));
    }

    /** The value of an option that the command cannot do without. */
    public String required(String option) {
        return one(option).orElseThrow(() -> new IllegalStateException("az " + name + " without " + option));
    }

    /** The values of an option in their order. */
    public List<String> many(String option) {
        List<String> values = new ArrayList<>();
        for (ShellWord word : options.getOrDefault(option, List.of())) {
            values.add(word.text(variables).orElseThrow(() -> new NeedsFillingIn(word.display())));
        }
        return values;
    }

    /** The value of an option as it is printed: a file that a person names, which is told from others by that name. */
    public String opaque(String option) {
        return options.getOrDefault(option, List.of()).stream()
                .map(ShellWord::display)
                .findFirst()
                .orElse("");
    }

    /** A switch: given without a value it is on. */
    public Optional<Boolean> flag(String option) {
        return one(option).map(value -> YES.contains(value.toLowerCase(Locale.ROOT)));
    }

    public Optional<Integer> number(String option) {
        return one(option).map(Integer::valueOf);
    }

    /** The word {@code null} takes a value out; see az-cli.md, the table of empty strings. */
    public static boolean isNull(String value) {
        return value.equals("null");
    }
}
