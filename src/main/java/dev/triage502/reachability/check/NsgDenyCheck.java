package dev.triage502.reachability.check;

import dev.triage502.evidence.Backends;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import dev.triage502.incident.HostName;
import dev.triage502.reachability.CheckResult;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.NameLists;
import dev.triage502.reachability.name.ArrivalPoints.Arrival;
import dev.triage502.reachability.name.ResolvedEndpoints.Destination;
import dev.triage502.reachability.nsg.NsgPath;
import dev.triage502.reachability.nsg.NsgPath.Answer;
import dev.triage502.reachability.nsg.NsgPath.Decided;
import dev.triage502.reachability.nsg.NsgRuleEvaluation.Part;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.BackendServer.PortUse;
import dev.triage502.reachability.server.BackendServer.ReachState;
import dev.triage502.reachability.server.Observations;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Does a security rule drop what the gateway sends to a server? */
final class NsgDenyCheck {

    /** How much of the traffic a group drops. */
    enum Extent {
        NONE,
        /** That of some of the gateway's instances. */
        SOME,
        /** It hangs on what was not read, or on which of a subnet's addresses stands behind a front. */
        DOUBTFUL,
        ALL
    }

    /** The address from which Azure probes for load balancers: the tag {@code AzureLoadBalancer}. */
    private static final List<Range> PROBER =
            IpAddresses.parse("168.63.129.16").stream().toList();

    /** One of the ports at which such load balancers probe. */
    private static final int NODE_PORT = 31080;

    private final Topology topology;
    private final Observations observed;
    private final NsgPath gates;
    private final NsgDenyFormatter words;

    NsgDenyCheck(Topology topology, Observations observed) {
        this.topology = topology;
        this.observed = observed;
        this.gates = topology.tcpRules();
        this.words = new NsgDenyFormatter();
    }

    public CheckResult judge(BackendServer server) {
        Optional<CouldNotRead<?>> lacking = topology.lacking();
        if (lacking.isPresent()) {
            return new CheckResult.Unread(lacking.get());
        }
        List<Destination> to = topology.endpoints().of(server);
        if (to.isEmpty()) {
            return new CheckResult.Unread(noAddress(server));
        }
        List<Claim> shown = new ArrayList<>();
        List<Claim> hinted = new ArrayList<>();
        Optional<CouldNotRead<?>> unread = Optional.empty();
        for (PortUse door : server.doors()) {
            if (door.port().isEmpty()) {
                unread = Optional.of(new CouldNotRead<>(
                        Source.GATEWAY,
                        Reading.Why.NOT_COLLECTED,
                        "the port of " + server.address() + " is not known"));
                continue;
            }
            for (Destination each : to) {
                Reading<List<Arrival>> arrivals =
                        topology.arrivals().of(each, door.port().getAsInt());
                unread = unread.isPresent() ? unread : arrivals.unread().map(why -> why);
                if (arrivals.isPresent()) {
                    Optional<CouldNotRead<?>> inside =
                            judge(each, arrivals.toOptional().orElseThrow(), door, server, shown, hinted);
                    unread = unread.isPresent() ? unread : inside;
                    continue;
                }
                Answer answer = gates.on(each, door.port().getAsInt());
                unread = unread.isPresent() ? unread : answer.unread();
                answer.decided().forEach(decided -> sort(server, door, each, decided, shown, hinted));
                if (server.trouble() != ReachState.PARTLY) {
                    environment(each, door.port().getAsInt()).ifPresent(shown::add);
                }
            }
        }
        if (!shown.isEmpty()) {
            return new CheckResult.Shown(shown);
        }
        if (!hinted.isEmpty()) {
            return new CheckResult.Hinted(hinted);
        }
        return unread.<CheckResult>map(CheckResult.Unread::new).orElseGet(() -> clear(server, to));
    }

