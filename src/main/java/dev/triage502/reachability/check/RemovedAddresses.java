package dev.triage502.reachability.check;

import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Association;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.HostName;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.NameLists;
import dev.triage502.reachability.check.FindingFormatter.Said;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.BackendServer.ReachState;
import dev.triage502.reachability.server.Observations;
import dev.triage502.reachability.server.RequestHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** To which addresses did requests go that the newest configuration no longer holds? */
final class RemovedAddresses {

    private final List<Said> shown = new ArrayList<>();
    private final List<Said> hinted = new ArrayList<>();

    RemovedAddresses(Topology topology, Observations observed) {
        Map<ArmName, Set<HostName>> current = new HashMap<>();
        for (BackendServer server : observed.servers()) {
            current.computeIfAbsent(server.pool(), pool -> new HashSet<>()).add(server.host());
        }
        Optional<Gateway> gateway = topology.gateway().toOptional();
        gateway.map(Gateway::associations)
                .orElse(List.of())
                .forEach(used -> observed.requests().ifPresent(seen -> {
                    Set<HostName> now =
                            current.getOrDefault(ArmName.of(used.pool().name()), Set.of());
                    // Where a member is a name, or joined by its interface and never listed, any address may be its.
                    if (!now.isEmpty() && now.stream().map(HostName::toString).allMatch(IpAddresses::isAddress)) {
                        look(gateway.orElseThrow(), used, seen, now);
                    }
                }));
    }

    private void look(Gateway gateway, Association used, RequestHistory traffic, Set<HostName> now) {
        String pool = used.pool().name();
        RequestHistory.Seen whole = traffic.of(ArmName.of(pool));
        NavigableSet<Instant> asked = asked(traffic.routed(ArmName.of(pool)), now);
        traffic.routed(ArmName.of(pool)).forEach((host, seen) -> {
            String address = host.toString();
            if (now.contains(host)
                    || !IpAddresses.isAddress(address)
                    || whole.firstFailure().isEmpty()) {
                return;
            }
            BackendServer server = new BackendServer(
                    gateway.server(used.pool(), used.setting(), address),
                    IpAddresses.parse(address),
                    List.of(),
                    ReachState.UNREACHED,
                    Optional.empty());
            if (seen.failures() > 0) {
                Claim claim = Claim.of(
                                Source.ACCESS_LOG,
                                address,
                                "requests sent to it failed from "
                                        + NameLists.time(seen.firstFailure().orElseThrow()) + " to "
                                        + NameLists.time(seen.lastFailure().orElseThrow()) + "; " + pool
                                        + " no longer contains this address")
                        .at(seen.firstFailure().orElseThrow());
                if (whole.endsFailing()) {
                    shown.add(new Said(server, claim));
                } else {
                    // The pool was brought up to date, and its servers have answered since.
                    hinted.add(new Said(server, claim.with("dropped", "addresses")));
                }
            } else if (endedBeforeFailures(seen, whole) && !isRenewed(asked, seen, whole)) {
                hinted.add(new Said(
                        server,
                        Claim.of(
                                        Source.ACCESS_LOG,
                                        address,
                                        "served requests until "
                                                + NameLists.time(
                                                        seen.lastServed().orElseThrow())
                                                + "; requests failed from "
                                                + NameLists.time(
                                                        whole.firstFailure().orElseThrow()) + " to "
                                                + NameLists.time(
                                                        whole.lastFailure().orElseThrow()) + "; " + pool
                                                + " now contains another address")
                                .at(whole.firstFailure().orElseThrow())));
            }
        });
    }

    /** When present members of a pool are known to have been asked. */
    private static NavigableSet<Instant> asked(Map<HostName, RequestHistory.Seen> routed, Set<HostName> now) {
        return routed.entrySet().stream()
                .filter(each -> now.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .flatMap(each -> Stream.concat(each.firstServed().stream(), Stream.of(each.last())))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether present members were asked since, and requests failed all the same: then it is not for want of them. */
    private static boolean isRenewed(
            NavigableSet<Instant> asked, RequestHistory.Seen former, RequestHistory.Seen whole) {
        Instant next = asked.higher(former.lastServed().orElseThrow());
        return next != null && next.isBefore(whole.lastFailure().orElseThrow());
    }

    private static boolean endedBeforeFailures(RequestHistory.Seen seen, RequestHistory.Seen whole) {
        return seen.lastServed()
                .filter(last -> !last.isAfter(whole.firstFailure().orElseThrow()))
                .isPresent();
    }

    /** What shows that requests are still sent there. */
    public List<Said> shown() {
        return shown;
    }

    /** What hints that they were, when the failures have ended or went nowhere. */
    public List<Said> hinted() {
        return hinted;
    }
}
