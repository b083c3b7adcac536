package dev.triage502.report.html;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.json.JsonTree;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.report.html.PageView.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which words of a sentence are names from the configuration? They are set in another face. Known are those of the targets
 * of the path and of changes; one that could be a usual word, such as {@code images}, stays as it is.
 */
final class KnownNames {

    private static final Pattern UNUSUAL = Pattern.compile("(?=.*[-_.\\d])[\\p{L}\\p{N}][\\w.-]{2,}");

    /** What a name may be: a full stop at its end ends the sentence. */
    private static final Pattern WORD = Pattern.compile("(?<![\\w.-])\\w(?:[\\w.-]*\\w)?(?![\\w-])");

    private final Set<String> names;

    private KnownNames(Set<String> names) {
        this.names = names;
    }

    static KnownNames of(DiagnosisDocument document) {
        JsonObject json = document.json();
        Set<String> names = new HashSet<>();
        names.add(document.gateway().substring(document.gateway().lastIndexOf('/') + 1));
        Stream.concat(Stream.of(JsonTree.object(json, "rootCause")), JsonTree.objects(json, "contributing").stream())
                .flatMap(cause -> Stream.concat(
                        Stream.of(JsonTree.object(cause, "target")), JsonTree.objects(cause, "alsoAt").stream()))
                .forEach(target -> addTarget(names, target));
        JsonTree.objects(JsonTree.object(json, "path"), "hops").stream()
                .filter(hop -> !JsonTree.text(hop, "kind").equals("Client"))
                .flatMap(hop -> Arrays.stream(JsonTree.text(hop, "name").split(", ")))
                .forEach(names::add);
        JsonTree.objects(json, "changes").stream()
                .map(change -> JsonTree.text(change, "resource"))
                .map(id -> id.substring(id.lastIndexOf('/') + 1))
                .forEach(names::add);
        names.removeIf(name -> !UNUSUAL.matcher(name).matches());
        return new KnownNames(names);
    }

    private static void addTarget(Set<String> names, JsonObject target) {
        names.add(JsonTree.text(target, "name"));
        JsonTree.object(target, "on").entrySet().stream()
                .map(Map.Entry::getValue)
                .filter(JsonElement::isJsonPrimitive)
                .map(JsonElement::getAsString)
                .forEach(names::add);
    }

    /** The text with its names, and with what stands between backticks, as code. */
    List<Span> spans(String text) {
        List<Span> all = new ArrayList<>();
        for (Span span : PageViewWriter.spans(text)) {
            if (span.isCode()) {
                all.add(span);
            } else {
                addSpans(all, span.text());
            }
        }
        return all;
    }

    private void addSpans(List<Span> all, String text) {
        Matcher word = WORD.matcher(text);
        int from = 0;
        while (word.find()) {
            if (names.contains(word.group())) {
                if (word.start() > from) {
                    all.add(new Span(text.substring(from, word.start()), false));
                }
                all.add(new Span(word.group(), true));
                from = word.end();
            }
        }
        if (from < text.length()) {
            all.add(new Span(text.substring(from), false));
        }
    }
}
