package dev.triage502.report;

/** Text as HTML and SVG, where no template does it. */
public final class HtmlText {

    private HtmlText() {}

    /** The text with every character that could be markup written as a reference; inert between tags and in quoted attributes. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
