package dev.triage502.report.html;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.triage502.evidence.Source;
import dev.triage502.json.JsonTree;
import dev.triage502.report.DiagnosisDocument;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parts of archived evidence that the facts behind a diagnosis were read from: for each fact the smallest object that has
 * most of the names and addresses in its sentence. It is what the archive has, so people and clients are named as there.
 */
public final class EvidenceExcerpts {

    private static final Gson PRETTY =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private static final int MOST_FACTS = 12;
    private static final int MOST_LINES = 24;
    private static final int LONGEST_LINE = 160;

    /** Larger objects show too little of what is meant. */
    private static final int LARGEST = 6_000;

    private final Map<String, Excerpt> byFact;

    private EvidenceExcerpts(Map<String, Excerpt> byFact) {
        this.byFact = byFact;
    }

    /** A part of one file of the evidence. */
    public record Excerpt(String file, String text) {}

    /** Of a page without evidence. */
    public static EvidenceExcerpts none() {
        return new EvidenceExcerpts(Map.of());
    }

    /**
     * The excerpts for the facts behind the cause and behind other problems.
     *
     * @param files the archived evidence, the text of each file by its name, already redacted
     */
    public static EvidenceExcerpts of(DiagnosisDocument document, Map<String, String> files) {
        Map<String, Optional<JsonElement>> parsed = new HashMap<>();
        Map<String, Excerpt> found = new HashMap<>();
        Set<String> cited = cited(document.json());
        for (JsonObject fact : JsonTree.objects(document.json(), "evidence")) {
            String id = JsonTree.text(fact, "id");
            if (!cited.contains(id)) {
                continue;
            }
            Source.withId(JsonTree.text(fact, "source"))
                    .map(Source::fileName)
                    .ifPresent(file -> parsed.computeIfAbsent(file, name -> parse(files.getOrDefault(name, "")))
                            .flatMap(json -> part(json, JsonTree.text(fact, "text")))
                            .ifPresent(part -> found.put(id, new Excerpt(file, shown(part)))));
        }
        return new EvidenceExcerpts(found);
    }

    /** The part behind a fact, by the fact's id. */
    Optional<Excerpt> of(String id) {
        return Optional.ofNullable(byFact.get(id));
    }

    private static Set<String> cited(JsonObject json) {
        return Stream.concat(
                        Stream.of(JsonTree.object(json, "rootCause")), JsonTree.objects(json, "contributing").stream())
                .flatMap(cause -> Stream.concat(
                        JsonTree.texts(cause, "evidence").stream(), JsonTree.texts(cause, "against").stream()))
                .limit(MOST_FACTS)
                .collect(Collectors.toSet());
    }

    private static Optional<JsonElement> parse(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(JsonParser.parseString(text));
        } catch (JsonParseException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<JsonObject> part(JsonElement json, String fact) {
        Set<String> names = names(fact);
        return names.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(new Search(names).seen(json).found().object());
    }

    /** The words of a sentence that name something: with a digit, a dot, a hyphen or a capital inside. */
    static Set<String> names(String fact) {
        Set<String> names = new LinkedHashSet<>();
        for (String word : fact.split("[\\s,;()\"'`→]+")) {
            String bare = word.replaceAll("^[^\\w]+|[^\\w]+$", "");
            boolean isName = bare.length() > 2 && bare.substring(1).matches(".*[\\d.\\-_A-Z].*");
            if (isName) {
                names.add(bare.toLowerCase(Locale.ROOT));
                int port = bare.lastIndexOf(':');
                if (port > 0) {
                    names.add(bare.substring(0, port).toLowerCase(Locale.ROOT));
                }
            }
        }
        return names;
    }

    /** What a part of the document has: the names in it, its size, and the best object so far. */
    private record Seen(Set<String> names, int size, Best found) {}

    /** An object with its score. */
    private record Best(@Nullable JsonObject object, int names, int size) {

        static final Best NONE = new Best(null, 0, 0);

        Best or(Best other) {
            return other.score() > score() ? other : this;
        }

        /** A name more is worth so many characters more. */
        private double score() {
            return object == null ? Double.NEGATIVE_INFINITY : names - size / 1000.0;
        }
    }

    private record Search(Set<String> names) {

        Seen seen(JsonElement json) {
            if (json instanceof JsonObject object) {
                Seen whole =
                        all(object.entrySet().stream().map(Map.Entry::getValue).toList());
                Best self = new Best(object, whole.names().size(), whole.size());
                boolean fits = whole.size() <= LARGEST && !whole.names().isEmpty();
                return new Seen(
                        whole.names(), whole.size() + 2, fits ? whole.found().or(self) : whole.found());
            }
            if (json.isJsonArray()) {
                return all(json.getAsJsonArray());
            }
            String text = json.isJsonNull() ? "" : json.getAsString();
            String value = text.toLowerCase(Locale.ROOT);
            Set<String> here = new HashSet<>();
            for (String name : names) {
                if (value.equals(name) || value.endsWith("/" + name) || value.length() < 400 && value.contains(name)) {
                    here.add(name);
                }
            }
            return new Seen(here, text.length() + 12, Best.NONE);
        }

        private Seen all(Iterable<JsonElement> parts) {
            Set<String> together = new HashSet<>();
            int size = 0;
            Best best = Best.NONE;
            for (JsonElement part : parts) {
                Seen seen = seen(part);
                together.addAll(seen.names());
                size += seen.size();
                best = best.or(seen.found());
            }
            return new Seen(together, size, best);
        }
    }

    private static String shown(JsonObject part) {
        List<String> lines = PRETTY.toJson(part).lines().toList();
        String begun = lines.stream()
                .limit(MOST_LINES)
                .map(line -> line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE - 1) + "…")
                .collect(Collectors.joining("\n"));
        return lines.size() <= MOST_LINES ? begun : begun + "\n…";
    }
}
