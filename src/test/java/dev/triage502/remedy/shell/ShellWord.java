package dev.triage502.remedy.shell;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One word of a command: what stands in it literally, and what bash or a person has to fill in. */
public record ShellWord(List<Part> parts) {

    private static final Pattern PLACEHOLDER = Pattern.compile("<([a-z][a-z0-9-]*)>");

    /** A piece of a word. */
    public sealed interface Part {}

    /** Text that bash takes as it stands. */
    public record Literal(String text) implements Part {}

    /** {@code $name}: empty until something sets it. */
    public record Variable(String name) implements Part {}

    /** {@code $(…)}: what a command prints. */
    public record Substitution(ShellScript script) implements Part {}

    /** {@code <name>}: a person has to put the value here. */
    public record Placeholder(String name) implements Part {}

    public ShellWord {
        parts = List.copyOf(parts);
    }

    static ShellWord literal(String text) {
        return new ShellWord(List.of(new Literal(text)));
    }

    /** The word, if nothing in it has to be filled in or is known only when it runs. */
    public Optional<String> text() {
        return text(Map.of());
    }

    /** The word, where these variables are set. */
    public Optional<String> text(Map<String, String> variables) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Literal literal
                    && !PLACEHOLDER.matcher(literal.text()).find()) {
                text.append(literal.text());
            } else if (part instanceof Variable variable && variables.containsKey(variable.name())) {
                text.append(variables.get(variable.name()));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(text.toString());
    }

    /** What a person has to fill in, within quotes too. */
    public List<String> placeholders() {
        return List.copyOf(new TreeSet<>(parts.stream()
                .flatMap(part -> {
                    if (part instanceof Placeholder placeholder) {
                        return Stream.of(placeholder.name());
                    }
                    if (part instanceof Substitution substitution) {
                        return substitution.script().placeholders().stream();
                    }
                    return part instanceof Literal literal
                            ? PLACEHOLDER.matcher(literal.text()).results().map(found -> found.group(1))
                            : Stream.of();
                })
                .toList()));
    }

    /** The word for a message: {@code $(…)} stands for a substitution. */
    public String display() {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Literal literal) {
                text.append(literal.text());
            } else if (part instanceof Variable variable) {
                text.append('$').append(variable.name());
            } else if (part instanceof Placeholder placeholder) {
                text.append('<').append(placeholder.name()).append('>');
            } else {
                text.append("$(…)");
            }
        }
        return text.toString();
    }

    Stream<ShellScript> substitutions() {
        return parts.stream().filter(Substitution.class::isInstance).map(part -> ((Substitution) part).script());
    }

    /** The placeholders that a text names. */
    public static List<String> placeholdersIn(String text) {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .distinct()
                .toList();
    }
}
