package dev.triage502.evidence.arm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.triage502.evidence.ActivityLog.ServiceEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Service Health told, in the activity log's rows of category {@code ServiceHealth}: a row for each time that it
 * had something to say of an event, all with the event's tracking id.
 */
final class ServiceEventReader {

    private static final Comparator<ArmObject> IN_TIME = Comparator.comparing(ServiceEventReader::at)
            .thenComparing(row -> row.json().toString());

    private ServiceEventReader() {}

    static boolean isOne(ArmObject row) {
        return MetricsReader.word(row, "category").equalsIgnoreCase("ServiceHealth");
    }

    static List<ServiceEvent> read(List<ArmObject> rows) {
        return rows.stream()
                .sorted(IN_TIME)
                .collect(Collectors.groupingBy(ServiceEventReader::tracked, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(ServiceEventReader::event)
                .sorted(Comparator.comparing(ServiceEvent::began).thenComparing(ServiceEvent::toString))
                .toList();
    }

    private static ServiceEvent event(List<ArmObject> inTime) {
        ArmObject last = inTime.get(inTime.size() - 1);
        ArmObject told = last.object("properties");
        List<ArmObject> impacted = impacted(told);
        String stage = told.text("stage");
        return new ServiceEvent(
                told.text("title", "defaultLanguageTitle"),
                named(told.text("service"), impacted.stream().map(each -> each.text("ServiceName"))),
                named(
                        told.text("region"),
                        impacted.stream()
                                .flatMap(each -> each.objects("ImpactedRegions").stream())
                                .map(each -> each.text("RegionName"))),
                told.text("incidentType"),
                stage.isEmpty() ? MetricsReader.word(last, "status") : stage,
                told.instant("impactStartTime").orElseGet(() -> at(inTime.get(0))),
                told.instant("impactMitigationTime"));
    }

    private static List<String> named(String one, Stream<String> others) {
        return Stream.concat(Stream.of(one), others)
                .filter(each -> !each.isBlank())
                .distinct()
                .sorted()
                .toList();
    }

    /** The services with their regions, which Azure writes as an array or as a text that holds one. */
    private static List<ArmObject> impacted(ArmObject told) {
        JsonElement written = told.find("impactedServices");
        if (written instanceof JsonPrimitive text) {
            try {
                written = JsonParser.parseString(text.getAsString());
            } catch (JsonParseException e) {
                return List.of(); // the event's own service and region tell the same in short
            }
        }
        return written instanceof JsonArray ? ArmObject.list(written) : List.of();
    }

    private static String tracked(ArmObject row) {
        String tracking = row.object("properties").text("trackingId");
        return tracking.isEmpty() ? row.text("correlationId", "eventDataId") : tracking;
    }

    private static Instant at(ArmObject row) {
        return row.instant("eventTimestamp").orElseThrow(() -> row.lacks("an event with its eventTimestamp"));
    }
}
