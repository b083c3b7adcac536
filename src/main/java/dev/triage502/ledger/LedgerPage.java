package dev.triage502.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is known of one gateway's incidents.
 *
 * @param entries the latest incidents, the newest first; at most one is not closed, but for what versions before 0.2 left
 * @param past    what closed incidents had found, the oldest first
 * @param early   alerts whose end versions before 0.2 had heard of and whose beginning they had not
 */
public record LedgerPage(List<LedgerEntry> entries, List<Past> past, List<Early> early) {

    /** Older incidents than these are forgotten here; the store keeps their documents. */
    static final int MOST_ENTRIES = 8;

    private static final int MOST_PAST = 60;

    /** That an alert is over which was never seen to fire. */
    public record Early(String occurrence, Instant at) {}

    /** A closed incident, for whoever wants to know whether it was there before. */
    public record Past(String id, String root, String target, Instant openedAt) {}

    public LedgerPage {
        entries = List.copyOf(entries);
        past = List.copyOf(past);
        early = List.copyOf(early);
    }

    /** The page of a gateway of which nothing is known. */
    public static LedgerPage empty() {
        return new LedgerPage(List.of(), List.of(), List.of());
    }

    /** The incident with an id. */
    public Optional<LedgerEntry> entry(String id) {
        return first(entry -> entry.hasId(id));
    }

    Optional<LedgerEntry> first(Predicate<LedgerEntry> wanted) {
        return entries.stream().filter(wanted).findFirst();
    }

    /** This page, with a newest incident; of older closed ones only what a late alert must find is kept. */
    LedgerPage plus(LedgerEntry entry) {
        List<LedgerEntry> all = new ArrayList<>(List.of(entry));
        entries.stream()
                .limit(MOST_ENTRIES - 1L)
                .map(each -> each.isClosed() ? each.withoutHistory() : each)
                .forEach(all::add);
        return new LedgerPage(all, past, early);
    }

    /** This page, with an incident as it is now; its version tells it from before. */
    LedgerPage with(LedgerEntry changed) {
        LedgerEntry next = changed.with(changed.course().next());
        return new LedgerPage(
                entries.stream()
                        .map(entry -> entry.hasId(changed.id()) ? next : entry)
                        .toList(),
                next.isClosed() ? remembered(next) : past,
                early);
    }

    private List<Past> remembered(LedgerEntry closed) {
        List<Past> all = new ArrayList<>(past);
        all.removeIf(each -> each.id().equals(closed.id()));
        closed.known()
                .filter(known -> known.name().isCause())
                .ifPresent(known -> all.add(new Past(
                        closed.id(),
                        known.name().root(),
                        known.name().target(),
                        closed.course().openedAt())));
        return all.subList(Math.max(0, all.size() - MOST_PAST), all.size());
    }
}
