package dev.triage502.reachability.name;

import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.PrivateEndpoint;
import dev.triage502.evidence.Network.VirtualNetwork;
import dev.triage502.evidence.Network.Zone;
import dev.triage502.evidence.Network.ZoneLink;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import dev.triage502.incident.HostName;
import dev.triage502.reachability.address.AddressLocator;
import dev.triage502.reachability.member.PrivateEndpointLookup;
import dev.triage502.reachability.name.PrivateZones.Match;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What does a name resolve to for the gateway? Private zones count only where they are linked to its own network; what
 * a DNS server of one's own answers cannot be known.
 */
public final class NameResolution {

    /** Asked of Azure's own DNS by a gateway with a public address, whatever servers its network names (DNS resolution
     *  in Application Gateway). */
    private static final List<HostName> AZURE = Stream.of(
                    "windows.net",
                    "azure.net",
                    "microsoft.com",
                    "chinacloudapi.cn",
                    "azure.cn",
                    "usgovcloudapi.net",
                    "azure.us",
                    "microsoft.scloud",
                    "msftcloudes.com")
            .map(HostName::of)
            .toList();

    private static final String AZURE_DNS = "168.63.129.16";
    private static final int LONGEST_CHAIN = 4;

    /** What asking for a name comes to. */
    public sealed interface Resolution {
        /** A record of a private zone answers. */
        record Record(List<String> addresses, Zone zone, HostName name) implements Resolution {}

        /** A private zone answers that there is no such name; public DNS is not asked. */
        record NoRecord(Zone zone, HostName name) implements Resolution {}

        /** Public DNS answers. */
        record Public() implements Resolution {}

        /** The network's own DNS servers answer. */
        record Custom(List<String> servers) implements Resolution {}

        /** It cannot be told. */
        public record Unread(CouldNotRead<?> why) implements Resolution {}
    }

    /** A zone that answers in place of public DNS, and its link to the gateway's network. */
    public record HidingZone(Zone zone, ZoneLink link) {}

    private final Reading<Network> network;
    private final Optional<AddressLocator> places;
    private final boolean isolated;
    private final PrivateEndpointLookup endpoints;
    private final PrivateZones zones;
    private final Map<HostName, Resolution> resolved = new HashMap<>();

    public NameResolution(
            Reading<Network> network,
            Optional<AddressLocator> places,
            boolean isolated,
            PrivateEndpointLookup endpoints) {
        this.network = network;
        this.places = places;
        this.isolated = isolated;
        this.endpoints = endpoints;
        this.zones = new PrivateZones(network, places);
    }

    public Resolution resolve(String name) {
        return resolved.computeIfAbsent(ZoneName.withoutRoot(name), each -> resolve(each, LONGEST_CHAIN));
    }

    private Resolution resolve(HostName name, int hops) {
        List<String> own = ownServers();
        boolean ofAzure = !isolated && AZURE.stream().anyMatch(name::isBelow);
        if (!own.isEmpty() && !ofAzure) {
            return new Resolution.Custom(own);
        }
        Optional<CouldNotRead<?>> lacking = lacking();
        if (lacking.isPresent()) {
            return new Resolution.Unread(lacking.get());
        }
        Optional<Zone> maybe = zones.maybeLinked(name);
        if (maybe.isPresent()) {
            return new Resolution.Unread(new CouldNotRead<>(
                    Source.NETWORK,
                    Reading.Why.MALFORMED,
                    "not all links of the private zone " + maybe.get().name() + " were understood"));
        }
        Resolution inZone =
                zones.of(name).map(match -> within(match, name, hops)).orElseGet(Resolution.Public::new);
        return inZone instanceof Resolution.Public ? throughEndpoint(name, hops) : inZone;
    }

