package dev.triage502.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How does a person get at a source that could not be read? {@code sources/<id>.md} in the jar, a page per source.
 *
 * <p>As with {@link CausePages}, code holds no commands. {@code docs/pages.md} says how a page is written.
 */
public final class SourcePages {

    private static final String FENCE = "```";
    private static final String UNDO = "Undo: ";
    private static final Pattern EFFECT = Pattern.compile("\\[([a-z]+)] (.*)");

    private final Function<String, Optional<String>> texts;
    private final Map<String, SourcePage> pages = new ConcurrentHashMap<>();

    /** Pages from elsewhere, for tests: the text of a page by its id. */
    SourcePages(Function<String, Optional<String>> texts) {
        this.texts = texts;
    }

    /** The pages that ship in the jar. */
    public static SourcePages bundled() {
        return new SourcePages(SourcePages::fromJar);
    }

    /**
     * One page, its placeholders not filled in.
     *
     * @param effect  what the command does
     * @param text    what the command shows and what it needs; empty where there is no such page
     * @param command empty where the page has none
     * @param undo    how to take the command back; empty for one that only reads
     */
    record SourcePage(StepEffect effect, String text, String command, String undo) {

        private static final SourcePage NONE = new SourcePage(StepEffect.READS, "", "", "");
    }

    /**
     * The page with this id, or an empty one where there is none.
     *
     * @throws MalformedPage if it has more than one fenced block or one that does not end, an effect that is not known, or a
     *     change without an undo
     */
    SourcePage page(String id) {
        return pages.computeIfAbsent(
                id, key -> text(key).map(text -> parse(key, text)).orElse(SourcePage.NONE));
    }

    /** The page as it is written, in Markdown; empty when there is none. */
    Optional<String> text(String id) {
        return id.matches("[a-z0-9-]+") ? texts.apply(id) : Optional.empty();
    }

    private static SourcePage parse(String id, String page) {
        List<String> lines = page.lines().toList();
        String text = "";
        String undo = "";
        for (String paragraph : String.join("\n", unfenced(lines)).split("\\n\\s*\\n", -1)) {
            String flow = paragraph.strip().replaceAll("\\s+", " ");
            if (flow.startsWith(UNDO)) {
                undo = flow.substring(UNDO.length());
            } else if (!flow.startsWith("# ")) {
                text = (text + " " + flow).strip();
            }
        }
        StepEffect effect = StepEffect.READS;
        Matcher marked = EFFECT.matcher(text);
        if (marked.matches()) {
            effect = StepEffect.of(marked.group(1))
                    .orElseThrow(
                            () -> new MalformedPage(id, "it begins with an effect that is none: " + marked.group(1)));
            text = marked.group(2);
        }
        if (effect.needsUndo() && undo.isEmpty()) {
            throw new MalformedPage(id, "it changes something and does not say how to take it back");
        }
        return new SourcePage(effect, text, fenced(id, lines), undo);
    }

    private static List<String> unfenced(List<String> lines) {
        List<String> outside = new ArrayList<>();
        boolean inside = false;
        for (String line : lines) {
            if (line.startsWith(FENCE)) {
                inside = !inside;
            } else if (!inside) {
                outside.add(line);
            }
        }
        return outside;
    }

    private static String fenced(String id, List<String> lines) {
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
