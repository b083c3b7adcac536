package dev.triage502.evidence.reach;

import dev.triage502.evidence.Addresses;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Backends.ScaleSet;
import dev.triage502.evidence.Network.Interface;
import dev.triage502.evidence.Network.InterfaceAddress;
import dev.triage502.evidence.Network.Subnet;
import dev.triage502.evidence.Reading;
import dev.triage502.incident.ResourceId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Does anything hold an address, as far as a list that would show it was read? Interfaces of scale sets stand in no
 * list of interfaces, so a subnet in which such machines may live proves nothing.
 */
final class Holdings {

    private final Destinations destinations;
    private final Members members;
    private final boolean scaleSetsKnown;
    private final Set<ResourceId> listed = new HashSet<>();

    Holdings(Destinations destinations, Members members, Reading<Backends> backends) {
        this.destinations = destinations;
        this.members = members;
        this.scaleSetsKnown = backends.toOptional()
                .filter(known -> known.clusters().isEmpty()
                        && known.scaleSets().stream()
                                .map(ScaleSet::instances)
                                .flatMap(List::stream)
                                .noneMatch(instance -> instance.addresses().isEmpty()))
                .isPresent();
        if (destinations.lacking().isEmpty()) {
            for (Interface card :
                    destinations.network().interfaces().toOptional().orElse(List.of())) {
                card.addresses().stream()
                        .map(InterfaceAddress::subnet)
                        .flatMap(Optional::stream)
                        .forEach(listed::add);
            }
        }
    }

    /** Whether nothing holds the address, on a list that would show it. */
    boolean isGone(String address) {
        return isFree(address) && scaleSetsKnown;
    }

    /** Whether nothing on the list of interfaces holds the address, though others of its subnet stand there. */
    boolean isFree(String address) {
        if (destinations.lacking().isPresent() || members.isHeld(address)) {
            return false;
        }
        Optional<Subnet> subnet = Addresses.parse(address)
                .map(range -> destinations.places().of(range))
                .flatMap(Places.Place::subnet);
        return subnet.filter(each -> each.delegations().isEmpty() && listed.contains(each.id()))
                .isPresent();
    }
}
