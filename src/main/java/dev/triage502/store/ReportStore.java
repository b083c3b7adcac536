package dev.triage502.store;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.incident.Incident;
import dev.triage502.incident.IncidentJson;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.report.Report;
import dev.triage502.store.KeyValueTable.Cell;
import java.util.Optional;

/** The diagnoses that were made, and those that are still to come, by the incident's id. */
public final class ReportStore {

    private static final String COLUMN = "diagnosis";
    private static final String TROUBLE = "trouble";

    private final KeyValueTable cells;
    private final BlobStore shelf;
    private final OptimisticUpdate turns;

    ReportStore(KeyValueTable cells, BlobStore shelf) {
        this.cells = cells;
        this.shelf = shelf;
        this.turns = new OptimisticUpdate(cells);
    }

    /**
     * What is known of an incident's diagnosis.
     *
     * @param expected the latest look at it that was asked for
     * @param kept     the latest look of which there is a report; 0 for none
     */
    public record State(Incident incident, int expected, int kept) {

        public boolean isKept() {
            return kept > 0;
        }
    }

    /** Notes that a look at an incident was asked for. */
    public void expect(Incident incident, int revision) {
        change(incident, new State(incident, revision, 0));
    }

    /** Keeps what a look at an incident came to; that of a later look stays the latest, whichever ends first. */
    public void keep(Incident incident, int revision, Report report) {
        shelf.put(shelfName(incident.id(), revision), report.document().toString());
        change(incident, new State(incident, revision, revision));
    }

    /** What is known of the diagnosis with this id; empty if nobody ever asked for one. */
    public Optional<State> state(String id) {
        return StoreKeys.isSafe(id) ? cells.read(id, COLUMN).map(ReportStore::read) : Optional.empty();
    }

    /** The report of the latest look at an incident that has one. */
    public Optional<Report> find(String id) {
        return state(id).flatMap(state -> find(id, state.kept()));
    }

    /** The report of one look at an incident. */
    public Optional<Report> find(String id, int revision) {
        return StoreKeys.isSafe(id)
                ? shelf.get(shelfName(id, revision))
                        .or(() -> shelf.get(nameOfBefore(id)))
                        .map(text -> Report.of(DiagnosisDocument.read(
                                JsonParser.parseString(text).getAsJsonObject())))
                : Optional.empty();
    }

    /** Notes why a look at an incident failed, for whoever has to tell that it was given up. */
    public void trouble(Incident incident, String why) {
        turns.take(
                StoreKeys.safe(incident.id()), TROUBLE, cell -> new OptimisticUpdate.Written<>(Optional.of(why), true));
    }

    /** Why the last look that failed did. */
    public Optional<String> trouble(Incident incident) {
        return cells.read(StoreKeys.safe(incident.id()), TROUBLE).map(Cell::text);
    }

    private void change(Incident incident, State next) {
        turns.take(StoreKeys.safe(incident.id()), COLUMN, cell -> {
            State before = cell.map(ReportStore::read).orElse(next);
            State after = new State(
                    next.expected() >= before.expected() ? next.incident() : before.incident(),
                    Math.max(next.expected(), before.expected()),
                    Math.max(next.kept(), before.kept()));
            boolean same = cell.isPresent() && after.equals(before);
            return new OptimisticUpdate.Written<>(same ? Optional.empty() : Optional.of(write(after)), true);
        });
    }

    private static String write(State state) {
        JsonObject json = IncidentJson.write(state.incident());
        json.addProperty("expected", state.expected());
        json.addProperty("kept", state.kept());
        return json.toString();
    }

    private static State read(Cell cell) {
        JsonObject json = JsonParser.parseString(cell.text()).getAsJsonObject();
        return new State(
                IncidentJson.read(json),
                json.get("expected").getAsInt(),
                json.get("kept").getAsInt());
    }

    private static String shelfName(String id, int revision) {
        return "diagnoses/" + StoreKeys.safe(id) + "/" + revision + ".json";
    }

    /** Versions before 0.2 kept one report of an incident, whichever look it came from. */
    private static String nameOfBefore(String id) {
        return "diagnoses/" + StoreKeys.safe(id) + ".json";
    }
}
