package dev.triage502.deliver;

import com.google.gson.JsonObject;
import dev.triage502.deliver.JsonCalls.Said;
import dev.triage502.deliver.ServicenowTables.Reference;
import dev.triage502.deliver.ticket.ServicenowText;
import dev.triage502.deliver.ticket.Ticket;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Incidents of ServiceNow by the Table API.
 *
 * <p>A field that the user may not write keeps its value, with success. So the state is compared with what it was set to.
 */
final class ServicenowIncidents implements TicketSystem {

    private static final String TABLE = "incident";
    private static final int LONGEST_CORRELATION = 100;

    /** Nothing changes there any more. */
    private static final List<String> CLOSED_OR_CANCELED = List.of("7", "8");

    /**
     * How incidents are filled in and moved.
     *
     * @param references name or sys_id of what a field refers to
     * @param fields     more fields, with the same values for each incident
     * @param impacts    1 to 3 for each severity of an alert
     * @param urgencies  1 to 3 for each severity of an alert
     * @param resolution how one is resolved that recovered
     * @param inProgress value of the state of one that is opened again
     */
    record Mapping(
            Map<Reference, String> references,
            Map<String, String> fields,
            Map<String, String> impacts,
            Map<String, String> urgencies,
            Resolution resolution,
            String inProgress) {}

    /**
     * How an incident is resolved.
     *
     * @param state  value of the state
     * @param code   one of the choices of close_code
     * @param fields more fields, with the same values for each incident
     */
    record Resolution(String state, String code, Map<String, String> fields) {}

    private final ServicenowTables tables;
    private final Mapping mapping;

    ServicenowIncidents(ServicenowTables tables, Mapping mapping) {
        this.tables = tables;
        this.mapping = mapping;
    }

    /** The oldest that bears the incident. */
    @Override
    public TicketAnswer find(Ticket ticket) {
        String correlation = correlation(ticket);
        Said said =
                tables.rows(TABLE, "correlation_id=" + correlation + "^ORDERBYsys_created_on", "correlation_id", 100);
        return said.isDone() ? ServicenowTables.found(said, "correlation_id", correlation) : said.failure();
    }

    @Override
    public TicketAnswer create(Ticket ticket) {
        JsonObject row = row(ticket, mapping);
        for (Map.Entry<Reference, String> each : mapping.references().entrySet()) {
            TicketAnswer found = tables.find(each.getKey(), each.getValue());
            if (!found.isDone()) {
                return TicketAnswer.notDone(
                        found.isNotThere() ? ServicenowTables.unknown(each.getKey(), each.getValue()) : found.result());
            }
            row.addProperty(each.getKey().field(), found.id());
        }
        Said said = tables.insert(TABLE, row);
        if (!said.isDone()) {
            return said.failure();
        }
        String id = ServicenowTables.field(said, "sys_id");
        return TicketAnswer.made(id, tables, "incident");
    }

    /** What is sent to make an incident, without what refers to other tables. */
    static JsonObject row(Ticket ticket, Mapping mapping) {
        JsonObject row = ServicenowText.fields(ticket);
        row.addProperty("correlation_id", correlation(ticket));
        row.addProperty("correlation_display", "triage502");
        ticket.severity().map(String::valueOf).ifPresent(severity -> {
            Optional.ofNullable(mapping.impacts().get(severity)).ifPresent(impact -> row.addProperty("impact", impact));
            Optional.ofNullable(mapping.urgencies().get(severity))
                    .ifPresent(urgency -> row.addProperty("urgency", urgency));
        });
        mapping.fields().forEach(row::addProperty);
        return row;
    }

    /** The incident's id, as a query can have it: a caret would end the condition. */
    private static String correlation(Ticket ticket) {
        String id = ticket.incident().replaceAll("[^A-Za-z0-9._-]", "-");
        return id.length() <= LONGEST_CORRELATION ? id : id.substring(id.length() - LONGEST_CORRELATION);
    }

    /** All but the texts is left as people set it. */
    @Override
    public TicketAnswer update(String id, Ticket ticket) {
        return done(id, patch(id, ServicenowText.fields(ticket)));
    }

    /** In the journal as the form shows it: its table of entries can be read by few. */
    @Override
    public TicketAnswer findComment(String id, String key) {
        Said said = tables.row(TABLE, id, "sysparm_display_value=true&sysparm_fields=work_notes");
        if (!said.isDone()) {
            return said.failure();
        }
        String notes = ServicenowTables.field(said, "work_notes");
        return notes.contains(ServicenowText.marker(key)) ? TicketAnswer.done(id) : TicketAnswer.notThere();
    }

    @Override
    public TicketAnswer comment(String id, Ticket ticket, String key) {
        JsonObject note = new JsonObject();
        note.addProperty("work_notes", ServicenowText.note(ticket, key));
        return done(id, patch(id, note));
    }

    @Override
    public TicketAnswer close(String id, Ticket ticket) {
        Said now = state(id);
        if (!now.isDone()) {
            return now.failure();
        }
        if (state(now).equals(mapping.resolution().state()) || CLOSED_OR_CANCELED.contains(state(now))) {
            return TicketAnswer.done(id);
        }
        JsonObject change = new JsonObject();
        change.addProperty("close_code", mapping.resolution().code());
        change.addProperty("close_notes", ServicenowText.closeNotes(ticket));
        mapping.resolution().fields().forEach(change::addProperty);
        return move(id, change, mapping.resolution().state());
    }

    /** An incident that was closed or canceled since stays so. */
    @Override
    public TicketAnswer reopen(String id, Ticket ticket) {
        Said now = state(id);
        if (!now.isDone()) {
            return now.failure();
        }
        return state(now).equals(mapping.resolution().state())
                ? move(id, new JsonObject(), mapping.inProgress())
                : TicketAnswer.done(id);
    }

    private TicketAnswer move(String id, JsonObject change, String state) {
        change.addProperty("state", state);
        Said said = patch(id, change);
        if (!said.isDone() || state(said).equals(state)) {
            return done(id, said);
        }
        return TicketAnswer.notDone(
                new DeliveryResult.Refused(tables + " left the incident in state " + state(said) + " instead of "
                        + state + ": the user may not write the field state, or a rule of the instance resets it"));
    }

    private Said state(String id) {
        return tables.row(TABLE, id, "sysparm_fields=state");
    }

    private static String state(Said said) {
        return ServicenowTables.field(said, "state");
    }

    private Said patch(String id, JsonObject change) {
        return tables.change(TABLE, id, change, "sys_id,state");
    }

    private static TicketAnswer done(String id, Said said) {
        if (said.status() == 404) {
            return TicketAnswer.notThere();
        }
        return said.isDone() ? TicketAnswer.done(id) : said.failure();
    }
}
