package dev.triage502.reachability.check;

import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.reachability.ReachabilityResult;
import dev.triage502.reachability.ReachabilityResult.Conclusions;
import dev.triage502.reachability.ReachabilityResult.Leg;
import dev.triage502.reachability.ReachabilityResult.Step;
import dev.triage502.reachability.UncheckedHop;
import dev.triage502.reachability.check.PathDisposition.Judged;
import dev.triage502.reachability.member.BackendResources.Member;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.BackendServer.PortUse;
import dev.triage502.reachability.server.Observations;
import dev.triage502.reachability.server.RequestHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What of the evidence tells whether the gateway reaches its servers? */
public final class ReachabilityAnalysis {

    /** An answer as near as this to the last failure shows that the way was open then. */
    private static final Duration LATELY = Duration.ofMinutes(5);

    private final Topology topology;
    private final Observations observed;

    private ReachabilityAnalysis(Topology topology, Observations observed) {
        this.topology = topology;
        this.observed = observed;
    }

    /** The answer for every server in use, from all that was read; what was not read stays unread in it. */
    public static ReachabilityResult of(Evidence evidence) {
        Observations observed = new Observations(evidence);
        return new ReachabilityAnalysis(new Topology(evidence, observed), observed).reach();
    }

    private ReachabilityResult reach() {
        PathChecks checks = new PathChecks(topology, observed);
        List<Judged> judged = new LikeNeighbors(
                        observed.servers().stream()
                                .map(server -> Judged.of(server, checks.judge(server)))
                                .toList(),
                        observed)
                .together();
        FindingFormatter sentences = new FindingFormatter(topology, observed);
        PathDisposition decisions = new PathDisposition(judged, new RemovedAddresses(topology, observed), sentences);
        EnumMap<Step, Conclusions> conclusions = new EnumMap<>(Step.class);
        for (Step step : Step.values()) {
            conclusions.put(step, decisions.at(step, unseen()));
        }
        ManagementPath management = new ManagementPath(topology);
        return new ReachabilityResult(
                judged.stream().flatMap(each -> legs(each).stream()).toList(),
                conclusions,
                new OutageEnd(topology, observed).ended(sentences),
                management.denied(),
                management.diverted(),
                management.maybeDiverted(),
                unchecked(judged, checks));
    }

    /**
     * What stands on the way to failing servers of which no step shows what stops them, each thing once. One that served requests
     * meanwhile is reached through it.
     */
    private List<UncheckedHop> unchecked(List<Judged> judged, PathChecks checks) {
        Map<List<Object>, UncheckedHop> byThing = new LinkedHashMap<>();
        judged.stream()
                .filter(each ->
                        each.server().trouble().failing() && each.shown().isEmpty())
                .filter(each -> !servesMeanwhile(each.server()))
                .flatMap(each -> checks.unchecked(each.server()).stream())
                .forEach(each -> byThing.merge(List.of(each.kind(), each.name()), each, UncheckedHop::with));
        return List.copyOf(byThing.values());
    }

    /** Whether the server answered requests until about now, though others of its pool failed before. */
    private boolean servesMeanwhile(BackendServer server) {
        return observed.requests()
                .filter(requests -> {
                    RequestHistory.Seen pool = requests.of(server.pool());
                    Optional<Instant> served =
                            requests.of(server.pool(), server.host()).lastServed();
                    return pool.firstFailure()
                                    .filter(first ->
                                            served.filter(first::isBefore).isPresent())
                                    .isPresent()
                            && pool.lastFailure()
                                    .filter(last -> served.filter(last.minus(LATELY)::isBefore)
                                            .isPresent())
                                    .isPresent();
                })
                .isPresent();
    }

    private List<Leg> legs(Judged judged) {
        BackendServer server = judged.server();
        List<String> addresses = topology.addresses().of(server);
        String behind = (server.isNamed()
                        ? topology.members().named(server.address())
                        : topology.members().at(server.address()))
                .map(Member::what)
                .orElse("");
        List<Leg> legs = new ArrayList<>();
        for (PortUse door : server.doors()) {
            legs.add(new Leg(
                    server.target(),
                    door.port(),
                    door.probed(),
                    door.live(),
                    server.trouble().failing(),
                    addresses,
                    behind,
                    judged.decided()));
        }
        return legs;
    }

    /** Why it is not known which servers are in use, if it is not. */
    private Optional<CouldNotRead<?>> unseen() {
        return observed.health().isPresent()
                ? Optional.empty()
                : topology.gateway().unread().map(each -> each);
    }
}
