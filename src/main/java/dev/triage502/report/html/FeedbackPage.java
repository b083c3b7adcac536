package dev.triage502.report.html;

import java.util.List;
import java.util.Map;

/**
 * Asks whether a diagnosis was right. Opening it records nothing: programs follow links, too. The answer is sent by its
 * form, to the address of the page, as {@code verdict}, {@code cause} and {@code target}.
 */
public final class FeedbackPage {

    private FeedbackPage() {}

    /** A cause that can be chosen. */
    public record Choice(String id, String title) {}

    /**
     * The page.
     *
     * @param headline what the diagnosis said
     * @param place    of which gateway, and when
     * @param verdict  the answer that is chosen beforehand: {@code right}, {@code wrong}, {@code unsure}, or nothing
     * @param causes   the causes to choose the true one from
     * @param back     the address of the incident's page
     */
    public static HtmlPage of(String headline, String place, String verdict, List<Choice> causes, String back) {
        return PageTemplates.form(
                "feedback.jte",
                Map.of(
                        "headline", headline,
                        "place", place,
                        "verdict", verdict,
                        "causes", causes,
                        "back", back));
    }
}
