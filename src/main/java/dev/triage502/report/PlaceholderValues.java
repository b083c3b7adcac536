package dev.triage502.report;

import dev.triage502.diagnosis.Diagnosis;
import dev.triage502.diagnosis.Diagnosis.Difference;
import dev.triage502.diagnosis.Diagnosis.Impact;
import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.diagnosis.Diagnosis.PoolHealth;
import dev.triage502.diagnosis.Diagnosis.SourceRead;
import dev.triage502.diagnosis.Diagnosis.SourceRead.State;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.RequestDimension;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import dev.triage502.incident.ResourceId;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** With what are a page's placeholders filled in? {@code docs/pages.md} lists the names. */
final class PlaceholderValues {

    private static final Map<Place, String> NAMES = Map.of(
            Place.LISTENER, "listener",
            Place.RULE, "routing-rule",
            Place.POOL, "pool",
            Place.SETTING, "setting",
            Place.PROBE, "probe",
            Place.SERVER, "server",
            Place.NSG, "nsg",
            Place.NETWORK_MANAGER, "network-manager",
            Place.ROUTE_TABLE, "route-table",
            Place.SUBNET, "subnet");

    /** A finding's value: the ids of the machines or apps behind its servers. */
    private static final String MEMBER = "member-id";

    private static final int MOST_MEMBERS = 50;

    private PlaceholderValues() {}

