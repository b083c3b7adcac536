package dev.triage502.reachability.address;

import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.Peering;
import dev.triage502.evidence.Network.Subnet;
import dev.triage502.evidence.Network.VirtualNetwork;
import dev.triage502.incident.ResourceId;
import dev.triage502.incident.Wording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where does an address lie, as seen from the gateway: in its own network, beyond a peering, or nowhere known? */
public final class AddressLocator {

    /**
     * Where an address lies.
     *
     * @param network the network whose space holds it, if that was read
     * @param subnet  the subnet that holds it
     * @param peering the gateway network's half of the peering that leads there; empty in the gateway's own network
     */
    public record Place(Optional<VirtualNetwork> network, Optional<Subnet> subnet, Optional<Peering> peering) {
        public static final Place UNKNOWN = new Place(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Networks of which none holds another's addresses: Azure joins none that overlap. */
    private static final class Sphere {
        private final LongestPrefixMap<Place> subnets = new LongestPrefixMap<>();
        private final LongestPrefixMap<Place> spaces = new LongestPrefixMap<>();
        private final LongestPrefixMap<Place> beyond = new LongestPrefixMap<>();

        public void add(VirtualNetwork network, Optional<Peering> peering) {
            network.space()
                    .forEach(space -> spaces.put(space, new Place(Optional.of(network), Optional.empty(), peering)));
            for (Subnet subnet : network.subnets()) {
                subnet.prefixes()
                        .forEach(prefix ->
                                subnets.put(prefix, new Place(Optional.of(network), Optional.of(subnet), peering)));
            }
        }

        void addBeyond(Peering half) {
            half.remoteSpace()
                    .forEach(space ->
                            beyond.put(space, new Place(Optional.empty(), Optional.empty(), Optional.of(half))));
        }

        public Optional<Place> of(Range address) {
            return subnets.longest(address)
                    .or(() -> spaces.longest(address))
                    .or(() -> beyond.longest(address))
                    .map(LongestPrefixMap.Hit::value);
        }
    }

    private final Subnet gatewaySubnet;
    private final VirtualNetwork home;
    private final List<Sphere> spheres = List.of(new Sphere(), new Sphere(), new Sphere());
    private final VnetPeerings peerings;
    private final Map<ResourceId, VirtualNetwork> networks = new HashMap<>();
    private final Map<Range, Place> found = new HashMap<>();
    private final Network known;

    private AddressLocator(Network network, VirtualNetwork home, Subnet gatewaySubnet) {
        this.known = network;
        this.home = home;
        this.gatewaySubnet = gatewaySubnet;
        this.peerings = new VnetPeerings(network);
        network.virtualNetworks().forEach(each -> networks.put(each.id(), each));
        // What the gateway reaches comes first, then what it would, then networks that happen to use the same
        // addresses.
        spheres.get(0).add(home, Optional.empty());
        for (Peering half : peerings.of(home.id())) {
            Sphere sphere = spheres.get(VnetPeerings.works(half) ? 0 : 1);
            sphere.addBeyond(half);
            network(half.remote()).ifPresent(remote -> sphere.add(remote, Optional.of(half)));
        }
        networks().stream()
                .filter(each -> !each.id().equals(home.id())
                        && peerings.between(home.id(), each.id()).isEmpty())
                .forEach(each -> spheres.get(2).add(each, Optional.empty()));
    }

    /** The places around the gateway; empty where its own network was not read. */
    public static Optional<AddressLocator> around(List<ResourceId> gatewaySubnets, Network network) {
        for (ResourceId id : gatewaySubnets) {
            for (VirtualNetwork each : network.virtualNetworks()) {
                for (Subnet subnet : each.subnets()) {
                    if (subnet.id().equals(id)) {
                        return Optional.of(new AddressLocator(network, each, subnet));
                    }
                }
            }
        }
        return Optional.empty();
    }

    public Place of(Range address) {
        return found.computeIfAbsent(address, this::locate);
    }

    private Place locate(Range address) {
        return spheres.stream()
                .flatMap(sphere -> sphere.of(address).stream())
                .findFirst()
                .orElse(Place.UNKNOWN);
    }

    /** Whether an address of that subnet is what the gateway means by it, as far as that is known. */
    public boolean mayLieIn(Range address, ResourceId subnet) {
        Place place = of(address);
        return place.network()
                .map(VirtualNetwork::id)
                .or(() -> place.peering().map(Peering::remote))
                .map(subnet::isWithin)
                .orElse(true);
    }

    public Subnet gatewaySubnet() {
        return gatewaySubnet;
    }

    public VirtualNetwork home() {
        return home;
    }

    public boolean isHome(Place place) {
        return place.network().filter(each -> each.id().equals(home.id())).isPresent();
    }

    /** The gateway subnet's prefixes of an address's family: any instance may have any address of them. */
    public List<Range> gatewayPrefixes(Range like) {
        return gatewaySubnet.prefixes().stream()
                .filter(prefix -> prefix.six() == like.six())
                .toList();
    }

    public Optional<VirtualNetwork> network(ResourceId id) {
        return Optional.ofNullable(networks.get(id));
    }

    /** Every network beside the gateway's that it is peered with, or that was read. */
    public List<VirtualNetwork> networks() {
        return networks.values().stream()
                .sorted(java.util.Comparator.comparing(VirtualNetwork::id))
                .toList();
    }

    public VnetPeerings peerings() {
        return peerings;
    }

    /** The ranges that stand for a network in the tag {@code VirtualNetwork}: its own and those of its live peerings. */
    public List<Range> virtualNetworkTag(VirtualNetwork network) {
        List<Range> ranges = new ArrayList<>(network.space());
        known.connectedWith(network.id()).forEach(other -> ranges.addAll(other.space()));
        peerings.of(network.id()).stream()
                .filter(VnetPeerings::works)
                .forEach(peering -> ranges.addAll(peering.remoteSpace()));
        // The platform's own address counts as part of every network (network security group overview).
        IpAddresses.parse("168.63.129.16").ifPresent(ranges::add);
        return ranges;
    }

    /** Whether a network can learn routes that no document shows: through a gateway of its own or of a peer's. */
    public boolean mayLearnRoutes(VirtualNetwork network) {
        return peerings.of(network.id()).stream().anyMatch(Peering::usesRemoteGateways)
                || network.subnets().stream()
                        .map(subnet -> subnet.id().name())
                        .anyMatch(name -> Wording.of(name).is("gatewaysubnet")
                                || Wording.of(name).is("routeserversubnet"));
    }
}
