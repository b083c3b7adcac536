package dev.triage502.deliver;

import dev.triage502.deliver.ServicenowAccess.Entry;
import dev.triage502.deliver.ServicenowIncidents.Mapping;
import dev.triage502.deliver.ServicenowIncidents.Resolution;
import dev.triage502.deliver.ServicenowTables.Reference;
import dev.triage502.ledger.MessageReason;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One ServiceNow incident for each incident, with a work note for each event. */
final class ServicenowChannel implements Channel {

    private static final String BY_CLIENT = "oauth";

    private static final Set<String> OWN_FIELDS = Set.of(
            "short_description",
            "description",
            "work_notes",
            "state",
            "impact",
            "urgency",
            "close_code",
            "close_notes",
            "correlation_id",
            "correlation_display",
            "assignment_group",
            "caller_id");

    static final ChannelSetting<String> INSTANCE = ChannelSetting.text(
                    "instance",
                    "no ServiceNow",
                    "Host of the ServiceNow instance.",
                    "contoso.service-now.com",
                    "[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
            .accepting(
                    host -> SecretUrl.parse(url(host)).isPresent(),
                    "the host of an instance, e.g. contoso.service-now.com");

    static final ChannelSetting<String> USER = ChannelSetting.text(
            "user",
            "no ServiceNow",
            "User that creates and updates the incidents; with auth oauth, the client ID.",
            "triage502",
            "[^\\s:](?:[^:]{0,98}[^\\s:])?");

    static final ChannelSetting<SecretText> PASSWORD = ChannelSetting.secret(
            "password",
            "no ServiceNow",
            "Password of that user; with auth oauth, the client secret. Secret: use a Key Vault reference.",
            "not a password, only an example",
            "\\S.{4,254}\\S");

    static final ChannelSetting<String> AUTH = ChannelSetting.choice(
            "auth",
            "Whether user and password are those of a user or of an OAuth client.",
            "basic",
            "basic",
            BY_CLIENT);

    static final ChannelSetting<String> ASSIGNMENT_GROUP = ChannelSetting.text(
            "assignmentGroup",
            "by the rules of the instance",
            "Name or sys_id of the assignment group.",
            "Network",
            "[^\\s^][^^]{0,99}");

    static final ChannelSetting<String> CALLER = ChannelSetting.text(
            "caller", "no caller", "User name or sys_id of the caller.", "triage502", "[^\\s^][^^]{0,99}");

    static final ChannelSetting<String> CATEGORY = ChannelSetting.text(
            "category", "the default of the instance", "Value of the category.", "network", "\\S.{0,99}");

    static final ChannelSetting<Map<String, String>> FIELDS = moreFields(
            "fields",
            "More fields of each new incident, by their names, such as those that the instance requires.",
            "{\"contact_type\": \"monitoring\"}");

    static final ChannelSetting<Map<String, String>> RESOLVE_FIELDS = moreFields(
            "resolveFields",
            "More fields that are set when an incident is resolved, by their names.",
            "{\"u_cause\": \"network\"}");

    static final ChannelSetting<Map<String, String>> IMPACTS = priorities(
            "impacts", "0 gives 1; 1 and 2 give 2; 3 and 4 give 3", "Impact, 1 to 3, for each severity of an alert.");

    static final ChannelSetting<Map<String, String>> URGENCIES = priorities(
            "urgencies",
            "0 and 1 give 1; 2 gives 2; 3 and 4 give 3",
            "Urgency, 1 to 3, for each severity of an alert.");

    static final ChannelSetting<String> CLOSE_CODE = ChannelSetting.text(
            "closeCode",
            "Solution provided",
            "Resolution code of an incident that recovered: a value of the choices of close_code.",
            "Solved (Permanently)",
            "\\S.{0,99}");

    static final ChannelSetting<String> RESOLVED_STATE = ChannelSetting.text(
            "resolvedState", "6", "Value of the state of an incident that recovered.", "6", "-?[0-9]{1,5}");

    static final ChannelSetting<String> REOPENED_STATE = ChannelSetting.text(
            "reopenedState",
            "2",
            "Value of the state of a resolved incident that is opened again.",
            "2",
            "-?[0-9]{1,5}");

    static final ChannelType TYPE = new ChannelType(
            "servicenow",
            List.of(INSTANCE, USER, PASSWORD),
            List.of(
                    AUTH,
                    ASSIGNMENT_GROUP,
                    CALLER,
                    CATEGORY,
                    FIELDS,
                    IMPACTS,
                    URGENCIES,
                    CLOSE_CODE,
                    RESOLVE_FIELDS,
                    RESOLVED_STATE,
                    REOPENED_STATE),
            EnumSet.allOf(MessageReason.class),
            Map.of(
                    "servicenow",
                    notice -> ServicenowIncidents.row(notice.ticket(), mapping(new ChannelValues(Map.of())))
                            .toString()),
            ServicenowChannel::of);

    private final SecretUrl base;
    private final ServicenowAccess access;
    private final Mapping mapping;
    private final ChannelTools tools;

    ServicenowChannel(SecretUrl base, ServicenowAccess access, Mapping mapping, ChannelTools tools) {
        this.base = base;
        this.access = access;
        this.mapping = mapping;
        this.tools = tools;
    }

    private static ServicenowChannel of(ChannelValues values, ChannelTools tools) {
        SecretUrl base = SecretUrl.parse(url(values.needed(INSTANCE))).orElseThrow();
        String user = values.needed(USER);
        SecretText password = values.needed(PASSWORD);
        ServicenowAccess access = values.get(AUTH).filter(BY_CLIENT::equals).isPresent()
                ? new ServicenowTokens(base, user, password, tools)
                : ServicenowAccess.byPassword(user, password);
        return new ServicenowChannel(base, access, mapping(values), tools);
    }

    private static String url(String host) {
        return "https://" + host + "/";
    }

    private static ChannelSetting<Map<String, String>> priorities(String key, String otherwise, String meaning) {
        return ChannelSetting.table(key, otherwise, meaning, "{\"0\": \"1\", \"1\": \"1\"}")
                .accepting(
                        table -> table.keySet().stream().allMatch(number -> number.matches("[0-4]"))
                                && Set.of("1", "2", "3").containsAll(table.values()),
                        "an object that gives 0 to 4 one of \"1\", \"2\", \"3\", e.g. {\"0\": \"1\"}");
    }

    private static ChannelSetting<Map<String, String>> moreFields(String key, String meaning, String example) {
        return ChannelSetting.table(key, "no more fields", meaning, example)
                .accepting(
                        fields -> fields.keySet().stream()
                                .allMatch(name -> name.matches("[a-z][a-z0-9_]{0,79}") && !OWN_FIELDS.contains(name)),
                        "an object of values by the names of fields, without those that triage502 sets, e.g. "
                                + example);
    }

    static Mapping mapping(ChannelValues values) {
        Map<String, String> fields = new LinkedHashMap<>(values.get(FIELDS).orElse(Map.of()));
        values.get(CATEGORY).ifPresent(category -> fields.put("category", category));
        return new Mapping(
                references(values),
                fields,
                with(values.get(IMPACTS), Map.of("0", "1", "1", "2", "2", "2", "3", "3", "4", "3")),
                with(values.get(URGENCIES), Map.of("0", "1", "1", "1", "2", "2", "3", "3", "4", "3")),
                new Resolution(
                        values.get(RESOLVED_STATE).orElse("6"),
                        values.get(CLOSE_CODE).orElse("Solution provided"),
                        values.get(RESOLVE_FIELDS).orElse(Map.of())),
                values.get(REOPENED_STATE).orElse("2"));
    }

    private static Map<Reference, String> references(ChannelValues values) {
        Map<Reference, String> references = new EnumMap<>(Reference.class);
        values.get(ASSIGNMENT_GROUP).ifPresent(name -> references.put(Reference.GROUP, name));
        values.get(CALLER).ifPresent(name -> references.put(Reference.CALLER, name));
        return references;
    }

    private static Map<String, String> with(Optional<Map<String, String>> set, Map<String, String> usual) {
        Map<String, String> all = new LinkedHashMap<>(usual);
        set.ifPresent(all::putAll);
        return all;
    }

    @Override
    public DeliveryResult deliver(ReportNotice notice, ChannelMemory memory) {
        Entry entry = access.enter();
        return entry.isOpen()
                ? new TicketLife(new ServicenowIncidents(tables(entry), mapping), tools.clock(), notice, memory).say()
                : entry.result();
    }

    @Override
    public ChannelCheck check() {
        Entry entry = access.enter();
        return entry.isOpen() ? new ServicenowCheck(tables(entry), mapping).check() : ChannelCheck.of(entry.result());
    }

    private ServicenowTables tables(Entry entry) {
        return new ServicenowTables(base, access, entry, tools.http());
    }
}
