package dev.triage502.reachability.name;

import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Reading;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.HostName;
import dev.triage502.reachability.member.PrivateEndpointLookup;
import dev.triage502.reachability.name.NameResolution.Resolution;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.DirectProbeIndex;
import dev.triage502.reachability.server.Observations;
import dev.triage502.reachability.server.RequestHistory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * To which addresses does a server's traffic go? Its own where its pool holds one; else those that its name leads to: by the
 * zones that the gateway asks, or as requests and direct probes saw it, or by the public IP address or private endpoint that it
 * names.
 */
public final class ServerAddresses {

    private final NameResolution names;
    private final PrivateEndpointLookup endpoints;
    private final Optional<RequestHistory> traffic;
    private final DirectProbeIndex looks;
    private final Map<ArmName, Integer> namesInPool;
    private final Map<HostName, List<String>> labelled;

    /** @param observed where no zone tells where a name leads, what requests and direct probes saw of it does */
    public ServerAddresses(
            NameResolution names, PrivateEndpointLookup endpoints, Reading<Network> network, Observations observed) {
        this.names = names;
        this.endpoints = endpoints;
        this.labelled = labelled(network);
        this.traffic = observed.requests();
        this.looks = observed.probes();
        this.namesInPool = count(observed.servers());
    }

    /** The public addresses that have a name of their own in Azure's public DNS. */
    private static Map<HostName, List<String>> labelled(Reading<Network> network) {
        Map<HostName, List<String>> byName = new HashMap<>();
        network.toOptional().flatMap(each -> each.publicAddresses().toOptional()).orElse(List.of()).stream()
                .filter(each -> !each.address().isEmpty())
                .forEach(each -> each.name().ifPresent(name -> byName.put(name, List.of(each.address()))));
        return byName;
    }

    /** How many names each pool has: where there is one only, the log's addresses are its. */
    private static Map<ArmName, Integer> count(List<BackendServer> servers) {
        Map<ArmName, Set<HostName>> different = new HashMap<>();
        servers.forEach(server -> different
                .computeIfAbsent(server.pool(), pool -> new TreeSet<>())
                .add(server.host()));
        Map<ArmName, Integer> counts = new HashMap<>();
        different.forEach((pool, each) -> counts.put(pool, each.size()));
        return counts;
    }

    /** The addresses of a server; empty where its name leads to none that is known. */
    public List<String> of(BackendServer server) {
        if (!server.isNamed()) {
            return List.of(server.address());
        }
        if (names.resolve(server.address()) instanceof Resolution.Record record) {
            return record.addresses();
        }
        List<HostName> logged = routed(server);
        if (!logged.isEmpty()) {
            return logged.stream().map(HostName::toString).toList();
        }
        List<String> seen = looks.addressesOf(server);
        List<String> known = seen.isEmpty() ? labelled.getOrDefault(server.host(), List.of()) : seen;
        return !known.isEmpty()
                ? known
                : endpoints.of(server.address()).stream()
                        .flatMap(each -> each.addresses().stream())
                        .distinct()
                        .sorted()
                        .toList();
    }

    /** The addresses to which the gateway was seen to send requests for a name that stands alone in its pool. */
    public List<HostName> routed(BackendServer server) {
        boolean alone = namesInPool.getOrDefault(server.pool(), 0) == 1;
        return traffic.filter(each -> server.isNamed() && alone)
                .map(each -> each.routed(server.pool()).keySet().stream()
                        .filter(host -> IpAddresses.isAddress(host.toString()))
                        .toList())
                .orElse(List.of());
    }
}
