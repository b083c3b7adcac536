package dev.triage502.incident;

/** A body, or a place in it, that is no alert: where, what was expected and what came. */
public final class UnreadableAlert extends Exception {

    private final String where;
    private final String expected;
    private final String came;

    UnreadableAlert(String where, String expected, String came) {
        super(where + ": found " + came + "; expected " + expected);
        this.where = where;
        this.expected = expected;
        this.came = came;
    }

    /** The place, as {@code data.essentials.firedDateTime}; {@code the body} for the whole. */
    public String where() {
        return where;
    }

    /** What would have been right, and how to get it. */
    public String expected() {
        return expected;
    }

    /** What was there instead, cut to a readable length. */
    public String came() {
        return came;
    }
}
