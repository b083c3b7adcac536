package dev.triage502.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is known of one gateway's incidents.
 *
 * @param entries the latest incidents, the newest first
 * @param early   alerts whose end came before their beginning did
 */
public record LedgerPage(List<LedgerEntry> entries, List<Early> early) {

    /** Older incidents than these are forgotten here; their diagnoses stay in the store. */
    static final int MOST_ENTRIES = 8;

    private static final int MOST_EARLY = 50;

    /** That an alert is over which was never seen to fire. */
    public record Early(String occurrence, Instant at) {}

    public LedgerPage {
        entries = List.copyOf(entries);
        early = List.copyOf(early);
    }

    /** The page of a gateway of which nothing is known. */
    public static LedgerPage empty() {
        return new LedgerPage(List.of(), List.of());
    }

    Optional<LedgerEntry> first(Predicate<LedgerEntry> wanted) {
        return entries.stream().filter(wanted).findFirst();
    }

    /** This page, with a newest incident. */
    LedgerPage plus(LedgerEntry entry) {
        List<LedgerEntry> all = new ArrayList<>(List.of(entry));
        all.addAll(entries.subList(0, Math.min(entries.size(), MOST_ENTRIES - 1)));
        return new LedgerPage(all, early);
    }

    /** This page, with an incident as it is now. */
    LedgerPage with(LedgerEntry changed) {
        return new LedgerPage(
                entries.stream()
                        .map(entry -> entry.hasId(changed.incident().id()) ? changed : entry)
                        .toList(),
                early);
    }

    LedgerPage plus(Early one) {
        List<Early> all = new ArrayList<>(early);
        all.remove(one);
        all.add(one);
        return new LedgerPage(entries, all.subList(Math.max(0, all.size() - MOST_EARLY), all.size()));
    }
}