    /**
     * What stands in front of what is behind a load balancer or a public address. The server is cut off where every
     * place of arrival is: by a rule against the gateway, or by one that drops the load balancer's own probes.
     *
     * @return why not all rules are known, if they are not
     */
    private Optional<CouldNotRead<?>> judge(
            Destination front,
            List<Arrival> arrivals,
            PortUse door,
            BackendServer server,
            List<Claim> shown,
            List<Claim> hinted) {
        Answer leaving = gates.leaving(front, door.port().orElseThrow());
        leaving.decided().forEach(decided -> sort(server, door, front, decided, shown, hinted));
        Optional<CouldNotRead<?>> unread = leaving.unread();
        List<Claim> claims = new ArrayList<>();
        int cutOff = 0;
        for (Arrival arrival : arrivals) {
            Answer gateway = gates.arriving(arrival.member(), arrival.sources(), arrival.port());
            Answer prober =
                    arrival.balancer().isPresent() && arrival.probePort().isPresent()
                            ? gates.arriving(
                                    arrival.member().asItself(),
                                    PROBER,
                                    arrival.probePort().getAsInt())
                            : new Answer(List.of(), Optional.empty());
            Optional<CouldNotRead<?>> why = gateway.unread().or(prober::unread);
            unread = unread.isPresent() ? unread : why;
            Optional<Claim> claim = denied(gateway)
                    .map(each -> words.claim(each, deciding(each.parts()), front, arrival, false))
                    .or(() ->
                            denied(prober).map(each -> words.claim(each, deciding(each.parts()), front, arrival, true)))
                    .or(() -> closed(server, front, arrival, gateway));
            claim.ifPresent(claims::add);
            cutOff += claim.isPresent() ? 1 : 0;
        }
        if (cutOff == arrivals.size() && mayBeCutOff(server, door)) {
            shown.addAll(claims);
        }
        return unread;
    }

    /** A Standard public address admits nothing by itself: it takes an NSG at the interface or its subnet that allows it. */
    private Optional<Claim> closed(BackendServer server, Destination front, Arrival arrival, Answer gateway) {
        boolean noGroup = gateway.decided().isEmpty() && gateway.unread().isEmpty();
        return noGroup && arrival.balancer().isEmpty() && isStandard(front)
                ? arrival.member().holder().map(holder -> words.closed(server, holder.card(), front, arrival))
                : Optional.empty();
    }

    private boolean isStandard(Destination front) {
        return topology
                .network()
                .toOptional()
                .flatMap(read -> read.publicAddresses().toOptional())
                .stream()
                .flatMap(List::stream)
                .anyMatch(each -> each.standard() && HostName.of(each.address()).equals(HostName.of(front.text())));
    }

    /**
     * An environment for container apps has a load balancer of its own at its address, which probes the nodes in the subnet
     * (learn.microsoft.com/azure/container-apps/firewall-integration).
     */
    private Optional<Claim> environment(Destination to, int port) {
        boolean environment = topology.backends().toOptional().map(Backends::privateDomains).orElse(List.of()).stream()
                .anyMatch(each -> each.owner().hasType("Microsoft.App/managedEnvironments")
                        && each.address().equals(to.text()));
        return environment
                ? denied(gates.arriving(to, PROBER, NODE_PORT))
                        .map(each -> words.ofEnvironment(each, deciding(each.parts()), to, port))
                : Optional.empty();
    }

    private static Optional<Decided> denied(Answer answer) {
        return answer.decided().stream()
                .filter(each -> extent(each.parts(), false) == Extent.ALL)
                .findFirst();
    }

    /**
     * Whether it may be that nothing of the gateway's gets to this port: not while its probe passes there, and elsewhere only
     * while the last that was seen of its requests is a failure.
     */
    private boolean mayBeCutOff(BackendServer server, PortUse door) {
        return server.trouble() != ReachState.PARTLY
                || !door.probed()
                        && observed.requests()
                                .filter(each ->
                                        each.of(server.pool(), server.host()).endsFailing())
                                .isPresent();
    }

