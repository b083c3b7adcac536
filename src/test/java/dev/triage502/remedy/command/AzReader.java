package dev.triage502.remedy.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import dev.triage502.remedy.command.AzCatalogue.Entry;
import dev.triage502.remedy.command.AzCatalogue.Option;
import dev.triage502.remedy.command.AzProblem.Kind;
import dev.triage502.remedy.shell.ShellCommand;
import dev.triage502.remedy.shell.ShellWord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the words of an az command as az does, and says what az would not take. */
public final class AzReader {

    private static final Set<String> BOOLEANS =
            Set.of("true", "t", "yes", "y", "1", "false", "f", "no", "n", "0", "null");
    private static final Pattern NUMBER = Pattern.compile("-\\d+(?:\\.\\d+)?");

    /** What became of a command: itself, unless there is no such command, and what is wrong with it. */
    public record Read(Optional<AzCommand> command, List<AzProblem> problems) {
        public Read {
            problems = List.copyOf(problems);
        }
    }

    private final AzCatalogue catalogue;

    public AzReader(AzCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** An az command, where these variables are set. */
    public Read read(ShellCommand command, Map<String, String> variables) {
        List<ShellWord> words = command.words().subList(1, command.words().size());
        List<String> name = new ArrayList<>();
        while (name.size() < words.size()) {
            String next = words.get(name.size()).text().orElse("");
            String longer = name.isEmpty() ? next : String.join(" ", name) + " " + next;
            if (next.isEmpty() || next.startsWith("-") || !catalogue.begins(longer)) {
                break;
            }
            name.add(next);
        }
        String full = String.join(" ", name);
        Optional<Entry> entry = catalogue.command(full);
        if (entry.isEmpty()) {
            String asked = words.stream()
                    .map(ShellWord::display)
                    .takeWhile(word -> !word.startsWith("-"))
                    .collect(Collectors.joining(" "));
            return new Read(Optional.empty(), List.of(AzProblem.of(Kind.UNKNOWN_COMMAND, "no command az " + asked)));
        }
        return new Options(full, entry.get(), words.subList(name.size(), words.size()), variables).read();
    }

    private final class Options {
        private final String name;
        private final Entry entry;
        private final List<ShellWord> words;
        private final Map<String, String> variables;
        private final List<AzProblem> problems = new ArrayList<>();
        private final Map<String, List<ShellWord>> found = new LinkedHashMap<>();
        private int at;

        Options(String name, Entry entry, List<ShellWord> words, Map<String, String> variables) {
            this.name = name;
            this.entry = entry;
            this.words = words;
            this.variables = variables;
        }

        Read read() {
            entry.extension()
                    .ifPresent(each -> problems.add(
                            new AzProblem(Kind.NEEDS_EXTENSION, "az " + name + " is in the extension " + each, each)));
            entry.deprecated().ifPresent(by -> problem(Kind.DEPRECATED, "az " + name + " is deprecated: " + by));
            while (at < words.size()) {
                String word = words.get(at).display();
                if (isOption(word)) {
                    at++;
                    option(word);
                } else {
                    problem(Kind.WRONG_VALUE, "az " + name + ": \"" + word + "\" belongs to no option");
                    at++;
                }
            }
            missing();
            exclusive();
            if (name.equals("network watcher test-connectivity") && isOfGateway("--source-resource")) {
                problem(
                        Kind.WRONG_VALUE,
                        "az " + name + " takes a virtual machine as its source, not a gateway (az-cli.md, Others)");
            }
            return new Read(Optional.of(new AzCommand(name, found, variables)), problems);
        }

        private void option(String word) {
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String asked = equals < 0 ? word : word.substring(0, equals);
            Option exact = entry.byName().get(asked);
            Option option = exact == null ? abbreviated(asked) : exact;
            if (option == null) {
                problem(Kind.UNKNOWN_OPTION, "az " + name + " has no option " + asked);
                while (at < words.size() && !isOption(words.get(at).display())) {
                    at++;
                }
                return;
            }
            option.since()
                    .ifPresent(version -> problems.add(new AzProblem(
                            Kind.NEEDS_VERSION, "az " + name + " " + asked + " came with " + version, version)));
            option.deprecated().ifPresent(by -> problem(Kind.DEPRECATED, asked + " is deprecated: " + by));
            if (found.containsKey(option.name()) && !option.repeated()) {
                problem(Kind.WRONG_VALUE, "az " + name + " " + asked + " is given twice; the last one counts");
            }
            List<ShellWord> values = new ArrayList<>();
            if (equals >= 0) {
                values.add(afterEquals(words.get(at - 1), equals));
            }
            while (equals < 0
                    && at < words.size()
                    && values.size() < option.most()
                    && !isOption(words.get(at).display())) {
                values.add(words.get(at++));
            }
            if (values.size() < option.fewest()) {
                problem(Kind.WRONG_VALUE, "az " + name + " " + asked + " needs a value");
            }
            values.forEach(value -> check(option, asked, value));
            found.put(option.name(), values);
        }

        /** The only option that begins so: az takes it, until another one begins so too. */
        private @Nullable Option abbreviated(String asked) {
            List<Option> begun = entry.byName().entrySet().stream()
                    .filter(each -> asked.startsWith("--") && each.getKey().startsWith(asked))
                    .map(Map.Entry::getValue)
                    .distinct()
                    .toList();
            if (begun.size() != 1) {
                return null;
            }
            problem(
                    Kind.ABBREVIATED,
                    asked + " is an abbreviation of " + begun.get(0).name());
            return begun.get(0);
        }

        private ShellWord afterEquals(ShellWord word, int equals) {
            List<ShellWord.Part> parts = new ArrayList<>(word.parts());
            if (parts.get(0) instanceof ShellWord.Literal first) {
                parts.set(0, new ShellWord.Literal(first.text().substring(equals + 1)));
            }
            return new ShellWord(parts);
        }

        private void check(Option option, String asked, ShellWord word) {
            String value = word.text(variables).orElse("");
            if (word.text(variables).isEmpty()) {
                return;
            }
            String lower = value.toLowerCase(Locale.ROOT);
            if (option.yesOrNo() && !BOOLEANS.contains(lower)) {
                problem(Kind.WRONG_VALUE, "az " + name + " " + asked + " is true or false, not \"" + value + "\"");
            }
            if (!option.allowed().isEmpty()
                    && !value.equals("null")
                    && option.allowed().stream().noneMatch(each -> each.equalsIgnoreCase(value))) {
                problem(
                        Kind.WRONG_VALUE,
                        "az " + name + " " + asked + ": \"" + value + "\" is none of "
                                + String.join(", ", option.allowed()));
            }
            if (option.number() && !value.matches("-?\\d+")) {
                problem(Kind.WRONG_VALUE, "az " + name + " " + asked + ": \"" + value + "\" is no whole number");
            }
            if (value.startsWith("@") && value.length() > 1) {
                problem(Kind.WRONG_VALUE, "az " + name + " " + asked + ": az reads a file where a value begins with @");
            }
        }

        private void missing() {
            boolean byIds = found.containsKey("--ids");
            for (Option option : entry.options()) {
                if (option.required()
                        && !option.names().isEmpty()
                        && !found.containsKey(option.name())
                        && !(byIds && option.filledByIds())) {
                    problem(Kind.MISSING_OPTION, "az " + name + " lacks " + option.name());
                }
            }
        }

        private void exclusive() {
            for (JsonElement each : catalogue.exclusive(name)) {
                each.getAsJsonObject().entrySet().forEach(rule -> {
                    JsonArray wanted = rule.getValue().getAsJsonArray();
                    int given = 0;
                    for (JsonElement one : wanted) {
                        given += given(one) ? 1 : 0;
                    }
                    boolean wrong = switch (rule.getKey()) {
                        case "exactlyOneOf" -> given != 1;
                        case "atMostOneOf" -> given > 1;
                        default -> given(wanted.get(0)) && !given(wanted.get(1));
                    };
                    if (wrong) {
                        problem(Kind.WRONG_VALUE, "az " + name + ": " + rule.getKey() + " " + wanted);
                    }
                });
            }
        }

        private boolean isOfGateway(String option) {
            return found.getOrDefault(option, List.of()).stream()
                    .map(ShellWord::display)
                    .anyMatch(value -> value.contains("gateway") || value.contains("applicationGateways"));
        }

        private boolean given(JsonElement wanted) {
            if (wanted instanceof JsonArray all) {
                for (JsonElement each : all) {
                    if (!given(each)) {
                        return false;
                    }
                }
                return true;
            }
            Option option = entry.byName().get(wanted.getAsString());
            return option != null && found.containsKey(option.name());
        }

        private boolean isOption(String word) {
            return word.startsWith("-")
                    && word.length() > 1
                    && !NUMBER.matcher(word).matches();
        }

        private void problem(Kind kind, String text) {
            problems.add(AzProblem.of(kind, text));
        }
    }
}
