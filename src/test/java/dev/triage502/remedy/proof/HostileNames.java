package dev.triage502.remedy.proof;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.ResourceId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A case whose resource groups and resources are called by names that a shell could take for something else. */
final class HostileNames {

    /** How a name is written; {@code ~} is what tells it from the others. */
    static final List<String> TEMPLATES = List.of(
            "rg-~(prod)",
            "~;touch X;",
            "~ && touch X",
            "@~",
            "-~",
            "--~",
            "it's ~",
            "say \"~\"",
            "two\nlines ~",
            "Größe ~ 東京 👾",
            "$(touch X)~",
            "`touch X`~",
            "${HOME}~",
            "~!x",
            "100%PATH%~",
            "^~^",
            "a|~|b",
            "<Z~>",
            "*~?",
            "{~,b}",
            "~\\",
            "#~");

    private static final Pattern TOKEN = Pattern.compile("zq\\d+qz");
    private static final Set<String> KEPT =
            Set.of("subscriptions", "providers", "sites", "privatednszones", "a", "aaaa", "cname", "dnszones");

    /** Names that Azure gives a meaning to. */
    private static final Set<String> RESERVED = Set.of("gatewaysubnet", "azurefirewallsubnet", "azurebastionsubnet");

    private final Map<String, String> tokens = new HashMap<>();
    private final String template;

    private HostileNames(String template) {
        this.template = template;
    }

    /** The case with its names written like this; every copy of a name becomes the same. */
    static RecordedCase of(RecordedCase incident, String template) {
        HostileNames names = new HostileNames(template);
        names.learn(new JsonPrimitive(incident.gateway().toString()));
        for (Source source : Source.values()) {
            incident.documents().get(source).toOptional().ifPresent(names::learn);
        }
        SourceDocuments renamed = SourceDocuments.none();
        for (Source source : Source.values()) {
            renamed = renamed.with(source, incident.documents().get(source).map(names::renamed));
        }
        return new RecordedCase(
                incident.id(),
                incident.title(),
                ResourceId.of(names.text(incident.gateway().toString())),
                incident.alertedAt(),
                incident.expected(),
                renamed);
    }

    /** What a command of the plain case has to become where names are written like this. */
    static String written(String plain, String template) {
        return TOKEN.matcher(plain).replaceAll(found -> Matcher.quoteReplacement(template.replace("~", found.group())));
    }

    private void learn(JsonElement element) {
        if (element instanceof JsonArray array) {
            array.forEach(this::learn);
        } else if (element instanceof JsonObject object) {
            object.entrySet().forEach(field -> learn(field.getValue()));
        } else if (element instanceof JsonPrimitive primitive && primitive.isString()) {
            String[] parts = primitive.getAsString().split("/", -1);
            if (parts.length < 3 || !parts[1].equalsIgnoreCase("subscriptions") || !parts[0].isEmpty()) {
                return;
            }
            for (int i = 3; i + 1 < parts.length; i += 2) {
                String name = parts[i + 1].toLowerCase(Locale.ROOT);
                if (!KEPT.contains(parts[i].toLowerCase(Locale.ROOT))
                        && !RESERVED.contains(name)
                        && name.length() > 2
                        && !name.contains(".")) {
                    tokens.computeIfAbsent(name, unused -> "zq" + tokens.size() + "qz");
                }
            }
        }
    }

    private JsonElement renamed(JsonElement element) {
        if (element instanceof JsonArray array) {
            JsonArray all = new JsonArray();
            array.forEach(each -> all.add(renamed(each)));
            return all;
        }
        if (element instanceof JsonObject object) {
            JsonObject all = new JsonObject();
            object.entrySet().forEach(field -> all.add(field.getKey(), renamed(field.getValue())));
            return all;
        }
        return element instanceof JsonPrimitive primitive && primitive.isString()
                ? new JsonPrimitive(text(primitive.getAsString()))
                : element;
    }

    private String text(String text) {
        if (!text.toLowerCase(Locale.ROOT).startsWith("/subscriptions/")) {
            return name(text);
        }
        String[] parts = text.split("/", -1);
        for (int i = 3; i + 1 < parts.length; i += 2) {
            if (!KEPT.contains(parts[i].toLowerCase(Locale.ROOT))) {
                parts[i + 1] = name(parts[i + 1]);
            }
        }
        return String.join("/", parts);
    }

    private String name(String name) {
        String token = tokens.get(name.toLowerCase(Locale.ROOT));
        return token == null ? name : template.replace("~", token);
    }
}
