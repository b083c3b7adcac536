package dev.triage502.deliver;

import com.google.gson.JsonObject;
import dev.triage502.deliver.JsonCalls.Said;
import dev.triage502.deliver.ServicenowAccess.Entry;
import dev.triage502.deliver.ticket.ServicenowText;
import dev.triage502.deliver.ticket.Ticket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Incidents of ServiceNow by the Table API.
 *
 * <p>ServiceNow leaves out silently what a user may not do: a condition on a field that it does not know matches every row, and a
 * field that the user may not write keeps its value with success. So rows are compared with what was looked for, and the state
 * with what it was set to.
 */
final class ServicenowIncidents implements TicketSystem {

    private static final String TABLES = "api/now/table/";
    private static final String INCIDENTS = TABLES + "incident";
    private static final int LONGEST_CORRELATION = 100;

    /** Nothing changes there any more. */
    private static final List<String> CLOSED_OR_CANCELED = List.of("7", "8");

    /** What an operator has to do about a status; of 401, {@link ServicenowAccess} says it. */
    private static final Map<Integer, String> ADVICE = Map.of(
            403,
            "give the user a role that may read and write incidents, such as itil; set fields that the instance"
                    + " requires in fields or resolveFields",
            404,
            "check the instance");

    /**
     * How incidents are filled in and moved.
     *
     * @param group      name or sys_id of the assignment group
     * @param caller     user name or sys_id of the caller
     * @param fields     more fields, with the same values for each incident
     * @param impacts    1 to 3 for each severity of an alert
     * @param urgencies  1 to 3 for each severity of an alert
     * @param resolution how one is resolved that recovered
     * @param inProgress value of the state of one that is opened again
     */
    record Mapping(
            Optional<String> group,
            Optional<String> caller,
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

    /** A field that refers to a row of another table, which is looked up by a name. */
    private enum Reference {
        GROUP("assignment_group", "sys_user_group", "name"),
        CALLER("caller_id", "sys_user", "user_name");

        private final String field;
        private final String table;
        private final String name;

        Reference(String field, String table, String name) {
            this.field = field;
            this.table = table;
            this.name = name;
        }
    }

    private final JsonCalls calls;
    private final ServicenowAccess access;
    private final Entry entry;
    private final Mapping mapping;

    /** @param entry signs in */
    ServicenowIncidents(SecretUrl base, ServicenowAccess access, Entry entry, Mapping mapping, ChannelTools tools) {
        SecretText secret = new SecretText(entry.authorization().replaceFirst("^[A-Za-z]+ ", ""));
        this.calls = new JsonCalls(
                base,
                tools.http(),
                Map.of("Authorization", entry.authorization()),
                text -> access.scrub(secret.scrub(text)));
        this.access = access;
        this.entry = entry;
        this.mapping = mapping;
    }

    /** The oldest that bears the incident. */
    @Override
    public TicketAnswer find(Ticket ticket) {
        String correlation = correlation(ticket);
        Said said = rows("incident", "correlation_id=" + correlation + "^ORDERBYsys_created_on", "correlation_id");
        return said.isDone() ? found(said, "correlation_id", correlation) : said.failure();
    }

    @Override
    public TicketAnswer create(Ticket ticket) {
        JsonObject row = row(ticket, mapping);
        for (Reference reference : Reference.values()) {
            Optional<String> name = reference == Reference.GROUP ? mapping.group() : mapping.caller();
            if (name.isPresent()) {
                TicketAnswer found = find(reference, name.get());
                if (!found.isDone()) {
                    return TicketAnswer.notDone(found.isNotThere() ? unknown(reference, name.get()) : found.result());
                }
                row.addProperty(reference.field, found.id());
            }
        }
        Said said = judged(calls.post(INCIDENTS + "?sysparm_fields=sys_id", row));
        if (!said.isDone()) {
            return said.failure();
        }
        String id = AnswerTree.text(AnswerTree.member(said.json(), "result"), "sys_id");
        return id.isEmpty()
                ? TicketAnswer.unclear(
                        new DeliveryResult.Failed(calls + " did not say which incident it made", Optional.empty()))
                : TicketAnswer.done(id);
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
        Said said = judged(calls.get(incident(id) + "?sysparm_display_value=true&sysparm_fields=work_notes"));
        if (!said.isDone()) {
            return said.failure();
        }
        String notes = AnswerTree.text(AnswerTree.member(said.json(), "result"), "work_notes");
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
                new DeliveryResult.Refused(calls + " left the incident in state " + state(said) + " instead of " + state
                        + ": the user may not write the field state, or a rule of the instance resets it"));
    }

    private Said state(String id) {
        return judged(calls.get(incident(id) + "?sysparm_fields=state"));
    }

    private static String state(Said said) {
        return AnswerTree.text(AnswerTree.member(said.json(), "result"), "state");
    }

