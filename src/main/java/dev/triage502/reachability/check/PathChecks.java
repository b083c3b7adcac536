package dev.triage502.reachability.check;

import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.reachability.CheckResult;
import dev.triage502.reachability.ReachabilityResult.Step;
import dev.triage502.reachability.UncheckedHop;
import dev.triage502.reachability.change.RouteTableWrites;
import dev.triage502.reachability.member.ApplianceState;
import dev.triage502.reachability.route.ForwardPath;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.BackendServer.ReachState;
import dev.triage502.reachability.server.Observations;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What does each step come to for one server? The last may look at what those before it came to. */
final class PathChecks {

    /** One step, asked about one server. */
    private interface Check {
        CheckResult judge(BackendServer server);
    }

    /** Addresses and names look odd at many a gateway that does well; only a failure makes them a cause. */
    private static final Set<Step> ONLY_OF_FAILURE = Set.of(Step.STALE, Step.NAME_ELSEWHERE, Step.NAME_UNRESOLVED);

    /** Why it is not known how the servers do, where backend health could not be read. */
    private final Optional<CouldNotRead<?>> unseen;

    private final EnumMap<Step, Check> checks = new EnumMap<>(Step.class);
    private final ListeningCheck listening;
    private final UncheckedHops hops;

    PathChecks(Topology topology, Observations observed) {
        this.unseen = observed.health().unread().map(each -> each);
        DnsChangesSinceRefresh since = new DnsChangesSinceRefresh(topology, observed);
        NoRouteCheck noRoute = new NoRouteCheck(topology, observed.changes());
        ForwardPath out = new ForwardPath(
                topology.endpoints(),
                topology.routing(),
                topology.allocation(),
                new ApplianceState(topology.members(), topology.owners(), observed),
                new RouteTableWrites(observed.changes()));
        this.hops = new UncheckedHops(topology, out);
        this.listening = new ListeningCheck(topology, observed, hops);
        CustomDnsServers resolvers = new CustomDnsServers(topology, observed, noRoute, out);
        checks.put(Step.STOPPED, new PowerStateCheck(topology, observed)::judge);
        checks.put(Step.STALE, new StaleAddressCheck(topology, observed)::judge);
        checks.put(Step.NAME_ELSEWHERE, new DnsMismatchCheck(topology, observed, since)::judge);
        checks.put(Step.NAME_UNRESOLVED, new DnsResolutionCheck(topology, observed, since, resolvers)::judge);
        checks.put(Step.NO_WAY, noRoute::judge);
        checks.put(Step.DIVERTED, new RouteDiversionCheck(topology, observed, out)::judge);
        checks.put(Step.DENIED, new NsgDenyCheck(topology, observed)::judge);
        checks.put(Step.OTHER_PORT, listening::otherPort);
    }

    /** The steps that were asked about a server, each with its answer; none for a server that does well. */
    Map<Step, CheckResult> judge(BackendServer server) {
        EnumMap<Step, CheckResult> steps = new EnumMap<>(Step.class);
        for (Step step : asked(server)) {
            steps.put(step, judge(step, server));
        }
        if (server.trouble().failing() || server.trouble() == ReachState.UNSEEN) {
            steps.put(Step.NOT_LISTENING, listening.notListening(server, steps));
        } else if (server.trouble() == ReachState.PARTLY) {
            steps.put(Step.NOT_LISTENING, listening.partlyListening(server));
        }
        return steps;
    }

    /** What the server is reached through and whose rules are not read. */
    List<UncheckedHop> unchecked(BackendServer server) {
        return hops.of(server);
    }

    private Set<Step> asked(BackendServer server) {
        switch (server.trouble()) {
            case WELL:
                return Set.of();
            case ANSWERED:
                return EnumSet.of(Step.STOPPED, Step.STALE, Step.NAME_ELSEWHERE);
            case PARTLY:
                // It passes its probe, so it fails by what meets requests only, or some of the gateway's instances
                // only, or at one of the addresses of its name.
                return server.doors().size() > 1
                        ? EnumSet.of(Step.NAME_ELSEWHERE, Step.DIVERTED, Step.DENIED, Step.OTHER_PORT)
                        : EnumSet.of(Step.NAME_ELSEWHERE, Step.DIVERTED, Step.DENIED);
            default:
                return EnumSet.range(Step.STOPPED, Step.OTHER_PORT);
        }
    }

    private CheckResult judge(Step step, BackendServer server) {
        if (server.trouble() == ReachState.UNSEEN && unseen.isPresent() && ONLY_OF_FAILURE.contains(step)) {
            return new CheckResult.Unread(unseen.get());
        }
        return Objects.requireNonNull(checks.get(step)).judge(server);
    }
}
