package dev.triage502.report;

/** A page is not written as {@code docs/pages.md} says: which page, which line, what was seen, what would be right. */
public final class MalformedPage extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedPage(String id, String problem) {
        super("causes/" + id + ".md: " + problem);
    }
}
