package dev.triage502.reachability.server;

import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.BackendPair;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Association;
import dev.triage502.evidence.Gateway.Pool;
import dev.triage502.evidence.Gateway.Setting;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Network.Interface;
import dev.triage502.evidence.Network.InterfaceAddress;
import dev.triage502.evidence.PairedServer;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.Target;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.HostName;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.server.BackendServer.PortUse;
import dev.triage502.reachability.server.BackendServer.ReachState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Which servers are in use, at which ports, and which of them does the gateway not reach?
 *
 * <p>In use is what a rule leads to in the gateway's document, and what backend health lists, for the running
 * configuration may be an older one. Where neither was read, it is what requests went to until they failed.
 */
public final class BackendServers {

    private final Map<PairedServer, Target> targets = new TreeMap<>();
    private final Map<PairedServer, BackendHealth.Server> health = new HashMap<>();
    private final Map<BackendPair, List<PortUse>> doors = new HashMap<>();
    private final Optional<RequestHistory> traffic;
    private final boolean healthRead;

    private BackendServers(Optional<RequestHistory> traffic, boolean healthRead) {
        this.traffic = traffic;
        this.healthRead = healthRead;
    }

    /** The servers in use, in the order of their targets. */
    public static List<BackendServer> inUse(
            Optional<Gateway> gateway,
            Optional<BackendHealth> health,
            Optional<RequestHistory> traffic,
            List<Interface> interfaces) {
        BackendServers servers = new BackendServers(traffic, health.isPresent());
        gateway.ifPresent(known -> servers.configured(known, interfaces));
        health.ifPresent(known -> known.servers().forEach(servers::probed));
        if (gateway.isEmpty() && health.isEmpty()) {
            traffic.ifPresent(seen -> seen.servedUntilFailure().forEach(servers::put));
        }
        return servers.all();
    }

    private void configured(Gateway gateway, List<Interface> interfaces) {
        Map<String, List<String>> addresses = addressesOf(interfaces);
        for (Association used : gateway.associations()) {
            Pool pool = used.pool();
            Setting setting = used.setting();
            int probed = gateway.probedPort(setting);
            List<PortUse> here = probed == setting.port()
                    ? List.of(new PortUse(OptionalInt.of(probed), true, true))
                    : List.of(
                            new PortUse(OptionalInt.of(probed), true, false),
                            new PortUse(OptionalInt.of(setting.port()), false, true));
            doors.put(BackendPair.of(pool.name(), setting.name()), here);
            pool.members().forEach(member -> put(gateway.server(pool, setting, member)));
            for (ResourceId joined : pool.interfaces()) {
                addresses
                        .getOrDefault(interfaceOf(joined).key(), List.of())
                        .forEach(address -> put(gateway.server(pool, setting, address)));
            }
        }
    }

    /** A pool names the address configuration of an interface; this is the interface. */
    public static ResourceId interfaceOf(ResourceId joined) {
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
        targets.putIfAbsent(PairedServer.of(target), target);
    }

    private void probed(BackendHealth.Server server) {
        put(server.target());
        health.put(PairedServer.of(server.target()), server);
    }

    private List<BackendServer> all() {
        List<BackendServer> servers = new ArrayList<>();
        targets.forEach((key, target) -> {
            Optional<BackendHealth.Server> seen = Optional.ofNullable(health.get(key));
            servers.add(new BackendServer(
                    target,
                    IpAddresses.isAddress(target.name()) ? IpAddresses.parse(target.name()) : Optional.empty(),
                    doorsOf(target),
                    trouble(target, seen),
                    seen));
        });
        servers.sort(java.util.Comparator.comparing(BackendServer::target));
        return servers;
    }

    private List<PortUse> doorsOf(Target target) {
        List<PortUse> known = doors.get(BackendPair.of(target));
        if (known != null) {
            return known;
        }
        OptionalInt logged = traffic.flatMap(
                        seen -> seen.of(pool(target), host(target)).port())
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
        return List.of(new PortUse(logged, true, true));
    }

    private ReachState trouble(Target target, Optional<BackendHealth.Server> seen) {
        ReachState logged = traffic.map(each -> logged(each, target)).orElse(ReachState.UNSEEN);
        if (seen.isEmpty()) {
            if (logged == ReachState.UNSEEN) {
                return healthRead ? ReachState.WELL : ReachState.UNSEEN;
            }
            return logged;
        }
        if (seen.get().state() == BackendHealth.State.UNKNOWN) {
            return logged == ReachState.WELL && served(target) ? ReachState.WELL : ReachState.UNKNOWN;
        }
        if (seen.get().isFailing()) {
            return reached(seen.get().failure()) ? ReachState.ANSWERED : ReachState.UNREACHED;
        }
        return logged == ReachState.UNREACHED
                ? ReachState.PARTLY
                : logged == ReachState.PARTLY ? logged : ReachState.WELL;
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
        return traffic.filter(each -> each.of(pool(target), host(target)).servesWithin()
                        || (!IpAddresses.isAddress(target.name())
                                && each.of(pool(target)).servesWithin()))
                .isPresent();
    }

    /** What the log alone says. Requests that were sent nowhere count against every server of their pool. */
    private static ReachState logged(RequestHistory traffic, Target target) {
        RequestHistory.Seen own = traffic.of(pool(target), host(target));
        RequestHistory.Seen whole = traffic.of(pool(target));
        if (own.failures() > 0) {
            return own.endsFailing() ? ReachState.UNREACHED : ReachState.PARTLY;
        }
        if (whole.failures() == 0) {
            return ReachState.WELL;
        }
        if (traffic.failsOnTheWay(pool(target)) && IpAddresses.isAddress(target.name())) {
            return ReachState.WELL;
        }
        return whole.endsFailing() ? ReachState.UNREACHED : ReachState.PARTLY;
    }

    private static ArmName pool(Target target) {
        return BackendPair.of(target).pool();
    }

    private static HostName host(Target target) {
        return HostName.of(target.name());
    }
}
