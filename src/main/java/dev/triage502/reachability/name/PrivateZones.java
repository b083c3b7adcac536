package dev.triage502.reachability.name;

import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.Zone;
import dev.triage502.evidence.Network.ZoneLink;
import dev.triage502.evidence.Reading;
import dev.triage502.incident.HostName;
import dev.triage502.reachability.address.AddressLocator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which private zones answer for a name, and which would if they were linked to the gateway's network? */
final class PrivateZones {

    /** A zone of the gateway's network, and the part of a name that is left of the domain. */
    record Match(Zone zone, ZoneLink link, String relative) {}

    private final Map<ZoneName, Zone> linked = new HashMap<>();
    private final Map<ZoneName, ZoneLink> links = new HashMap<>();
    private final Map<HostName, List<Zone>> unlinked = new HashMap<>();
    private final Map<HostName, Zone> unknown = new HashMap<>();

    PrivateZones(Reading<Network> network, Optional<AddressLocator> places) {
        List<Zone> all = network.toOptional()
                .flatMap(known -> known.zones().toOptional())
                .orElse(List.of());
        for (Zone zone : all) {
            Optional<ZoneLink> link = places.flatMap(known -> zone.links().stream()
                    .filter(each -> each.isCompleted()
                            && each.network().equals(known.home().id()))
                    .findFirst());
            ZoneName name = ZoneName.of(zone);
            if (link.isEmpty() && !zone.linksRead()) {
                unknown.put(name.domain(), zone);
            } else if (link.isEmpty()) {
                unlinked.computeIfAbsent(name.domain(), each -> new ArrayList<>())
                        .add(zone);
            } else if (linked.putIfAbsent(name, zone) == null) {
                links.put(name, link.get());
            }
        }
    }

    /** The linked zone with the longest name that the name lies in. */
    public Optional<Match> of(HostName name) {
        return ZoneName.domainsOf(name).stream()
                .flatMap(domain -> match(new ZoneName(domain), name, domain).stream())
                .findFirst();
    }

    /** The linked private-link zones for domains that the name lies in, the longest first. */
    List<Match> ofPrivateLink(HostName name) {
        return ZoneName.domainsOf(name).stream()
                .flatMap(domain -> match(ZoneName.privateLinkOf(domain), name, domain).stream())
                .toList();
    }

    private Optional<Match> match(ZoneName zone, HostName name, HostName domain) {
        Zone known = linked.get(zone);
        ZoneLink link = links.get(zone);
        return known == null || link == null
                ? Optional.empty()
                : Optional.of(new Match(known, link, name.before(domain).orElse("@")));
    }

    /** A zone that would answer for the name, and of which it is not known whether the gateway's network asks it. */
    Optional<Zone> maybeLinked(HostName name) {
        return ZoneName.domainsOf(name).stream()
                .flatMap(domain -> Optional.ofNullable(unknown.get(domain)).stream())
                .findFirst();
    }

    /** The zones that hold a name, or the private-link form of it, and that the gateway's network does not ask. */
    public List<Zone> unlinked(HostName name) {
        return ZoneName.domainsOf(name).stream()
                .flatMap(domain -> unlinked.getOrDefault(domain, List.of()).stream())
                .sorted(Comparator.comparing(Zone::id))
                .toList();
    }
}
