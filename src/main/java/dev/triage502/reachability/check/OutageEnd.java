package dev.triage502.reachability.check;

import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.Network.Subnet;
import dev.triage502.evidence.Network.VirtualNetwork;
import dev.triage502.evidence.OperationKind;
import dev.triage502.evidence.OperationPhrase;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.CheckResult.Obstacle;
import dev.triage502.reachability.ReachabilityResult.Ending;
import dev.triage502.reachability.ReachabilityResult.Step;
import dev.triage502.reachability.change.OperationTimeline;
import dev.triage502.reachability.change.ResourceOperations;
import dev.triage502.reachability.check.FindingFormatter.Said;
import dev.triage502.reachability.member.BackendResources.Member;
import dev.triage502.reachability.name.NameResolution.Resolution;
import dev.triage502.reachability.name.ResolvedEndpoints.Destination;
import dev.triage502.reachability.name.ZoneName;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.BackendServer.PortUse;
import dev.triage502.reachability.server.BackendServer.ReachState;
import dev.triage502.reachability.server.Observations;
import dev.triage502.reachability.server.RequestHistory.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What ended the failures of a pool that is served again? What ended an outage tells what it was: a server that was
 * started had been stopped, a rule that came and went with the failures had caused them.
 */
final class OutageEnd {

    /** How long what was done takes to be felt: a machine boots, a probe has to pass again. */
    private static final Duration FELT = Duration.ofMinutes(3);

    private static final String PEERING = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings";

    private static final String LINK_WRITE = "Microsoft.Network/privateDnsZones/virtualNetworkLinks/write";

    /** The failures of a pool that are over. */
    private record Outage(Instant began, Instant lastFailure, Instant servedAgain, boolean servedBefore) {

        static Optional<Outage> of(Seen seen) {
            return seen.firstFailure()
                    .flatMap(began -> seen.lastFailure()
                            .flatMap(last -> seen.servedAgain()
                                    .map(again -> new Outage(
                                            began,
                                            last,
                                            again,
                                            seen.firstServed()
                                                    .filter(began::isAfter)
                                                    .isPresent()))));
        }

        boolean endedWith(Operation operation) {
            return operation.started().isAfter(began)
                    && !operation.started().isAfter(servedAgain)
                    && !operation.ended().isBefore(lastFailure.minus(FELT));
        }

        boolean beganWith(Operation operation) {
            return !operation.started().isAfter(began) && !operation.ended().isBefore(began.minus(FELT));
        }
    }

    private final Topology topology;
    private final Observations observed;
    private final PowerStateCheck power;
    private final OperationTimeline operations;
    private final Map<ArmName, Optional<Outage>> outages = new HashMap<>();
    private final Map<Outage, List<Operation>> endings = new HashMap<>();
    private final Set<ResourceId> writtenAtOnset = new HashSet<>();

    OutageEnd(Topology topology, Observations observed) {
        this.topology = topology;
        this.observed = observed;
        this.power = new PowerStateCheck(topology, observed);
        this.operations = new OperationTimeline(observed.changes().all());
    }

    /** What ended the failures that are over, by the step that it undid. */
    Map<Step, Ending> ended(FindingFormatter sentences) {
        Map<Step, List<Said>> shown = new EnumMap<>(Step.class);
        Map<Step, List<Said>> hinted = new EnumMap<>(Step.class);
        for (BackendServer server : observed.servers()) {
            Optional<Outage> outage = isWell(server) ? outage(server.pool()) : Optional.empty();
            if (outage.isEmpty()) {
                continue;
            }
            List<Operation> ending = endings.computeIfAbsent(outage.get(), this::endings);
            if (!ending.isEmpty()) {
                started(server, ending).ifPresent(claim -> add(shown, Step.STOPPED, server, claim));
                linked(server, ending).ifPresent(found -> add(shown, found.step(), server, found.claim()));
                onTheWay(server, ending, outage.get(), shown, hinted);
                joined(server, ending, outage.get()).forEach(claim -> add(shown, Step.NO_WAY, server, claim));
            }
        }
        Map<Step, Ending> ended = new EnumMap<>(Step.class);
        for (Step step : Step.values()) {
            if (shown.containsKey(step) || hinted.containsKey(step)) {
                ended.put(
                        step,
                        new Ending(
                                sentences.of(shown.getOrDefault(step, List.of())),
                                sentences.of(hinted.getOrDefault(step, List.of()))));
            }
        }
        return ended;
    }

