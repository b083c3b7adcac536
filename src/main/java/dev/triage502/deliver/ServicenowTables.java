package dev.triage502.deliver;

import com.google.gson.JsonObject;
import dev.triage502.deliver.JsonCalls.Said;
import dev.triage502.deliver.ServicenowAccess.Entry;
import dev.triage502.json.JsonTree;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * ServiceNow's Table API.
 *
 * <p>A condition on a field that ServiceNow does not know, or that the user may not read, matches every row. So rows are
 * compared with what was looked for.
 */
final class ServicenowTables {

    private static final String TABLES = "api/now/table/";

    /** What an operator has to do about a status; of 401, {@link ServicenowAccess} says it. */
    private static final Map<Integer, String> ADVICE = Map.of(
            403,
            "give the user a role that may read and write incidents, such as itil; set fields that the instance"
                    + " requires in fields or resolveFields",
            404,
            "check the instance");

    /** A field that refers to a row of another table, which is looked up by a name. */
    enum Reference {
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

        String field() {
            return field;
        }
    }

    private final JsonCalls calls;
    private final ServicenowAccess access;
    private final Entry entry;

    /** @param entry signs in */
    ServicenowTables(SecretUrl base, ServicenowAccess access, Entry entry, ChannelHttp http) {
        SecretText secret = new SecretText(entry.authorization().replaceFirst("^[A-Za-z]+ ", ""));
        this.calls = new JsonCalls(
                base, http, Map.of("Authorization", entry.authorization()), text -> access.scrub(secret.scrub(text)));
        this.access = access;
        this.entry = entry;
    }

    /** At most so many rows, with some of their fields; others than were asked for, where a condition is dropped. */
    Said rows(String table, String query, String fields, int most) {
        return judged(calls.get(TABLES + table + "?sysparm_query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)
                + "&sysparm_limit=" + most + "&sysparm_fields=sys_id," + fields));
    }

    /** Some fields of one row; as a person sees them, if that is said in the query. */
    Said row(String table, String id, String query) {
        return judged(calls.get(TABLES + table + "/" + id + "?" + query));
    }

    /** Makes a row, and returns its sys_id. */
    Said insert(String table, JsonObject row) {
        return judged(calls.post(TABLES + table + "?sysparm_fields=sys_id", row));
    }

    /** Changes a row, and returns some of its fields as they are then. */
    Said change(String table, String id, JsonObject change, String fields) {
        return judged(calls.patch(TABLES + table + "/" + id + "?sysparm_fields=" + fields, change));
    }

    /** A field of the one row of an answer; empty if it is not there. */
    static String field(Said said, String name) {
        return JsonTree.text(JsonTree.object(said.json(), "result"), name);
    }

    static List<JsonObject> all(Said said) {
        return JsonTree.objects(said.json(), "result");
    }

    /** The sys_id of the row that a name is of. */
    TicketAnswer find(Reference reference, String name) {
        if (name.matches("[0-9a-f]{32}")) {
            return TicketAnswer.done(name);
        }
        Said said = rows(reference.table, reference.name + "=" + name + "^active=true", reference.name, 100);
        return said.isDone() ? found(said, reference.name, name) : said.failure();
    }

    static DeliveryResult unknown(Reference reference, String name) {
        return new DeliveryResult.Refused(
                "ServiceNow has no active row with " + reference.name + " \"" + name + "\" in "
                        + reference.table + " that the user may read, for the field " + reference.field
                        + "; set another one, or its sys_id");
    }

    /** The first row whose field has the value that was looked for. */
    static TicketAnswer found(Said said, String field, String value) {
        return all(said).stream()
                .filter(row -> JsonTree.text(row, field).equalsIgnoreCase(value))
                .findFirst()
                .map(row -> TicketAnswer.done(JsonTree.text(row, "sys_id")))
                .orElseGet(TicketAnswer::notThere);
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

    @Override
    public String toString() {
        return calls.toString();
    }
}
