package dev.triage502.reachability.name;

import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.EndpointPolicies;
import dev.triage502.evidence.Network.InterfaceAddress;
import dev.triage502.evidence.Network.PrivateEndpoint;
import dev.triage502.evidence.Network.Subnet;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import dev.triage502.incident.ResourceType;
import dev.triage502.reachability.address.AddressLocator;
import dev.triage502.reachability.address.AddressLocator.Place;
import dev.triage502.reachability.member.IpOwners;
import dev.triage502.reachability.member.IpOwners.Holder;
import dev.triage502.reachability.member.PrivateEndpointLookup;
import dev.triage502.reachability.server.BackendServer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What does the network see at the addresses to which a server's traffic goes? */
public final class ResolvedEndpoints {

    static final CouldNotRead<Network> NO_NETWORK = new CouldNotRead<>(
            Source.NETWORK, Reading.Why.NOT_COLLECTED, "the gateway's own virtual network was not collected");

    /**
     * One address, as the network sees it.
     *
     * @param place    where it lies
     * @param seen     what security rules see as destination: the address, or behind a front the whole subnet
     * @param holder   the interface that holds it
     * @param endpoint the private endpoint that holds it
     */
    public record Destination(
            Range address,
            Place place,
            Range seen,
            Optional<Holder> holder,
            Optional<PrivateEndpoint> endpoint,
            boolean front) {

        public String text() {
            return address.text();
        }

        /** The same where packets arrive under another address than its own: security rules see that one. */
        public Destination seenAs(Range other) {
            return new Destination(address, place, other, holder, endpoint, front);
        }

        /** The same under its own address, at which a load balancer probes it whatever else arrives there. */
        public Destination asItself() {
            return seenAs(address);
        }

        /**
         * What a rule has to name to reach it: the prefix of the subnet in which it lies, else the address alone; the
         * address under which packets arrive, where that is another.
         */
        public Range ruleRange() {
            if (!seen.contains(address)) {
                return seen;
            }
            return place.subnet()
                    .flatMap(subnet -> subnet.prefixes().stream()
                            .filter(each -> each.contains(address))
                            .findFirst())
                    .orElse(address);
        }

        public boolean isEndpoint() {
            return endpoint.isPresent()
                    || holder.flatMap(each -> each.card().endpoint()).isPresent();
        }

        /** Whether the rules of its subnet's NSG count for it: always, unless it is a private endpoint's. */
        public boolean countsNsg() {
            return !isEndpoint() || policies().countNsg();
        }

        /** Whether user-defined routes count for what comes from it or goes to it, likewise. */
        public boolean countsRoutes() {
            return !isEndpoint() || policies().countRoutes();
        }

        private EndpointPolicies policies() {
            return place.subnet().map(Subnet::endpointPolicies).orElse(EndpointPolicies.NONE);
        }

        /** The application security groups that it belongs to, if its interface is known. */
        public Optional<Set<ResourceId>> groups() {
            return holder.map(Holder::address)
                    .map(InterfaceAddress::applicationGroups)
                    .map(HashSet::new);
        }
    }

    private static final ResourceType CONTAINER_APPS = ResourceType.of("Microsoft.App/environments");

    private final Reading<Network> network;
    private final Optional<AddressLocator> places;
    private final IpOwners holders;
    private final PrivateEndpointLookup endpoints;
    private final ServerAddresses addresses;
    private final Map<String, Destination> known = new HashMap<>();

    public ResolvedEndpoints(
            Reading<Network> network,
            Optional<AddressLocator> places,
            IpOwners holders,
            PrivateEndpointLookup endpoints,
            ServerAddresses addresses) {
        this.network = network;
        this.places = places;
        this.holders = holders;
        this.endpoints = endpoints;
        this.addresses = addresses;
    }

    /** Why nothing can be said about the way to any server, if nothing can. */
    public Optional<CouldNotRead<?>> lacking() {
        if (network instanceof CouldNotRead<Network> unread) {
            return Optional.of(unread);
        }
        return places.isEmpty() ? Optional.of(NO_NETWORK) : Optional.empty();
    }

    public AddressLocator places() {
        return places.orElseThrow();
    }

    public Network network() {
        return network.toOptional().orElseThrow();
    }

    /** The subnets in which an interface has addresses, if it was read. */
    public List<ResourceId> subnetsOf(ResourceId card) {
        return holders.card(card)
                .map(each -> each.addresses().stream()
                        .flatMap(address -> address.subnet().stream())
                        .toList())
                .orElse(List.of());
    }

    /** What the network sees at each address of a server; empty where its name leads to none that is known. */
    public List<Destination> of(BackendServer server) {
        return addresses.of(server).stream()
                .flatMap(text -> IpAddresses.parse(text).stream())
                .map(this::at)
                .toList();
    }

    /** What the network sees at an address. */
    public Destination at(Range address) {
        return known.computeIfAbsent(address.text(), text -> {
            Place place = places.map(each -> each.of(address)).orElse(Place.UNKNOWN);
            Optional<PrivateEndpoint> endpoint = holders.endpointAt(text);
            Optional<Holder> holder = holders.cardAt(text);
            boolean environment = place.subnet()
                    .filter(subnet -> subnet.delegations().stream().anyMatch(each -> CONTAINER_APPS.is(each)))
                    .isPresent();
            boolean front =
                    endpoint.isEmpty() && (environment || holders.frontAt(text).isPresent());
            Range seen = front ? behind(place, address) : address;
            return new Destination(
                    address,
                    place,
                    seen,
                    holder.filter(each -> !front),
                    endpoint.or(
                            () -> holder.flatMap(each -> each.card().endpoint().flatMap(endpoints::byId))),
                    front);
        });
    }

    /** A front's packets reach the rules with a member's address: any in the subnet. */
    private static Range behind(Place place, Range address) {
        return place.subnet()
                .flatMap(subnet -> subnet.prefixes().stream()
                        .filter(prefix -> prefix.contains(address))
                        .findFirst())
                .orElse(address);
    }
}
