package dev.triage502.local;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.EvidenceReader;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.json.JsonTree;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a case holds and reading it over HTTP did not give, source by source. Nothing may be lost but what Azure cannot
 * be asked for; that is told here, case by case where it is peculiar to one.
 */
final class Collected {

    /** Resources that stand in a case though nothing leads to them, and why that is right. */
    private static final Map<String, String> NOT_LED_TO = Map.of(
            "nic-batch01", "a machine beside the members, in a subnet in which every member's address is held",
            "nsg-audit", "a security group of a subnet that neither gateway nor members are in",
            "nic-wh1", "the pool has addresses of no network that there is, so nothing says where its machines are",
            "nic-wh2", "likewise",
            "kubernetes-b93f", "the public address that took the place of the one in the pool, so nothing leads there",
            "lb-tiles", "a load balancer that has another front address now, so nothing leads there any more");

    /** Machines are found by their interfaces; these cases have machines and none of the interfaces that lead there. */
    private static final Set<String> MACHINES_WITHOUT_A_WAY = Set.of("payroll-two-restarts", "warehouse-first-day");

    /** Metrics that no cause looks at. */
    private static final Set<String> NOT_ASKED = Set.of("ClientRtt", "ApplicationGatewayTotalTime");

    /** What somebody asked because they knew where the page had gone. */
    static final Set<String> TRIED_BY_HAND = Set.of("timetable-api-v3", "registry-by-name");

    private final RecordedCase recorded;
    private final SourceDocuments askable;
    private final SourceDocuments live;
    private final List<String> lost = new ArrayList<>();

    Collected(RecordedCase recorded, SourceDocuments askable, SourceDocuments live) {
        this.recorded = recorded;
        this.askable = askable;
        this.live = live;
    }

    List<String> lost() {
        for (Source source : Source.values()) {
            compare(source);
        }
        return lost;
    }

    private void compare(Source source) {
        Reading<JsonElement> was = recorded.documents().get(source);
        Reading<JsonElement> is = live.get(source);
        boolean withoutGateway =
                recorded.documents().get(Source.GATEWAY).unread().isPresent();
        boolean needsGateway =
                Set.of(Source.NETWORK, Source.BACKENDS, Source.ON_DEMAND_HEALTH).contains(source);
        boolean noWay = source == Source.BACKENDS && MACHINES_WITHOUT_A_WAY.contains(recorded.id());
        if (withoutGateway && needsGateway || noWay) {
            return;
        }
        if (was.unread().isPresent()) {
            Why why = was.unread().orElseThrow().why();
            boolean refused = why == Why.NOT_COLLECTED && source != Source.DIRECT_PROBE;
            expect(
                    source,
                    refused ? Why.FORBIDDEN : why,
                    is.unread().map(each -> each.why()).orElse(null));
        } else if (is.unread().isPresent() && source == Source.ON_DEMAND_HEALTH) {
            onDemand(was.toOptional().orElseThrow(), new JsonArray());
        } else if (is.unread().isPresent() && source == Source.ACCESS_LOG) {
            // A recorded answer is empty where nobody keeps the log; who asks finds that out.
            expect(source, evidence(askable).accessLog(), evidence(live).accessLog());
        } else if (is.toOptional().isEmpty()) {
            lost.add(source.id() + " is unread: " + is);
        } else {
            compare(source, was.toOptional().orElseThrow(), is.toOptional().orElseThrow());
        }
    }

    private void compare(Source source, JsonElement was, JsonElement is) {
        switch (source) {
            case NETWORK, BACKENDS -> resources(source, (JsonObject) was, (JsonObject) is);
            case ACTIVITY_LOG -> changes((JsonObject) was, (JsonObject) is);
            case ACCESS_LOG -> expect(source, requests(askable), requests(live));
            case METRICS -> expect(source, metrics(was), metrics(is));
            case DIRECT_PROBE -> expect(source, withoutPlace(was), withoutPlace(is));
            case ON_DEMAND_HEALTH -> onDemand(was, is);
            case RESOURCE_HEALTH -> expect(source, was, withoutNoEvents(is));
            default -> expect(source, was, is);
        }
    }

    /** Each recorded answer to what the collector asks: in the probe's shape, or with the host that clients ask for. */
    private void onDemand(JsonElement was, JsonElement is) {
        List<String> found = new ArrayList<>();
        JsonTree.objects((JsonArray) is).forEach(each -> found.add(hostAndPath(each)));
        for (JsonObject each : JsonTree.objects((JsonArray) was)) {
            if (!found.contains(hostAndPath(each)) && !TRIED_BY_HAND.contains(recorded.id())) {
                lost.add("onDemandHealth lacks the answer to " + hostAndPath(each));
            }
        }
    }

    /** A case without service events is one in which there were none, and says nothing of them. */
    private static JsonElement withoutNoEvents(JsonElement health) {
        JsonElement copy = health.deepCopy();
        if (JsonTree.objects(copy, "serviceEvents").isEmpty() && copy instanceof JsonObject object) {
            object.remove("serviceEvents");
        }
        return copy;
    }

    /** Without from where it was looked, which a stand-in adds. */
    private static JsonElement withoutPlace(JsonElement probes) {
        JsonElement copy = probes.deepCopy();
        JsonTree.objects((JsonArray) copy).forEach(row -> row.remove("from"));
        return copy;
    }