    /** The DNS servers that the gateway's network names; none where it is Azure DNS. They answer, whatever zones there are. */
    private List<String> ownServers() {
        return network.toOptional()
                .flatMap(known -> places)
                .map(AddressLocator::home)
                .map(VirtualNetwork::dnsServers)
                .filter(servers -> servers.stream().anyMatch(server -> !server.equals(AZURE_DNS)))
                .orElse(List.of());
    }

    private Optional<CouldNotRead<?>> lacking() {
        if (network instanceof CouldNotRead<Network> unread) {
            return Optional.of(unread);
        }
        if (places.isEmpty()) {
            return Optional.of(ResolvedEndpoints.NO_NETWORK);
        }
        return network.toOptional().flatMap(known -> known.zones().unread().map(each -> each));
    }

    /**
     * Whether zones are seen to be linked to the gateway's network, which Azure's DNS answers for, and none of them holds the
     * name, though not all zones were read. It is a sign, and no proof: the zone that is meant may be one that nobody here may see.
     */
    public boolean isInNoLinkedZone(String name) {
        List<Zone> seen = network.toOptional().map(Network::zonesByLink).orElse(List.of());
        if (places.isEmpty()
                || network.toOptional().filter(each -> each.zones().isPresent()).isPresent()) {
            return false;
        }
        VirtualNetwork home = places.get().home();
        List<HostName> domains = ZoneName.domainsOf(ZoneName.withoutRoot(name));
        boolean linked = seen.stream()
                .flatMap(zone -> zone.links().stream())
                .anyMatch(link -> link.isCompleted() && link.network().equals(home.id()));
        return linked
                && home.dnsServers().stream().allMatch(AZURE_DNS::equals)
                && seen.stream().map(zone -> ZoneName.of(zone).domain()).noneMatch(domains::contains);
    }

    private Resolution within(Match match, HostName name, int hops) {
        Zone zone = match.zone();
        Optional<List<String>> record = record(zone, match.relative());
        if (record.isPresent()) {
            return answer(record.get(), zone, name, hops);
        }
        if (match.link().fallsBack()) {
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
    private Resolution answer(List<String> record, Zone zone, HostName name, int hops) {
        List<String> addresses = record.stream().filter(IpAddresses::isAddress).toList();
        if (addresses.isEmpty() && !record.isEmpty() && hops > 0) {
            return resolve(ZoneName.withoutRoot(record.get(0)), hops - 1);
        }
        return addresses.isEmpty() ? new Resolution.Public() : new Resolution.Record(addresses, zone, name);
    }

    /** Public DNS leads from a service that has a private endpoint to its name in the private-link zone. */
    private Resolution throughEndpoint(HostName name, int hops) {
        boolean hasEndpoint = !endpoints.of(name.toString()).isEmpty();
        for (Match match : zones.ofPrivateLink(name)) {
            Zone zone = match.zone();
            Optional<List<String>> record = record(zone, match.relative())
                    .or(() -> record(zone, match.relative().split("\\.", 2)[0]));
            if (record.isPresent()) {
                return answer(record.get(), zone, name, hops);
            }
            if (hasEndpoint) {
                return within(
                        match,
                        HostName.of(match.relative() + "." + ZoneName.of(zone).name()),
                        hops);
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

    /** A linked private-link zone that has no record for a name and does not fall back to public DNS. */
    public Optional<HidingZone> hidden(String name) {
        return zones.ofPrivateLink(ZoneName.withoutRoot(name)).stream()
                .filter(match -> match.zone().recordsRead() && !match.link().fallsBack())
                .filter(match -> record(match.zone(), match.relative()).isEmpty())
                .map(match -> new HidingZone(match.zone(), match.link()))
                .findFirst();
    }

    /** The endpoints that lead to the service of a name. */
    public List<PrivateEndpoint> endpointsOf(String name) {
        return endpoints.of(name);
    }

    /** The zones that hold a name, or the private-link form of it, and that the gateway's network does not ask. */
    public List<Zone> unlinked(String name) {
        return zones.unlinked(ZoneName.withoutRoot(name));
    }
}
