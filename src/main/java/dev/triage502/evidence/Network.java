package dev.triage502.evidence;

import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.incident.ResourceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the traffic between gateway and backends crosses. Azure can refuse in part, so what could not be read of it is
 * a reading of its own.
 *
 * @param virtualNetworks   the gateway's, and those of backends as far as known
 * @param securityGroups    by the key of their id
 * @param routeTables       by the key of their id
 * @param zones             private DNS zones with their links and records
 * @param interfaces        network interfaces with the addresses they hold
 * @param endpoints         private endpoints
 * @param loadBalancers     load balancers with their front addresses
 * @param serviceTags       prefixes by the tag's name in lower case, where the list was read
 * @param effectiveRoutes   routes as the platform resolved them, where that was asked
 */
public record Network(
        List<VirtualNetwork> virtualNetworks,
        Map<String, Reading<SecurityGroup>> securityGroups,
        Map<String, Reading<RouteTable>> routeTables,
        Reading<List<Zone>> zones,
        Reading<List<Interface>> interfaces,
        Reading<List<PrivateEndpoint>> endpoints,
        Reading<List<LoadBalancer>> loadBalancers,
        Map<String, List<Range>> serviceTags,
        Reading<List<EffectiveRoute>> effectiveRoutes) {

    /** A virtual network; who may see it may still be refused the list of its peerings. */
    public record VirtualNetwork(
            ResourceId id,
            List<Range> space,
            List<String> dnsServers,
            List<Subnet> subnets,
            Reading<List<Peering>> peerings) {}

    /**
     * A subnet.
     *
     * @param securityGroup its NSG; absent is Azure's word that there is none
     * @param routeTable    its route table, likewise
     * @param delegations   services that own it, such as {@code Microsoft.App/environments}
     * @param endpointPolicies {@code privateEndpointNetworkPolicies}: whether rules and routes count for endpoints here
     */
    public record Subnet(
            ResourceId id,
            List<Range> prefixes,
            Optional<ResourceId> securityGroup,
            Optional<ResourceId> routeTable,
            List<String> delegations,
            String endpointPolicies) {
        public boolean holds(Range address) {
            return prefixes.stream().anyMatch(prefix -> prefix.contains(address));
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
    }

    /** A network security group: its rules, the six default ones too, in the order in which they are tried. */
    public record SecurityGroup(ResourceId id, List<SecurityRule> rules) {}

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
            boolean isDefault) {}

    /** A route table. {@code propagatesBgp} says whether routes learned by BGP join it. */
    public record RouteTable(ResourceId id, List<Route> routes, boolean propagatesBgp) {}

    /** A user-defined route. */
    public record Route(String name, String id, String prefix, NextHop nextHop, String nextHopAddress) {}

    /** Where a route sends what it matches. */
    public enum NextHop {
        VNET_LOCAL,
        PEERING,
        ENDPOINT,
        INTERNET,
        APPLIANCE,
        NETWORK_GATEWAY,
        NONE
    }

    /** A private DNS zone: its name, the networks that ask it, and its address records by name. */
    public record Zone(
            String name, ResourceId id, List<ZoneLink> links, Map<String, List<String>> records, boolean recordsRead) {}

    /** A link of a zone to a network; {@code fallsBack} when unknown names are asked of public DNS as well. */
    public record ZoneLink(String name, ResourceId network, boolean isCompleted, boolean fallsBack) {}

    /** A network interface and what it belongs to. */
    public record Interface(
            ResourceId id,
            List<InterfaceAddress> addresses,
            Optional<ResourceId> machine,
            Optional<ResourceId> endpoint,
            Optional<ResourceId> securityGroup) {}

    /** One address of an interface. */
    public record InterfaceAddress(String address, Optional<ResourceId> subnet, List<ResourceId> applicationGroups) {}

    /** A private endpoint: the service behind it, its state, the names and addresses that lead to it. */
    public record PrivateEndpoint(
            ResourceId id,
            ResourceId service,
            String status,
            List<String> names,
            List<String> addresses,
            Optional<ResourceId> subnet) {}

    /** A load balancer's front addresses and the subnet they are in. */
    public record LoadBalancer(ResourceId id, List<String> frontAddresses, Optional<ResourceId> subnet) {}

    /** A route as the platform resolved it for an interface or a subnet. */
    public record EffectiveRoute(
            String on,
            String source,
            List<String> prefixes,
            NextHop nextHop,
            String nextHopAddress,
            boolean isActive) {}

    /** The subnet of an id, if its network was read. */
    public Optional<Subnet> subnet(ResourceId id) {
        return virtualNetworks.stream()
                .flatMap(network -> network.subnets().stream())
                .filter(subnet -> subnet.id().equals(id))
                .findFirst();
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
}
