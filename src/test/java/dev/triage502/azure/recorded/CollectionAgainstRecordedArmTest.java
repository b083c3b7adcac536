package dev.triage502.azure.recorded;

import static dev.triage502.azure.recorded.CaseResources.lower;
import static dev.triage502.azure.recorded.CaseResources.objects;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.triage502.azure.AzureAccess;
import dev.triage502.azure.AzureSettings;
import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.CollectionProgress;
import dev.triage502.collect.Investigation;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Metrics;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.EvidenceReader;
import dev.triage502.evidence.arm.SourceDocuments;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** That what is collected from the second ARM, whichever habits it has, is the evidence that the case folder holds. */
class CollectionAgainstRecordedArmTest {

    private static final Path CASES = Path.of("src/test/resources/cases");

    /** Answers of 2019 and 2020. */
    private static final Set<Habit> EARLY = EnumSet.of(
            Habit.LOCATION_ONLY, Habit.LOWER_CASE_IDS, Habit.BARE_METRICS, Habit.QUOTED_NUMBERS, Habit.OLD_VERSIONS);

    /** A workspace with the columns of February 2024, of which ErrorInfo was none. */
    private static final Set<Habit> OLD_LOG = EnumSet.of(Habit.OLD_LOG_COLUMNS);

    /** Answers of 2025, in pages. */
    private static final Set<Habit> LATE = EnumSet.of(
            Habit.SIGNED_OPERATIONS, Habit.MIXED_CASE_IDS, Habit.SMALL_PAGES, Habit.CHUNKED, Habit.NO_CONTENT);

    /** Answers of a busy service. */
    private static final Set<Habit> BUSY =
            EnumSet.of(Habit.SIGNED_OPERATIONS, Habit.THROTTLES, Habit.PARTIAL_LOG, Habit.REFUSES_AGGREGATIONS);

    private static final Map<String, Set<Habit>> MANNERS =
            new TreeMap<>(Map.of("early", EARLY, "late", LATE, "busy", BUSY, "old log", OLD_LOG));

    /** Metrics that no cause looks at, and failed requests by pool, of which only the sum is asked. */
    private static final Set<String> NOT_ASKED =
            Set.of("ClientRtt", "ApplicationGatewayTotalTime", "FailedRequests{backendsettingspool");

    /** Resources that stand in a case though nothing leads to them from the gateway. */
    private static final Set<String> NOT_LED_TO = Set.of(
            "asg-web",
            "asg-price-servers",
            "nic-batch01",
            "nsg-audit",
            "nic-wh1",
            "nic-wh2",
            "vm-wh1",
            "vm-wh2",
            "vm-pay1",
            "vm-pay2");

    /** Such that every source, list and table occurs three times, where the corpus has it so often. */
    private static final List<String> SAMPLE = List.of(
            "503-no-live",
            "application-groups-only",
            "bank-of-pods",
            "bgp-default-route",
            "citizen-portal-403",
            "closed-at-once-everywhere",
            "club-site-silence",
            "cluster-node-replaced",
            "connect-text-alone",
            "cu-98-of-100",
            "deep-health-check-503",
            "fund-prices-new-servers",
            "head-office-timesheets",
            "inner-gateway-new-range",
            "joined-to-the-wan",
            "legacy-table-rows",
            "legal-archive-endpoint",
            "maintenance-words",
            "metrics-forbidden",
            "new-cluster-first-ingress",
            "night-saver-runbook",
            "nothing-but-a-count",
            "old-gateway-quiet-day",
            "pods-behind-a-policy",
            "quotes-behind-a-list",
            "reader-of-logs-only",
            "regatta-live",
            "reimaged-fleet",
            "reports-endpoint-recreated",
            "revision-deactivated",
            "saturated-under-load",
            "seminar-cluster",
            "shop-on-container-app",
            "small-gateway-warm-up",
            "spot-capacity-render",
            "ticket-sale-two-instances",
            "timetable-api-v3",
            "tolls-without-configuration",
            "two-gateways-one-workspace",
            "v1-cpu-pinned",
            "v1-failed-requests-flat",
            "v1-slow-report",
            "warehouse-first-day",
            "wholesale-morning",
            "yarp-cluster-random-502");