    private static String hostAndPath(JsonObject answer) {
        return JsonTree.text(answer, "request", "host") + JsonTree.text(answer, "request", "path");
    }

    private void expect(Object what, Object was, Object is) {
        if (!was.equals(is)) {
            lost.add(what + " was " + was + " and is " + is);
        }
    }

    /** Every resource, and all that the case says of it; Azure may say more. */
    private void resources(Source source, JsonObject was, JsonObject is) {
        for (String array : was.keySet()) {
            if (was.get(array) instanceof JsonArray
                    && !array.equals("applicationSecurityGroups")) { // nobody reads them
                Map<String, JsonObject> found = byId(is, array);
                byId(was, array).forEach((id, resource) -> {
                    String name = id.substring(id.lastIndexOf('/') + 1);
                    if (!found.containsKey(id)) {
                        if (!NOT_LED_TO.containsKey(name)) {
                            lost.add(source.id() + " lacks " + id + " of " + array);
                        }
                    } else {
                        expect(id, facts(resource), facts(found.get(id)));
                    }
                });
            }
        }
    }

    private static JsonElement facts(JsonObject resource) {
        return resource.has("properties") ? resource.get("properties") : resource;
    }

    private static Map<String, JsonObject> byId(JsonObject document, String array) {
        Map<String, JsonObject> all = new LinkedHashMap<>();
        for (JsonObject each : JsonTree.objects(document, array)) {
            String id = JsonTree.text(each, "id") + JsonTree.text(each, "networkInterface", "id");
            all.put(id.toLowerCase(Locale.ROOT), each);
        }
        return all;
    }

    /** Every change of the last day on something that the other documents mention, without what it says of persons. */
    private void changes(JsonObject was, JsonObject is) {
        Set<String> mentioned = new TreeSet<>();
        for (Source source : List.of(Source.GATEWAY, Source.NETWORK, Source.BACKENDS)) {
            live.get(source).toOptional().ifPresent(document -> idsIn(document, mentioned));
        }
        Set<String> found = new TreeSet<>();
        JsonTree.objects(is, "value").forEach(row -> found.add(withoutPersons(row)));
        Instant dayBefore = recorded.incident().to().minus(Duration.ofDays(1));
        for (JsonObject row : JsonTree.objects(was, "value")) {
            Instant at = Instant.parse(JsonTree.text(row, "eventTimestamp"));
            boolean ofTheDay =
                    !at.isBefore(dayBefore) && !at.isAfter(recorded.incident().to());
            if (ofTheDay
                    && mentioned.contains(JsonTree.text(row, "resourceId").toLowerCase(Locale.ROOT))
                    && !found.contains(withoutPersons(row))) {
                lost.add("activityLog lacks " + row);
            }
        }
    }

    /** A row's fields that are asked for, but for what a token says of a person. */
    private static final Set<String> ASKED_OF_A_ROW = Set.of(
            "id",
            "eventTimestamp",
            "operationName",
            "status",
            "subStatus",
            "caller",
            "category",
            "level",
            "eventName",
            "description",
            "correlationId",
            "operationId",
            "eventDataId",
            "resourceId",
            "properties");

    private static String withoutPersons(JsonObject row) {
        JsonObject copy = row.deepCopy();
        copy.keySet().retainAll(ASKED_OF_A_ROW);
        return copy.toString();
    }

    private static void idsIn(JsonElement at, Set<String> ids) {
        if (at instanceof JsonArray array) {
            array.forEach(each -> idsIn(each, ids));
        } else if (at instanceof JsonObject object) {
            object.entrySet().forEach(each -> idsIn(each.getValue(), ids));
        } else if (at.isJsonPrimitive() && at.getAsString().startsWith("/subscriptions/")) {
            ids.add(at.getAsString().toLowerCase(Locale.ROOT));
        }
    }

    /** How many requests of the incident's hour ended how, and where; rows are grouped at Azure. */
    private Map<String, Long> requests(SourceDocuments documents) {
        Map<String, Long> counts = new TreeMap<>();
        for (AccessLog.Row row :
                evidence(documents).accessLog().toOptional().orElseThrow().rows()) {
            counts.merge(
                    String.join(
                            " ",
                            "" + row.status(),
                            "" + row.errorInfo(),
                            row.pool(),
                            row.setting(),
                            row.serverAddress()),
                    row.requests(),
                    Long::sum);
        }
        return counts;
    }

    private Evidence evidence(SourceDocuments documents) {
        return EvidenceReader.read(recorded.incident(), documents);
    }

    /** The metrics that have values; of what backends answered, only failures are asked for. */
    private static Set<String> metrics(JsonElement document) {
        Set<String> names = new TreeSet<>();
        for (JsonObject metric : JsonTree.objects(document, "value")) {
            boolean measured = JsonTree.objects(metric, "timeseries").stream()
                    .filter(series -> !JsonTree.text(metric, "name", "value").equals("BackendResponseStatus")
                            || series.toString().contains("5xx"))
                    .flatMap(series -> JsonTree.objects(series, "data").stream())
                    .anyMatch(point -> point.size() > 1);
            if (measured) {
                names.add(JsonTree.text(metric, "name", "value"));
            }
        }
        names.removeAll(NOT_ASKED);
        return names;
    }
}
