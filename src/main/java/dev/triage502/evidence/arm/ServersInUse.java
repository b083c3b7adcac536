package dev.triage502.evidence.arm;

import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Place;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.HostName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which servers does a look past the gateway speak of? Those of the gateway's pools in use and those that backend
 * health lists, by their address or name, or by an address that their name was seen to have.
 */
final class ServersInUse {

    /** A server and how its setting speaks to it, where the gateway's document tells. */
    private record Use(Target server, Optional<Way> way) {

        boolean isAskedBy(DirectProbe look) {
            return way.isEmpty() || way.get().isThatOf(look);
        }
    }

    /** How a setting, and its probe, speak to servers. */
    private record Way(boolean overTls, int port, int probedPort) {

        /** Whether a look was made as the gateway looks: with TLS or without, and at a port that it uses. */
        boolean isThatOf(DirectProbe look) {
            int asked = look.port().orElse(port);
            return overTls == look.overTls() && (asked == port || asked == probedPort);
        }
    }

    private final Map<HostName, List<Use>> byAddress;

    private ServersInUse(Map<HostName, List<Use>> byAddress) {
        this.byAddress = byAddress;
    }

    static ServersInUse of(Optional<Gateway> gateway, Optional<BackendHealth> health) {
        Map<ArmName, Way> ways = new HashMap<>();
        Set<Target> servers = new LinkedHashSet<>();
        gateway.ifPresent(read -> {
            read.settings()
                    .forEach(each -> ways.put(
                            ArmName.of(each.name()), new Way(each.isTls(), each.port(), read.probedPort(each))));
            read.associations()
                    .forEach(pair -> pair.pool()
                            .members()
                            .forEach(member -> servers.add(read.server(pair.pool(), pair.setting(), member))));
        });
        health.ifPresent(read -> read.servers().forEach(server -> servers.add(server.target())));
        Map<HostName, List<Use>> byAddress = new HashMap<>();
        for (Target server : servers) {
            Optional<Way> way = server.at(Place.SETTING).map(name -> ways.get(ArmName.of(name)));
            byAddress
                    .computeIfAbsent(HostName.of(server.name()), unused -> new ArrayList<>())
                    .add(new Use(server, way));
        }
        return new ServersInUse(byAddress);
    }

    /** These, known by the addresses that looks at their names were led to, and by private ones asked for their names. */
    ServersInUse resolvedBy(List<DirectProbe> looks) {
        Map<HostName, List<Use>> more = new HashMap<>(byAddress);
        for (DirectProbe look : looks) {
            look.dns()
                    .ifPresent(dns -> dns.addresses()
                            .forEach(address ->
                                    more.merge(HostName.of(address), known(look.address()), ServersInUse::joined)));
            boolean inside = IpAddresses.parse(look.address())
                    .filter(IpAddresses::isPrivate)
                    .isPresent();
            if (inside) {
                more.merge(HostName.of(look.address()), known(look.host()), ServersInUse::joined);
            }
        }
        return new ServersInUse(more);
    }

    private List<Use> known(String name) {
        return byAddress.getOrDefault(HostName.of(name), List.of());
    }

    private static List<Use> joined(List<Use> some, List<Use> others) {
        Set<Use> both = new LinkedHashSet<>(some);
        both.addAll(others);
        return List.copyOf(both);
    }

    /** The look, with the servers that it speaks of. */
    DirectProbe spokenOf(DirectProbe look) {
        List<Target> targets = known(look.address()).stream()
                .filter(use -> use.isAskedBy(look))
                .map(Use::server)
                .sorted()
                .distinct()
                .toList();
        return look.speakingOf(targets);
    }
}
