package dev.triage502.deliver;

import com.google.gson.JsonObject;
import dev.triage502.deliver.JsonCalls.Said;
import dev.triage502.deliver.ServicenowIncidents.Mapping;
import dev.triage502.deliver.ServicenowTables.Reference;
import dev.triage502.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a ServiceNow instance says of the settings: reads an incident, and what the settings name. */
final class ServicenowCheck {

    /** Each has a row for each language. */
    private static final int MOST_CHOICES = 1_000;

    private final ServicenowTables tables;
    private final Mapping mapping;

    ServicenowCheck(ServicenowTables tables, Mapping mapping) {
        this.tables = tables;
        this.mapping = mapping;
    }

    ChannelCheck check() {
        Said said = tables.rows("incident", "ORDERBYDESCsys_created_on", "correlation_id,state", 1);
        if (!said.isDone()) {
            return ChannelCheck.of(said.result());
        }
        List<ChannelCheck> checks = new ArrayList<>();
        checks.add(readable(ServicenowTables.all(said)));
        mapping.references().forEach((reference, name) -> checks.add(check(reference, name)));
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
        TicketAnswer found = tables.find(reference, name);
        return ChannelCheck.of(found.isNotThere() ? ServicenowTables.unknown(reference, name) : found.result());
    }

    private ChannelCheck choice(String field, String value) {
        Said said = tables.rows(
                "sys_choice", "name=incident^element=" + field + "^inactive=false", "element,value", MOST_CHOICES);
        List<String> choices = ServicenowTables.all(said).stream()
                .filter(row -> JsonTree.text(row, "element").equals(field))
                .map(row -> JsonTree.text(row, "value"))
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
}
