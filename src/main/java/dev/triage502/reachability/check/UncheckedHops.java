package dev.triage502.reachability.check;

import dev.triage502.evidence.Backends.Cluster;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.evidence.Network.Peering;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import dev.triage502.incident.Wording;
import dev.triage502.reachability.UncheckedHop;
import dev.triage502.reachability.UncheckedHop.Kind;
import dev.triage502.reachability.address.AddressLocator.Place;
import dev.triage502.reachability.address.VnetPeerings;
import dev.triage502.reachability.name.ResolvedEndpoints.Destination;
import dev.triage502.reachability.route.EffectiveRouting.Origin;
import dev.triage502.reachability.route.EffectiveRouting.WinningRoute;
import dev.triage502.reachability.route.ForwardPath;
import dev.triage502.reachability.server.BackendServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What does traffic to a server pass that may drop it by rules that are not read? */
final class UncheckedHops {

    private final Topology topology;
    private final ForwardPath out;

    UncheckedHops(Topology topology, ForwardPath out) {
        this.topology = topology;
        this.out = out;
    }

    /** All that is known to be on the way, each once; nothing where the network was not read. */
    List<UncheckedHop> of(BackendServer server) {
        if (topology.lacking().isPresent()) {
            return List.of();
        }
        return topology.endpoints().of(server).stream()
                .flatMap(to -> Stream.of(
                        appliances(server, to),
                        hub(server, to),
                        onPremises(server, to),
                        policies(server, to),
                        adminRules(server, to)))
                .flatMap(each -> each)
                .distinct()
                .toList();
    }

    private Stream<UncheckedHop> appliances(BackendServer server, Destination to) {
        return out
                .to(to)
                .filter(way -> way.hop() == NextHop.APPLIANCE && !way.isTo(to.text()))
                .map(WinningRoute::hopAddresses)
                .orElse(List.of())
                .stream()
                .filter(hop -> !isNode(hop))
                .map(hop -> appliance(server, hop));
    }

    /** A cluster's node, which forwards to its own pods. */
    private boolean isNode(String hop) {
        return topology.members()
                .at(hop)
                .map(each -> each.id())
                .or(() -> topology.owners().cardAt(hop).map(each -> each.card().id()))
                .filter(topology.members().nodeGroups()::holds)
                .isPresent();
    }

    private UncheckedHop appliance(BackendServer server, String hop) {
        Optional<ResourceId> subnet = IpAddresses.parse(hop)
                .map(topology.places()::of)
                .flatMap(Place::subnet)
                .map(each -> each.id());
        boolean firewall = subnet.filter(each -> Wording.of(each.name()).is("azurefirewallsubnet"))
                .isPresent();
        String what =
                topology.members().at(hop).map(each -> each.what() + " at ").orElse("the appliance at ");
        return new UncheckedHop(
                firewall ? Kind.AZURE_FIREWALL : Kind.APPLIANCE,
                (firewall ? "the Azure Firewall at " : what) + hop,
                "rules",
                Map.of("hop-address", hop),
                Source.NETWORK,
                List.of(server.target()));
    }

    /** What lies in no network that is peered directly is reached through the hub, as is what the hub announces. */
    private Stream<UncheckedHop> hub(BackendServer server, Destination to) {
        boolean near = topology.places().isHome(to.place())
                || to.place().peering().filter(each -> !each.isToHub()).isPresent();
        Optional<WinningRoute> way = out.to(to);
        boolean announced = way.filter(each -> each.origin() == Origin.LEARNED).isPresent();
        boolean own = way.filter(each -> each.origin() == Origin.USER).isPresent();
        if (near || own || (!announced && !IpAddresses.isPrivate(to.address()))) {
            return Stream.empty();
        }
        return topology.places().peerings().of(topology.places().home().id()).stream()
                .filter(each -> each.isToHub() && VnetPeerings.works(each))
                .limit(1)
                .map(Peering::remote)
                .map(hub -> new UncheckedHop(
                        Kind.VIRTUAL_WAN_HUB,
                        "the Virtual WAN hub of " + hub.name(),
                        "routes, routing intent and firewall rules",
                        Map.of(),
                        Source.NETWORK,
                        List.of(server.target())));
    }

    /** What is reached through a VPN or ExpressRoute gateway stands behind firewalls of which Azure knows nothing. */
    private Stream<UncheckedHop> onPremises(BackendServer server, Destination to) {
        return out
                .to(to)
                .filter(way -> way.hop() == NextHop.NETWORK_GATEWAY)
                .map(way -> new UncheckedHop(
                        Kind.ON_PREMISES,
                        "the on-premises network",
                        "firewall rules",
                        Map.of("hop-address", to.text()),
                        Source.NETWORK,
                        List.of(server.target())))
                .stream();
    }

    private Stream<UncheckedHop> adminRules(BackendServer server, Destination to) {
        return to.place().network().stream()
                .filter(each -> !to.isEndpoint())
                .filter(each -> topology.endpoints()
                        .network()
                        .adminRules(each.id())
                        .unread()
                        .isPresent())
                .map(each -> new UncheckedHop(
                        Kind.SECURITY_ADMIN_RULES,
                        "virtual network " + each.id().name(),
                        "security admin rules",
                        Map.of("admin-vnet-id", each.id().toString()),
                        Source.NETWORK,
                        List.of(server.target())));
    }

    private Stream<UncheckedHop> policies(BackendServer server, Destination to) {
        return topology.members().clusters().stream()
                .filter(each -> !each.network().policy().isEmpty() && isIn(each, to))
                .map(each -> new UncheckedHop(
                        Kind.NETWORK_POLICIES,
                        "the network policies (" + each.network().policy() + ") of cluster "
                                + each.id().name(),
                        "rules",
                        Map.of(
                                "cluster", each.id().name(),
                                "cluster-resource-group", each.id().resourceGroup()),
                        Source.BACKENDS,
                        List.of(server.target())));
    }

    /** Whether an address is a pod's or a node's of the cluster, or a front of its services. */
    private boolean isIn(Cluster cluster, Destination to) {
        boolean pod = IpAddresses.parse(cluster.network().podRange())
                .filter(range -> range.contains(to.address()))
                .isPresent();
        Stream<ResourceId> holders = Stream.of(
                        topology.owners()
                                .cardAt(to.text())
                                .map(each -> each.card().id()),
                        topology.owners().frontAt(to.text()).map(each -> each.id()),
                        topology.members().at(to.text()).map(each -> each.id()))
                .flatMap(Optional::stream);
        return pod
                || holders.anyMatch(id -> id.equals(cluster.id())
                        || topology.members().nodeGroups().isOf(id, cluster.id()));
    }
}
