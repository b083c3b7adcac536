package dev.triage502.reachability.name;

import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.Network.BalancerRule;
import dev.triage502.evidence.Network.LoadBalancer;
import dev.triage502.evidence.Network.VirtualNetwork;
import dev.triage502.evidence.PublicAddress;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.address.AddressLocator.Place;
import dev.triage502.reachability.member.IpOwners;
import dev.triage502.reachability.member.IpOwners.Holder;
import dev.triage502.reachability.name.ResolvedEndpoints.Destination;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Where does what the gateway sends to an address arrive, where that is not the address itself? Behind a load balancer
 * its members get the packets; behind a public address the interface that has it. Security rules there see the member's
 * own address as destination, or with floating IP the frontend's, and as source the gateway as it comes: from its subnet, or to a public address from its own
 * public address.
 */
public final class ArrivalPoints {

    /**
     * One place of arrival.
     *
     * @param member    what gets the packets
     * @param sources   from where the gateway comes
     * @param port      the port that is asked there
     * @param balancer  the load balancer that passes the packets on; empty behind a plain public address
     * @param probePort the port at which that load balancer probes the member
     */
    public record Arrival(
            Destination member, List<Range> sources, int port, Optional<LoadBalancer> balancer, OptionalInt probePort) {

        private Arrival under(Range address) {
            return new Arrival(member.seenAs(address), sources, port, balancer, probePort);
        }
    }

    private final ResolvedEndpoints endpoints;
    private final IpOwners owners;
    private final FrontendAddresses frontends;

    public ArrivalPoints(ResolvedEndpoints endpoints, IpOwners owners, FrontendAddresses frontends) {
        this.endpoints = endpoints;
        this.owners = owners;
        this.frontends = frontends;
    }

    /**
     * All places at which traffic to an address and port arrives. Absent where packets arrive at the address itself, or
     * it is not known what is behind it; unread where it is not known from where the gateway comes.
     */
    public Reading<List<Arrival>> of(Destination to, int port) {
        boolean isPublic = !IpAddresses.isPrivate(to.address());
        Optional<LoadBalancer> balancer = owners.frontAt(to.text());
        List<Arrival> all = balancer.isPresent()
                ? behind(to, balancer.get(), port, isPublic)
                : to.holder().filter(each -> isPublic).stream()
                        .flatMap(each -> arrival(each, port, true, Optional.empty(), OptionalInt.empty()))
                        .toList();
        if (all.isEmpty()) {
            return Reading.absent();
        }
        return all.stream().allMatch(each -> each.sources().isEmpty())
                ? Reading.couldNotRead(
                        Source.NETWORK,
                        Reading.Why.NOT_COLLECTED,
                        "the gateway's public outbound address for " + to.text() + " is not known")
                : Reading.present(all);
    }

    private List<Arrival> behind(Destination to, LoadBalancer balancer, int port, boolean isPublic) {
        return balancer.rules().stream()
                .filter(rule -> rule.address().equals(to.text()) && rule.takes(port))
                .flatMap(rule -> owners.behind(rule).stream()
                        .flatMap(each -> arrival(
                                each, rule.portOfMember(port), isPublic, Optional.of(balancer), probed(rule, port)))
                        .map(each -> rule.floating() ? each.under(to.address()) : each))
                .toList();
    }

    /** Whether the members behind a frontend get packets under its address, whether or not it is known which they are. */
    public boolean areFloating(Destination front, int port) {
        return owners.frontAt(front.text()).stream()
                .flatMap(balancer -> balancer.rules().stream())
                .anyMatch(rule -> rule.floating() && rule.address().equals(front.text()) && rule.takes(port));
    }

    private static OptionalInt probed(BalancerRule rule, int port) {
        return rule.probePort().isPresent() ? rule.probePort() : OptionalInt.of(rule.portOfMember(port));
    }

    private Stream<Arrival> arrival(
            Holder holder, int port, boolean isPublic, Optional<LoadBalancer> balancer, OptionalInt probePort) {
        Optional<Range> address = IpAddresses.parse(holder.address().address());
        Optional<Place> place = holder.address().subnet().flatMap(this::place);
        if (address.isEmpty() || place.isEmpty()) {
            return Stream.empty();
        }
        Destination member = new Destination(
                address.get(), place.get(), address.get(), Optional.of(holder), Optional.empty(), false);
        List<Range> sources = isPublic ? publicAddresses() : endpoints.places().gatewayPrefixes(address.get());
        return Stream.of(new Arrival(member, sources, port, balancer, probePort));
    }

    /** A subnet by its id, in whatever network: who comes by a public address needs no peering. */
    private Optional<Place> place(ResourceId subnet) {
        for (VirtualNetwork network : endpoints.network().virtualNetworks()) {
            for (var each : network.subnets()) {
                if (each.id().equals(subnet)) {
                    return Optional.of(new Place(Optional.of(network), Optional.of(each), Optional.empty()));
                }
            }
        }
        return Optional.empty();
    }

    private List<Range> publicAddresses() {
        return frontends.publicOnes().stream()
                .map(PublicAddress::address)
                .flatMap(each -> IpAddresses.parse(each).stream())
                .toList();
    }
}
