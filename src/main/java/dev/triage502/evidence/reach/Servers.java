package dev.triage502.evidence.reach;

import dev.triage502.evidence.Addresses;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Association;
import dev.triage502.evidence.Gateway.Pool;
import dev.triage502.evidence.Gateway.Setting;
import dev.triage502.evidence.Network.Interface;
import dev.triage502.evidence.Network.InterfaceAddress;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Place;
import dev.triage502.evidence.reach.Server.Door;
import dev.triage502.evidence.reach.Server.Trouble;
import dev.triage502.incident.ResourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Which servers are in use, at which ports, and which of them does the gateway not reach?
 *
 * <p>In use is what a rule leads to in the gateway's document, and what backend health lists, for the running
 * configuration may be an older one.
 */
final class Servers {

    private final Map<String, Target> targets = new TreeMap<>();
    private final Map<String, BackendHealth.Server> health = new HashMap<>();
    private final Map<String, List<Door>> doors = new HashMap<>();
    private final Optional<Traffic> traffic;
    private final boolean healthRead;

    private Servers(Optional<Traffic> traffic, boolean healthRead) {
        this.traffic = traffic;
        this.healthRead = healthRead;
    }

    /** The servers in use, in the order of their targets. */
    static List<Server> inUse(
            Optional<Gateway> gateway,
            Optional<BackendHealth> health,
            Optional<Traffic> traffic,
            List<Interface> interfaces) {
        Servers servers = new Servers(traffic, health.isPresent());
        gateway.ifPresent(known -> servers.configured(known, interfaces));
        health.ifPresent(known -> known.servers().forEach(servers::probed));
        return servers.all();
    }

    private void configured(Gateway gateway, List<Interface> interfaces) {
        Map<String, List<String>> addresses = addressesOf(interfaces);
        for (Association used : gateway.associations()) {
            Pool pool = used.pool();
            Setting setting = used.setting();
            int probed = gateway.probedPort(setting);
            List<Door> here = probed == setting.port()
                    ? List.of(new Door(OptionalInt.of(probed), true, true))
                    : List.of(
                            new Door(OptionalInt.of(probed), true, false),
                            new Door(OptionalInt.of(setting.port()), false, true));
            doors.put(pair(pool.name(), setting.name()), here);
            pool.members().forEach(member -> put(gateway.server(pool, setting, member)));
            for (ResourceId joined : pool.interfaces()) {
                addresses
                        .getOrDefault(interfaceOf(joined).key(), List.of())
                        .forEach(address -> put(gateway.server(pool, setting, address)));
            }
        }
    }

    /** A pool names the address configuration of an interface; this is the interface. */
    static ResourceId interfaceOf(ResourceId joined) {
        int at = joined.key().indexOf("/ipconfigurations/");
        return at < 0 ? joined : ResourceId.of(joined.toString().substring(0, at));
    }

    private static Map<String, List<String>> addressesOf(List<Interface> interfaces) {
        Map<String, List<String>> addresses = new HashMap<>();
        for (Interface each : interfaces) {
            // Which of several addresses joined a pool is not told.
            if (each.addresses().size() == 1) {
                addresses.put(
                        each.id().key(),
                        each.addresses().stream().map(InterfaceAddress::address).toList());
            }
        }
        return addresses;
    }

    private void put(Target target) {
        targets.putIfAbsent(key(target), target);
    }

    private void probed(BackendHealth.Server server) {
        put(server.target());
        health.put(key(server.target()), server);
    }

    private List<Server> all() {
        List<Server> servers = new ArrayList<>();
        targets.forEach((key, target) -> {
            Optional<BackendHealth.Server> seen = Optional.ofNullable(health.get(key));
            servers.add(new Server(
                    target,
                    Addresses.isAddress(target.name()) ? Addresses.parse(target.name()) : Optional.empty(),
                    doorsOf(target),
                    trouble(target, seen),
                    seen));
        });
        servers.sort(java.util.Comparator.comparing(Server::target));
        return servers;
    }

    private List<Door> doorsOf(Target target) {
        List<Door> known = doors.get(pair(pool(target), target.at(Place.SETTING).orElse("")));
        if (known != null) {
            return known;
        }
        OptionalInt logged = traffic.flatMap(
                        seen -> seen.of(pool(target), target.name()).port())
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
        return List.of(new Door(logged, true, true));
    }

    private Trouble trouble(Target target, Optional<BackendHealth.Server> seen) {
        Trouble logged = traffic.map(each -> logged(each, target)).orElse(Trouble.UNSEEN);
        if (seen.isEmpty()) {
            if (logged == Trouble.UNSEEN) {
                return healthRead ? Trouble.WELL : Trouble.UNSEEN;
            }
            return logged;
        }
        if (seen.get().state() == BackendHealth.State.UNKNOWN) {
            return logged == Trouble.WELL && served(target) ? Trouble.WELL : Trouble.UNKNOWN;
        }
        if (seen.get().isFailing()) {
            return reached(seen.get().failure()) ? Trouble.ANSWERED : Trouble.UNREACHED;
        }
        return logged == Trouble.UNREACHED ? Trouble.PARTLY : logged == Trouble.PARTLY ? logged : Trouble.WELL;
    }

    private static boolean reached(ProbeFailure failure) {
        switch (failure) {
            case NONE:
            case CANNOT_CONNECT:
            case TIMED_OUT:
            case NAME_UNRESOLVED:
            case NOT_RETRIEVED:
            case OTHER:
                return false;
            default:
                return true;
        }
    }

    private boolean served(Target target) {
        return traffic.filter(each ->
                        each.of(pool(target), target.name()).lastServed().isPresent()
                                || (!Addresses.isAddress(target.name())
                                        && each.of(pool(target)).lastServed().isPresent()))
                .isPresent();
    }

    /** What the log alone says. Requests that were sent nowhere count against every server of their pool. */
    private static Trouble logged(Traffic traffic, Target target) {
        Traffic.Seen own = traffic.of(pool(target), target.name());
        Traffic.Seen whole = traffic.of(pool(target));
        if (own.failures() > 0) {
            return own.endsFailing() ? Trouble.UNREACHED : Trouble.PARTLY;
        }
        if (whole.failures() == 0) {
            return Trouble.WELL;
        }
        if (traffic.failsOnTheWay(pool(target)) && Addresses.isAddress(target.name())) {
            return Trouble.WELL;
        }
        return whole.endsFailing() ? Trouble.UNREACHED : Trouble.PARTLY;
    }

    private static String pool(Target target) {
        return target.at(Place.POOL).orElse("");
    }

    private static String pair(String pool, String setting) {
        return (pool + "|" + setting).toLowerCase(Locale.ROOT);
    }

    private static String key(Target target) {
        return pair(pool(target), target.at(Place.SETTING).orElse("")) + "|"
                + target.name().toLowerCase(Locale.ROOT);
    }
}
