package dev.triage502.evidence.arm;

import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Network.Zone;
import dev.triage502.evidence.Network.ZoneLink;
import dev.triage502.incident.HostName;
import dev.triage502.incident.ResourceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Private DNS zones. Zones, their {@code virtualNetworkLinks} and their record sets stand side by side as resources of
 * their own, and belong together by their ids.
 */
final class ZoneReader {

    private static final String WITHIN = "/privatednszones/";
    private static final String LINKS = "virtualnetworklinks";

    /** An alias may lead to another alias; Azure's own chains have two. */
    private static final int LONGEST_CHAIN = 8;

    /** One zone while its parts are gathered. */
    private static final class Parts {
        private final ResourceId id;
        private final List<ZoneLink> links = new ArrayList<>();
        private final Map<String, List<String>> addresses = new TreeMap<>();
        private final Map<String, String> aliases = new TreeMap<>();
        private int recordSets;
        private int counted;
        private int countedLinks;
        private boolean described;
        private boolean refused;
        private boolean recordLost;
        private boolean linkLost;

        Parts(ResourceId id) {
            this.id = id;
        }

        /** Whether nothing but links was seen of it. */
        boolean isByLink() {
            return !described && !refused && recordSets == 0 && !links.isEmpty();
        }
    }

    private final Map<ResourceId, Parts> zones = new TreeMap<>();

    private final Losses losses;

    private ZoneReader(Losses losses) {
        this.losses = losses;
    }

    /** The zones; {@code losses} learns what of them was not understood. A resource of no known zone is malformed. */
    static List<Zone> zones(List<ArmObject> resources, Losses losses) {
        return zones(resources, losses, parts -> !parts.isByLink());
    }

    /** The zones of which nothing but links was seen. */
    static List<Zone> byLink(List<ArmObject> resources) {
        return zones(resources, new Losses(), Parts::isByLink);
    }

    private static List<Zone> zones(List<ArmObject> resources, Losses losses, Predicate<Parts> which) {
        ZoneReader reader = new ZoneReader(losses);
        resources.forEach(reader::gather);
        return reader.zones.values().stream().filter(which).map(reader::zone).toList();
    }

    private void gather(ArmObject resource) {
        ResourceId zone = zoneOf(resource);
        Parts parts = zones.computeIfAbsent(zone, Parts::new);
        String kind = kind(resource, zone);
        if (ElementError.inPlaceOf(resource).isPresent()) {
            parts.refused = true;
        } else if (kind.isEmpty()) {
            zone(parts, resource);
        } else if (kind.equals(LINKS)) {
            links(parts, List.of(resource));
        } else {
            records(parts, List.of(resource));
        }
    }

    private void zone(Parts parts, ArmObject zone) {
        parts.described = true;
        Losses ofZone = losses.ofPart();
        parts.counted = Math.max(
                parts.counted,
                ofZone.read(OptionalInt.empty(), () -> zone.integer("numberOfRecordSets"))
                        .orElse(0));
        parts.recordLost |= ofZone.any();
        Losses ofLists = losses.ofPart();
        parts.countedLinks = Math.max(
                parts.countedLinks,
                ofLists.read(OptionalInt.empty(), () -> zone.integer("numberOfVirtualNetworkLinks"))
                        .orElse(0));
        links(parts, ofLists.read(List.<ArmObject>of(), () -> zone.members(NetworkReferences.ZONE_LINKS)));
        parts.linkLost |= ofLists.any();
        Losses ofRecords = losses.ofPart();
        records(parts, ofRecords.read(List.<ArmObject>of(), () -> zone.members("recordSets")));
        parts.recordLost |= ofRecords.any();
    }

    private void links(Parts parts, List<ArmObject> links) {
        Losses lost = losses.ofPart();
        parts.links.addAll(lost.each(links, ZoneReader::link));
        parts.linkLost |= lost.any();
    }

    private void records(Parts parts, List<ArmObject> records) {
        for (ArmObject record : records) {
            Losses lost = losses.ofPart();
            lost.read(() -> {
                record(parts, record);
                return record;
            });
            parts.recordLost |= lost.any();
        }
    }

