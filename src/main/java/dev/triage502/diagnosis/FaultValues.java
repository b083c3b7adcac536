package dev.triage502.diagnosis;

import dev.triage502.analysis.traffic.MaintenancePages;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Listener;
import dev.triage502.evidence.Gateway.Setting;
import dev.triage502.evidence.IngressController;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import dev.triage502.incident.HostName;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a page's commands are filled in with about one fault: how the gateway speaks to the servers that suffer. */
final class FaultValues {

    private static final List<String> OF_CONTROLLER =
            List.of("ingress-controller", "ingress-cluster", "ingress-cluster-resource-group");

    private final Evidence evidence;

    FaultValues(Evidence evidence) {
        this.evidence = evidence;
    }

    /** Of a cause: by the setting that its target or its findings stand on. */
    Map<String, String> of(Target target, List<Finding> findings) {
        List<Target> near = Stream.concat(
                        Stream.of(target),
                        findings.stream()
                                .flatMap(each -> Stream.concat(Stream.of(each.target()), each.affects().stream()))
                                // What is said of another pool comes last: its servers are not this one's.
                                .sorted(Comparator.comparing(each -> !target.covers(each))))
                .toList();
        Optional<String> pool = poolName(near);
        Optional<String> setting = near.stream()
                .flatMap(each -> each.at(Place.SETTING).stream())
                .findFirst()
                .or(() -> pool.flatMap(this::onlySetting));
        Optional<Target> server =
                near.stream().filter(each -> each.kind() == Kind.SERVER).findFirst();
        Optional<Target> probed = server.or(() -> failing(each -> setting.isPresent()
                        && each.setting().equalsIgnoreCase(setting.get())
                        && target.at(Place.POOL)
                                .map(each.pool()::equalsIgnoreCase)
                                .orElse(true)))
                .or(() -> pool.flatMap(this::onlyServer));
        Map<String, String> values = spoken(setting, probed, findings);
        pool(pool, values.getOrDefault("server", "")).forEach(values::putIfAbsent);
        NetworkFixValues.of(evidence, findings).forEach(values::putIfAbsent);
        BackendFixValues.of(evidence, findings, pool).forEach(values::putIfAbsent);
        BackendAppValues.of(evidence, pool, values.getOrDefault("server", "")).forEach(values::putIfAbsent);
        EmptyPoolValues.of(evidence, pool).forEach(values::putIfAbsent);
        PoolScaleSetValues.of(evidence, pool).forEach(values::putIfAbsent);
        if (isKeptByHand(pool)) {
            // Blank, so that they count as unknown: what the gateway's controller can do does not help this pool.
            OF_CONTROLLER.forEach(name -> values.put(name, ""));
        }
        ClosedConnectionValues.of(evidence, pool, values.getOrDefault("server", ""))
                .forEach(values::putIfAbsent);
        return values;
    }

    /** Whether a controller fills the gateway, and not this pool. */
    private boolean isKeptByHand(Optional<String> pool) {
        return evidence.gateway()
                .toOptional()
                .filter(gateway -> pool.filter(name -> IngressController.leavesAlone(gateway, name))
                        .isPresent())
                .isPresent();
    }

    /** The setting of a pool that is used with one. */
    private Optional<String> onlySetting(String pool) {
        List<String> settings = evidence.gateway().toOptional().map(Gateway::associations).orElse(List.of()).stream()
                .filter(each -> each.pool().name().equalsIgnoreCase(pool))
                .map(each -> each.setting().name())
                .toList();
        return settings.size() == 1 ? Optional.of(settings.get(0)) : Optional.empty();
    }

    /** The server of a pool that has one. */
    private Optional<Target> onlyServer(String pool) {
        return evidence.gateway()
                .toOptional()
                .flatMap(gateway -> gateway.pool(pool))
                .filter(each -> each.whole()
                        && each.interfaces().isEmpty()
                        && each.members().size() == 1)
                .map(each -> Target.server(each.members().get(0), each.name()));
    }

    private static Optional<String> poolName(List<Target> near) {
        return near.stream()
                .flatMap(each -> Stream.concat(
                        each.at(Place.POOL).stream(), each.kind() == Kind.POOL ? Stream.of(each.name()) : Stream.of()))
                .findFirst();
    }