    static Stream<Arguments> cases() {
        List<String> manners = List.copyOf(MANNERS.keySet());
        return Stream.iterate(0, i -> i < SAMPLE.size(), i -> i + 1)
                .map(i -> Arguments.of(SAMPLE.get(i), manners.get(i % manners.size())));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cases")
    void findsWhatTheCaseHolds(String name, String manner) throws Exception {
        RecordedCase recorded = CaseFolder.read(CASES.resolve(name));
        SourceDocuments live = collected(recorded, CASES.resolve(name), MANNERS.getOrDefault(manner, Set.of()));
        assertThat(differences(recorded, live, !manner.equals("old log"))).isEmpty();
    }

    static SourceDocuments collected(RecordedCase recorded, Path folder, Set<Habit> habits) throws Exception {
        try (RecordedArm arm = new RecordedArm(folder, habits);
                AzureAccess access = AzureAccess.open(AzureSettings.pretend(URI.create(arm.address())))) {
            return new Investigation(
                            access, Investigation.Options.allowing(source -> source == Source.ON_DEMAND_HEALTH))
                    .run(recorded.incident(), Duration.ofSeconds(60), CollectionProgress.none());
        }
    }

    static List<String> differences(RecordedCase recorded, SourceDocuments live, boolean errorInfo) {
        Evidence was = EvidenceReader.read(recorded.incident(), recorded.documents());
        Evidence is = EvidenceReader.read(recorded.incident(), live);
        List<String> differences = new ArrayList<>();
        same(differences, "gateway", was.gateway(), is.gateway());
        same(differences, "backend health", was.backendHealth(), is.backendHealth());
        same(differences, "resource health", was.resourceHealth(), is.resourceHealth());
        same(differences, "diagnostic settings", was.diagnosticSettings(), is.diagnosticSettings());
        if (read(differences, "access log", was.accessLog(), is.accessLog())) {
            equal(differences, "access log", requests(was, errorInfo), requests(is, errorInfo));
        }
        if (read(differences, "metrics", was.metrics(), is.metrics())) {
            Map<String, String> before = points(was);
            Map<String, String> after = points(is);
            before.keySet().removeIf(CollectionAgainstRecordedArmTest::isNotAsked);
            before.entrySet().removeAll(after.entrySet());
            equal(differences, "metrics", Map.of(), before);
        }
        for (Source source : List.of(Source.NETWORK, Source.BACKENDS)) {
            resources(differences, source, recorded.documents().get(source), live.get(source));
        }
        if (recorded.documents().get(Source.ACTIVITY_LOG).unread().isEmpty()) {
            changes(differences, recorded, live);
        }
        return differences;
    }

    private static boolean read(List<String> differences, String what, Reading<?> was, Reading<?> is) {
        if (was.unread().isEmpty() && is.unread().isPresent()) {
            differences.add(what + " is unread: " + is);
        }
        return was.unread().isEmpty() && is.unread().isEmpty();
    }

    private static void same(List<String> differences, String what, Reading<?> was, Reading<?> is) {
        if (read(differences, what, was, is)) {
            // Service issues are a call of their own, which no case holds.
            String[] texts = {lower(was.toString()), lower(is.toString())};
            equal(
                    differences,
                    what,
                    texts[0].replaceAll(", serviceevents=.*", ""),
                    texts[1].replaceAll(", serviceevents=.*", ""));
        }
    }

    private static void equal(List<String> differences, String what, Object was, Object is) {
        if (!was.equals(is)) {
            differences.add(what + "\n  was " + was + "\n  is  " + is);
        }
    }

    /** How many requests ended how, and where; rows are grouped at Azure. */
    private static Map<String, Long> requests(Evidence evidence, boolean errorInfo) {
        Map<String, Long> counts = new TreeMap<>();
        for (AccessLog.Row row : evidence.accessLog().toOptional().orElseThrow().rows()) {
            counts.merge(
                    row.status() + " " + (errorInfo ? row.errorInfo() : "") + " " + row.pool() + " " + row.setting()
                            + " " + row.serverAddress() + " " + row.serverStatus(),
                    row.requests(),
                    Long::sum);
        }
        return counts;
    }

    private static Map<String, String> points(Evidence evidence) {
        Map<String, String> points = new TreeMap<>();
        for (Metrics.Series series :
                evidence.metrics().toOptional().orElseThrow().series()) {
            for (Metrics.Point point : series.points()) {
                if (point.value().isPresent()
                        && !point.at().isBefore(evidence.incident().from())
                        && !point.at().isAfter(evidence.incident().to())) {
                    points.put(series.metric() + new TreeMap<>(series.dimensions()) + point.at(), "" + point.value());
                }
            }
        }
        return points;
    }

    private static boolean isNotAsked(String point) {
        return NOT_ASKED.stream().anyMatch(point::startsWith)
                || point.startsWith("BackendResponseStatus") && !point.contains("=5xx");
    }

    /** Every resource, and all that the case says of it. */
    private static void resources(
            List<String> differences, Source source, Reading<JsonElement> before, Reading<JsonElement> after) {
        if (!read(differences, source.id(), before, after)) {
            return;
        }
        JsonObject was = before.toOptional().orElseThrow().getAsJsonObject();
        JsonObject is = after.toOptional().orElseThrow().getAsJsonObject();
        for (String part : was.keySet()) {
            Map<String, JsonElement> found = byId(is, part);
            byId(was, part).forEach((id, resource) -> {
                if (!found.containsKey(id) && NOT_LED_TO.contains(id.substring(id.lastIndexOf('/') + 1))) {
                    return;
                }
                if (!found.containsKey(id)) {
                    differences.add(source.id() + " lacks " + id + " of " + part);
                } else {
                    within(differences, id, resource, found.get(id));
                }
            });
        }
    }

    private static Map<String, JsonElement> byId(JsonObject document, String part) {
        Map<String, JsonElement> all = new TreeMap<>();
        for (JsonObject each : objects(document.get(part))) {
            JsonObject of = each.get("networkInterface") instanceof JsonObject nic ? nic : each;
            JsonObject one = each.deepCopy();
            if (one.get("properties") instanceof JsonObject properties && properties.has("virtualMachines")) {
                one.add("instances", properties.remove("virtualMachines")); // as collected: instances stand beside
            }
            all.put(lower(of.get("id").getAsString()), normal(one));
        }
        return all;
    }

    /** What the case says has to be there; Azure may say more. */
    private static void within(List<String> differences, String where, JsonElement was, JsonElement is) {
        if (was instanceof JsonObject fields && is instanceof JsonObject found) {
            for (Map.Entry<String, JsonElement> field : fields.entrySet()) {
                JsonElement other = found.has(field.getKey()) ? found.get(field.getKey()) : JsonNull.INSTANCE;
                within(differences, where + "." + field.getKey(), field.getValue(), other);
            }
        } else if (was instanceof JsonArray list && is instanceof JsonArray found && list.size() == found.size()) {
            for (int i = 0; i < list.size(); i++) {
                within(differences, where + "[" + i + "]", list.get(i), found.get(i));
            }
        } else if (!was.equals(is)) {
            differences.add(where + " was " + was + " and is " + is);
        }
    }

    private static JsonElement normal(JsonElement element) {
        if (element instanceof JsonObject object) {
            JsonObject out = new JsonObject();
            object.entrySet().stream()
                    .filter(field ->
                            !Set.of("etag", "tags", "type", "resourceGuid").contains(field.getKey()))
                    .forEach(field -> out.add(field.getKey(), normal(field.getValue())));
            return out;
        }
        if (element instanceof JsonArray array) {
            JsonArray out = new JsonArray();
            array.forEach(each -> out.add(normal(each)));
            return out;
        }
        boolean id = element instanceof JsonPrimitive text
                && text.isString()
                && text.getAsString().startsWith("/subscriptions/");
        return id ? new JsonPrimitive(lower(element.getAsString())) : element;
    }

    /** Every change of the last day on something that the other documents mention. */
    private static void changes(List<String> differences, RecordedCase recorded, SourceDocuments live) {
        Reading<JsonElement> after = live.get(Source.ACTIVITY_LOG);
        Reading<JsonElement> before = recorded.documents().get(Source.ACTIVITY_LOG);
        if (!read(differences, "activity log", before, after)) {
            return;
        }
        Set<String> found = new TreeSet<>();
        objects(after.toOptional().orElseThrow().getAsJsonObject().get("value")).forEach(row -> found.add(change(row)));
        Set<String> mentioned = new TreeSet<>();
        for (Source source : List.of(Source.GATEWAY, Source.NETWORK, Source.BACKENDS)) {
            live.get(source).toOptional().ifPresent(document -> ids(document, mentioned));
        }
        Instant dayBefore = recorded.incident().to().minus(Duration.ofDays(1));
        for (JsonObject row :
                objects(before.toOptional().orElseThrow().getAsJsonObject().get("value"))) {
            Instant at = Instant.parse(row.get("eventTimestamp").getAsString());
            boolean due = !at.isBefore(dayBefore)
                    && !at.isAfter(recorded.incident().to())
                    && mentioned.contains(lower(row.get("resourceId").getAsString()));
            if (due && !found.contains(change(row))) {
                differences.add("activity log lacks " + row);
            }
        }
    }

    private static String change(JsonObject row) {
        return lower(row.get("eventTimestamp") + " " + row.get("operationName") + " " + row.get("status") + " "
                + row.get("caller") + " " + row.get("properties"));
    }

    private static void ids(JsonElement at, Set<String> ids) {
        if (at instanceof JsonArray array) {
            array.forEach(each -> ids(each, ids));
        } else if (at instanceof JsonObject object) {
            object.entrySet().forEach(each -> ids(each.getValue(), ids));
        } else if (at.isJsonPrimitive() && at.getAsString().startsWith("/subscriptions/")) {
            ids.add(lower(at.getAsString()));
        }
    }
}
