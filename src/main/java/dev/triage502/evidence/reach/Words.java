package dev.triage502.evidence.reach;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** How lists of names are written in a sentence. */
final class Words {

    private static final int SHOWN = 3;

    private Words() {}

    /** A moment to the second, as logs and portals show it. */
    static String time(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The first few of many, and how many more there are. */
    static String some(List<String> many) {
        if (many.size() <= SHOWN + 1) {
            return String.join(", ", many);
        }
        return String.join(", ", many.subList(0, SHOWN)) + " and " + (many.size() - SHOWN) + " more";
    }
}