    /** Whether a resource is a zone's records: when these are refused, the zone and its links are still known. */
    static boolean isOfRecords(ArmObject resource) {
        String kind = kind(resource, zoneOf(resource));
        return !kind.isEmpty() && !kind.equals(LINKS);
    }

    /** The id of the zone that a resource is, or is in. */
    private static ResourceId zoneOf(ArmObject resource) {
        ResourceId id = resource.id().orElseThrow(() -> resource.lacks("a zone, link or record set with its id"));
        int at = id.key().indexOf(WITHIN);
        if (at < 0) {
            throw resource.lacks("an id of a private DNS zone, or of something in one");
        }
        int end = id.key().indexOf('/', at + WITHIN.length());
        return end < 0 ? id : ResourceId.of(id.toString().substring(0, end));
    }

    /** What a resource in a zone is: {@code virtualnetworklinks}, {@code a}, {@code cname}; empty for the zone itself. */
    private static String kind(ArmObject resource, ResourceId zone) {
        String key = resource.id().map(ResourceId::key).orElse("");
        String rest = key.substring(zone.key().length());
        return rest.isEmpty() ? "" : rest.substring(1).split("/", 2)[0];
    }

    private static ZoneLink link(ArmObject link) {
        String state = link.text("virtualNetworkLinkState", "provisioningState");
        return new ZoneLink(
                link.name(),
                link.reference("virtualNetwork").orElseThrow(() -> link.lacks("a link with its virtualNetwork")),
                state.isEmpty() || state.equalsIgnoreCase("Completed") || state.equalsIgnoreCase("Succeeded"),
                link.text("resolutionPolicy").equalsIgnoreCase("NxDomainRedirect"));
    }

    private static void record(Parts zone, ArmObject record) {
        zone.recordSets++;
        String name = HostName.of(record.name()).inLowerCase();
        List<String> read = new ArrayList<>();
        record.objects("aRecords").forEach(each -> read.add(address(each, "ipv4Address")));
        record.objects("aaaaRecords").forEach(each -> read.add(address(each, "ipv6Address")));
        zone.addresses.computeIfAbsent(name, unused -> new ArrayList<>()).addAll(read);
        String alias = record.object("cnameRecord").text("cname").strip();
        if (!alias.isEmpty()) {
            zone.aliases.put(name, alias.endsWith(".") ? alias.substring(0, alias.length() - 1) : alias);
        }
    }

    private static String address(ArmObject record, String field) {
        String address = record.text(field).strip();
        if (!IpAddresses.isAddress(address)) {
            throw record.lacks("a record with its " + field);
        }
        return address;
    }

    private Zone zone(Parts parts) {
        Map<String, List<String>> records = new TreeMap<>();
        parts.addresses.forEach((name, addresses) -> records.put(name, sorted(addresses)));
        parts.aliases.forEach((name, alias) -> records.put(name, sorted(followed(alias, LONGEST_CHAIN))));
        records.values().removeIf(List::isEmpty);
        return new Zone(
                parts.id.name(),
                parts.id,
                parts.links.stream()
                        .sorted(Comparator.comparing(ZoneLink::name).thenComparing(ZoneLink::toString))
                        .toList(),
                Collections.unmodifiableMap(records),
                // Every zone has one record set, its own description.
                !parts.refused && !parts.recordLost && (parts.recordSets > 0 || parts.counted <= 1),
                !parts.linkLost && parts.links.size() >= parts.countedLinks);
    }

    /** The addresses that an alias leads to inside these zones, or else the name that it leads to. */
    private List<String> followed(String alias, int hops) {
        for (Parts zone : zones.values()) {
            Optional<String> name = relative(alias, zone.id.name());
            if (name.isPresent() && hops > 0) {
                String further = zone.aliases.get(name.get());
                List<String> found = zone.addresses.getOrDefault(name.get(), List.of());
                if (further != null) {
                    return followed(further, hops - 1);
                }
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return List.of(alias);
    }

    private static Optional<String> relative(String name, String zone) {
        return HostName.of(name).before(HostName.of(zone));
    }

    private static List<String> sorted(List<String> addresses) {
        return addresses.stream().distinct().sorted(IpAddresses.ORDER).toList();
    }
}