    /** Whether it fails no more; {@code PARTLY} says that its requests have failed, and not that they do. */
    private static boolean isWell(BackendServer server) {
        return server.trouble() == ReachState.WELL || server.trouble() == ReachState.PARTLY;
    }

    private static void add(Map<Step, List<Said>> to, Step step, BackendServer server, Claim claim) {
        to.computeIfAbsent(step, each -> new ArrayList<>()).add(new Said(server, claim));
    }

    private Optional<Outage> outage(ArmName pool) {
        return outages.computeIfAbsent(
                pool, each -> observed.requests().flatMap(requests -> Outage.of(requests.of(each))));
    }

    private List<Operation> endings(Outage outage) {
        operations
                .between(outage.began().minus(Duration.ofDays(1)), outage.began())
                .filter(outage::beganWith)
                .forEach(each -> writtenAtOnset.add(each.resource()));
        return operations
                .between(outage.began(), outage.servedAgain())
                .filter(outage::endedWith)
                .toList();
    }

    /** A server that was started had not run before. */
    private Optional<Claim> started(BackendServer server, List<Operation> ending) {
        List<Operation> starts = ending.stream()
                .filter(each -> ResourceOperations.kind(each) == OperationKind.START)
                .toList();
        if (starts.isEmpty()) {
            return Optional.empty();
        }
        return power.member(server)
                .map(Member::id)
                .flatMap(id -> starts.stream().filter(each -> isOf(each, id)).findFirst())
                .map(each -> claim(server, each, OperationPhrase.of(each).passive()));
    }

    private static boolean isOf(Operation start, ResourceId id) {
        ResourceId started = start.resource();
        return started.equals(id)
                || started.equals(id.parent())
                || (ResourceOperations.isRevision(started) && started.parent().equals(id));
    }

    /** A claim about a name, and the step that was undone. */
    private record Named(Step step, Claim claim) {}

    /** A zone that was linked then had answered nothing before; a private-link zone had left the name to public DNS. */
    private Optional<Named> linked(BackendServer server, List<Operation> ending) {
        List<Operation> links =
                ending.stream().filter(each -> each.is(LINK_WRITE)).toList();
        if (links.isEmpty() || !server.isNamed()) {
            return Optional.empty();
        }
        if (!(topology.names().resolve(server.address()) instanceof Resolution.Record found)) {
            return Optional.empty();
        }
        Step step = ZoneName.of(found.zone()).isPrivateLink() ? Step.NAME_ELSEWHERE : Step.NAME_UNRESOLVED;
        String what = "private DNS zone " + found.zone().name() + " was linked to "
                + topology.places().home().id().name();
        return links.stream()
                .filter(each -> each.resource().isWithin(found.zone().id()))
                .findFirst()
                .map(each -> new Named(
                        step,
                        claim(server, each, what + OperationPhrase.by(each.caller()))
                                .ofEachServer()));
    }

    /** Rules and routes on the way that were written or deleted then. */
    private void onTheWay(
            BackendServer server,
            List<Operation> ending,
            Outage outage,
            Map<Step, List<Said>> shown,
            Map<Step, List<Said>> hinted) {
        List<Operation> rules = ending.stream()
                .filter(each -> each.concerns("Microsoft.Network/networkSecurityGroups"))
                .toList();
        List<Operation> routes = ending.stream()
                .filter(each -> each.concerns("Microsoft.Network/routeTables"))
                .toList();
        if ((rules.isEmpty() && routes.isEmpty()) || topology.lacking().isPresent()) {
            return;
        }
        Map<ResourceId, String> groups = new LinkedHashMap<>();
        Map<ResourceId, String> tables = new LinkedHashMap<>();
        around(topology.places().gatewaySubnet(), tables);
        for (Destination to : topology.endpoints().of(server)) {
            to.place().subnet().ifPresent(subnet -> around(subnet, tables));
            for (PortUse door : server.doors()) {
                door.port()
                        .ifPresent(port -> topology.tcpRules().on(to, port).decided().stream()
                                .map(each -> each.gate())
                                .forEach(gate -> groups.put(gate.group().id(), gate.subnet())));
            }
        }
        undone(server, rules, groups, outage, Step.DENIED, shown, hinted);
        undone(server, routes, tables, outage, Step.DIVERTED, shown, hinted);
    }

