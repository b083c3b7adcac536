package dev.triage502.reachability.check;

import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.IngressController;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.address.AddressLocator;
import dev.triage502.reachability.member.BackendResources;
import dev.triage502.reachability.member.BackendResources.Member;
import dev.triage502.reachability.member.IpOwners;
import dev.triage502.reachability.member.PoolBackends;
import dev.triage502.reachability.member.PrivateEndpointLookup;
import dev.triage502.reachability.name.ArrivalPoints;
import dev.triage502.reachability.name.FrontendAddresses;
import dev.triage502.reachability.name.IpAllocation;
import dev.triage502.reachability.name.NameResolution;
import dev.triage502.reachability.name.ResolvedEndpoints;
import dev.triage502.reachability.name.ServerAddresses;
import dev.triage502.reachability.nsg.NsgPath;
import dev.triage502.reachability.nsg.PortRanges;
import dev.triage502.reachability.route.EffectiveRouting;
import dev.triage502.reachability.server.Observations;
import java.util.List;
import java.util.Optional;

/**
 * What is where around the gateway: which address lies in which subnet, what holds it, where a name leads, which route
 * wins, which NSGs stand on the way. It answers and never judges; nothing changes once it is made.
 */
final class Topology {

    private final Reading<Gateway> gateway;
    private final Reading<Network> network;
    private final Reading<Backends> backends;
    private final Optional<IngressController> ingress;
    private final IpOwners owners;
    private final BackendResources members;
    private final PoolBackends pools;
    private final NameResolution names;
    private final ServerAddresses addresses;
    private final ResolvedEndpoints endpoints;
    private final FrontendAddresses frontends;
    private final ArrivalPoints arrivals;
    private final IpAllocation allocation;
    private final EffectiveRouting routing;

    /**
     * The topology that this evidence shows.
     *
     * @param observed where no zone tells where a name leads, what requests and direct probes saw of it does
     */
    Topology(Evidence evidence, Observations observed) {
        this.gateway = evidence.gateway();
        this.network = evidence.network();
        this.backends = evidence.backends();
        this.ingress = IngressController.of(evidence);
        Optional<Gateway> known = gateway.toOptional();
        Optional<AddressLocator> places = known.flatMap(
                each -> network.toOptional().flatMap(read -> AddressLocator.around(each.subnets(), read)));
        this.owners = new IpOwners(network, places);
        this.members = new BackendResources(network, backends, owners);
        this.pools = new PoolBackends(known, backends, members);
        PrivateEndpointLookup privateEndpoints = new PrivateEndpointLookup(network, members);
        this.names =
                new NameResolution(network, places, known.map(Gateway::isolated).orElse(false), privateEndpoints);
        this.addresses = new ServerAddresses(names, privateEndpoints, network, observed);
        this.endpoints =
                new ResolvedEndpoints(ofGateway(gateway, network), places, owners, privateEndpoints, addresses);
        this.frontends = new FrontendAddresses(observed.incident().gateway(), known, network);
        this.arrivals = new ArrivalPoints(endpoints, owners, frontends);
        this.allocation = new IpAllocation(endpoints, members, backends);
        this.routing = new EffectiveRouting(endpoints);
    }

    /** Without the gateway's document nobody knows in which subnet it is. */
    private static Reading<Network> ofGateway(Reading<Gateway> gateway, Reading<Network> network) {
        return network.isPresent() && gateway instanceof CouldNotRead<Gateway> lacking
                ? Reading.couldNotRead(lacking.source(), lacking.why(), lacking.detail())
                : network;
    }

    /** The gateway's document. */
    Reading<Gateway> gateway() {
        return gateway;
    }

    /** The networks as they were read, whether or not the gateway's own is among them. */
    Reading<Network> network() {
        return network;
    }

    /** The resources behind pools, as they were read. */
    Reading<Backends> backends() {
        return backends;
    }

    /** The ingress controller that fills the gateway's pools, where one does. */
    Optional<IngressController> ingress() {
        return ingress;
    }

    /** At which addresses the gateway itself takes requests. */
    FrontendAddresses frontends() {
        return frontends;
    }

    /** Why nothing can be said about the way to any server, if nothing can. */
    Optional<CouldNotRead<?>> lacking() {
        return endpoints.lacking();
    }

    /** Where addresses lie; only where nothing is {@link #lacking}. */
    AddressLocator places() {
        return endpoints.places();
    }

    /** Which interface, private endpoint or load balancer holds an address. */
    IpOwners owners() {
        return owners;
    }

    /** What serves at an address or by a name. */
    BackendResources members() {
        return members;
    }

    /** What fills a pool as a whole. */
    PoolBackends pools() {
        return pools;
    }

    /** What a name resolves to for the gateway. */
    NameResolution names() {
        return names;
    }

    /** To which addresses a server's traffic goes. */
    ServerAddresses addresses() {
        return addresses;
    }

    /** What the network sees at a server's addresses. */
    ResolvedEndpoints endpoints() {
        return endpoints;
    }

    /** Where traffic arrives that a load balancer or a public address passes on. */
    ArrivalPoints arrivals() {
        return arrivals;
    }

    /** Whether anything holds an address. */
    IpAllocation allocation() {
        return allocation;
    }

    /** Which route wins; only where nothing is {@link #lacking}. */
    EffectiveRouting routing() {
        return routing;
    }

    /** What the NSGs on the way decide for TCP, by which servers are asked. */
    NsgPath tcpRules() {
        return new NsgPath(endpoints, PortRanges::isTcp, isIsolated());
    }

    /** What the NSGs on the way decide for UDP, by which DNS servers are asked. */
    NsgPath udpRules() {
        return new NsgPath(endpoints, PortRanges::isUdp, isIsolated());
    }

    private boolean isIsolated() {
        return gateway.toOptional().map(Gateway::isolated).orElse(false);
    }

    /** Whether it is known what a resource stands behind: an address, a name, or a pool that it fills. */
    boolean isPlaced(ResourceId id) {
        return members.isPlaced(id) || pools.isFiller(id);
    }

    /** Resources that are stopped and of which it is not known what they stand behind, in the order of their ids. */
    List<Member> strayStopped() {
        return members.stopped().stream().filter(each -> !isPlaced(each.id())).toList();
    }
}
