package dev.triage502.evidence.reach;

import dev.triage502.evidence.Addresses;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.PrivateEndpoint;
import dev.triage502.evidence.Network.VirtualNetwork;
import dev.triage502.evidence.Network.Zone;
import dev.triage502.evidence.Network.ZoneLink;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What does a name resolve to for the gateway? Private zones count only where they are linked to its own network; what
 * a DNS server of one's own answers cannot be known.
 */
final class Names {

    /** Asked of Azure's own DNS by a gateway with a public address, whatever servers its network names (DNS resolution
     *  in Application Gateway). */
    private static final List<String> AZURE = List.of(
            ".windows.net",
            ".azure.net",
            ".microsoft.com",
            ".chinacloudapi.cn",
            ".azure.cn",
            ".usgovcloudapi.net",
            ".azure.us",
            ".microsoft.scloud",
            ".msftcloudes.com");

    private static final String AZURE_DNS = "168.63.129.16";
    private static final int LONGEST_CHAIN = 4;

    /** What asking for a name comes to. */
    sealed interface Resolution {
        /** A record of a private zone answers. */
        record Record(List<String> addresses, Zone zone, String name) implements Resolution {}

        /** A private zone answers that there is no such name; public DNS is not asked. */
        record NoRecord(Zone zone, String name) implements Resolution {}

        /** Public DNS answers. */
        record Public() implements Resolution {}

        /** The network's own DNS servers answer. */
        record Custom(List<String> servers) implements Resolution {}

        /** It cannot be told. */
        record Unread(CouldNotRead<?> why) implements Resolution {}
    }

    private final Reading<Network> network;
    private final Optional<Places> places;
    private final boolean isolated;
    private final Endpoints endpoints;
    private final Map<String, Resolution> resolved = new HashMap<>();

    Names(Reading<Network> network, Optional<Places> places, boolean isolated, Endpoints endpoints) {
        this.network = network;
        this.places = places;
        this.isolated = isolated;
        this.endpoints = endpoints;
    }

    Resolution resolve(String name) {
        return resolved.computeIfAbsent(lower(name), each -> resolve(each, LONGEST_CHAIN));
    }

    private Resolution resolve(String name, int hops) {
        Optional<CouldNotRead<?>> lacking = lacking();
        if (lacking.isPresent()) {
            return new Resolution.Unread(lacking.get());
        }
        VirtualNetwork home = places.orElseThrow().home();
        boolean own = home.dnsServers().stream().anyMatch(server -> !server.equals(AZURE_DNS));
        boolean ofAzure = !isolated && AZURE.stream().anyMatch(name::endsWith);
        if (own && !ofAzure) {
            return new Resolution.Custom(home.dnsServers());
        }
        Resolution inZone = zoneOf(name).map(zone -> within(zone, name, hops)).orElseGet(Resolution.Public::new);
        return inZone instanceof Resolution.Public ? throughEndpoint(name, hops) : inZone;
    }

    private Optional<CouldNotRead<?>> lacking() {
        if (network instanceof CouldNotRead<Network> unread) {
            return Optional.of(unread);
        }
        if (places.isEmpty()) {
            return Optional.of(Destinations.NO_NETWORK);
        }
        return network.toOptional().flatMap(known -> known.zones().unread().map(each -> each));
    }

    /** The linked zone with the longest name that the name lies in. */
    private Optional<Zone> zoneOf(String name) {
        return linked().stream()
                .filter(zone -> relative(name, lower(zone.name())).isPresent())
                .max(Comparator.comparing((Zone zone) -> zone.name().length()).thenComparing(Zone::name));
    }

    /** The private zones that the gateway's network asks. */
    List<Zone> linked() {
        return zones().stream().filter(zone -> link(zone).isPresent()).toList();
    }

    private List<Zone> zones() {
        return network.toOptional().flatMap(known -> known.zones().toOptional()).orElse(List.of());
    }

