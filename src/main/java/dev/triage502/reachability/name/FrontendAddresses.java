package dev.triage502.reachability.name;

import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.PublicAddress;
import dev.triage502.evidence.Reading;
import dev.triage502.incident.HostName;
import dev.triage502.incident.ResourceId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** At which addresses does the gateway itself take requests, as far as was read? */
public final class FrontendAddresses {

    private final List<PublicAddress> publicOnes;
    private final Set<HostName> all;

    /** @param id the gateway's, whose public addresses the network tells where its own document was not read */
    public FrontendAddresses(ResourceId id, Optional<Gateway> gateway, Reading<Network> network) {
        this.publicOnes =
                network.toOptional().flatMap(read -> read.publicAddresses().toOptional()).orElse(List.of()).stream()
                        .filter(each ->
                                each.holder().filter(part -> part.isWithin(id)).isPresent())
                        .filter(each -> !each.address().isEmpty())
                        .toList();
        this.all = Stream.concat(
                        gateway.map(Gateway::privateFrontends).orElse(List.of()).stream(),
                        publicOnes.stream().map(PublicAddress::address))
                .map(HostName::of)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether an address is one of them, private or public. */
    public boolean has(String address) {
        return all.contains(HostName.of(address));
    }

    /** The public ones, from which the gateway also comes to public backends. */
    List<PublicAddress> publicOnes() {
        return publicOnes;
    }
}
