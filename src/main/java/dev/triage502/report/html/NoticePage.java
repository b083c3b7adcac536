package dev.triage502.report.html;

import dev.triage502.report.html.PageView.PageLink;
import dev.triage502.report.html.PageView.State;
import java.util.List;
import java.util.Map;

/** A page with little to say: that a link no longer opens, that something is not there, that an answer was recorded. */
public final class NoticePage {

    private NoticePage() {}

    /** What the page is about, by its shape and colour. */
    public enum Kind {
        /** It cannot be shown. */
        REFUSED("Not available", "warn", "unknown"),
        /** It is not ready. */
        WAITING("Investigating", "neutral", "dashed"),
        /** It was done. */
        DONE("Recorded", "ok", "ok");

        private final State state;

        Kind(String word, String look, String shape) {
            this.state = new State(word, look, shape);
        }
    }

    /**
     * The page.
     *
     * @param sentences what it is about and what to do, a paragraph each
     * @param links     where to go on; the first is the most useful
     */
    public static HtmlPage of(Kind kind, String title, List<String> sentences, List<PageLink> links) {
        return PageTemplates.plain(
                "notice.jte",
                Map.of(
                        "state", kind.state,
                        "title", title,
                        "sentences", sentences,
                        "links", links));
    }
}
