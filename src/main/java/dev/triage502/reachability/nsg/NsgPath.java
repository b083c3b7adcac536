package dev.triage502.reachability.nsg;

import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.AdminRules;
import dev.triage502.evidence.Network.RouteTable;
import dev.triage502.evidence.Network.SecurityGroup;
import dev.triage502.evidence.Network.Subnet;
import dev.triage502.evidence.Network.VirtualNetwork;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.address.AddressLocator;
import dev.triage502.reachability.name.ResolvedEndpoints;
import dev.triage502.reachability.name.ResolvedEndpoints.Destination;
import dev.triage502.reachability.nsg.NsgRuleEvaluation.Part;
import dev.triage502.reachability.nsg.PrefixMatcher.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which security groups stand between the gateway and an address, and what do they decide? Before them, in each network, the
 * security admin rules of Azure Virtual Network Manager are tried: where one denies or always allows, no group is asked. They
 * do not apply to private endpoints, nor to the subnet of a gateway that is not network-isolated.
 */
public final class NsgPath {

    /**
     * One security group on the way.
     *
     * @param where   where it is attached: {@code subnet snet-app} or {@code interface nic-web1}
     * @param subnet  the subnet's name; empty for one that is attached to an interface
     * @param inbound whether it is met on the way in, at the backend
     * @param gap     why not all is known of the network it is in, whose ranges its rules may mean
     * @param admin   the security admin rules, where these are what is tried and not a group
     */
    public record Gate(
            SecurityGroup group,
            NsgRuleEvaluation rules,
            String where,
            String subnet,
            boolean inbound,
            Optional<CouldNotRead<?>> gap,
            Optional<AdminRules> admin) {

        /** Whether it is the security admin rules of a network. */
        public boolean isAdmin() {
            return admin.isPresent();
        }

        /** Why it is not known what decides: a rule that was not understood may come before. */
        Optional<CouldNotRead<?>> unread(List<Part> parts) {
            return parts.stream()
                    .flatMap(part -> group.unreadBefore(inbound, part.rule().priority()).stream())
                    .<CouldNotRead<?>>map(Network.UnreadRule::why)
                    .findFirst();
        }
    }

    /** A gate, and what it decides for each part of the gateway's subnet. */
    public record Decided(Gate gate, List<Range> sources, Range destination, int port, List<Part> parts) {}

    /** What the gates decided, and which could not be read. */
    public record Answer(List<Decided> decided, Optional<CouldNotRead<?>> unread) {}

    private final ResolvedEndpoints destinations;
    private final Predicate<String> protocol;
    private final boolean isolated;
    private final Map<String, NsgRuleEvaluation> compiled = new HashMap<>();
    private final Map<String, Answer> answers = new HashMap<>();

    /**
     * @param protocol whether a rule's protocol takes in that of the traffic
     * @param isolated whether the gateway is network-isolated
     */
    public NsgPath(ResolvedEndpoints destinations, Predicate<String> protocol, boolean isolated) {
        this.destinations = destinations;
        this.protocol = protocol;
        this.isolated = isolated;
    }

    /** What every gate on the way to an address and port decides. */
    public Answer on(Destination to, int port) {
        return answers.computeIfAbsent(to.text() + " " + port, key -> ask(to, port));
    }

    private Answer ask(Destination to, int port) {
        List<Range> sources = destinations.places().gatewayPrefixes(to.address());
        return decide(gates(to), to, sources, port);
    }

    /** What the gates at the gateway's own subnet decide. */
    public Answer leaving(Destination to, int port) {
        return decide(outbound(), to, destinations.places().gatewayPrefixes(to.address()), port);
    }

    /** What the gates at an address decide of what comes from these sources. */
    public Answer arriving(Destination to, List<Range> sources, int port) {
        return decide(inbound(to), to, sources, port);
    }

    private static Answer decide(List<Reading<Gate>> gates, Destination to, List<Range> sources, int port) {
        List<Decided> decided = new ArrayList<>();
        Optional<CouldNotRead<?>> unread = Optional.empty();
        Map<Boolean, AdminWord> words = new HashMap<>();
        for (Reading<Gate> reading : gates) {
            if (reading.toOptional().isEmpty()) {
                unread = unread.isPresent() ? unread : reading.unread().map(each -> each);
                continue;
            }
            Gate gate = reading.toOptional().get();
            AdminWord word = words.getOrDefault(gate.inbound(), AdminWord.none(sources));
            Range seen = gate.inbound() ? to.seen() : to.address();
            List<Part> parts = word.apply(gate.rules().decide(word.left(), seen, to.groups(), port));
            Optional<CouldNotRead<?>> before =
                    gate.unread(parts).or(() -> parts.stream().allMatch(Part::sure) ? Optional.empty() : gate.gap());
            unread = unread.isPresent() ? unread : before;
            gate.admin().ifPresent(rules -> words.put(gate.inbound(), AdminWord.of(rules, parts)));
            if (before.isEmpty() && !parts.isEmpty()) {
                decided.add(new Decided(gate, sources, seen, port, parts));
            }
        }
        return new Answer(decided, unread);
    }

    /**
     * What security admin rules leave to the groups after them.
     *
     * @param left     the sources that are left to the groups
     * @param settled  what always allows the others
     * @param doubtful whether more than that may be settled
     */
    private record AdminWord(List<Range> left, List<Part> settled, boolean doubtful) {

        static AdminWord none(List<Range> sources) {
            return new AdminWord(sources, List.of(), false);
        }

