package dev.triage502.evidence;

import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.ResourceId;
import dev.triage502.incident.Wording;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the traffic between gateway and backends crosses. Azure can refuse in part, so what could not be read of it is
 * a reading of its own.
 *
 * @param virtualNetworks   the gateway's, and those of backends as far as known
 * @param securityGroups    by the key of their id
 * @param routeTables       by the key of their id
 * @param zones             private DNS zones with their links and records
 * @param zonesByLink       private DNS zones of which nothing but links was seen; that one is not among them says little
 * @param interfaces        network interfaces with the addresses they hold
 * @param endpoints         private endpoints
 * @param loadBalancers     load balancers with their front addresses
 * @param serviceTags       prefixes by the tag's name, where the list was read
 * @param effectiveRoutes   routes as the platform resolved them, where that was asked
 * @param publicAddresses   public IP addresses and what has them
 * @param adminRules        security admin rules in effect, by the key of the virtual network; empty where nobody asked for any
 * @param connectedGroups   what stands for a connected group, by the key of each network that is in one; likewise
 * @param holdersGap        why not all interfaces, private endpoints and load balancers are known that were listed: one
 *                          or more could not be understood
 */
public record Network(
        List<VirtualNetwork> virtualNetworks,
        Map<String, Reading<SecurityGroup>> securityGroups,
        Map<String, Reading<RouteTable>> routeTables,
        Reading<List<Zone>> zones,
        List<Zone> zonesByLink,
        Reading<List<Interface>> interfaces,
        Reading<List<PrivateEndpoint>> endpoints,
        Reading<List<LoadBalancer>> loadBalancers,
        Map<ArmName, List<Range>> serviceTags,
        Reading<List<EffectiveRoute>> effectiveRoutes,
        Reading<List<PublicAddress>> publicAddresses,
        Map<String, Reading<AdminRules>> adminRules,
        Map<String, Reading<Set<ResourceId>>> connectedGroups,
        Optional<CouldNotRead<?>> holdersGap) {

    /**
     * A virtual network; who may see it may still be refused the list of its peerings.
     *
     * @param gap         why its space and its subnets are not all known: a part of them could not be understood
     * @param peeringsGap why the peerings that were read are not all, likewise
     * @param region      the Azure region, such as {@code westeurope}; empty where it is not known
     */
    public record VirtualNetwork(
            ResourceId id,
            List<Range> space,
            List<String> dnsServers,
            List<Subnet> subnets,
            Reading<List<Peering>> peerings,
            Optional<CouldNotRead<?>> gap,
            Optional<CouldNotRead<?>> peeringsGap,
            String region) {

        /** A network of which all is known that was read, but not its region. */
        public VirtualNetwork(
                ResourceId id,
                List<Range> space,
                List<String> dnsServers,
                List<Subnet> subnets,
                Reading<List<Peering>> peerings) {
            this(id, space, dnsServers, subnets, peerings, Optional.empty(), Optional.empty(), "");
        }
    }

    /**
     * A subnet.
     *
     * @param securityGroup its NSG; absent is Azure's word that there is none
     * @param routeTable    its route table, likewise
     * @param delegations   services that own it, such as {@code Microsoft.App/environments}
     * @param endpointPolicies whether rules and routes count for private endpoints here
     * @param serviceEndpoints services that callers here reach with their private addresses, such as {@code Microsoft.Web}
     */
    public record Subnet(
            ResourceId id,
            List<Range> prefixes,
            Optional<ResourceId> securityGroup,
            Optional<ResourceId> routeTable,
            List<String> delegations,
            EndpointPolicies endpointPolicies,
            List<String> serviceEndpoints) {

        /** A subnet without service endpoints. */
        public Subnet(
                ResourceId id,
                List<Range> prefixes,
                Optional<ResourceId> securityGroup,
                Optional<ResourceId> routeTable,
                List<String> delegations,
                EndpointPolicies endpointPolicies) {
            this(id, prefixes, securityGroup, routeTable, delegations, endpointPolicies, List.of());
        }

        public boolean holds(Range address) {
            return prefixes.stream().anyMatch(prefix -> prefix.contains(address));
        }
    }

    /** What of a subnet's NSG and route table counts for the private endpoints in it. */
    public enum EndpointPolicies {
        /** Neither; also where nothing is said. */
        NONE,
        NSG,
        ROUTE_TABLE,
        BOTH;

        /** Whether the rules of the NSG do. */
        public boolean countNsg() {
            return this == NSG || this == BOTH;
        }

        /** Whether the user-defined routes do. */
        public boolean countRoutes() {
            return this == ROUTE_TABLE || this == BOTH;
        }
    }

    /**
     * One half of a peering, as the network that has it says.
     *
     * @param syncLevel   whether both halves know the other's ranges; empty where it is not said
     * @param remoteSpace the ranges that lie beyond it; empty where they are not said
     */
    public record Peering(
            String name,
            ResourceId remote,
            String state,
            String syncLevel,
            boolean allowsAccess,
            boolean allowsForwarded,
            boolean usesRemoteGateways,
            List<Range> remoteSpace) {
        public boolean isConnected() {
            return state.equalsIgnoreCase("Connected");
        }

        /** Whether it joins a Virtual WAN hub, whose network Azure names {@code HV_…} and keeps in a subscription of its own. */
        public boolean isToHub() {
            return Wording.of(remote.name()).startWith("hv_")
                    || Wording.of(name).startWith("remotevnettohubpeering_");
        }
    }

    /**
     * A network security group: its rules, the six default ones too, in the order in which they are tried.
     *
     * @param unread rules that could not be understood: each may decide in the place of any rule that is tried later
     */
    public record SecurityGroup(ResourceId id, List<SecurityRule> rules, List<UnreadRule> unread) {

        /** A group whose rules are all known. */
        public SecurityGroup(ResourceId id, List<SecurityRule> rules) {
            this(id, rules, List.of());
        }

        /** A rule that was not understood and that may decide before a rule of this direction and priority. */
        public Optional<UnreadRule> unreadBefore(boolean inbound, int priority) {
            return unread.stream()
                    .filter(each -> each.inbound().orElse(inbound) == inbound
                            && each.priority().orElse(Integer.MIN_VALUE) <= priority)
                    .findFirst();
        }
    }

    /**
     * A rule that could not be understood.
     *
     * @param priority its number, where that was understood
     * @param inbound  its direction, likewise
     * @param why      what was wrong with it
     */
    public record UnreadRule(String name, OptionalInt priority, Optional<Boolean> inbound, CouldNotRead<?> why) {}

    /**
     * A rule of a security group. Prefixes are addresses, ranges, tags or {@code *}, as written.
     *
     * @param isDefault whether it is one of the six that every group has
     */
    public record SecurityRule(
            String name,
            String id,
            int priority,
            boolean inbound,
            boolean allows,
            String protocol,
            List<String> sources,
            List<String> destinations,
            List<String> sourcePorts,
            List<String> destinationPorts,
            List<ResourceId> sourceGroups,
            List<ResourceId> destinationGroups,
            boolean isDefault) {

        /** Begins one without any of its parts. */
        public static Builder builder() {
            return new Builder();
        }

        /** Collects the parts of a {@link SecurityRule} by their names. What is a value of its own has to be given; the rest is empty, 0 or false. */
        public static final class Builder {
            private @Nullable String name;
            private @Nullable String id;
            private int priority;
            private boolean inbound;
            private boolean allows;
            private @Nullable String protocol;
            private List<String> sources = List.of();
            private List<String> destinations = List.of();
            private List<String> sourcePorts = List.of();
            private List<String> destinationPorts = List.of();
            private List<ResourceId> sourceGroups = List.of();
            private List<ResourceId> destinationGroups = List.of();
            private boolean isDefault;

            private Builder() {}

            public Builder name(String name) {
                this.name = name;
                return this;
            }

            public Builder id(String id) {
                this.id = id;
                return this;
            }

            public Builder priority(int priority) {
                this.priority = priority;
                return this;
            }

            public Builder inbound(boolean inbound) {
                this.inbound = inbound;
                return this;
            }

            public Builder allows(boolean allows) {
                this.allows = allows;
                return this;
            }

            public Builder protocol(String protocol) {
                this.protocol = protocol;
                return this;
            }

            public Builder sources(List<String> sources) {
                this.sources = sources;
                return this;
            }

            public Builder destinations(List<String> destinations) {
                this.destinations = destinations;
                return this;
            }

            public Builder sourcePorts(List<String> sourcePorts) {
                this.sourcePorts = sourcePorts;
                return this;
            }

            public Builder destinationPorts(List<String> destinationPorts) {
                this.destinationPorts = destinationPorts;
                return this;
            }

            public Builder sourceGroups(List<ResourceId> sourceGroups) {
                this.sourceGroups = sourceGroups;
                return this;
            }

            public Builder destinationGroups(List<ResourceId> destinationGroups) {
                this.destinationGroups = destinationGroups;
                return this;
            }

            public Builder isDefault(boolean isDefault) {
                this.isDefault = isDefault;
                return this;
            }

            /** @throws NullPointerException if a part that has to be given is missing; it names the part */
            public SecurityRule build() {
                return new SecurityRule(
                        Objects.requireNonNull(name, "name"),
                        Objects.requireNonNull(id, "id"),
                        priority,
                        inbound,
                        allows,
                        Objects.requireNonNull(protocol, "protocol"),
                        sources,
                        destinations,
                        sourcePorts,
                        destinationPorts,
                        sourceGroups,
                        destinationGroups,
                        isDefault);
            }
        }
    }

    /**
     * The security admin rules of Azure Virtual Network Manager that are in effect in one virtual network. They are tried
     * before any NSG. One that matches and allows leaves the decision to the NSG, unless it always allows.
     *
     * @param rules       under the network's id; what no rule matches is left to the NSG
     * @param alwaysAllow the ids of the rules whose word is final though they allow
     */
    public record AdminRules(SecurityGroup rules, Set<String> alwaysAllow) {

        /** Whether no NSG is asked about what the rule matches. */
        public boolean isFinal(SecurityRule rule) {
            return !rule.allows() || alwaysAllow.contains(rule.id());
        }
    }

    /**
     * A route table.
     *
     * @param propagatesBgp whether routes learned by BGP join it
     * @param unreadRoutes  how many further routes could not be understood at all
     * @param gap           why not all of its routes are known, if one or more could not be understood
     */
    public record RouteTable(
            ResourceId id, List<Route> routes, boolean propagatesBgp, int unreadRoutes, Optional<CouldNotRead<?>> gap) {

        /** A table whose routes are all known. */
        public RouteTable(ResourceId id, List<Route> routes, boolean propagatesBgp) {
            this(id, routes, propagatesBgp, 0, Optional.empty());
        }
    }

    /**
     * A user-defined route.
     *
     * @param nextHopAddresses the appliances that it sends to: several share the traffic, and most routes have one or none
     */
    public record Route(String name, String id, String prefix, NextHop nextHop, List<String> nextHopAddresses) {

        /** A route with one next hop address, or with none where it is an empty string. */
        public Route(String name, String id, String prefix, NextHop nextHop, String nextHopAddress) {
            this(name, id, prefix, nextHop, nextHopAddress.isEmpty() ? List.of() : List.of(nextHopAddress));
        }

        /** The address that it sends to, several with commas between them; an empty string where there is none. */
        public String nextHopAddress() {
            return String.join(", ", nextHopAddresses);
        }
    }

    /** Where a route sends what it matches. */
    public enum NextHop {
        VNET_LOCAL,
        PEERING,
        ENDPOINT,
        INTERNET,
        APPLIANCE,
        NETWORK_GATEWAY,
        /** Another network of a connected group of Azure Virtual Network Manager, without a peering. */
        CONNECTED_GROUP,
        NONE,
        /** Somewhere that was not understood. */
        UNKNOWN
    }

    /**
     * A private DNS zone: its name, the networks that ask it, and its address records by name.
     *
     * @param recordsRead whether these are all of its records
     * @param linksRead   whether these are all of its links
     */
    public record Zone(
            String name,
            ResourceId id,
            List<ZoneLink> links,
            Map<String, List<String>> records,
            boolean recordsRead,
            boolean linksRead) {

        /** A zone whose links are all known. */
        public Zone(
                String name,
                ResourceId id,
                List<ZoneLink> links,
                Map<String, List<String>> records,
                boolean recordsRead) {
            this(name, id, links, records, recordsRead, true);
        }
    }

    /** A link of a zone to a network; {@code fallsBack} when unknown names are asked of public DNS as well. */
    public record ZoneLink(String name, ResourceId network, boolean isCompleted, boolean fallsBack) {}

    /**
     * A network interface and what it belongs to.
     *
     * @param forwards whether Azure hands it packets that are for other addresses; empty where it is not said
     */
    public record Interface(
            ResourceId id,
            List<InterfaceAddress> addresses,
            Optional<ResourceId> machine,
            Optional<ResourceId> endpoint,
            Optional<ResourceId> securityGroup,
            Optional<Boolean> forwards) {

        /** An interface of which nothing says whether it forwards. */
        public Interface(
                ResourceId id,
                List<InterfaceAddress> addresses,
                Optional<ResourceId> machine,
                Optional<ResourceId> endpoint,
                Optional<ResourceId> securityGroup) {
            this(id, addresses, machine, endpoint, securityGroup, Optional.empty());
        }
    }

    /**
     * One address of an interface.
     *
     * @param name          the name of its configuration on the interface; empty where it has none
     * @param balancerPools the load balancers' backend pools that it is in
     */
    public record InterfaceAddress(
            String name,
            String address,
            Optional<ResourceId> subnet,
            List<ResourceId> applicationGroups,
            List<ResourceId> balancerPools) {

        /** An address that no load balancer passes traffic to. */
        public InterfaceAddress(String address, Optional<ResourceId> subnet, List<ResourceId> applicationGroups) {
            this("", address, subnet, applicationGroups, List.of());
        }
    }

    /**
     * A private endpoint: the service behind it, its state, the names and addresses that lead to it.
     *
     * @param groups which parts of the service it leads to ({@code blob}, {@code web}); empty where it is not said
     */
    public record PrivateEndpoint(
            ResourceId id,
            ResourceId service,
            String status,
            List<String> names,
            List<String> addresses,
            Optional<ResourceId> subnet,
            List<String> groups) {

        /** An endpoint of which it is not said to which part of the service it leads. */
        public PrivateEndpoint(
                ResourceId id,
                ResourceId service,
                String status,
                List<String> names,
                List<String> addresses,
                Optional<ResourceId> subnet) {
            this(id, service, status, names, addresses, subnet, List.of());
        }

        /** Whether it can lead to a host name of its service: a storage account has an endpoint for each of its services. */
        public boolean mayLeadTo(String host) {
            Optional<String> part = AzureServiceDomains.storageService(host);
            return part.isEmpty()
                    || groups.isEmpty()
                    || names.stream().anyMatch(host::equalsIgnoreCase)
                    || groups.stream().anyMatch(each -> Wording.of(each).startWith(part.get()));
        }
    }

    /**
     * A load balancer's front addresses and the subnet they are in; public ones are in none.
     *
     * @param rules what its frontends pass on, each with the address of its frontend
     * @param basic whether it is of the Basic SKU
     */
    public record LoadBalancer(
            ResourceId id,
            List<String> frontAddresses,
            Optional<ResourceId> subnet,
            List<BalancerRule> rules,
            boolean basic) {

        /** A Standard load balancer whose rules are not known. */
        public LoadBalancer(ResourceId id, List<String> frontAddresses, Optional<ResourceId> subnet) {
            this(id, frontAddresses, subnet, List.of(), false);
        }
    }

    /**
     * How a load balancer probes its members.
     *
     * @param path what it asks for, and takes 200 alone; empty where it only connects
     */
    public record BalancerProbe(String name, int port, String path) {

        public boolean isHttp() {
            return !path.isEmpty();
        }
    }

    /**
     * What a frontend of a load balancer passes on.
     *
     * @param address     the frontend's address
     * @param port        the port that it takes; 0 stands for all
     * @param backendPort the port at the members; 0 stands for the one that was asked
     * @param probe       how the members are probed; empty where the rule has no probe
     * @param pool        the backend pool that it passes to; empty where the rule names none
     * @param poolIsEmpty whether the load balancer's document says that nothing is in that pool
     * @param floating    whether members get the packets as they were sent, with the frontend's address (floating IP); the
     *     services of an AKS cluster do
     */
    public record BalancerRule(
            String address,
            int port,
            int backendPort,
            Optional<BalancerProbe> probe,
            Optional<ResourceId> pool,
            boolean poolIsEmpty,
            boolean floating) {

        /** The port at which the members are probed. */
        public OptionalInt probePort() {
            return probe.map(each -> OptionalInt.of(each.port())).orElseGet(OptionalInt::empty);
        }

        /** Whether it takes what is sent to a port of the frontend. */
        public boolean takes(int asked) {
            return port == 0 || port == asked;
        }

        /** The port at which a member gets what was sent to a port of the frontend. */
        public int portOfMember(int asked) {
            return backendPort == 0 ? asked : backendPort;
        }
    }

    /** Who made a route that the platform resolved. */
    public enum RouteSource {
        /** The platform itself. */
        DEFAULT,
        /** A virtual network gateway, which learned it by BGP. */
        NETWORK_GATEWAY,
        /** An operator, or a word that is not known. */
        OTHER
    }

    /** A route as the platform resolved it for an interface or a subnet. */
    public record EffectiveRoute(
            String on,
            RouteSource source,
            List<String> prefixes,
            NextHop nextHop,
            List<String> nextHopAddresses,
            boolean isActive) {

        /** A route with one next hop address, or with none where it is an empty string. */
        public EffectiveRoute(
                String on,
                RouteSource source,
                List<String> prefixes,
                NextHop nextHop,
                String nextHopAddress,
                boolean isActive) {
            this(
                    on,
                    source,
                    prefixes,
                    nextHop,
                    nextHopAddress.isEmpty() ? List.of() : List.of(nextHopAddress),
                    isActive);
        }

        /** The address that it sends to, several with commas between them; an empty string where there is none. */
        public String nextHopAddress() {
            return String.join(", ", nextHopAddresses);
        }
    }

    /** The subnets of all networks that were read, network by network. */
    public Stream<Subnet> subnets() {
        return virtualNetworks.stream().flatMap(network -> network.subnets().stream());
    }

    /** The subnet of an id, if its network was read. */
    public Optional<Subnet> subnet(ResourceId id) {
        return subnets().filter(subnet -> subnet.id().equals(id)).findFirst();
    }

    /** The network of an id, if it was read. */
    public Optional<VirtualNetwork> virtualNetwork(ResourceId id) {
        return virtualNetworks.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /** The security group of a subnet or an interface: absent where it has none, unread where it could not be read. */
    public Reading<SecurityGroup> securityGroup(Optional<ResourceId> id) {
        if (id.isEmpty()) {
            return Reading.absent();
        }
        return securityGroups.getOrDefault(
                id.get().key(),
                Reading.couldNotRead(
                        Source.NETWORK, Reading.Why.NOT_COLLECTED, id.get().name() + " was not collected"));
    }

    /** The route table of a subnet, likewise. */
    public Reading<RouteTable> routeTable(Optional<ResourceId> id) {
        if (id.isEmpty()) {
            return Reading.absent();
        }
        return routeTables.getOrDefault(
                id.get().key(),
                Reading.couldNotRead(
                        Source.NETWORK, Reading.Why.NOT_COLLECTED, id.get().name() + " was not collected"));
    }

    /** The security admin rules in effect in a network: absent where nobody asked for any network's. */
    public Reading<AdminRules> adminRules(ResourceId network) {
        return adminRules.isEmpty()
                ? Reading.absent()
                : adminRules.getOrDefault(
                        network.key(),
                        Reading.couldNotRead(
                                Source.NETWORK,
                                Reading.Why.NOT_COLLECTED,
                                "the security admin rules of " + network.name() + " were not collected"));
    }

    /** The networks that a connected group of Azure Virtual Network Manager joins to a network, without a peering. */
    public List<VirtualNetwork> connectedWith(ResourceId network) {
        Set<ResourceId> groups = connectedGroups(network);
        return virtualNetworks.stream()
                .filter(each -> !each.id().equals(network))
                .filter(each -> connectedGroups(each.id()).stream().anyMatch(groups::contains))
                .toList();
    }

    /** What stands for the connected groups that a network is in; none where that was not read. */
    public Set<ResourceId> connectedGroups(ResourceId network) {
        return Optional.ofNullable(connectedGroups.get(network.key()))
                .flatMap(Reading::toOptional)
                .orElse(Set.of());
    }

    /** Begins one without any of its parts. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the parts of a {@link Network} by their names. What is a value of its own has to be given; the rest is empty, 0 or false. */
    public static final class Builder {
        private List<VirtualNetwork> virtualNetworks = List.of();
        private Map<String, Reading<SecurityGroup>> securityGroups = Map.of();
        private Map<String, Reading<RouteTable>> routeTables = Map.of();
        private @Nullable Reading<List<Zone>> zones;
        private List<Zone> zonesByLink = List.of();
        private @Nullable Reading<List<Interface>> interfaces;
        private @Nullable Reading<List<PrivateEndpoint>> endpoints;
        private @Nullable Reading<List<LoadBalancer>> loadBalancers;
        private Map<ArmName, List<Range>> serviceTags = Map.of();
        private @Nullable Reading<List<EffectiveRoute>> effectiveRoutes;

        private Reading<List<PublicAddress>> publicAddresses =
                Reading.couldNotRead(Source.NETWORK, Reading.Why.NOT_COLLECTED, "publicIPAddresses not collected");

        private Map<String, Reading<AdminRules>> adminRules = Map.of();
        private Map<String, Reading<Set<ResourceId>>> connectedGroups = Map.of();
        private Optional<CouldNotRead<?>> holdersGap = Optional.empty();

        private Builder() {}

        public Builder virtualNetworks(List<VirtualNetwork> virtualNetworks) {
            this.virtualNetworks = virtualNetworks;
            return this;
        }

        public Builder securityGroups(Map<String, Reading<SecurityGroup>> securityGroups) {
            this.securityGroups = securityGroups;
            return this;
        }

        public Builder routeTables(Map<String, Reading<RouteTable>> routeTables) {
            this.routeTables = routeTables;
            return this;
        }

        public Builder zones(Reading<List<Zone>> zones) {
            this.zones = zones;
            return this;
        }

        public Builder zonesByLink(List<Zone> zonesByLink) {
            this.zonesByLink = zonesByLink;
            return this;
        }

        public Builder interfaces(Reading<List<Interface>> interfaces) {
            this.interfaces = interfaces;
            return this;
        }

        public Builder endpoints(Reading<List<PrivateEndpoint>> endpoints) {
            this.endpoints = endpoints;
            return this;
        }

        public Builder loadBalancers(Reading<List<LoadBalancer>> loadBalancers) {
            this.loadBalancers = loadBalancers;
            return this;
        }

        public Builder serviceTags(Map<ArmName, List<Range>> serviceTags) {
            this.serviceTags = serviceTags;
            return this;
        }

        public Builder effectiveRoutes(Reading<List<EffectiveRoute>> effectiveRoutes) {
            this.effectiveRoutes = effectiveRoutes;
            return this;
        }

        public Builder publicAddresses(Reading<List<PublicAddress>> publicAddresses) {
            this.publicAddresses = publicAddresses;
            return this;
        }

        public Builder adminRules(Map<String, Reading<AdminRules>> adminRules) {
            this.adminRules = adminRules;
            return this;
        }

        public Builder connectedGroups(Map<String, Reading<Set<ResourceId>>> connectedGroups) {
            this.connectedGroups = connectedGroups;
            return this;
        }

        public Builder holdersGap(Optional<CouldNotRead<?>> holdersGap) {
            this.holdersGap = holdersGap;
            return this;
        }

        /** @throws NullPointerException if a part that has to be given is missing; it names the part */
        public Network build() {
            return new Network(
                    virtualNetworks,
                    securityGroups,
                    routeTables,
                    Objects.requireNonNull(zones, "zones"),
                    zonesByLink,
                    Objects.requireNonNull(interfaces, "interfaces"),
                    Objects.requireNonNull(endpoints, "endpoints"),
                    Objects.requireNonNull(loadBalancers, "loadBalancers"),
                    serviceTags,
                    Objects.requireNonNull(effectiveRoutes, "effectiveRoutes"),
                    publicAddresses,
                    adminRules,
                    connectedGroups,
                    holdersGap);
        }
    }
}