    /** The zones that hold a name, or the private-link form of it, and that the gateway's network does not ask. */
    List<Zone> unlinked(String name) {
        return zones().stream()
                .filter(zone -> link(zone).isEmpty())
                .filter(zone -> relative(lower(name), base(zone)).isPresent())
                .sorted(Comparator.comparing(Zone::id))
                .toList();
    }

    private Optional<ZoneLink> link(Zone zone) {
        return places.flatMap(known -> zone.links().stream()
                .filter(link ->
                        link.isCompleted() && link.network().equals(known.home().id()))
                .findFirst());
    }

    private Resolution within(Zone zone, String name, int hops) {
        Optional<List<String>> record = relative(name, lower(zone.name())).flatMap(relative -> record(zone, relative));
        if (record.isPresent()) {
            return answer(record.get(), zone, name, hops);
        }
        boolean fallsBack = link(zone).filter(ZoneLink::fallsBack).isPresent();
        if (fallsBack) {
            return new Resolution.Public();
        }
        return zone.recordsRead()
                ? new Resolution.NoRecord(zone, name)
                : new Resolution.Unread(new CouldNotRead<>(
                        Source.NETWORK,
                        Reading.Why.NOT_COLLECTED,
                        "the records of the private zone " + zone.name() + " were not collected"));
    }

    /** A record may hold another name in place of addresses. */
    private Resolution answer(List<String> record, Zone zone, String name, int hops) {
        List<String> addresses = record.stream().filter(Addresses::isAddress).toList();
        if (addresses.isEmpty() && !record.isEmpty() && hops > 0) {
            return resolve(lower(record.get(0)), hops - 1);
        }
        return addresses.isEmpty() ? new Resolution.Public() : new Resolution.Record(addresses, zone, name);
    }

    /** Public DNS leads from a service that has a private endpoint to its name in the private-link zone. */
    private Resolution throughEndpoint(String name, int hops) {
        boolean hasEndpoint =
                endpoints.of(name).stream().anyMatch(each -> !each.status().equalsIgnoreCase("Pending"));
        for (Zone zone : linked()) {
            if (!lower(zone.name()).startsWith("privatelink.")) {
                continue;
            }
            Optional<String> relative = relative(name, base(zone));
            Optional<List<String>> record =
                    relative.flatMap(each -> record(zone, each).or(() -> record(zone, each.split("\\.", 2)[0])));
            if (record.isPresent()) {
                return answer(record.get(), zone, name, hops);
            }
            if (relative.isPresent() && hasEndpoint) {
                return within(zone, relative.get() + "." + lower(zone.name()), hops);
            }
        }
        return new Resolution.Public();
    }

    private static Optional<List<String>> record(Zone zone, String relative) {
        List<String> exact = zone.records().get(relative);
        if (exact != null) {
            return Optional.of(exact);
        }
        for (int dot = relative.indexOf('.'); dot >= 0; dot = relative.indexOf('.', dot + 1)) {
            List<String> wild = zone.records().get("*" + relative.substring(dot));
            if (wild != null) {
                return Optional.of(wild);
            }
        }
        return relative.equals("@")
                ? Optional.empty()
                : Optional.ofNullable(zone.records().get("*"));
    }

    /** The public domain whose names a zone answers: a private-link zone answers those without its first label. */
    private static String base(Zone zone) {
        String name = lower(zone.name());
        return name.startsWith("privatelink.") ? name.substring("privatelink.".length()) : name;
    }

    private static Optional<String> relative(String name, String domain) {
        if (name.equals(domain)) {
            return Optional.of("@");
        }
        return name.endsWith("." + domain)
                ? Optional.of(name.substring(0, name.length() - domain.length() - 1))
                : Optional.empty();
    }

    /** The endpoints that lead to the service of a name. */
    List<PrivateEndpoint> endpointsOf(String name) {
        return endpoints.of(name);
    }

    private static String lower(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
