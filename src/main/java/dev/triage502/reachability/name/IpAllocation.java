package dev.triage502.reachability.name;

import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Backends.Machine;
import dev.triage502.evidence.Backends.ScaleSet;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Network.Interface;
import dev.triage502.evidence.Network.Subnet;
import dev.triage502.evidence.Reading;
import dev.triage502.incident.HostName;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.address.AddressLocator;
import dev.triage502.reachability.member.BackendResources;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Does anything hold an address, as far as lists were read that would show it? Interfaces of scale sets may be missing
 * from the list of interfaces, so their instances have to be known as well.
 */
public final class IpAllocation {

    private final ResolvedEndpoints destinations;
    private final BackendResources members;
    private final boolean backendsRead;
    private final Map<ResourceId, Set<HostName>> listed = new HashMap<>();

    public IpAllocation(ResolvedEndpoints destinations, BackendResources members, Reading<Backends> backends) {
        this.destinations = destinations;
        this.members = members;
        this.backendsRead =
                backends.toOptional().filter(each -> each.gap().isEmpty()).isPresent();
        if (destinations.lacking().isEmpty()) {
            for (Interface card :
                    destinations.network().interfaces().toOptional().orElse(List.of())) {
                card.addresses().forEach(each -> each.subnet().ifPresent(subnet -> list(subnet, each.address())));
            }
            backends.toOptional().map(Backends::scaleSets).orElse(List.of()).stream()
                    .map(ScaleSet::instances)
                    .flatMap(List::stream)
                    .map(Machine::addresses)
                    .flatMap(List::stream)
                    .forEach(address -> subnetOf(address).ifPresent(subnet -> list(subnet.id(), address)));
        }
    }

    private void list(ResourceId subnet, String address) {
        listed.computeIfAbsent(subnet, each -> new HashSet<>()).add(HostName.of(address));
    }

    /** Whether nothing holds the address, on lists on which several others of its subnet stand. */
    public boolean isGone(String address) {
        return isFree(address) && backendsRead && others(address) > 1;
    }

    /** Whether nothing on the lists holds the address, though another of its subnet stands there. */
    public boolean isFree(String address) {
        return destinations.lacking().isEmpty()
                && destinations.network().holdersGap().isEmpty()
                && !members.isHeld(address)
                && others(address) > 0;
    }

    /** Whether nothing holds the address, on lists that were all read, though none of its subnet may stand there. */
    public boolean isOnNoList(String address) {
        return destinations.lacking().isEmpty()
                && destinations.network().holdersGap().isEmpty()
                && destinations.network().interfaces().isPresent()
                && backendsRead
                && !members.isHeld(address)
                && subnetOf(address)
                        .filter(subnet -> subnet.delegations().isEmpty())
                        .isPresent();
    }

    private int others(String address) {
        return subnetOf(address)
                .filter(subnet -> subnet.delegations().isEmpty())
                .map(subnet -> listed.getOrDefault(subnet.id(), Set.of()).size())
                .orElse(0);
    }

    private Optional<Subnet> subnetOf(String address) {
        return IpAddresses.parse(address)
                .map(range -> destinations.places().of(range))
                .flatMap(AddressLocator.Place::subnet);
    }
}
