package dev.triage502.report;

import dev.triage502.diagnosis.Diagnosis;
import dev.triage502.diagnosis.Diagnosis.Named;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import dev.triage502.incident.ResourceId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** With what are a page's placeholders filled in? {@code docs/pages.md} lists the names. */
final class Values {

    private static final Map<Place, String> NAMES = Map.of(
            Place.LISTENER, "listener",
            Place.RULE, "routing-rule",
            Place.POOL, "pool",
            Place.SETTING, "setting",
            Place.PROBE, "probe",
            Place.SERVER, "server",
            Place.NSG, "nsg",
            Place.ROUTE_TABLE, "route-table",
            Place.SUBNET, "subnet");

    private Values() {}

    /** What the findings carry goes before what the target's own name tells, and that before what the gateway is. */
    static Map<String, String> of(Diagnosis diagnosis, Named named) {
        Map<String, String> values = new HashMap<>();
        ofGateway(diagnosis, values);
        named.target().ifPresent(target -> ofTarget(target, values));
        named.findings().stream()
                .flatMap(finding -> Stream.concat(Stream.of(finding.target()), finding.affects().stream()))
                .forEach(target ->
                        NAMES.forEach((place, name) -> target.at(place).ifPresent(at -> put(values, name, at))));
        Map<String, String> found = new HashMap<>();
        nearestFirst(named).forEach(finding -> finding.values().forEach(found::putIfAbsent));
        values.putAll(found);
        values.values().removeIf(String::isBlank);
        return values;
    }

    /** Values that hold for the gateway alone, for a command that belongs to no cause. */
    static Map<String, String> of(Diagnosis diagnosis) {
        Map<String, String> values = new HashMap<>();
        ofGateway(diagnosis, values);
        return values;
    }

    private static void ofGateway(Diagnosis diagnosis, Map<String, String> values) {
        ResourceId id = diagnosis.incident().gateway();
        values.put("gateway", id.name());
        values.put("gateway-id", id.toString());
        values.put("resource-group", id.resourceGroup());
        values.put("subscription", id.subscription());
        values.put("from", diagnosis.incident().from().toString());
        values.put("to", diagnosis.incident().to().toString());
        values.putAll(diagnosis.gateway());
    }

    private static void ofTarget(Target target, Map<String, String> values) {
        values.put("target", target.name());
        values.put("target-kind", target.kind().id());
        NAMES.forEach((place, name) -> target.at(place).ifPresent(at -> values.put(name, at)));
        String group = ResourceId.of(target.id()).resourceGroup();
        if (!target.id().isEmpty()) {
            values.put("target-id", target.id());
        }
        if (target.kind() == Kind.NSG_RULE) {
            values.put("rule", target.name());
            put(values, "nsg-resource-group", group);
        }
        if (target.kind() == Kind.ROUTE) {
            values.put("route", target.name());
            put(values, "route-table-resource-group", group);
        }
    }

    private static Stream<Finding> nearestFirst(Named named) {
        List<Finding> all = named.findings();
        return Stream.concat(
                all.stream()
                        .filter(finding ->
                                named.target().filter(finding.target()::equals).isPresent()),
                all.stream()
                        .filter(finding ->
                                named.target().filter(finding.target()::equals).isEmpty()));
    }

    private static void put(Map<String, String> values, String name, String value) {
        values.putIfAbsent(name, value);
    }
}
