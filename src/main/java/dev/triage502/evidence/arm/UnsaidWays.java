package dev.triage502.evidence.arm;

import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Association;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * By which pool and setting did a request go, where the log does not say? A v1 gateway logs the server alone; the
 * configuration tells the rest when only one way leads there.
 */
final class UnsaidWays {

    private final Map<String, Set<Association>> byServer = new HashMap<>();
    private final Set<Association> all;

    UnsaidWays(Optional<Gateway> gateway) {
        List<Association> associations = gateway.map(Gateway::associations).orElse(List.of());
        all = new HashSet<>(associations);
        for (Association each : associations) {
            for (String member : each.pool().members()) {
                learn(member, each);
                learn(member + ":" + each.setting().port(), each);
            }
        }
    }

    private void learn(String server, Association association) {
        byServer.computeIfAbsent(server.toLowerCase(Locale.ROOT), key -> new HashSet<>())
                .add(association);
    }

    /** The only way that leads to the server, or, where none was tried, the only one there is. */
    Optional<Association> to(String server, OptionalInt port) {
        if (server.isEmpty()) {
            return only(all);
        }
        String key = server.toLowerCase(Locale.ROOT);
        Set<Association> there = byServer.getOrDefault(key, Set.of());
        return only(port.isPresent() ? byServer.getOrDefault(key + ":" + port.getAsInt(), there) : there);
    }

    private static Optional<Association> only(Set<Association> ways) {
        return ways.size() == 1 ? Optional.of(ways.iterator().next()) : Optional.empty();
    }
}