    /** What the findings carry goes before what the target's own name tells, and that before what the gateway is. */
    static Map<String, String> of(Diagnosis diagnosis, NamedCause named) {
        Map<String, String> values = new HashMap<>();
        ofGateway(diagnosis, values);
        ofReadings(diagnosis, values);
        ofImpact(diagnosis, values);
        values.putAll(named.values());
        named.target().ifPresent(target -> ofTarget(target, values));
        named.findings().stream()
                .flatMap(finding -> Stream.concat(Stream.of(finding.target()), finding.affects().stream()))
                .sorted(Comparator.comparing(
                        each -> named.target().filter(at -> at.covers(each)).isEmpty()))
                .forEach(target ->
                        NAMES.forEach((place, name) -> target.at(place).ifPresent(at -> put(values, name, at))));
        put(values, "servers", servers(named));
        diagnosis.poolHealth().ifPresent(health -> ofDownPart(health, named, values));
        if (named.isConclusion()) {
            diagnosis.impact().ifPresent(impact -> ofHurtMost(impact, values));
            ofInstance(diagnosis.differences(), values);
        }
        Map<String, String> found = new HashMap<>();
        nearestFirst(named).forEach(finding -> finding.values().forEach(found::putIfAbsent));
        found.computeIfPresent(MEMBER, (name, first) -> members(named, first));
        values.putAll(found);
        DerivedValues.addTo(values);
        values.values().removeIf(String::isBlank);
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

    private static void ofReadings(Diagnosis diagnosis, Map<String, String> values) {
        List<SourceRead> unread = diagnosis.evidenceRead().stream()
                .filter(read -> read.state() == State.COULD_NOT_READ)
                .toList();
        values.put("unread", deciding(diagnosis, unread));
        values.put(
                "forbidden",
                words(unread.stream()
                        .filter(read -> read.why().equals(Optional.of(Why.FORBIDDEN)))
                        .toList()));
        unread.forEach(read -> values.put(
                "unread-" + read.source().words().replace(' ', '-'),
                read.why().map(Why::id).orElse("")));
    }

    /** The sources that most causes wait for, or where none does, all that were not read; a few of them. */
    private static String deciding(Diagnosis diagnosis, List<SourceRead> unread) {
        Map<Source, Long> waiting = new EnumMap<>(Source.class);
        diagnosis
                .couldNotTell()
                .forEach(each -> each.missing().forEach(source -> waiting.merge(source, 1L, Long::sum)));
        List<String> words = waiting.isEmpty()
                ? unread.stream().map(read -> read.source().words()).toList()
                : waiting.entrySet().stream()
                        .sorted(Map.Entry.<Source, Long>comparingByValue().reversed())
                        .map(entry -> entry.getKey().words())
                        .toList();
        return ReportPhrases.list(words, 3);
    }

    /** The gateway instance whose requests fail, where the servers answer those of the others. */
    private static void ofInstance(List<Difference> differences, Map<String, String> values) {
        differences.stream()
                .filter(each -> each.dimension() == RequestDimension.INSTANCE)
                .filter(each -> differences.stream()
                        .noneMatch(other -> other.dimension() == RequestDimension.SERVER
                                && other.pool().equals(each.pool())))
                .findFirst()
                .ifPresent(each -> {
                    put(values, "gateway-instance", String.join(", ", each.values()));
                    boolean one = each.values().size() == 1;
                    put(values, one ? "failing-instance" : "failing-instances", ReportPhrases.listed(each.values(), 3));
                });
    }

    private static void ofImpact(Diagnosis diagnosis, Map<String, String> values) {
        diagnosis.impact().flatMap(Impact::since).ifPresent(since -> values.put("first-failure", since.toString()));
        diagnosis.impact().flatMap(Impact::until).ifPresent(until -> values.put("last-failure", until.toString()));
    }

    /** Where nothing is named, the server and the host that most failing requests went to are worth a look. */
    private static void ofHurtMost(Impact impact, Map<String, String> values) {
        impact.servers().stream().findFirst().ifPresent(server -> put(values, "server", server));
        impact.hosts().stream().findFirst().ifPresent(host -> put(values, "host", host));
    }

    private static String words(List<SourceRead> reads) {
        return String.join(
                ", ", reads.stream().map(read -> read.source().words()).toList());
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
        if (target.kind() == Kind.ROUTE && target.on().containsKey(Place.ROUTE_TABLE)) {
            values.put("route", target.name()); // one that is learned cannot be edited
            put(values, "route-table-resource-group", group);
        }
    }

    /** All servers that suffer, each once and in the order of their addresses; of the pool alone where one pool is at fault. */
    private static String servers(NamedCause named) {
        Stream<Target> targets = Stream.concat(
                Stream.concat(named.target().stream(), named.alsoAt().stream()),
                named.findings().stream().flatMap(finding -> finding.suffering().stream()));
        return String.join(
                " ",
                targets.filter(target -> target.kind() == Kind.SERVER)
                        .filter(target -> named.target()
                                .filter(at -> at.kind() == Kind.POOL && !at.covers(target))
                                .isEmpty())
                        .sorted()
                        .map(Target::name)
                        .distinct()
                        .toList());
    }

    /** How many of the pool's servers are at fault, where others still serve. */
    private static void ofDownPart(PoolHealth health, NamedCause named, Map<String, String> values) {
        long down = Stream.concat(named.target().stream(), named.alsoAt().stream())
                .filter(target -> target.kind() == Kind.SERVER)
                .map(Target::name)
                .distinct()
                .count();
        if (health.healthy() > 0 && down > 0) {
            put(values, "down-part", down + " of " + health.servers() + " servers");
        }
    }

    private static Stream<Finding> nearestFirst(NamedCause named) {
        List<Finding> all = named.findings();
        return Stream.concat(
                all.stream()
                        .filter(finding ->
                                named.target().filter(finding.target()::equals).isPresent()),
                all.stream()
                        .filter(finding ->
                                named.target().filter(finding.target()::equals).isEmpty()));
    }

    /**
     * What stands behind all servers at fault, as long as one command can name it: of the type of what the nearest finding
     * names, and not more than a person would read.
     */
    private static String members(NamedCause named, String nearest) {
        String type = type(ids(nearest).findFirst().orElse(""));
        List<String> all = Stream.concat(
                        Stream.of(nearest),
                        nearestFirst(named).map(finding -> finding.values().getOrDefault(MEMBER, "")))
                .flatMap(PlaceholderValues::ids)
                .filter(id -> type(id).equals(type))
                .distinct()
                .toList();
        return all.size() > MOST_MEMBERS ? nearest : String.join(" ", all);
    }

    /** What tells a machine from an instance and from an app: how deep the id is, and the collection that it ends in. */
    private static String type(String id) {
        String[] parts = id.toLowerCase(Locale.ROOT).split("/", -1);
        return parts.length < 2 ? "" : parts.length + parts[parts.length - 2];
    }

    /** The ids in a list of them; a name in one may hold a blank. */
    static Stream<String> ids(String members) {
        return Stream.of(members.split("\\s+(?=/subscriptions/)")).filter(id -> !id.isEmpty());
    }

    private static void put(Map<String, String> values, String name, String value) {
        values.putIfAbsent(name, value);
    }
}
