package dev.triage502.reachability.check;

import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.evidence.Network.Peering;
import dev.triage502.evidence.Network.VirtualNetwork;
import dev.triage502.evidence.OperationPhrase;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.address.AddressLocator;
import dev.triage502.reachability.address.VnetPeerings;
import dev.triage502.reachability.change.ResourceOperations;
import dev.triage502.reachability.name.ResolvedEndpoints.Destination;
import dev.triage502.reachability.route.EffectiveRouting.WinningRoute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Does a peering keep out what an appliance in a third network passes on? A half lets in packets that come from the other
 * network's own addresses; those of any further network only with {@code allowForwardedTraffic}. An appliance that puts its
 * own address in place of the sender's is not stopped by that, which nobody sees from outside.
 */
final class ForwardedTraffic {

    /** The half of a network's peering with the appliance's network. */
    private record Half(VirtualNetwork of, Peering peering) {}

    private final Topology topology;
    private final ResourceOperations changes;
    private final Map<ResourceId, Optional<Operation>> written = new HashMap<>();

    ForwardedTraffic(Topology topology, ResourceOperations changes) {
        this.topology = topology;
        this.changes = changes;
    }

    /** What speaks for a half that keeps the traffic to an address out; nothing where every half takes it. */
    public List<Claim> keptOut(Destination to, WinningRoute way) {
        Optional<VirtualNetwork> end = to.place().network();
        Optional<VirtualNetwork> middle = way.hop() == NextHop.APPLIANCE && !way.isTo(to.text())
                ? way.hopAddresses().stream().findFirst().flatMap(this::networkOf)
                : Optional.empty();
        VirtualNetwork home = topology.places().home();
        boolean third = middle.isPresent()
                && end.isPresent()
                && Stream.of(home, end.get())
                        .noneMatch(each -> each.id().equals(middle.get().id()));
        if (!third || home.id().equals(end.get().id())) {
            return List.of();
        }
        return Stream.concat(
                        half(end.get(), middle.get()).stream(),
                        comesBack(to, way) ? half(home, middle.get()).stream() : Stream.<Half>of())
                .filter(each ->
                        VnetPeerings.works(each.peering()) && !each.peering().allowsForwarded())
                .findFirst()
                .map(half -> claims(to, way, half))
                .orElse(List.of());
    }

    private Optional<VirtualNetwork> networkOf(String address) {
        return IpAddresses.parse(address)
                .map(topology.places()::of)
                .flatMap(AddressLocator.Place::network)
                .flatMap(each -> topology.places().network(each.id()));
    }

    /** One that was read: of one that only its counterpart shows, nobody knows what it allows. */
    private Optional<Half> half(VirtualNetwork of, VirtualNetwork with) {
        return topology.places()
                .peerings()
                .between(of.id(), with.id())
                .filter(each -> !each.name().isEmpty())
                .map(each -> new Half(of, each));
    }

    /** Whether the replies pass the same appliance. */
    private boolean comesBack(Destination to, WinningRoute way) {
        Optional<Range> home =
                topology.places().gatewayPrefixes(to.address()).stream().findFirst();
        return home.isPresent()
                && to.place().subnet().isPresent()
                && topology.routing()
                        .from(to.place().subnet().get(), to.place().network().orElseThrow())
                        .to(home.get())
                        .filter(back -> back.hopAddresses().equals(way.hopAddresses()))
                        .isPresent();
    }

    private List<Claim> claims(Destination to, WinningRoute way, Half half) {
        String name = half.peering().name();
        VirtualNetwork of = half.of();
        List<Claim> claims = new ArrayList<>();
        claims.add(Claim.of(
                        Source.NETWORK,
                        to.text(),
                        "is reached through the appliance at " + String.join(", ", way.hopAddresses())
                                + ", but peering " + name + " of " + of.id().name()
                                + " does not accept forwarded traffic (allowForwardedTraffic is false)")
                .with("address", to.text())
                .with(Map.of(
                        "peering", name,
                        "peering-fix", "forwarded",
                        "peering-vnet-id", of.id().toString(),
                        "vnet", of.id().name(),
                        "vnet-resource-group", of.id().resourceGroup(),
                        "hop-address", String.join(", ", way.hopAddresses()))));
        ResourceId id = ResourceId.of(of.id() + "/virtualNetworkPeerings/" + name);
        written.computeIfAbsent(id, this::lastWrite)
                .ifPresent(write -> claims.add(Claim.of(
                                Source.ACTIVITY_LOG,
                                to.text(),
                                OperationPhrase.of(write).passive())
                        .at(write.started())));
        return claims;
    }

    private Optional<Operation> lastWrite(ResourceId id) {
        return changes.all()
                .filter(each -> each.resource().equals(id))
                .reduce((first, second) -> second.started().isBefore(first.started()) ? first : second);
    }
}
