package dev.triage502.reachability.address;

import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.Peering;
import dev.triage502.evidence.Network.VirtualNetwork;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import dev.triage502.incident.Wording;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How are networks joined, as both halves of each peering tell?
 *
 * <p>Azure calls a half {@code Connected} only while the other one is there. Where a document lacks that other half, it
 * has a gap; no peering is missing.
 */
public final class VnetPeerings {

    private final Map<ResourceId, VirtualNetwork> networks = new HashMap<>();
    private final Map<ResourceId, Map<ResourceId, Peering>> halves = new HashMap<>();
    private final Map<ResourceId, CouldNotRead<?>> gaps = new HashMap<>();

    VnetPeerings(Network network) {
        network.virtualNetworks().forEach(each -> networks.put(each.id(), each));
        network.virtualNetworks().forEach(this::read);
        network.virtualNetworks().forEach(this::complete);
    }

    private void read(VirtualNetwork network) {
        network.peerings().unread().ifPresent(each -> gaps.put(network.id(), each));
        network.peeringsGap().ifPresent(each -> gaps.putIfAbsent(network.id(), each));
        network.gap().ifPresent(each -> gaps.putIfAbsent(network.id(), each));
        Map<ResourceId, Peering> known = new HashMap<>();
        halves.put(network.id(), known);
        for (Peering half : network.peerings().toOptional().orElse(List.of())) {
            Peering whole = half.remoteSpace().isEmpty() ? withSpace(half) : half;
            known.putIfAbsent(whole.remote(), whole);
            if (works(whole) && whole.remoteSpace().isEmpty()) {
                gaps.putIfAbsent(network.id(), withoutSpace(half, network));
            }
        }
    }

    /** A half in sync leads to all of the other network; of one out of sync nobody knows. */
    private Peering withSpace(Peering half) {
        VirtualNetwork remote = networks.get(half.remote());
        return remote == null || !isInSync(half)
                ? half
                : new Peering(
                        half.name(),
                        half.remote(),
                        half.state(),
                        half.syncLevel(),
                        half.allowsAccess(),
                        half.allowsForwarded(),
                        half.usesRemoteGateways(),
                        remote.space());
    }

    private static CouldNotRead<?> withoutSpace(Peering half, VirtualNetwork of) {
        return new CouldNotRead<>(
                Source.NETWORK,
                Reading.Why.NOT_COLLECTED,
                "peering " + half.name() + " of " + of.id().name() + " lists no address ranges of the other VNet");
    }

    /** Adds the other halves of those that a network knows to be connected, where they were not read. */
    private void complete(VirtualNetwork network) {
        for (Peering half : network.peerings().toOptional().orElse(List.of())) {
            Map<ResourceId, Peering> others = halves.get(half.remote());
            if (half.isConnected() && others != null) {
                others.putIfAbsent(
                        network.id(),
                        new Peering(
                                "", network.id(), half.state(), half.syncLevel(), true, false, false, network.space()));
            }
        }
    }

    private static boolean isInSync(Peering half) {
        return half.syncLevel().isEmpty() || Wording.of(half.syncLevel()).is("fullyinsync");
    }

    /** The halves of a network, those that work first. */
    public List<Peering> of(ResourceId network) {
        return halves.getOrDefault(network, Map.of()).values().stream()
                .sorted(Comparator.comparing((Peering half) -> !works(half)).thenComparing(Peering::remote))
                .toList();
    }

    /** The half that one network has of its peering with another. */
    public Optional<Peering> between(ResourceId one, ResourceId other) {
        return Optional.ofNullable(halves.getOrDefault(one, Map.of()).get(other));
    }

    /** Why a network may be joined to more than is known of it, if it may. */
    public Optional<CouldNotRead<?>> gap(ResourceId network) {
        return Optional.ofNullable(gaps.get(network));
    }

    /** Whether a half lets traffic through to the other network. */
    public static boolean works(Peering half) {
        return half.isConnected() && half.allowsAccess();
    }
}