    /** A peering between the gateway's network and the server's that was changed when the failures began, and again at their end. */
    private Stream<Claim> joined(BackendServer server, List<Operation> ending, Outage outage) {
        List<Operation> peerings = ending.stream()
                .filter(each -> each.is(PEERING + "/write"))
                .filter(each -> writtenAtOnset.contains(each.resource()))
                .toList();
        if (peerings.isEmpty() || topology.lacking().isPresent()) {
            return Stream.empty();
        }
        ResourceId home = topology.places().home().id();
        return topology.endpoints().of(server).stream()
                .flatMap(to -> to.place().network().stream())
                .map(VirtualNetwork::id)
                .filter(other -> !other.equals(home))
                .distinct()
                .flatMap(other -> peerings.stream()
                        .filter(each -> joins(each.resource(), home, other) || joins(each.resource(), other, home))
                        .limit(1)
                        .map(each -> rejoined(server, each, outage)));
    }

    /** Whether this is the half that one network has of its peering with the other. */
    private boolean joins(ResourceId half, ResourceId one, ResourceId other) {
        return half.isWithin(one)
                && topology.places().peerings().between(one, other).stream()
                        .anyMatch(each -> each.name().equalsIgnoreCase(half.name()));
    }

    private Claim rejoined(BackendServer server, Operation again, Outage outage) {
        boolean deleted = operations
                .between(outage.began().minus(Duration.ofDays(1)), outage.began())
                .filter(each -> each.resource().equals(again.resource()))
                .filter(outage::beganWith)
                .anyMatch(each -> each.kind() == OperationKind.REPLACE);
        String what = "peering " + again.resource().name() + " of "
                + again.resource().parent().name();
        return Claim.of(
                        Source.ACTIVITY_LOG,
                        server.address(),
                        what + " was " + (deleted ? "deleted" : "changed") + " when requests began to fail, and "
                                + (deleted ? "made" : "changed") + " again" + OperationPhrase.by(again.caller())
                                + " when the failures ended")
                .at(again.started());
    }

    private static void around(Subnet subnet, Map<ResourceId, String> tables) {
        subnet.routeTable().ifPresent(table -> tables.put(table, subnet.id().name()));
    }

    /**
     * What was written at the onset and again at the end caused the failures. What was only deleted at the end may have, where
     * no request was served before.
     */
    private void undone(
            BackendServer server,
            List<Operation> ending,
            Map<ResourceId, String> objects,
            Outage outage,
            Step step,
            Map<Step, List<Said>> shown,
            Map<Step, List<Said>> hinted) {
        for (Operation each : ending) {
            Optional<Map.Entry<ResourceId, String>> object = objects.entrySet().stream()
                    .filter(entry -> each.resource().isWithin(entry.getKey()))
                    .findFirst();
            boolean both = writtenAtOnset.contains(each.resource());
            boolean deleted = each.kind() == OperationKind.REPLACE;
            if (object.isPresent() && (both || (deleted && !outage.servedBefore()))) {
                add(
                        both ? shown : hinted,
                        step,
                        server,
                        obstacle(
                                server,
                                each,
                                object.get().getKey(),
                                object.get().getValue(),
                                step,
                                deleted,
                                both));
            }
        }
    }

    private static Claim obstacle(
            BackendServer server,
            Operation operation,
            ResourceId object,
            String subnet,
            Step step,
            boolean deleted,
            boolean both) {
        boolean rule = step == Step.DENIED;
        Target target = Target.of(
                        rule ? Kind.NSG_RULE : Kind.ROUTE,
                        operation.resource().name(),
                        operation.resource().toString())
                .on(rule ? Place.NSG : Place.ROUTE_TABLE, object.name())
                .on(Place.SUBNET, subnet);
        String what = operation.resource().equals(object)
                ? (rule ? "NSG " : "route table ") + object.name()
                : (rule ? "NSG rule " : "route ") + operation.resource().name() + " of " + object.name();
        String by = OperationPhrase.by(operation.caller());
        return Claim.about(
                        new Obstacle(
                                target,
                                what,
                                what + " was " + (both ? "changed" : "deleted" + by) + " when requests to ",
                                both
                                        ? " began to fail, and " + (deleted ? "deleted" : "changed again") + by
                                                + " when the failures ended"
                                        : " were served again"),
                        server.address(),
                        Source.ACTIVITY_LOG)
                .at(operation.started());
    }

    private static Claim claim(BackendServer server, Operation operation, String what) {
        return Claim.of(Source.ACTIVITY_LOG, server.address(), what + " when the failures ended")
                .at(operation.started());
    }
}
