package dev.triage502.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The pages that tell what a cause looks like and what to do about it: {@code causes/<id>.md} in the jar.
 *
 * <p>They are the only text on what to do; code holds no remedies. {@code docs/pages.md} says how one is written.
 */
public final class CausePages {

    private final Function<String, Optional<String>> texts;
    private final Map<String, CausePage> parsed = new ConcurrentHashMap<>();

    /** Pages from elsewhere, for tests: the text of a page by its id. */
    public CausePages(Function<String, Optional<String>> texts) {
        this.texts = texts;
    }

    /** The pages that ship in the jar. */
    public static CausePages bundled() {
        return new CausePages(CausePages::fromJar);
    }

    /**
     * The page of a cause or a conclusion. One without a page gets a blank one with its id for a title, so that a
     * diagnosis is told all the same.
     *
     * @throws MalformedPage if the page is not written as {@code docs/pages.md} says
     */
    public CausePage page(String id) {
        return parsed.computeIfAbsent(
                id, key -> text(key).map(text -> PageParser.parse(key, text)).orElseGet(() -> CausePage.blank(key)));
    }

    /** The page as it is written, in Markdown; empty when there is none. */
    public Optional<String> text(String id) {
        return id.matches("[a-z0-9-]+") ? texts.apply(id) : Optional.empty();
    }

    private static Optional<String> fromJar(String id) {
        try (InputStream in = CausePages.class.getResourceAsStream("/causes/" + id + ".md")) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
