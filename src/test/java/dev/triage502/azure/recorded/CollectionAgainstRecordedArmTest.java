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
    private static final Set<Habit> EARLY =
            EnumSet.of(Habit.LOCATION_ONLY, Habit.LOWER_CASE_IDS, Habit.BARE_METRICS, Habit.QUOTED_NUMBERS);

    /** Answers of 2025, in pages. */
    private static final Set<Habit> LATE = EnumSet.of(
            Habit.SIGNED_OPERATIONS, Habit.MIXED_CASE_IDS, Habit.SMALL_PAGES, Habit.CHUNKED, Habit.NO_CONTENT);

    /** Answers of a busy service. */
    private static final Set<Habit> BUSY = EnumSet.of(Habit.OPERATION_ONLY, Habit.THROTTLES);

    private static final Map<String, Set<Habit>> MANNERS =
            new TreeMap<>(Map.of("early", EARLY, "late", LATE, "busy", BUSY));

    private static final List<String> SAMPLE = List.of(
            "503-no-live",
            "aca-internal-edge",
            "addon-existing-gateway",
            "alert-at-ten-past-nine",
            "allow-list-of-instances",
            "announced-maintenance-page",
            "api-front-new-root",
            "apim-probe-path",
            "app-service-https-no-host",
            "app-users-give-up",
            "application-groups-only",
            "archive-search-twenty",
            "backend-default-route-harmless",
            "backend-own-limit",
            "bank-of-pods",
            "basic-listener-first",
            "batch-portal-night",
            "bgp-default-route",
            "blank-health-page-inner",
            "bonus-day-slow",
            "broker-after-refactoring",
            "bus-times-scanner",
            "cash-desk-release",
            "catalogue-second-colour",
            "citizen-portal-403",
            "claims-site-moved",
            "client-addresses-wanted",
            "closed-at-once-everywhere",
            "club-site-silence",
            "cluster-node-replaced",
            "connect-text-alone",
            "container-apps-customers-api",
            "container-apps-tutorial-unknown",
            "controller-lost-rights",
            "cu-98-of-100",
            "data-platform-storage-calls",
            "deep-health-check-503",
            "demo-cluster-morning",
            "edge-table-attached",
            "endpoint-was-rejected",
            "environment-by-address",
            "evening-without-notice",
            "every-ten-minutes",
            "exam-results-day",
            "expired-and-slow",
            "expired-text-good-dates",
            "fair-day",
            "festival-default-target",
            "firewall-got-another-address",
            "fleet-api-root",
            "fund-prices-new-servers",
            "gateway-moved-by-ops",
            "grain-exchange",
            "greenhouse-night",
            "grpc-only-backend",
            "harbour-afternoon",
            "head-office-timesheets",
            "health-answer-only",
            "health-up-down-words",
            "hr-setting-rebuilt",
            "ids-in-capitals",
            "index-status-page",
            "ingress-path-api-only",
            "inner-gateway-new-range",
            "intranet-vm-rebuilt",
            "joined-to-the-wan",
            "lab-and-records",
            "ledger-api-mutual",
            "left-over-map",
            "legacy-table-rows",
            "legal-archive-endpoint",
            "listener-cert-distractor",
            "live-handshake",
            "live-name-mismatch-only",
            "log-lines-only-relayed",
            "log-lines-only-slow",
            "log-not-enabled",
            "mail-front-renewal",
            "maintenance-short-dip",
            "maintenance-words",
            "management-api-no-answer",
            "message-broker-port",
            "meter-readings-download",
            "metrics-forbidden",
            "min-servers-masks",
            "monday-4xx-alert",
            "monday-morning-intranet",
            "moved-load-balancer",
            "museum-of-two-names",
            "museum-tickets-and-exports",
            "new-cluster-first-ingress",
            "night-saver-runbook",
            "nodepool-upgrade-shared-mode",
            "not-our-502",
            "not-valid-until-tomorrow",
            "nothing-but-a-count",
            "nva-tiering-v1",
            "old-gateway-quiet-day",
            "one-bad-host-of-eleven",
            "one-check-switched-off",
            "one-of-three-after-rollout",
            "one-of-three-no-502",
            "one-of-two-proxies",
            "one-server-two-settings",
            "open-data-portal-frontend",
            "orders-in-the-environment",
            "orders-post-now-and-then",
            "other-subscription-spoke",
            "oversized-headers",
            "parcel-sorting-paths",
            "partner-network-link",
            "payroll-inner-name",
            "payroll-two-restarts",
            "pension-through-firewall",
            "permit-portal-bundle",
            "permits-in-the-other-cloud",
            "platform-unavailable",
            "pods-behind-a-policy",
            "port-8080-not-80",
            "pos-image-rollout",
            "printer-farm-route",
            "priority-inversion",
            "private-gateway-denies-all",
            "probe-green-traffic-red",
            "probe-port-differs",
            "probe-redirect-healthy",
            "pub-certificate-swap",
            "put-emptied-dns-cache",
            "python-orders-api",
            "quotes-behind-a-list",
            "reader-of-logs-only",
            "red-pool-nobody-asks",
            "regatta-live",
            "reimaged-fleet",
            "relayed-502",
            "release-every-afternoon",
            "release-half-through",
            "renamed-intranet-site",
            "renewed-at-noon",
            "reports-endpoint-recreated",
            "resolver-machine",
            "restriction-wrong-source",
            "return-path-firewall",
            "revision-deactivated",
            "river-authority",
            "rule-written-and-undone",
            "san-lacks-host",
            "saturated-under-load",
            "scale-set-behind-gateway",
            "second-range-of-the-spoke",
            "self-made-on-the-box",
            "seminar-cluster",
            "shop-moved-to-v2",
            "shop-on-container-app",
            "signature-service",
            "sister-company-portal",
            "slow-health-page",
            "small-gateway-warm-up",
            "spoke-behind-firewall",
            "spot-capacity-render",
            "started-after-audit",
            "static-web-fresh-environment",
            "status-page-500-only",
            "status-page-release",
            "stopped-by-user",
            "storage-host",
            "tax-office-quarter",
            "tea-shop-holiday",
            "ticket-sale-two-instances",
            "timetable-api-v3",
            "tls-to-a-plain-port",
            "toll-operator-api",
            "tolls-without-configuration",
            "town-hall-two-sites",
            "two-domains-one-wildcard",
            "two-families-of-addresses",
            "two-gateways-one-workspace",
            "two-web-apps-one-gateway",
            "two-web-vms-patch-night",
            "unknown-and-unread",
            "unrelated-deployment",
            "update-without-end",
            "v1-cpu-pinned",
            "v1-failed-requests-flat",
            "v1-health-tab-blank",
            "v1-raw-rows",
            "v1-slow-report",
            "v2-management-ports",
            "v2-private-root-missing",
            "vault-shut-to-the-gateway",
            "vnet-in-other-hands",
            "waf-403-beside-502",
            "warehouse-first-day",
            "web-app-stopped",
            "websocket-cut-at-timeout",
            "wholesale-morning",
            "yarp-cluster-random-502",
            "zone-of-many-rules");

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
        assertThat(differences(recorded, live)).isEmpty();
    }

    static SourceDocuments collected(RecordedCase recorded, Path folder, Set<Habit> habits) throws Exception {
        try (RecordedArm arm = new RecordedArm(folder, habits);
                AzureAccess access = AzureAccess.open(AzureSettings.pretend(URI.create(arm.address())))) {
            return new Investigation(access, new Investigation.Options(false, true))
                    .run(recorded.incident(), Duration.ofSeconds(60), CollectionProgress.none());
        }
    }

    static List<String> differences(RecordedCase recorded, SourceDocuments live) {
        Evidence was = EvidenceReader.read(recorded.incident(), recorded.documents());
        Evidence is = EvidenceReader.read(recorded.incident(), live);
        List<String> differences = new ArrayList<>();
        same(differences, "gateway", was.gateway(), is.gateway());
        same(differences, "backend health", was.backendHealth(), is.backendHealth());
        same(differences, "resource health", was.resourceHealth(), is.resourceHealth());
        same(differences, "diagnostic settings", was.diagnosticSettings(), is.diagnosticSettings());
        if (read(differences, "access log", was.accessLog(), is.accessLog())) {
            equal(differences, "access log", requests(recorded, was), requests(recorded, is));
        }
        if (read(differences, "metrics", was.metrics(), is.metrics())) {
            Map<String, String> before = points(was);
            Map<String, String> after = points(is);
            before.keySet()
                    .removeIf(each -> each.startsWith("ClientRtt") || each.startsWith("ApplicationGatewayTotalTime"));
            after.keySet().retainAll(before.keySet());
            equal(differences, "metrics", before, after);
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
            equal(differences, what, lower(was.toString()), lower(is.toString()));
        }
    }

    private static void equal(List<String> differences, String what, Object was, Object is) {
        if (!was.equals(is)) {
            differences.add(what + "\n  was " + was + "\n  is  " + is);
        }
    }

    /** How many requests of the incident's hour ended how, and where; rows are grouped at Azure. */
    private static Map<String, Long> requests(RecordedCase recorded, Evidence evidence) {
        Map<String, Long> counts = new TreeMap<>();
        for (AccessLog.Row row : evidence.accessLog().toOptional().orElseThrow().rows()) {
            boolean within = !row.from().isBefore(recorded.incident().from())
                    && !row.to().isAfter(recorded.incident().to());
            if (within) {
                counts.merge(
                        row.status() + " " + row.errorInfo() + " " + row.pool() + " " + row.setting() + " "
                                + row.serverAddress() + " " + row.serverStatus(),
                        row.requests(),
                        Long::sum);
            }
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
            all.put(lower(of.get("id").getAsString()), normal(each));
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
        return row.get("eventTimestamp") + " " + row.get("operationName") + " " + row.get("status") + " "
                + row.get("caller") + " " + row.get("properties");
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
