package dev.triage502.deliver;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.triage502.deliver.Receiver.Reply;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The part of ServiceNow's Table API that is used here, with what an instance does as it comes: it refuses in ServiceNow's words,
 * drops conditions on fields that it does not know, leaves out fields that the user may not read, and ignores those that the
 * user may not write.
 */
final class PretendServicenow extends PretendApi {

    static final String USER = "triage502";
    static final String GROUP_ID = "287ebd7da9fe198100f92cc8d1d2154e";
    static final String CALLER_ID = "6816f79cc0a8016401c5a33be04be441";

    private static final String TABLES = "/api/now/table/";

    private static final Set<String> FIELDS = Set.of(
            "sys_id",
            "number",
            "sys_created_on",
            "short_description",
            "description",
            "correlation_id",
            "correlation_display",
            "impact",
            "urgency",
            "category",
            "contact_type",
            "u_cause",
            "assignment_group",
            "caller_id",
            "state",
            "close_code",
            "close_notes",
            "work_notes");

    private final String password;
    private final List<JsonObject> incidents = new ArrayList<>();
    private final Map<String, List<String>> notes = new LinkedHashMap<>();
    private final Map<String, List<JsonObject>> tables = new LinkedHashMap<>();
    private final Set<String> unreadable = new LinkedHashSet<>();
    private final Set<String> readOnly = new LinkedHashSet<>();
    private final Set<String> tokens = new LinkedHashSet<>();
    private int tokensMade;
    private int resolved;
    private boolean hasRole = true;
    private boolean wantsCause;

    PretendServicenow(String password) throws IOException {
        this.password = password;
        row("sys_user_group", Map.of("sys_id", GROUP_ID, "name", "Network", "active", "true"));
        row("sys_user", Map.of("sys_id", CALLER_ID, "user_name", USER, "active", "true"));
        choices("close_code", "Duplicate", "Known error", "Solution provided", "Resolved by change");
        choices("state", "1", "2", "3", "6", "7", "8");
        choices("category", "inquiry", "software", "network");
    }

    private void choices(String element, String... values) {
        for (String value : values) {
            row("sys_choice", Map.of("name", "incident", "element", element, "value", value, "inactive", "false"));
        }
    }

    private void row(String table, Map<String, String> fields) {
        JsonObject row = new JsonObject();
        fields.forEach(row::addProperty);
        tables.computeIfAbsent(table, name -> new ArrayList<>()).add(row);
    }

    synchronized List<JsonObject> incidents() {
        return incidents.stream().map(JsonObject::deepCopy).toList();
    }

    synchronized List<String> notes() {
        return notes.values().stream().flatMap(List::stream).toList();
    }

    /** How often an incident was resolved. */
    synchronized int resolved() {
        return resolved;
    }

    synchronized int tokensMade() {
        return tokensMade;
    }

    /** A person sets a field. */
    synchronized void set(String field, String value) {
        incidents.get(0).addProperty(field, value);
    }

    /** An incident that somebody else made. */
    synchronized void hasAnother() {
        JsonObject other = new JsonObject();
        other.addProperty("sys_id", "ffffffffffffffffffffffffffffffff");
        other.addProperty("correlation_id", "another");
        other.addProperty("state", "2");
        incidents.add(0, other);
    }

    synchronized void delete() {
        incidents.clear();
    }

    synchronized void cannotRead(String field) {
        unreadable.add(field);
    }

    synchronized void cannotWrite(String field) {
        readOnly.add(field);
    }

    synchronized void cannotReadTable(String table) {
        tables.remove(table);
    }

    /** Its data policy makes another field mandatory when an incident is resolved. */
    synchronized void wantsCause() {
        wantsCause = true;
    }

    synchronized void hasNoRole() {
        hasRole = false;
    }

    synchronized void revokeTokens() {
        tokens.clear();
    }

    @Override
    boolean writes(Asked asked) {
        return super.writes(asked) && !asked.path().equals("/oauth_token.do");
    }

