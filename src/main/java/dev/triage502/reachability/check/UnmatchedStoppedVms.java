package dev.triage502.reachability.check;

import dev.triage502.evidence.AzureServiceDomains;
import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.VirtualNetwork;
import dev.triage502.evidence.OperationPhrase;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.NameLists;
import dev.triage502.reachability.change.ResourceOperations;
import dev.triage502.reachability.member.BackendResources.Member;
import dev.triage502.reachability.member.StartCommandValues;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.Observations;
import dev.triage502.reachability.server.RequestHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which stopped machine may be the one behind a server, where no document ties the two together? One of the gateway's
 * or its network's resource group that was stopped when the pool began to fail, if as many were stopped as fail.
 */
final class UnmatchedStoppedVms {

    private static final Duration SLACK = Duration.ofMinutes(2);
    private static final Duration LONGEST = Duration.ofHours(24);

    private static final String MACHINES = "Microsoft.Compute/virtualMachines";

    /** How many are named one by one. */
    private static final int MOST = 3;

    /** Something that was stopped. */
    private record Suspect(ResourceId id, Source source, String says, Optional<Instant> at) {}

    /** What is the same for all servers of a pool that one type of resource serves. */
    private record Asked(ArmName pool, String type) {}

    private final Observations observed;
    private final List<Member> strays;
    private final List<Suspect> stopped = new ArrayList<>();
    private final Map<Asked, List<Suspect>> known = new HashMap<>();
    private final Map<ArmName, Set<String>> failing = new HashMap<>();

    UnmatchedStoppedVms(Topology topology, Observations observed) {
        this.observed = observed;
        this.strays = topology.strayStopped();
        Set<ArmName> groups = groups(topology, observed.servers());
        observed.changes().stopped().forEach((id, operation) -> {
            boolean elsewhere = topology.isPlaced(id)
                    || topology.members()
                            .byId(id)
                            .filter(each -> each.power() == Power.RUNNING)
                            .isPresent();
            if (!elsewhere && !ResourceOperations.isRevision(id) && groups.contains(ArmName.of(id.resourceGroup()))) {
                stopped.add(new Suspect(
                        id,
                        Source.ACTIVITY_LOG,
                        OperationPhrase.of(operation).passive() + " and has not been started since",
                        Optional.of(operation.started())));
            }
        });
        observed.servers().stream()
                .filter(server -> server.trouble().failing())
                .forEach(server -> failing.computeIfAbsent(server.pool(), pool -> new TreeSet<>())
                        .add(server.address()));
    }

    /** The resource groups around the gateway: its own, and those of the networks that hold it or its servers. */
    private static Set<ArmName> groups(Topology topology, List<BackendServer> servers) {
        Set<ArmName> groups = new TreeSet<>();
        topology.gateway().toOptional().ifPresent(known -> {
            groups.add(ArmName.of(known.id().resourceGroup()));
            known.subnets().forEach(subnet -> groups.add(ArmName.of(subnet.resourceGroup())));
        });
        topology.network().toOptional().map(Network::virtualNetworks).orElse(List.of()).stream()
                .filter(each -> servers.stream().anyMatch(server -> holds(each, server)))
                .forEach(each -> groups.add(ArmName.of(each.id().resourceGroup())));
        return groups;
    }

    private static boolean holds(VirtualNetwork network, BackendServer server) {
        return server.ip()
                .filter(address -> network.space().stream().anyMatch(space -> space.contains(address)))
                .isPresent();
    }

    /** Hints that a failing server may be stopped: what was stopped, by whom, and what the log says around it. */
    public List<Claim> of(BackendServer server) {
        Set<String> silent = failing.getOrDefault(server.pool(), Set.of());
        if (!silent.contains(server.address())) {
            return List.of();
        }
        String type = typeBehind(server);
        List<Suspect> near = known.computeIfAbsent(new Asked(server.pool(), type), key -> near(server, type));
        boolean many = near.stream().anyMatch(each -> !each.id().hasType(MACHINES));
        if (near.isEmpty() || (near.size() < silent.size() && !many)) {
            return List.of();
        }
        List<Claim> claims = new ArrayList<>();
        for (Source source : List.of(Source.BACKENDS, Source.ACTIVITY_LOG)) {
            claims.addAll(said(
                    server,
                    near.stream().filter(each -> each.source() == source).toList()));
        }
        logged(server).ifPresent(claims::add);
        return claims;
    }

    /** What was stopped in time to be behind a server of the pool, in the order of the ids. */
    private List<Suspect> near(BackendServer server, String type) {
        TreeMap<ResourceId, Suspect> near = new TreeMap<>();
        for (Member stray : strays) {
            Suspect suspect = new Suspect(stray.id(), Source.BACKENDS, stray.what() + " is stopped", Optional.empty());
            near.put(stray.id(), suspect);
        }
        for (Suspect each : stopped) {
            if (fits(server, each.at().orElseThrow())) {
                near.put(each.id(), each);
            }
        }
        return near.values().stream()
                .filter(each -> type.isEmpty() || each.id().hasType(type))
                .toList();
    }

    /** The type of resource that a name of Azure's belongs to; empty where it may be any. */
    private static String typeBehind(BackendServer server) {
        return AzureServiceDomains.of(server.address())
                .map(AzureServiceDomains::type)
                .orElse("");
    }

    private static List<Claim> said(BackendServer server, List<Suspect> suspects) {
        List<Claim> claims = new ArrayList<>();
        int shown = suspects.size() > MOST ? MOST - 1 : suspects.size();
        for (Suspect each : suspects.subList(0, shown)) {
            claims.add(claim(server, each, each.says() + "; it is probably behind this address (not verified)"));
        }
        if (shown < suspects.size()) {
            int more = suspects.size() - shown;
            claims.add(
                    claim(server, suspects.get(shown), more + " more were stopped that could be behind this address"));
        }
        return claims;
    }

    private static Claim claim(BackendServer server, Suspect suspect, String says) {
        Claim claim = Claim.of(suspect.source(), server.address(), says).with(StartCommandValues.of(suspect.id()));
        return suspect.at().map(claim::at).orElse(claim);
    }

    private Optional<Claim> logged(BackendServer server) {
        return observed.requests()
                .map(each -> each.of(server.pool()))
                .filter(seen ->
                        seen.lastServed().isPresent() && seen.firstFailure().isPresent())
                .map(seen -> Claim.of(
                                Source.ACCESS_LOG,
                                server.address(),
                                "served requests until "
                                        + NameLists.time(seen.lastServed().orElseThrow())
                                        + "; failing since "
                                        + NameLists.time(seen.firstFailure().orElseThrow()))
                        .at(seen.firstFailure().orElseThrow()));
    }

    /** Whether the pool began to fail when that happened. */
    private boolean fits(BackendServer server, Instant stopped) {
        if (stopped.isAfter(observed.incident().to())
                || stopped.isBefore(observed.incident().to().minus(LONGEST))) {
            return false;
        }
        if (observed.requests().isEmpty()) {
            return true;
        }
        RequestHistory.Seen seen = observed.requests().get().of(server.pool());
        boolean afterwards = seen.firstFailure()
                .map(first -> !stopped.isAfter(first.plus(SLACK)))
                .orElse(true);
        boolean soon = seen.lastServed()
                .filter(last -> seen.endsFailing())
                .map(last -> !stopped.isBefore(last.minus(SLACK)))
                .orElse(true);
        return afterwards && soon;
    }
}
