package dev.triage502.report.html;

import java.util.List;
import java.util.Map;

/** Asks before something is done: its button posts to the address of the page. */
public final class ConfirmPage {

    private ConfirmPage() {}

    /**
     * The page.
     *
     * @param sentences what will happen, a paragraph each
     * @param button    the words on the button
     * @param back      where to go instead
     */
    public static HtmlPage of(String title, List<String> sentences, String button, String back) {
        return PageTemplates.form(
                "confirm.jte", Map.of("title", title, "sentences", sentences, "button", button, "back", back));
    }
}