    /** What the pool holds, so that an update keeps it and an undo restores it. */
    private Map<String, String> pool(Optional<String> name, String server) {
        Map<String, String> values = new TreeMap<>();
        name.flatMap(each -> evidence.gateway().toOptional().flatMap(gateway -> gateway.pool(each)))
                .filter(Gateway.Pool::whole)
                .ifPresent(pool -> {
                    List<String> members = pool.members();
                    values.put("pool-servers", members.isEmpty() ? "[]" : String.join(" ", members));
                    for (int i = 0; i < members.size(); i++) {
                        if (members.get(i).equalsIgnoreCase(server)) {
                            values.putIfAbsent("server-index", String.valueOf(i));
                        }
                    }
                    boolean machines = !pool.interfaces().isEmpty();
                    if (!machines && !members.isEmpty() && !server.isEmpty() && !values.containsKey("server-index")) {
                        values.put("pool-holds-others", "yes");
                    }
                });
        return values;
    }

    /** Where no cause is named: of the server that fails first of all, or of what clients ask for. */
    Map<String, String> ofSuspect() {
        Optional<Target> suspect = failing(each -> true).or(this::failedMost);
        Map<String, String> values = spoken(suspect.flatMap(each -> each.at(Place.SETTING)), suspect, List.of());
        suspect.flatMap(each -> each.at(Place.POOL)).ifPresent(pool -> values.put("pool", pool));
        clientHost().ifPresent(host -> values.putIfAbsent("host", host));
        MaintenancePages.pool(evidence).ifPresent(pool -> values.put("maintenance-pool", pool));
        DecidingSources sources = new DecidingSources(evidence);
        values.putAll(sources.values());
        sources.unhealthy().stream()
                .findFirst()
                .ifPresent(
                        words -> values.put("unhealthy-server", words.target().name()));
        return values;
    }

    private Map<String, String> spoken(Optional<String> settingName, Optional<Target> server, List<Finding> findings) {
        Map<String, String> values = new TreeMap<>();
        server.ifPresent(each -> values.put("server", each.name()));
        evidence.gateway()
                .toOptional()
                .ifPresent(gateway -> settingName.flatMap(gateway::setting).ifPresent(setting -> {
                    String name = values.getOrDefault("server", "");
                    put(values, gateway, setting, name);
                    values.putAll(BackendSettingValues.of(gateway, setting));
                    values.putAll(RepairValues.of(evidence, gateway, setting, name, findings));
                }));
        return values;
    }

    private void put(Map<String, String> values, Gateway gateway, Setting setting, String server) {
        values.put("setting", setting.name());
        values.put("port", String.valueOf(setting.port()));
        values.put("protocol", setting.protocol());
        values.put("path", gateway.probedPath(setting));
        values.put("limit", String.valueOf(setting.requestTimeoutSeconds()));
        gateway.probeOf(setting).ifPresent(probe -> values.put("probe", probe.name()));
        Stream.of(gateway.liveHost(setting, server), gateway.probedHost(setting, server))
                .filter(host -> !host.isEmpty() && !host.equals("127.0.0.1"))
                .findFirst()
                .or(this::clientHost)
                .ifPresent(host -> {
                    values.put("host", host);
                    values.put("probe-host-wanted", host);
                });
    }

    private Optional<Target> failing(java.util.function.Predicate<BackendHealth.Server> which) {
        return evidence.backendHealth().toOptional().stream()
                .flatMap(health -> Stream.concat(health.failing(), health.unknown()))
                .filter(which)
                .map(BackendHealth.Server::target)
                .findFirst();
    }

    /** The server that most failing requests were sent to. */
    private Optional<Target> failedMost() {
        Map<Target, Long> requests = evidence.accessLog().toOptional().stream()
                .flatMap(AccessLog::failing)
                .filter(row -> !row.serverAddress().isEmpty() && !row.setting().isEmpty())
                .collect(Collectors.groupingBy(
                        row -> Target.server(row.serverAddress(), row.pool()).on(Place.SETTING, row.setting()),
                        TreeMap::new,
                        Collectors.summingLong(AccessLog.Row::requests)));
        return requests.entrySet().stream()
                .max(Map.Entry.<Target, Long>comparingByValue()
                        .thenComparing(Map.Entry.<Target, Long>comparingByKey().reversed()))
                .map(Map.Entry::getKey);
    }

    /** A host that clients ask for: of a failing request, else of a listener that is for one. */
    private Optional<String> clientHost() {
        Optional<String> logged = evidence.accessLog().toOptional().stream()
                .flatMap(AccessLog::failing)
                .map(AccessLog.Row::clientHost)
                .filter(host -> !host.isEmpty())
                .findFirst();
        return logged.or(() -> evidence.gateway().toOptional().stream()
                .flatMap(gateway -> gateway.listeners().stream())
                .map(Listener::hosts)
                .flatMap(List::stream)
                .map(host -> HostName.of(host).inLowerCase())
                .filter(host -> host.indexOf('*') < 0 && host.indexOf('?') < 0)
                .findFirst());
    }
}
