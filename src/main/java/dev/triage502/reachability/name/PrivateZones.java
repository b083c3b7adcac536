package dev.triage502.reachability.name;

import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.Zone;
import dev.triage502.evidence.Network.ZoneLink;
import dev.triage502.evidence.Reading;
import dev.triage502.reachability.address.AddressLocator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which private zones answer for a name, and which would if they were linked to the gateway's network? */
final class PrivateZones {

    private static final String PRIVATE_LINK = "privatelink.";

    /** A zone of the gateway's network, and the part of a name that is left of the domain. */
    record Match(Zone zone, ZoneLink link, String relative) {}

    private final Map<String, Zone> linked = new HashMap<>();
    private final Map<String, ZoneLink> links = new HashMap<>();
    private final Map<String, List<Zone>> unlinked = new HashMap<>();
    private final Map<String, Zone> unknown = new HashMap<>();

    PrivateZones(Reading<Network> network, Optional<AddressLocator> places) {
        List<Zone> all = network.toOptional()
                .flatMap(known -> known.zones().toOptional())
                .orElse(List.of());
        for (Zone zone : all) {
            Optional<ZoneLink> link = places.flatMap(known -> zone.links().stream()
                    .filter(each -> each.isCompleted()
                            && each.network().equals(known.home().id()))
                    .findFirst());
            if (link.isEmpty() && !zone.linksRead()) {
                unknown.put(base(zone), zone);
            } else if (link.isEmpty()) {
                unlinked.computeIfAbsent(base(zone), each -> new ArrayList<>()).add(zone);
            } else if (linked.putIfAbsent(lower(zone.name()), zone) == null) {
                links.put(lower(zone.name()), link.get());
            }
        }
    }

    /** The linked zone with the longest name that the name lies in. */
    public Optional<Match> of(String name) {
        return domains(name).stream()
                .flatMap(domain -> match(domain, name, domain).stream())
                .findFirst();
    }

    /** The linked private-link zones for domains that the name lies in, the longest first. */
    List<Match> ofPrivateLink(String name) {
        return domains(name).stream()
                .flatMap(domain -> match(PRIVATE_LINK + domain, name, domain).stream())
                .toList();
    }

    private Optional<Match> match(String zone, String name, String domain) {
        Zone known = linked.get(zone);
        ZoneLink link = links.get(zone);
        return known == null || link == null
                ? Optional.empty()
                : Optional.of(new Match(known, link, relative(name, domain)));
    }

    private static String relative(String name, String domain) {
        return name.equals(domain) ? "@" : name.substring(0, name.length() - domain.length() - 1);
    }

    /** A zone that would answer for the name, and of which it is not known whether the gateway's network asks it. */
    Optional<Zone> maybeLinked(String name) {
        return domains(name).stream()
                .flatMap(domain -> Optional.ofNullable(unknown.get(domain)).stream())
                .findFirst();
    }

    /** The zones that hold a name, or the private-link form of it, and that the gateway's network does not ask. */
    public List<Zone> unlinked(String name) {
        return domains(name).stream()
                .flatMap(domain -> unlinked.getOrDefault(domain, List.of()).stream())
                .sorted(Comparator.comparing(Zone::id))
                .toList();
    }

    /** A name and every domain that it lies in, the longest first. */
    private static List<String> domains(String name) {
        List<String> domains = new ArrayList<>(List.of(name));
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            domains.add(name.substring(dot + 1));
        }
        return domains;
    }

    /** The public domain whose names a zone answers: a private-link zone answers those without its first label. */
    private static String base(Zone zone) {
        String name = lower(zone.name());
        return name.startsWith(PRIVATE_LINK) ? name.substring(PRIVATE_LINK.length()) : name;
    }

    static String lower(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
