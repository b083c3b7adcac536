package dev.triage502.reachability;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** How lists of names are written in a sentence. */
public final class NameLists {

    private static final int SHOWN = 3;

    private NameLists() {}

    /** A moment to the second, as logs and portals show it. */
    public static String time(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The first few of many, and how many more there are. */
    public static String some(List<String> many) {
        if (many.size() <= SHOWN + 1) {
            return String.join(", ", many);
        }
        return String.join(", ", many.subList(0, SHOWN)) + " and " + (many.size() - SHOWN) + " more";
    }
}
