package dev.triage502.report.html;

import java.util.Map;

/** The shapes of the page, 16 by 16, in the colour of the text around them. They never stand without a word. */
public final class PageIcons {

    private static final Map<String, String> SHAPES = Map.ofEntries(
            Map.entry(
                    "broken",
                    "<path d=\"M5 1h6l4 4v6l-4 4H5l-4-4V5z\" fill=\"currentColor\"/><path class=\"cut\" d=\"M5.5 5.5l5"
                            + " 5m0-5l-5 5\" stroke-width=\"1.8\" stroke-linecap=\"round\"/>"),
            Map.entry(
                    "unknown",
                    "<path d=\"M8 1l7 7-7 7-7-7z\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"/>"
                            + "<path d=\"M6.4 6.4a1.6 1.6 0 1 1 2.3 1.5c-.5.3-.7.6-.7 1.1\" fill=\"none\""
                            + " stroke=\"currentColor\" stroke-width=\"1.3\" stroke-linecap=\"round\"/>"
                            + "<circle cx=\"8\" cy=\"11\" r=\".9\" fill=\"currentColor\"/>"),
            Map.entry(
                    "ok",
                    "<circle cx=\"8\" cy=\"8\" r=\"7\" fill=\"currentColor\"/>"
                            + "<path class=\"cut\" d=\"M4.8 8.2l2.2 2.2 4.2-4.6\" fill=\"none\" stroke-width=\"1.8\""
                            + " stroke-linecap=\"round\" stroke-linejoin=\"round\"/>"),
            Map.entry(
                    "ring",
                    "<circle cx=\"8\" cy=\"8\" r=\"6\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"/>"),
            Map.entry(
                    "dashed",
                    "<circle cx=\"8\" cy=\"8\" r=\"6\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.6\""
                            + " stroke-dasharray=\"2.6 2.1\"/>"),
            Map.entry("flapping", "<path d=\"M8 1.5l7 13H1z\" fill=\"currentColor\"/>"),
            Map.entry(
                    "eye",
                    "<path d=\"M1.2 8S3.7 3.4 8 3.4 14.8 8 14.8 8 12.3 12.6 8 12.6 1.2 8 1.2 8z\" fill=\"none\""
                            + " stroke=\"currentColor\" stroke-width=\"1.4\"/><circle cx=\"8\" cy=\"8\" r=\"2\""
                            + " fill=\"currentColor\"/>"),
            Map.entry(
                    "person",
                    "<circle cx=\"8\" cy=\"5\" r=\"3\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.4\"/>"
                            + "<path d=\"M2.2 14.2c.5-3 2.9-4.4 5.8-4.4s5.3 1.4 5.8 4.4\" fill=\"none\""
                            + " stroke=\"currentColor\" stroke-width=\"1.4\" stroke-linecap=\"round\"/>"),
            Map.entry(
                    "pencil",
                    "<path d=\"M2.5 13.5l.7-3.2 7.6-7.6 2.5 2.5-7.6 7.6z\" fill=\"none\" stroke=\"currentColor\""
                            + " stroke-width=\"1.4\" stroke-linejoin=\"round\"/>"),
            Map.entry("bolt", "<path d=\"M9 1L3 9h4l-1 6 6-8H8z\" fill=\"currentColor\"/>"),
            Map.entry(
                    "shield",
                    "<path d=\"M8 1.5l5.5 2v4.3c0 3.3-2.3 5.7-5.5 6.7-3.2-1-5.5-3.4-5.5-6.7V3.5z\""
                            + " fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.4\"/><path d=\"M4.5 12L11.5 4\""
                            + " stroke=\"currentColor\" stroke-width=\"1.4\"/>"),
            Map.entry(
                    "copy",
                    "<rect x=\"5\" y=\"5\" width=\"9\" height=\"9\" rx=\"1.5\" fill=\"none\" stroke=\"currentColor\""
                            + " stroke-width=\"1.4\"/><path d=\"M11 5V3.5A1.5 1.5 0 0 0 9.5 2h-6A1.5 1.5 0 0 0 2"
                            + " 3.5v6A1.5 1.5 0 0 0 3.5 11H5\" fill=\"none\" stroke=\"currentColor\""
                            + " stroke-width=\"1.4\"/>"));

    private PageIcons() {}

    /** An icon as SVG, hidden from screen readers: the word beside it says the same. */
    public static String svg(String shape) {
        return "<svg class=\"i\" viewBox=\"0 0 16 16\" aria-hidden=\"true\" focusable=\"false\">"
                + SHAPES.getOrDefault(shape, "") + "</svg>";
    }
}