    @Override
    Reply refusal(String words) {
        return error(403, "Operation Failed", words);
    }

    @Override
    Reply answer(Asked asked) {
        if (asked.path().equals("/oauth_token.do")) {
            return token(asked);
        }
        if (!isSignedIn(asked.header("Authorization"))) {
            return error(401, "User Not Authenticated", "Required to provide Auth information");
        }
        if (!hasRole) {
            return error(403, "User Not Authorized", "Failed API level ACL Validation");
        }
        if (!asked.path().startsWith(TABLES)) {
            return error(400, "Requested URI does not represent any resource", asked.path());
        }
        if (!asked.header("Accept").equals("application/json")
                || !asked.text().isEmpty() && !asked.header("Content-Type").startsWith("application/json")) {
            return error(415, "Unsupported media type", "Content-Type not supported");
        }
        String[] parts = asked.path().substring(TABLES.length()).split("/");
        if (parts.length == 1) {
            return asked.method().equals("POST") ? create(asked) : list(asked, parts[0]);
        }
        Optional<JsonObject> row = incidents.stream()
                .filter(each -> each.get("sys_id").getAsString().equals(parts[1]))
                .findFirst();
        if (row.isEmpty()) {
            return error(404, "No Record found", "Record doesn't exist or ACL restricts the record retrieval");
        }
        return asked.method().equals("PATCH") ? change(row.get(), asked) : result(200, shown(row.get(), asked));
    }

    private boolean isSignedIn(String authorization) {
        String basic = Base64.getEncoder().encodeToString((USER + ":" + password).getBytes(StandardCharsets.UTF_8));
        return authorization.equals("Basic " + basic)
                || authorization.startsWith("Bearer ") && tokens.contains(authorization.substring("Bearer ".length()));
    }

