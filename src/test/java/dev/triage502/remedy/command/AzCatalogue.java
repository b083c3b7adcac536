package dev.triage502.remedy.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which commands and options az has, as {@code azure/az-commands.json} lists them; its head says from where and when. */
public final class AzCatalogue {

    private static final Path LIST = Path.of("src/test/resources/azure/az-commands.json");

    /**
     * An option of a command.
     *
     * @param names   all names; the long one first where there is one
     * @param fewest  how many values it needs
     * @param most    how many it takes
     * @param allowed the values that it takes; empty where any
     * @param since   the version that brought it, where that is newer than the list
     */
    record Option(
            List<String> names,
            boolean required,
            boolean filledByIds,
            int fewest,
            int most,
            boolean yesOrNo,
            boolean number,
            boolean repeated,
            List<String> allowed,
            Optional<String> since,
            Optional<String> deprecated) {

        String name() {
            return names.stream()
                    .filter(each -> each.startsWith("--"))
                    .findFirst()
                    .orElse(names.isEmpty() ? "" : names.get(0));
        }
    }

    /** A command: its options by each of their names, and the extension that it comes with. */
    record Entry(
            Map<String, Option> byName,
            List<Option> options,
            Optional<String> extension,
            Optional<String> since,
            Optional<String> deprecated) {}

    private final Map<String, Entry> commands = new TreeMap<>();
    private final Set<String> beginnings = new HashSet<>();
    private final JsonObject exclusive;

    private AzCatalogue(JsonObject list) {
        JsonObject since = list.getAsJsonObject("since");
        JsonObject newer = list.getAsJsonObject("newer");
        List<Option> global = options("", list.getAsJsonArray("globalOptions"), since, false);
        exclusive = list.getAsJsonObject("exclusive");
        for (String part : List.of("commands", "extensions")) {
            for (Map.Entry<String, JsonElement> each :
                    list.getAsJsonObject(part).entrySet()) {
                JsonObject entry = each.getValue().getAsJsonObject();
                List<Option> options = options(each.getKey(), entry.getAsJsonArray("o"), since, false);
                if (newer.has(each.getKey())) {
                    options.addAll(options(each.getKey(), newer.getAsJsonArray(each.getKey()), since, true));
                }
                Map<String, Option> byName = new HashMap<>();
                options.forEach(option -> option.names().forEach(name -> byName.putIfAbsent(name, option)));
                global.forEach(option -> option.names().forEach(name -> byName.putIfAbsent(name, option)));
                if (entry.has("noSub")) {
                    byName.remove("--subscription");
                }
                commands.put(
                        each.getKey(),
                        new Entry(byName, options, text(entry, "extension"), Optional.empty(), text(entry, "dep")));
                String[] words = each.getKey().split(" ");
                for (int i = 1; i <= words.length; i++) {
                    beginnings.add(String.join(" ", List.of(words).subList(0, i)));
                }
            }
        }
    }

    /** The list in the test resources. */
    public static AzCatalogue read() {
        try {
            return new AzCatalogue(
                    JsonParser.parseString(Files.readString(LIST)).getAsJsonObject());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a command begins with these words. */
    boolean begins(String words) {
        return beginnings.contains(words);
    }

    Optional<Entry> command(String name) {
        return Optional.ofNullable(commands.get(name));
    }

    JsonArray exclusive(String name) {
        return exclusive.has(name) ? exclusive.getAsJsonArray(name) : new JsonArray();
    }

    private static List<Option> options(String command, JsonArray list, JsonObject since, boolean newer) {
        List<Option> options = new ArrayList<>();
        for (JsonElement each : list) {
            List<String> names = new ArrayList<>();
            JsonObject flags = new JsonObject();
            for (JsonElement part : each.getAsJsonArray()) {
                if (part instanceof JsonObject object) {
                    flags = object;
                } else {
                    names.add(part.getAsString());
                }
            }
            options.add(option(command, names, flags, since, newer));
        }
        return options;
    }

    private static Option option(
            String command, List<String> names, JsonObject flags, JsonObject since, boolean newer) {
        String n = text(flags, "n").orElse("1");
        int fixed = n.matches("\\d+") ? Integer.parseInt(n) : -1;
        List<String> allowed = new ArrayList<>();
        if (flags.has("c")) {
            flags.getAsJsonArray("c").forEach(each -> allowed.add(each.getAsString()));
        }
        Optional<String> version = names.stream()
                .map(name -> text(since, command + " " + name))
                .flatMap(Optional::stream)
                .findFirst();
        return new Option(
                names,
                flags.has("req"),
                flags.has("id"),
                fixed >= 0 ? fixed : n.equals("+") ? 1 : 0,
                fixed >= 0 ? fixed : n.equals("?") ? 1 : Integer.MAX_VALUE,
                flags.has("bool"),
                flags.has("int"),
                flags.has("append"),
                allowed,
                newer ? Optional.of(version.orElse("2.80.0")) : Optional.empty(),
                text(flags, "dep"));
    }

    private static Optional<String> text(JsonObject object, String name) {
        return object.has(name) && object.get(name).isJsonPrimitive()
                ? Optional.of(object.get(name).getAsString())
                : Optional.empty();
    }
}
