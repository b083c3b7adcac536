package dev.triage502.evidence.arm;

import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Association;
import dev.triage502.evidence.Gateway.Rule;
import dev.triage502.incident.HostName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * By which pool and setting did a request go, where the log does not say? A v1 gateway logs the server alone, and none for a
 * request for which none was left; the configuration tells the rest when only one way leads there, or only one takes the
 * request.
 */
final class InferredBackendPair {

    private final Map<HostName, List<Association>> byServer = new HashMap<>();
    private final List<Association> all;
    private final Optional<RequestRouting> routing;

    InferredBackendPair(Optional<Gateway> gateway) {
        all = gateway.map(Gateway::associations).orElse(List.of());
        routing = gateway.map(RequestRouting::new);
        for (Association each : all) {
            for (String member : each.pool().members()) {
                learn(member, each);
                learn(member + ":" + each.setting().port(), each);
            }
        }
    }

    private void learn(String server, Association association) {
        List<Association> ways = byServer.computeIfAbsent(HostName.of(server), unused -> new ArrayList<>(1));
        // One by one in turn; and to compare two means to compare their pools, member by member.
        if (ways.isEmpty() || ways.get(ways.size() - 1) != association) {
            ways.add(association);
        }
    }

    /** The only way that leads to the server, or, where none was tried, the only one there is. */
    Optional<Association> to(String server, OptionalInt port) {
        if (server.isEmpty()) {
            return only(all);
        }
        List<Association> there = byServer.getOrDefault(HostName.of(server), List.of());
        return only(
                port.isPresent() ? byServer.getOrDefault(HostName.of(server + ":" + port.getAsInt()), there) : there);
    }

    /** The same, where it is also known what was asked for: for a request for which no server was tried. */
    Optional<Association> to(String server, OptionalInt port, String host, String path) {
        Optional<Association> way = to(server, port);
        if (way.isPresent() || !server.isEmpty()) {
            return way;
        }
        Set<Rule> taken = routing.map(each -> each.of(host, path)).orElse(Set.of());
        return only(all.stream()
                .filter(each -> taken.stream().anyMatch(rule -> leadsTo(each, rule)))
                .toList());
    }

    private static boolean leadsTo(Association association, Rule rule) {
        return association.pool().name().equalsIgnoreCase(rule.pool())
                && association.setting().name().equalsIgnoreCase(rule.setting());
    }

    private static Optional<Association> only(List<Association> ways) {
        return ways.size() == 1 ? Optional.of(ways.get(0)) : Optional.empty();
    }
}