    private void sort(
            BackendServer server,
            PortUse door,
            Destination to,
            Decided decided,
            List<Claim> shown,
            List<Claim> hinted) {
        Extent extent = extent(decided.parts(), to.front());
        if (extent == Extent.ALL && to.front() && topology.arrivals().areFloating(to, decided.port())) {
            extent = extent(decided.parts(), false) == Extent.ALL ? Extent.ALL : Extent.DOUBTFUL;
        }
        boolean told = extent == Extent.ALL ? mayBeCutOff(server, door) : server.trouble() != ReachState.PARTLY;
        if (extent == Extent.NONE || !(told || extent == Extent.SOME)) {
            return;
        }
        Part deciding = deciding(decided.parts());
        List<String> instances = extent == Extent.SOME ? instances(server) : List.of();
        Claim claim = words.claim(decided, deciding, to, extent, instances);
        boolean certain = extent == Extent.ALL
                || (extent == Extent.SOME && (server.trouble() != ReachState.PARTLY || !instances.isEmpty()));
        (certain ? shown : hinted).add(claim);
    }

    static Extent extent(List<Part> parts, boolean front) {
        List<Part> denied = parts.stream().filter(Part::denied).toList();
        List<Part> allowed = parts.stream().filter(part -> !part.denied()).toList();
        if (denied.isEmpty()) {
            return Extent.NONE;
        }
        if (denied.stream().noneMatch(Part::sure)) {
            return Extent.DOUBTFUL;
        }
        if (allowed.isEmpty()) {
            return Extent.ALL;
        }
        if (!front) {
            return Extent.SOME;
        }
        // A rule for the front's own address never matches: what stands behind it has another one.
        boolean onlySingle =
                allowed.stream().allMatch(part -> part.destination().isSingle());
        return onlySingle ? Extent.ALL : Extent.DOUBTFUL;
    }

    /** The part that counts most: of several rules that deny, the one that drops the most. */
    static Part deciding(List<Part> parts) {
        return parts.stream()
                .filter(Part::denied)
                .max(Comparator.comparing(Part::sure)
                        .thenComparing(part -> size(part.source()).multiply(size(part.destination())))
                        .thenComparing(part -> -part.rule().priority()))
                .orElseThrow();
    }

    private static BigInteger size(Range range) {
        return range.last().subtract(range.first()).add(BigInteger.ONE);
    }

    private List<String> instances(BackendServer server) {
        return observed.requests()
                .map(each -> each.of(server.pool()).onlyFailingInstances())
                .orElse(List.of());
    }

    private static CouldNotRead<?> noAddress(BackendServer server) {
        return new CouldNotRead<>(
                Source.NETWORK, Reading.Why.NOT_COLLECTED, "the address of " + server.address() + " is not known");
    }

    private CheckResult clear(BackendServer server, List<Destination> to) {
        List<String> passed = new ArrayList<>();
        for (Destination each : to) {
            for (PortUse door : server.doors()) {
                passed(each, door.port().orElse(0))
                        .flatMap(decided -> decided.parts().stream()
                                // What no security admin rule matches is left to the groups.
                                .filter(part -> !(decided.gate().isAdmin()
                                        && part.rule().isDefault()))
                                .map(part -> NsgDenyFormatter.passes(decided, part)))
                        .filter(text -> !passed.contains(text))
                        .forEach(passed::add);
            }
        }
        return new CheckResult.Clear(
                Source.NETWORK,
                passed.isEmpty() ? "no NSG applies to this traffic" : "allowed by " + NameLists.some(passed));
    }

    private Stream<Decided> passed(Destination to, int port) {
        List<Arrival> arrivals = topology.arrivals().of(to, port).toOptional().orElse(List.of());
        return arrivals.isEmpty()
                ? gates.on(to, port).decided().stream()
                : Stream.concat(
                        gates.leaving(to, port).decided().stream(),
                        arrivals.stream()
                                .flatMap(each ->
                                        gates.arriving(each.member(), each.sources(), each.port()).decided().stream()));
    }
}