    private Said patch(String id, JsonObject change) {
        return judged(calls.patch(incident(id) + "?sysparm_fields=sys_id,state", change));
    }

    private static TicketAnswer done(String id, Said said) {
        if (said.status() == 404) {
            return TicketAnswer.notThere();
        }
        return said.isDone() ? TicketAnswer.done(id) : said.failure();
    }

    /** Reads an incident, and what the settings name; writes nothing. */
    ChannelCheck check() {
        Said said = rows("incident", "ORDERBYDESCsys_created_on", "correlation_id,state");
        if (!said.isDone()) {
            return ChannelCheck.of(said.result());
        }
        List<ChannelCheck> checks = new ArrayList<>();
        checks.add(readable(AnswerTree.objects(said.json(), "result")));
        mapping.group().ifPresent(name -> checks.add(check(Reference.GROUP, name)));
        mapping.caller().ifPresent(name -> checks.add(check(Reference.CALLER, name)));
        checks.add(choice("close_code", mapping.resolution().code()));
        checks.add(choice("state", mapping.resolution().state()));
        checks.add(choice("state", mapping.inProgress()));
        Optional.ofNullable(mapping.fields().get("category"))
                .ifPresent(category -> checks.add(choice("category", category)));
        return ChannelCheck.all(checks);
    }

    private static ChannelCheck readable(List<JsonObject> rows) {
        if (rows.isEmpty()) {
            return ChannelCheck.warning(
                    "the user sees no incident: if there are any, give it a role that may read them, such as itil");
        }
        return rows.get(0).has("correlation_id") && rows.get(0).has("state")
                ? ChannelCheck.fine()
                : ChannelCheck.problem(
                        "the user may not read the fields correlation_id and state of incidents, by which an"
                                + " incident is found again and closed");
    }

    private ChannelCheck check(Reference reference, String name) {
        TicketAnswer found = find(reference, name);
        return ChannelCheck.of(found.isNotThere() ? unknown(reference, name) : found.result());
    }

    private ChannelCheck choice(String field, String value) {
        Said said = rows("sys_choice", "name=incident^element=" + field + "^inactive=false", "element,value");
        List<String> choices = AnswerTree.objects(said.json(), "result").stream()
                .filter(row -> AnswerTree.text(row, "element").equals(field))
                .map(row -> AnswerTree.text(row, "value"))
                .distinct()
                .toList();
        if (choices.isEmpty()) {
            return ChannelCheck.warning("the choices of the field " + field + " could not be read, so " + field + " \""
                    + value + "\" was not checked");
        }
        return choices.contains(value)
                ? ChannelCheck.fine()
                : ChannelCheck.problem(
                        "incidents have no " + field + " \"" + value + "\"; there are " + String.join(", ", choices));
    }

    private TicketAnswer find(Reference reference, String name) {
        if (name.matches("[0-9a-f]{32}")) {
            return TicketAnswer.done(name);
        }
        Said said = rows(reference.table, reference.name + "=" + name + "^active=true", reference.name);
        return said.isDone() ? found(said, reference.name, name) : said.failure();
    }

    private static DeliveryResult unknown(Reference reference, String name) {
        return new DeliveryResult.Refused(
                "ServiceNow has no active row with " + reference.name + " \"" + name + "\" in "
                        + reference.table + " that the user may read, for the field " + reference.field
                        + "; set another one, or its sys_id");
    }

    /** The first row whose field has the value that was looked for. */
    private static TicketAnswer found(Said said, String field, String value) {
        return AnswerTree.objects(said.json(), "result").stream()
                .filter(row -> AnswerTree.text(row, field).equalsIgnoreCase(value))
                .findFirst()
                .map(row -> TicketAnswer.done(AnswerTree.text(row, "sys_id")))
                .orElseGet(TicketAnswer::notThere);
    }

    private Said rows(String table, String query, String fields) {
        return judged(calls.get(TABLES + table + "?sysparm_query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)
                + "&sysparm_limit=100&sysparm_fields=sys_id," + fields));
    }

    private Said judged(Said said) {
        if (said.status() == 401) {
            return said.with(
                    access.forget(entry)
                            ? new DeliveryResult.Failed(
                                    calls + " returned 401: the token is not valid any more",
                                    Optional.of(Duration.ofSeconds(1)))
                            : advised(said.result(), access.advice()));
        }
        return ADVICE.containsKey(said.status()) ? said.with(advised(said.result(), ADVICE.get(said.status()))) : said;
    }

    private static DeliveryResult advised(DeliveryResult result, String advice) {
        return result instanceof DeliveryResult.Refused refused
                ? new DeliveryResult.Refused(refused.why() + " (" + advice + ")")
                : result;
    }

    private static String incident(String id) {
        return INCIDENTS + "/" + id;
    }
}