    private Reply token(Asked asked) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : asked.text().split("&")) {
            String[] parts = pair.split("=", 2);
            form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        boolean isRight = asked.header("Content-Type").equals("application/x-www-form-urlencoded")
                && form.equals(
                        Map.of("grant_type", "client_credentials", "client_id", USER, "client_secret", password));
        if (!isRight) {
            return new Reply(401, Map.of(), "{\"error\":\"server_error\",\"error_description\":\"access_denied\"}");
        }
        String token = "token-" + ++tokensMade + "-" + "0".repeat(40);
        tokens.add(token);
        return new Reply(
                200,
                Map.of(),
                "{\"access_token\":\"" + token
                        + "\",\"scope\":\"useraccount\",\"token_type\":\"Bearer\",\"expires_in\":1799}");
    }

    private Reply create(Asked asked) {
        JsonObject row = new JsonObject();
        row.addProperty("sys_id", String.format("%032x", incidents.size() + 1));
        row.addProperty("number", "INC000000" + (incidents.size() + 1));
        row.addProperty("state", "1");
        Optional<Reply> fault = write(row, asked.body());
        if (fault.isPresent()) {
            return fault.get();
        }
        incidents.add(row);
        return result(201, shown(row, asked));
    }

    private Reply change(JsonObject row, Asked asked) {
        return write(row, asked.body()).orElseGet(() -> result(200, shown(row, asked)));
    }

    private Optional<Reply> write(JsonObject row, JsonObject change) {
        for (String field : List.copyOf(change.keySet())) {
            if (!FIELDS.contains(field) || readOnly.contains(field)) {
                change.remove(field);
            }
        }
        Optional<Reply> fault = fault(change);
        if (fault.isPresent()) {
            return fault;
        }
        if (text(change, "state").equals("6") && !text(row, "state").equals("6")) {
            resolved++;
        }
        change.entrySet().forEach(each -> row.add(each.getKey(), each.getValue()));
        if (row.remove("work_notes") instanceof JsonPrimitive note) {
            notes.computeIfAbsent(text(row, "sys_id"), id -> new ArrayList<>()).add(note.getAsString());
        }
        return Optional.empty();
    }

    /** What it refuses: an instance may also cut what is too long, and keep a reference to nothing. */
    private Optional<Reply> fault(JsonObject change) {
        if (wantsCause
                && text(change, "state").equals("6")
                && text(change, "u_cause").isEmpty()) {
            return Optional.of(
                    error(403, "Operation Failed", "Data Policy Exception: The following fields are mandatory: Cause"));
        }
        if (text(change, "state").equals("6")
                && (text(change, "close_code").isEmpty()
                        || text(change, "close_notes").isEmpty())) {
            return Optional.of(error(
                    403,
                    "Operation Failed",
                    "Data Policy Exception: The following fields are mandatory: Resolution code, Resolution notes"));
        }
        boolean isTooLong = text(change, "short_description").length() > 160
                || text(change, "description").length() > 4_000
                || text(change, "close_notes").length() > 4_000
                || text(change, "work_notes").length() > 4_000
                || text(change, "correlation_id").length() > 100;
        boolean refersToNothing = !Set.of("", GROUP_ID).contains(text(change, "assignment_group"))
                || !Set.of("", CALLER_ID).contains(text(change, "caller_id"));
        boolean isNoChoice = !Set.of("", "1", "2", "3").contains(text(change, "impact"))
                || !Set.of("", "1", "2", "3").contains(text(change, "urgency"));
        return isTooLong || refersToNothing || isNoChoice
                ? Optional.of(error(400, "Invalid value", "A value is too long, no choice or no reference"))
                : Optional.empty();
    }

    private Reply list(Asked asked, String table) {
        List<JsonObject> rows =
                new ArrayList<>(table.equals("incident") ? incidents : tables.getOrDefault(table, List.of()));
        for (String condition : asked.query().getOrDefault("sysparm_query", "").split("\\^")) {
            String[] parts = condition.split("=", 2);
            boolean isKnown = parts.length == 2 && !unreadable.contains(parts[0]);
            if (isKnown && rows.stream().anyMatch(row -> row.has(parts[0]))) {
                rows.removeIf(row -> !text(row, parts[0]).equalsIgnoreCase(parts[1]));
            }
        }
        JsonArray shown = new JsonArray();
        rows.stream()
                .limit(Integer.parseInt(asked.query().getOrDefault("sysparm_limit", "10000")))
                .forEach(row -> shown.add(shown(row, asked)));
        return result(200, shown);
    }

    /** Without display values a journal is empty. */
    private JsonObject shown(JsonObject row, Asked asked) {
        JsonObject shown = row.deepCopy();
        boolean displays =
                asked.query().getOrDefault("sysparm_display_value", "false").equals("true");
        shown.addProperty("work_notes", displays ? journal(row) : "");
        List<String> fields =
                List.of(asked.query().getOrDefault("sysparm_fields", "").split(","));
        for (String field : List.copyOf(shown.keySet())) {
            if (!fields.contains(field) || unreadable.contains(field)) {
                shown.remove(field);
            }
        }
        return shown;
    }

    private String journal(JsonObject row) {
        StringBuilder journal = new StringBuilder();
        for (String note : notes.getOrDefault(text(row, "sys_id"), List.of())) {
            journal.insert(0, "2026-03-02 08:15:10 - triage502 (Work notes)\n" + note + "\n\n");
        }
        return journal.toString();
    }

    private static String text(JsonObject json, String name) {
        return json.get(name) instanceof JsonPrimitive value ? value.getAsString() : "";
    }

    private static Reply result(int status, JsonElement result) {
        JsonObject answer = new JsonObject();
        answer.add("result", result);
        return new Reply(status, Map.of(), answer.toString());
    }

    private static Reply error(int status, String message, String detail) {
        JsonObject error = new JsonObject();
        error.addProperty("message", message);
        error.addProperty("detail", detail);
        JsonObject answer = new JsonObject();
        answer.add("error", error);
        answer.addProperty("status", "failure");
        return new Reply(status, Map.of(), answer.toString());
    }
}
