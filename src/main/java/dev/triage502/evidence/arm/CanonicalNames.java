package dev.triage502.evidence.arm;

import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Place;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.HostName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How does the gateway's document spell what other documents name? Logs and health answers change the case of names;
 * what the gateway does not know keeps its spelling.
 */
final class CanonicalNames {

    private final boolean gatewayRead;
    private final Map<ArmName, String> pools = new HashMap<>();
    private final Map<ArmName, String> settings = new HashMap<>();
    private final Map<ArmName, String> probes = new HashMap<>();
    private final Map<ArmName, String> rules = new HashMap<>();
    private final Map<ArmName, String> listeners = new HashMap<>();
    private final Map<HostName, String> members = new HashMap<>();
    private final Set<ArmName> asked = new HashSet<>();

    CanonicalNames(Optional<Gateway> gateway) {
        gatewayRead = gateway.isPresent();
        gateway.ifPresent(this::learn);
    }

    private void learn(Gateway gateway) {
        gateway.pools().forEach(pool -> {
            pools.putIfAbsent(ArmName.of(pool.name()), pool.name());
            pool.members().forEach(member -> members.putIfAbsent(HostName.of(member), member));
        });
        gateway.settings().forEach(setting -> {
            settings.putIfAbsent(ArmName.of(setting.name()), setting.name());
            probes.putIfAbsent(ArmName.of(setting.name()), setting.probe());
        });
        gateway.rules().forEach(rule -> rules.putIfAbsent(ArmName.of(rule.name()), rule.name()));
        gateway.listeners().forEach(listener -> listeners.putIfAbsent(ArmName.of(listener.name()), listener.name()));
        gateway.rules().forEach(rule -> asked.add(ArmName.of(rule.pool())));
        asked.remove(ArmName.of(""));
        if (gateway.gap().isPresent()) {
            // A rule that was not understood may lead to any of them.
            pools.keySet().forEach(asked::add);
        }
    }

    String pool(String name) {
        return pools.getOrDefault(ArmName.of(name), name);
    }

    String setting(String name) {
        return settings.getOrDefault(ArmName.of(name), name);
    }

    String rule(String name) {
        return rules.getOrDefault(ArmName.of(name), name);
    }

    String listener(String name) {
        return listeners.getOrDefault(ArmName.of(name), name);
    }

    String member(String address) {
        return members.getOrDefault(HostName.of(address), address);
    }

    /** A server, named as {@link Gateway#server} names it. */
    Target server(String pool, String setting, String address) {
        return Target.server(member(address), pool(pool))
                .on(Place.SETTING, setting(setting))
                .on(Place.PROBE, probes.getOrDefault(ArmName.of(setting), ""));
    }

    /** Whether a setting has a custom probe, where the gateway's document tells. */
    Optional<Boolean> customProbe(String setting) {
        String probe = probes.get(ArmName.of(setting));
        return gatewayRead && probe != null ? Optional.of(!probe.isEmpty()) : Optional.empty();
    }

    /** Whether the gateway has this pool and its rules lead to others only: whatever is said of it, nobody asks it. */
    boolean isIdle(String pool) {
        return !asked.isEmpty() && pools.containsKey(ArmName.of(pool)) && !asked.contains(ArmName.of(pool));
    }
}
