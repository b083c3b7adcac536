package dev.triage502.evidence.reach;

import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.reach.Members.Member;
import dev.triage502.evidence.reach.Outcome.Claim;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which stopped machine may be the one behind a server, where no document ties the two together? One of the gateway's
 * or its network's resource group that was stopped when the pool began to fail, if as many were stopped as fail.
 */
final class Suspects {

    private static final Duration SLACK = Duration.ofMinutes(2);
    private static final Duration LONGEST = Duration.ofHours(24);

    private final Changes changes;
    private final Optional<Traffic> traffic;
    private final Members members;
    private final Set<String> groups;
    private final Incident incident;
    private final Map<String, Set<String>> failing = new HashMap<>();

    /** @param groups the resource groups that a machine would have to be in, in lower case */
    Suspects(
            Changes changes,
            Optional<Traffic> traffic,
            Members members,
            Set<String> groups,
            List<Server> servers,
            Incident incident) {
        this.changes = changes;
        this.traffic = traffic;
        this.members = members;
        this.groups = groups;
        this.incident = incident;
        servers.stream()
                .filter(server -> server.trouble().failing())
                .forEach(server -> failing.computeIfAbsent(lower(server.pool()), pool -> new TreeSet<>())
                        .add(server.address()));
    }

    /** Hints that a server may be stopped: what was stopped, by whom, and what the log says around it. */
    List<Claim> of(Server server) {
        TreeMap<ResourceId, Claim> near = new TreeMap<>();
        for (Member stray : members.strayStopped()) {
            near.put(stray.id(), claim(server, Source.BACKENDS, stray.id(), stray.what() + " is stopped"));
        }
        changes.stopped().forEach((id, operation) -> {
            boolean known = members.isPlaced(id)
                    || members.byId(id)
                            .filter(each -> each.power() == Power.RUNNING)
                            .isPresent();
            if (!known && groups.contains(lower(id.resourceGroup())) && fits(server, operation.started())) {
                near.put(
                        id,
                        claim(
                                        server,
                                        Source.ACTIVITY_LOG,
                                        id,
                                        id.name() + " was stopped (" + operation.name() + " by " + operation.caller()
                                                + ") and not started since")
                                .at(operation.started()));
            }
        });
        int wanted = failing.getOrDefault(lower(server.pool()), Set.of()).size();
        boolean many = near.keySet().stream().anyMatch(id -> !id.hasType("Microsoft.Compute/virtualMachines"));
        if (near.isEmpty() || (near.size() < wanted && !many)) {
            return List.of();
        }
        List<Claim> claims = new ArrayList<>(near.values());
        logged(server).ifPresent(claims::add);
        return claims;
    }

    private static Claim claim(Server server, Source source, ResourceId id, String says) {
        return Claim.of(source, server.address(), says + "; that it stands behind this address fits, but was not read")
                .with(Members.values(id));
    }

    private Optional<Claim> logged(Server server) {
        return traffic.map(each -> each.of(server.pool()))
                .filter(seen ->
                        seen.lastServed().isPresent() && seen.firstFailure().isPresent())
                .map(seen -> Claim.of(
                                Source.ACCESS_LOG,
                                server.address(),
                                "requests were served until "
                                        + Words.time(seen.lastServed().orElseThrow())
                                        + " and fail since "
                                        + Words.time(seen.firstFailure().orElseThrow()))
                        .at(seen.firstFailure().orElseThrow()));
    }

    /** Whether the pool began to fail when that happened. */
    private boolean fits(Server server, Instant stopped) {
        if (stopped.isAfter(incident.to()) || stopped.isBefore(incident.to().minus(LONGEST))) {
            return false;
        }
        if (traffic.isEmpty()) {
            return true;
        }
        Traffic.Seen seen = traffic.get().of(server.pool());
        boolean afterwards = seen.firstFailure()
                .map(first -> !stopped.isAfter(first.plus(SLACK)))
                .orElse(true);
        boolean soon = seen.lastServed()
                .filter(last -> seen.endsFailing())
                .map(last -> !stopped.isBefore(last.minus(SLACK)))
                .orElse(true);
        return afterwards && soon;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
