package dev.triage502.evidence;

import java.util.Locale;

/** A number and what it counts, as a person writes it. */
public final class Counted {

    private Counted() {}

    /** {@code 1 request}, {@code 1,208 requests}. */
    public static String of(long number, String what) {
        return String.format(Locale.ROOT, "%,d %s", number, what) + (number == 1 ? "" : "s");
    }

    /** {@code the only request}, {@code all 1,208 requests}. */
    public static String all(long number, String what) {
        return number == 1 ? "the only " + what : "all " + of(number, what);
    }
}
