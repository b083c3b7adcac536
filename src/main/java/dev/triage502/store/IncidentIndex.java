package dev.triage502.store;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.incident.ResourceId;
import dev.triage502.ledger.IncidentDocument;
import dev.triage502.ledger.LedgerEntry;
import dev.triage502.ledger.LifeState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The incidents by their ids, by their age, and those that need attention. The ledger decides; this follows it, so that
 * one can be found without knowing its gateway.
 */
public final class IncidentIndex {

    private static final String COLUMN = "incident";
    private static final String BY_AGE = "incidents";
    private static final String ATTENTION = "attention";
    private static final int PAGE = 500;
    private static final String[] SUMMARY = {
        "schema",
        "id",
        "gateway",
        "state",
        "openedAt",
        "changedAt",
        "closedAt",
        "revision",
        "cause",
        "recurrence",
        "recovery",
        "messageCount"
    };

    private final KeyValueTable cells;
    private final OptimisticUpdate turns;

    IncidentIndex(KeyValueTable cells) {
        this.cells = cells;
        this.turns = new OptimisticUpdate(cells);
    }

    /** An incident that needs attention, or did lately. */
    public record Attention(String id, ResourceId gateway) {}

    /** A page of summaries, the newest incident first; {@code next} is where to go on, if there is more. */
    public record Listing(List<JsonObject> summaries, Optional<String> next) {}

    /** Keeps an incident as it is now, unless a later state of it is kept. */
    public void put(LedgerEntry entry) {
        JsonObject json = IncidentDocument.write(entry);
        String id = StoreKeys.safe(entry.id());
        if (needsAttention(entry)) {
            JsonObject where = new JsonObject();
            where.addProperty("gateway", entry.incident().gateway().toString());
            put(ATTENTION, id, where.toString(), entry.course().version());
        }
        put(id, COLUMN, json.toString(), entry.course().version());
        JsonObject summary = new JsonObject();
        for (String name : SUMMARY) {
            if (json.has(name)) {
                summary.add(name, json.get(name));
            }
        }
        summary.addProperty("version", entry.course().version());
        put(
                BY_AGE,
                StoreKeys.byAge(entry.course().openedAt(), id),
                summary.toString(),
                entry.course().version());
        if (!needsAttention(entry)) {
            cells.remove(ATTENTION, id);
        }
    }

    /** The incident with an id, as its document. */
    public Optional<JsonObject> find(String id) {
        return StoreKeys.isSafe(id)
                ? cells.read(id, COLUMN)
                        .map(cell -> JsonParser.parseString(cell.text()).getAsJsonObject())
                : Optional.empty();
    }

    /** The incidents that need attention: those that are not closed, and those of which something is still to be sent. */
    public List<Attention> attention() {
        List<Attention> all = new ArrayList<>();
        String after = "";
        List<KeyValueTable.Listed> some;
        do {
            some = cells.list(ATTENTION, after, 1000);
            for (KeyValueTable.Listed each : some) {
                JsonObject json = JsonParser.parseString(each.text()).getAsJsonObject();
                all.add(new Attention(
                        each.column(), ResourceId.of(json.get("gateway").getAsString())));
                after = each.column();
            }
        } while (some.size() == 1000);
        return all;
    }

    /** Gives no more attention to an incident: the ledger has forgotten it. */
    public void ignore(String id) {
        cells.remove(ATTENTION, StoreKeys.safe(id));
    }

    /** The summaries that somebody wants to see, the newest incident first. */
    public Listing list(IncidentFilter filter) {
        List<JsonObject> wanted = new ArrayList<>();
        String after = filter.after().filter(StoreKeys::isSafe).orElse("");
        while (true) {
            List<KeyValueTable.Listed> some = cells.list(BY_AGE, after, PAGE);
            for (KeyValueTable.Listed each : some) {
                JsonObject summary = JsonParser.parseString(each.text()).getAsJsonObject();
                if (filter.takes(summary)) {
                    if (wanted.size() == filter.limit()) {
                        return new Listing(wanted, Optional.of(after));
                    }
                    wanted.add(summary);
                }
                after = each.column();
            }
            if (some.size() < PAGE) {
                return new Listing(wanted, Optional.empty());
            }
        }
    }

    /** The summaries of a gateway's incidents that were opened before a moment, the latest first. */
    public List<JsonObject> before(ResourceId gateway, Instant moment, int limit) {
        List<JsonObject> before = new ArrayList<>();
        String after = StoreKeys.age(moment);
        List<KeyValueTable.Listed> some;
        do {
            some = cells.list(BY_AGE, after, PAGE);
            for (KeyValueTable.Listed each : some) {
                JsonObject summary = JsonParser.parseString(each.text()).getAsJsonObject();
                boolean isEarlier =
                        Instant.parse(summary.get("openedAt").getAsString()).isBefore(moment);
                if (isEarlier
                        && ResourceId.of(summary.get("gateway").getAsString()).equals(gateway)) {
                    before.add(summary);
                }
                if (before.size() == limit) {
                    return before;
                }
                after = each.column();
            }
        } while (some.size() == PAGE);
        return before;
    }

    /** The closed incidents that were opened before a moment, and need no attention: some of them, if there are many. */
    List<Old> openedBefore(Instant moment, int atMost) {
        return cells.list(BY_AGE, StoreKeys.age(moment), atMost).stream()
                .filter(each -> JsonParser.parseString(each.text())
                        .getAsJsonObject()
                        .get("state")
                        .getAsString()
                        .equals(LifeState.CLOSED.id()))
                .map(each -> new Old(each.column(), StoreKeys.withoutAge(each.column())))
                .toList();
    }

    /** An incident, and where it stands by its age. */
    record Old(String column, String id) {}

    /** Forgets an incident, and all cells that belong to it. */
    void remove(Old incident) {
        for (KeyValueTable.Listed each : cells.list(incident.id(), "", PAGE)) {
            cells.remove(incident.id(), each.column());
        }
        cells.remove(BY_AGE, incident.column());
    }

    private static boolean needsAttention(LedgerEntry entry) {
        return !entry.isClosed()
                || !entry.speech().unsettled().isEmpty()
                || entry.speech().pending().isPresent();
    }

    private void put(String row, String column, String text, int version) {
        turns.take(row, column, cell -> {
            boolean later = cell.map(each -> JsonParser.parseString(each.text()).getAsJsonObject())
                    .filter(json -> json.has("version") && json.get("version").getAsInt() > version)
                    .isPresent();
            boolean same = cell.filter(each -> each.text().equals(text)).isPresent();
            return new OptimisticUpdate.Written<>(later || same ? Optional.empty() : Optional.of(text), true);
        });
    }
}