        static AdminWord of(AdminRules rules, List<Part> parts) {
            Map<Range, List<Part>> bySource = new LinkedHashMap<>();
            parts.forEach(part -> bySource.computeIfAbsent(part.source(), source -> new ArrayList<>())
                    .add(part));
            List<Range> left = new ArrayList<>();
            List<Part> settled = new ArrayList<>();
            boolean doubtful = false;
            for (Map.Entry<Range, List<Part>> each : bySource.entrySet()) {
                List<Part> always = each.getValue().stream()
                        .filter(part -> !part.denied() && rules.isFinal(part.rule()))
                        .toList();
                if (always.size() == each.getValue().size() && always.stream().allMatch(Part::sure)) {
                    settled.addAll(always);
                } else {
                    left.add(each.getKey());
                    doubtful |= !always.isEmpty();
                }
            }
            return new AdminWord(left, settled, doubtful);
        }

        /** What a group decides, together with what was settled before it. */
        List<Part> apply(List<Part> parts) {
            List<Part> all = new ArrayList<>(parts.isEmpty() ? List.of() : settled);
            parts.forEach(part -> all.add(
                    doubtful && part.denied()
                            ? new Part(part.source(), part.destination(), part.rule(), false)
                            : part));
            return all;
        }
    }

    private List<Reading<Gate>> outbound() {
        AddressLocator places = destinations.places();
        Reading<Gate> ofSubnet = ofSubnet(places.gatewaySubnet(), places.home(), false);
        return isolated
                ? List.of(adminGate(places.gatewaySubnet(), places.home(), false), ofSubnet)
                : List.of(ofSubnet);
    }

    private List<Reading<Gate>> gates(Destination to) {
        List<Reading<Gate>> gates = new ArrayList<>(outbound());
        gates.addAll(inbound(to));
        return gates;
    }

    private Reading<Gate> adminGate(Subnet subnet, VirtualNetwork network, boolean inbound) {
        return destinations
                .network()
                .adminRules(network.id())
                .map(admin -> new Gate(
                        admin.rules(),
                        compiled.computeIfAbsent(
                                "admin " + network.id().key() + inbound
                                        + subnet.id().key(),
                                key -> new NsgRuleEvaluation(admin.rules(), inbound, tags(subnet, network), protocol)),
                        "virtual network " + network.id().name(),
                        "",
                        inbound,
                        network.gap(),
                        Optional.of(admin)));
    }

    private List<Reading<Gate>> inbound(Destination to) {
        List<Reading<Gate>> gates = new ArrayList<>();
        if (to.countsNsg()) {
            if (to.place().subnet().isPresent() && to.place().network().isPresent()) {
                if (!to.isEndpoint()) {
                    gates.add(adminGate(
                            to.place().subnet().get(), to.place().network().get(), true));
                }
                gates.add(
                        ofSubnet(to.place().subnet().get(), to.place().network().get(), true));
            } else if (to.place().network().flatMap(VirtualNetwork::gap).isPresent()) {
                CouldNotRead<?> gap =
                        to.place().network().flatMap(VirtualNetwork::gap).get();
                gates.add(Reading.couldNotRead(gap.source(), gap.why(), gap.detail()));
            } else if (to.place().peering().isPresent() && to.place().network().isEmpty()) {
                gates.add(Reading.couldNotRead(
                        Source.NETWORK,
                        Reading.Why.NOT_COLLECTED,
                        "the peered VNet " + to.place().peering().get().remote().name() + " was not collected"));
            }
            to.holder()
                    .filter(holder -> to.place().network().isPresent())
                    .ifPresent(holder -> gates.add(ofInterface(holder.card(), to.place())));
        }
        return gates;
    }

    private Reading<Gate> ofSubnet(Subnet subnet, VirtualNetwork network, boolean inbound) {
        String name = subnet.id().name();
        return gate(subnet.securityGroup(), subnet, network, "subnet " + name, name, inbound);
    }

    private Reading<Gate> ofInterface(Network.Interface card, AddressLocator.Place place) {
        return place.subnet()
                .map(subnet -> gate(
                        card.securityGroup(),
                        subnet,
                        place.network().orElseThrow(),
                        "interface " + card.id().name(),
                        "",
                        true))
                .orElse(Reading.absent());
    }

    private Reading<Gate> gate(
            Optional<ResourceId> group,
            Subnet subnet,
            VirtualNetwork network,
            String where,
            String name,
            boolean inbound) {
        return destinations
                .network()
                .securityGroup(group)
                .map(read -> new Gate(
                        read,
                        compiled.computeIfAbsent(
                                read.id().key() + inbound + subnet.id().key(),
                                key -> new NsgRuleEvaluation(read, inbound, tags(subnet, network), protocol)),
                        where,
                        name,
                        inbound,
                        network.gap(),
                        Optional.empty()));
    }

    private Tags tags(Subnet subnet, VirtualNetwork network) {
        Reading<RouteTable> table = destinations.network().routeTable(subnet.routeTable());
        Optional<List<Range>> routed = table.unread().isPresent()
                        || table.toOptional()
                                .filter(each -> each.unreadRoutes() > 0)
                                .isPresent()
                ? Optional.empty()
                : Optional.of(table.toOptional().map(RouteTable::routes).orElse(List.of()).stream()
                        .flatMap(route -> IpAddresses.parse(route.prefix()).stream())
                        .toList());
        return Tags.at(destinations.network(), destinations.places(), network, routed);
    }
}
