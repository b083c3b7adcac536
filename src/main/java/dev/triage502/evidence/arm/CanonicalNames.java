package dev.triage502.evidence.arm;

import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Place;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How does the gateway's document spell what other documents name? Logs and health answers change the case of names;
 * what the gateway does not know keeps its spelling.
 */
final class CanonicalNames {

    private final boolean gatewayRead;
    private final Map<String, String> pools = new HashMap<>();
    private final Map<String, String> settings = new HashMap<>();
    private final Map<String, String> probes = new HashMap<>();
    private final Map<String, String> rules = new HashMap<>();
    private final Map<String, String> listeners = new HashMap<>();
    private final Map<String, String> members = new HashMap<>();
    private final Set<String> asked = new HashSet<>();

    CanonicalNames(Optional<Gateway> gateway) {
        gatewayRead = gateway.isPresent();
        gateway.ifPresent(this::learn);
    }

    private void learn(Gateway gateway) {
        gateway.pools().forEach(pool -> {
            pools.putIfAbsent(key(pool.name()), pool.name());
            pool.members().forEach(member -> members.putIfAbsent(key(member), member));
        });
        gateway.settings().forEach(setting -> {
            settings.putIfAbsent(key(setting.name()), setting.name());
            probes.putIfAbsent(key(setting.name()), setting.probe());
        });
        gateway.rules().forEach(rule -> rules.putIfAbsent(key(rule.name()), rule.name()));
        gateway.listeners().forEach(listener -> listeners.putIfAbsent(key(listener.name()), listener.name()));
        gateway.rules().forEach(rule -> asked.add(key(rule.pool())));
        asked.remove("");
        if (gateway.gap().isPresent()) {
            // A rule that was not understood may lead to any of them.
            pools.keySet().forEach(asked::add);
        }
    }

    String pool(String name) {
        return pools.getOrDefault(key(name), name);
    }

    String setting(String name) {
        return settings.getOrDefault(key(name), name);
    }

    String rule(String name) {
        return rules.getOrDefault(key(name), name);
    }

    String listener(String name) {
        return listeners.getOrDefault(key(name), name);
    }

    String member(String address) {
        return members.getOrDefault(key(address), address);
    }

    /** A server, named as {@link Gateway#server} names it. */
    Target server(String pool, String setting, String address) {
        return Target.server(member(address), pool(pool))
                .on(Place.SETTING, setting(setting))
                .on(Place.PROBE, probes.getOrDefault(key(setting), ""));
    }

    /** Whether a setting has a custom probe, where the gateway's document tells. */
    Optional<Boolean> customProbe(String setting) {
        String probe = probes.get(key(setting));
        return gatewayRead && probe != null ? Optional.of(!probe.isEmpty()) : Optional.empty();
    }

    /** Whether the gateway has this pool and its rules lead to others only: whatever is said of it, nobody asks it. */
    boolean isIdle(String pool) {
        return !asked.isEmpty() && pools.containsKey(key(pool)) && !asked.contains(key(pool));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
