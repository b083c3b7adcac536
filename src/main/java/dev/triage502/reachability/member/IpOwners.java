package dev.triage502.reachability.member;

import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.BalancerRule;
import dev.triage502.evidence.Network.Interface;
import dev.triage502.evidence.Network.InterfaceAddress;
import dev.triage502.evidence.Network.LoadBalancer;
import dev.triage502.evidence.Network.PrivateEndpoint;
import dev.triage502.evidence.PublicAddress;
import dev.triage502.evidence.Reading;
import dev.triage502.incident.HostName;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.address.AddressLocator;
import dev.triage502.reachability.server.BackendServers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which interface, private endpoint or load balancer holds an address, as the gateway sees it? Networks that are not
 * joined may use the same addresses; what holds one in another network than the one that the gateway reaches by it
 * does not count.
 */
public final class IpOwners {

    /** An interface and the address of it that was asked for. */
    public record Holder(Interface card, InterfaceAddress address) {}

    private final Optional<AddressLocator> places;
    private final Map<HostName, Holder> cards = new HashMap<>();
    private final Map<ResourceId, Interface> cardsById = new HashMap<>();
    private final Map<HostName, PrivateEndpoint> endpoints = new HashMap<>();
    private final Map<HostName, LoadBalancer> fronts = new HashMap<>();
    private final Map<ResourceId, List<Holder>> balanced = new HashMap<>();
    private final boolean cardsKnown;

    public IpOwners(Reading<Network> network, Optional<AddressLocator> places) {
        this.places = places;
        this.cardsKnown = network.toOptional()
                .filter(read ->
                        read.interfaces().isPresent() && read.holdersGap().isEmpty())
                .isPresent();
        network.toOptional().ifPresent(this::add);
    }

    private void add(Network network) {
        for (Interface card : network.interfaces().toOptional().orElse(List.of())) {
            cardsById.put(card.id(), card);
            card.addresses().stream()
                    .filter(each -> isMeant(each.address(), each.subnet()))
                    .forEach(each -> cards.putIfAbsent(HostName.of(each.address()), new Holder(card, each)));
            card.addresses()
                    .forEach(each -> each.balancerPools()
                            .forEach(pool -> balanced.computeIfAbsent(pool, unused -> new ArrayList<>())
                                    .add(new Holder(card, each))));
        }
        for (PublicAddress each : network.publicAddresses().toOptional().orElse(List.of())) {
            each.holder()
                    .map(part -> cardsById.get(BackendServers.interfaceOf(part)))
                    .filter(card ->
                            !each.address().isEmpty() && !card.addresses().isEmpty())
                    .ifPresent(card -> cards.putIfAbsent(
                            HostName.of(each.address()),
                            new Holder(card, card.addresses().get(0))));
        }
        for (PrivateEndpoint endpoint : network.endpoints().toOptional().orElse(List.of())) {
            endpoint.addresses().stream()
                    .filter(each -> isMeant(each, endpoint.subnet()))
                    .forEach(each -> endpoints.putIfAbsent(HostName.of(each), endpoint));
        }
        for (LoadBalancer balancer : network.loadBalancers().toOptional().orElse(List.of())) {
            balancer.frontAddresses().stream()
                    .filter(each -> isMeant(each, balancer.subnet()))
                    .forEach(each -> fronts.putIfAbsent(HostName.of(each), balancer));
        }
    }

    /** Whether an address of that subnet is the one that the gateway reaches by it. */
    private boolean isMeant(String address, Optional<ResourceId> subnet) {
        return places.isEmpty()
                || subnet.isEmpty()
                || IpAddresses.parse(address)
                        .filter(range -> !places.get().mayLieIn(range, subnet.get()))
                        .isEmpty();
    }

    /** Whether the interface has that address in a network in which the gateway does not mean it. */
    boolean isElsewhere(ResourceId card, String address) {
        return card(card).stream()
                .flatMap(each -> each.addresses().stream())
                .anyMatch(each ->
                        HostName.of(each.address()).equals(HostName.of(address)) && !isMeant(address, each.subnet()));
    }

    public Optional<Holder> cardAt(String address) {
        return Optional.ofNullable(cards.get(HostName.of(address)));
    }

    public Optional<Interface> card(ResourceId id) {
        return Optional.ofNullable(cardsById.get(id));
    }

    public Optional<PrivateEndpoint> endpointAt(String address) {
        return Optional.ofNullable(endpoints.get(HostName.of(address)));
    }

    public Optional<LoadBalancer> frontAt(String address) {
        return Optional.ofNullable(fronts.get(HostName.of(address)));
    }

    /** The interfaces to which a load balancer passes by a rule; empty where they are not all known. */
    public List<Holder> behind(BalancerRule rule) {
        return cardsKnown
                ? rule.pool()
                        .map(pool -> balanced.getOrDefault(pool, List.of()))
                        .orElse(List.of())
                : List.of();
    }

    /** Whether one of them holds an address. */
    public boolean isHeld(String address) {
        HostName key = HostName.of(address);
        return cards.containsKey(key) || endpoints.containsKey(key) || fronts.containsKey(key);
    }
}
