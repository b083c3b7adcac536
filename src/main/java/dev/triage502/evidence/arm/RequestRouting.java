package dev.triage502.evidence.arm;

import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Listener;
import dev.triage502.evidence.Gateway.Rule;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.HostName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which rules may have taken a request, by the host that was asked for and the path? A log that names neither rule nor pool
 * has these two. Several where listeners on several ports take the host, or where the path is not known whole.
 */
final class RequestRouting {

    /** In a logged path, what stands for numbers, ids or the whole of it. */
    private static final String MASK = "*";

    private final List<Listener> listeners;
    private final Map<ArmName, List<Rule>> byListener;

    RequestRouting(Gateway gateway) {
        this.listeners = gateway.listeners();
        this.byListener = gateway.rules().stream().collect(Collectors.groupingBy(rule -> ArmName.of(rule.listener())));
    }

    /** The ways that the request may have gone; redirects are among them. Empty where no listener is known to take it. */
    Set<Rule> of(String host, String path) {
        Map<Integer, List<Listener>> byPort = listeners.stream()
                .collect(Collectors.groupingBy(each -> each.port().orElse(0), TreeMap::new, Collectors.toList()));
        Set<Rule> ways = new HashSet<>();
        byPort.values().forEach(each -> nearest(each, host).forEach(listener -> ways.addAll(ways(listener, path))));
        return ways;
    }

    /** A listener for the very host comes before one with a wildcard, and that before one for every host. */
    private static List<Listener> nearest(List<Listener> onPort, String host) {
        if (host.isEmpty()) {
            return onPort;
        }
        List<Listener> exact = new ArrayList<>();
        List<Listener> wild = new ArrayList<>();
        List<Listener> basic = new ArrayList<>();
        for (Listener each : onPort) {
            if (each.hosts().isEmpty()) {
                basic.add(each);
            } else if (each.hosts().stream().anyMatch(own -> HostName.of(own).equals(HostName.of(host)))) {
                exact.add(each);
            } else if (each.hosts().stream().anyMatch(own -> takes(own, host))) {
                wild.add(each);
            }
        }
        return !exact.isEmpty() ? exact : !wild.isEmpty() ? wild : basic;
    }

    private static boolean takes(String pattern, String host) {
        return pattern.startsWith("*.")
                && host.toLowerCase(Locale.ROOT).endsWith(pattern.substring(1).toLowerCase(Locale.ROOT));
    }

    private List<Rule> ways(Listener listener, String path) {
        List<Rule> all = byListener.getOrDefault(ArmName.of(listener.name()), List.of());
        if (path.isEmpty() || path.contains(MASK)) {
            return all;
        }
        List<Rule> matching = all.stream()
                .filter(rule -> rule.paths().stream().anyMatch(pattern -> matches(pattern, path)))
                .toList();
        return matching.isEmpty()
                ? all.stream().filter(rule -> rule.paths().isEmpty()).toList()
                : matching;
    }

    /** Paths are compared without regard to case; a star stands at the end only. */
    private static boolean matches(String pattern, String path) {
        String own = pattern.toLowerCase(Locale.ROOT);
        String asked = path.toLowerCase(Locale.ROOT);
        return own.endsWith(MASK) ? asked.startsWith(own.substring(0, own.length() - 1)) : asked.equals(own);
    }
}
