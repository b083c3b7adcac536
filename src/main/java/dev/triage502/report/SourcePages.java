package dev.triage502.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * How does a person get at a source that could not be read? {@code sources/<id>.md} in the jar, a page per source.
 *
 * <p>As with {@link CausePages}, code holds no commands. {@code docs/pages.md} says how a page is written.
 */
public final class SourcePages {

    private static final String FENCE = "```";

    private final Function<String, Optional<String>> texts;
    private final Map<String, String> commands = new ConcurrentHashMap<>();

    /** Pages from elsewhere, for tests: the text of a page by its id. */
    SourcePages(Function<String, Optional<String>> texts) {
        this.texts = texts;
    }

    /** The pages that ship in the jar. */
    public static SourcePages bundled() {
        return new SourcePages(SourcePages::fromJar);
    }

    /**
     * The page's command with its placeholders, or an empty string where the page has none or there is no such page.
     *
     * @throws MalformedPage if the page has more than one fenced block, or one that does not end
     */
    String command(String id) {
        return commands.computeIfAbsent(
                id, key -> text(key).map(text -> fenced(key, text)).orElse(""));
    }

    /** The page as it is written, in Markdown; empty when there is none. */
    Optional<String> text(String id) {
        return id.matches("[a-z0-9-]+") ? texts.apply(id) : Optional.empty();
    }

    private static String fenced(String id, String text) {
        List<String> lines = text.lines().toList();
        List<Integer> fences = lines.stream()
                .filter(line -> line.startsWith(FENCE))
                .map(lines::indexOf)
                .toList();
        if (fences.isEmpty()) {
            return "";
        }
        int first = lines.indexOf(FENCE + "bash");
        int last = lines.lastIndexOf(FENCE);
        if (fences.size() != 2 || first < 0 || last < first) {
            throw new MalformedPage(id, "it has to have one block that is fenced as bash, or none");
        }
        return String.join("\n", lines.subList(first + 1, last)).strip();
    }

    private static Optional<String> fromJar(String id) {
        try (InputStream in = SourcePages.class.getResourceAsStream("/sources/" + id + ".md")) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
