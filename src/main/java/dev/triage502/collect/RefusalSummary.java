package dev.triage502.collect;

import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Reading.Why;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a source could not be read, on one line for a log or a terminal; Azure's own words on it take a paragraph. */
public final class RefusalSummary {

    private static final Pattern REFUSED = Pattern.compile("to perform action '([^']+)'");
    private static final int LONGEST = 160;

    private RefusalSummary() {}

    /** {@code no permission: needs Microsoft.Insights/metrics/read}; the reason alone where the detail adds nothing. */
    public static String of(CouldNotRead<?> unread) {
        String why = unread.why().words();
        boolean said = unread.why() == Why.NOT_COLLECTED || unread.detail().equals(why);
        return said ? why : why + ": " + shortly(unread.detail());
    }

    /** What a refusal says, on one line: {@code needs Microsoft.Insights/metrics/read}. */
    static String shortly(String text) {
        Matcher refused = REFUSED.matcher(text);
        String line = refused.find() ? "needs " + refused.group(1) : text.replaceAll("\\s*\\R\\s*", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
