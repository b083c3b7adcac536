package dev.triage502.analysis.gateway;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Pool;
import dev.triage502.evidence.IngressController;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Network.InterfaceAddress;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.incident.ArmName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What served requests before a write and has been removed, emptied or redirected by it, where another than its usual
 * writer made that write. The log tells what was in use; the configuration tells what is left of it.
 */
public final class OverwrittenParts {

    /** The gateway goes over to a new configuration some time after the write began, and before it ends or soon after. */
    private static final Duration GOING_OVER = Duration.ofMinutes(5);

    /** The log may stamp an operation a little after what it brought about. */
    private static final Duration STAMPED_LATE = Duration.ofMinutes(2);

    private final Gateway gateway;
    private final AccessLog log;
    private final ConfigurationWriters writers;
    private final Evidence evidence;

    private OverwrittenParts(Gateway gateway, AccessLog log, ConfigurationWriters writers, Evidence evidence) {
        this.gateway = gateway;
        this.log = log;
        this.writers = writers;
        this.evidence = evidence;
    }

    /**
     * One part that was in use.
     *
     * @param pool the pool that a rule led to; empty where all requests that used the part count
     */
    private record Part(Kind kind, String name, String pool, String change, Map<String, String> values) {
        Part(Kind kind, String name, String change) {
            this(kind, name, "", change, Map.of());
        }

        /** A rule may have many paths: those to other pools may serve as before. */
        static Part redirected(Row row, String pool) {
            return new Part(Kind.ROUTING_RULE, row.rule(), pool, "has pointed to another pool than " + pool, Map.of());
        }

        Target target() {
            return Target.of(kind, name, "");
        }

        boolean isUsedBy(Row row) {
            return (pool.isEmpty() || pool.equalsIgnoreCase(row.pool())) && isOnWayOf(row);
        }

        private boolean isOnWayOf(Row row) {
            switch (kind) {
                case POOL:
                    return name.equalsIgnoreCase(row.pool());
                case ROUTING_RULE:
                    return name.equalsIgnoreCase(row.rule());
                case LISTENER:
                    return name.equalsIgnoreCase(row.listener());
                default:
                    return name.equalsIgnoreCase(row.setting());
            }
        }
    }

    /** By which parts a request went: thousands of rows go by few ways, and each way needs one look. */
    private record Way(String pool, String rule, String listener, String setting, OptionalInt port) {
        static Way of(Row row) {
            return new Way(row.pool(), row.rule(), row.listener(), row.setting(), row.serverPort());
        }
    }

    /** What was overwritten, the pools first; nothing where the configuration was not understood as a whole. */
    public static Stream<Finding> of(ActivityLog activity, AccessLog log, Gateway gateway, Evidence evidence) {
        if (gateway.gap().isPresent()) {
            return Stream.empty();
        }
        ConfigurationWriters writers = ConfigurationWriters.of(activity, evidence);
        return writers.writes().isEmpty()
                ? Stream.empty()
                : new OverwrittenParts(gateway, log, writers, evidence).findings();
    }

    /**
     * Where no log tells what was in use: the empty pools that rules use, if the last write was made by another than one before
     * it. Who had filled them, or whether they were ever filled, is not known then.
     */
    public static Stream<Finding> withoutLog(ActivityLog activity, Gateway gateway, Evidence evidence) {
        ConfigurationWriters writers = ConfigurationWriters.of(activity, evidence);
        if (gateway.gap().isPresent() || writers.writes().isEmpty()) {
            return Stream.empty();
        }
        Operation last = writers.writes().get(writers.writes().size() - 1);
        return writers.otherBefore(last).stream()
                .flatMap(other -> gateway.pools().stream()
                        .filter(pool -> pool.isEmpty() && isUsed(pool, gateway))
                        .filter(pool -> !EmptyPools.isOnlyFallback(gateway, pool))
                        .filter(pool -> !(writers.isController(last) && IngressController.isNameOfPart(pool.name())))
                        .map(pool -> Finding.of(
                                        Source.ACTIVITY_LOG,
                                        Target.of(Kind.POOL, pool.name(), ""),
                                        ConfigurationWriters.words(last)
                                                + " updated the gateway last, after updates by "
                                                + ConfigurationWriters.words(other) + "; rules now use " + pool.name()
                                                + ", which is empty")
                                .at(last.started())
                                .with("caller", last.caller())
                                .with("writer", ConfigurationWriters.words(last))
                                .with("usual-writer", ConfigurationWriters.words(other))
                                .with("changed-at", last.started().toString())
                                .with(
                                        writers.isController(other)
                                                ? Map.of("usual-writer-is-controller", "yes")
                                                : Map.of())));
    }

    private static boolean isUsed(Pool pool, Gateway gateway) {
        return gateway.rules().stream().anyMatch(rule -> rule.pool().equalsIgnoreCase(pool.name()));
    }

    private Stream<Finding> findings() {
        Map<ArmName, Part> parts = new LinkedHashMap<>();
        Set<Way> ways = new HashSet<>();
        log.served()
                .filter(row -> ways.add(Way.of(row)))
                .flatMap(row -> changed(row).stream())
                .forEach(part -> parts.putIfAbsent(ArmName.of(part.kind() + " " + part.name()), part));
        List<Finding> all = parts.values().stream()
                .flatMap(part -> overwritten(part).stream())
                .toList();
        Optional<Kind> most = all.stream().map(each -> each.target().kind()).min(OverwrittenParts::byWorth);
        return all.stream().filter(each -> each.target().kind() == most.get());
    }

    /**
     * The part, if its requests were served until another than its usual writer wrote the gateway, and fail since. It
     * goes by the part's own last served request: other failures in the log may be older.
     */
    private Optional<Finding> overwritten(Part part) {
        List<Row> before = log.served().filter(part::isUsedBy).toList();
        Instant lastServed =
                before.stream().map(Row::to).max(Instant::compareTo).orElseThrow();
        List<Row> failing = log.failing()
                .filter(row -> row.to().isAfter(lastServed))
                .filter(row -> before.stream().anyMatch(each -> isOfTheSameClients(each, row)))
                .filter(row -> part.pool().isEmpty() || !servedBy(row, lastServed))
                .toList();
        return failing.stream()
                .map(Row::from)
                .min(Instant::compareTo)
                .flatMap(first -> writers.writes().stream()
                        .filter(write -> !write.started().isAfter(first.plus(STAMPED_LATE)))
                        .reduce((earlier, later) -> later))
                .filter(write -> !lastServed.isAfter(write.ended().plus(GOING_OVER)))
                .flatMap(write ->
                        writers.usualWriterOf(part.name(), write).map(usual -> finding(part, write, usual, failing)));
    }

    /** Whether the failing request went a way that had served others by then: that it fails is another story. */
    private boolean servedBy(Row failing, Instant moment) {
        return log.served()
                .anyMatch(row -> row.from().isBefore(moment)
                        && row.pool().equalsIgnoreCase(failing.pool())
                        && row.rule().equalsIgnoreCase(failing.rule()));
    }

    private static int byWorth(Kind one, Kind other) {
        List<Kind> order = List.of(Kind.POOL, Kind.ROUTING_RULE, Kind.LISTENER, Kind.SETTING);
        return Integer.compare(order.indexOf(one), order.indexOf(other));
    }

    /** The parts that a served request went by and that are not any more what they were. */
    private List<Part> changed(Row row) {
        List<Part> all = new ArrayList<>();
        if (!row.pool().isEmpty()) {
            Optional<Pool> pool = gateway.pool(row.pool());
            if (pool.isEmpty()) {
                all.add(new Part(Kind.POOL, row.pool(), "has been missing"));
            } else if (pool.get().isEmpty()) {
                all.add(new Part(Kind.POOL, pool.get().name(), "has been empty"));
            } else if (leadsElsewhere(row)) {
                all.add(Part.redirected(row, pool.get().name()));
            } else {
                otherServers(pool.get()).ifPresent(all::add);
            }
        }
        if (isGone(row.rule(), gateway.rules(), Gateway.Rule::name)) {
            all.add(new Part(Kind.ROUTING_RULE, row.rule(), "has been missing"));
        }
        if (isGone(row.listener(), gateway.listeners(), Gateway.Listener::name)) {
            all.add(new Part(Kind.LISTENER, row.listener(), "has been missing"));
        }
        if (isGone(row.setting(), gateway.settings(), Gateway.Setting::name)) {
            all.add(new Part(Kind.SETTING, row.setting(), "has been missing"));
        }
        portChange(row).ifPresent(all::add);
        return all;
    }

    /**
     * A pool that holds other servers than those that answered its requests, where none of the present ones is seen to be in
     * use: servers that are up may be meant to take over, and then something else keeps requests from them.
     */
    private Optional<Part> otherServers(Pool pool) {
        List<String> answered = log.served()
                .filter(row -> pool.name().equalsIgnoreCase(row.pool()))
                .map(Row::serverAddress)
                .distinct()
                .sorted(IpAddresses.ORDER)
                .toList();
        List<String> members = pool.members();
        boolean comparable = pool.whole() && pool.interfaces().isEmpty() && areAlike(members, answered);
        boolean others = members.stream().noneMatch(each -> answered.stream().anyMatch(each::equalsIgnoreCase));
        return comparable && others && members.stream().allMatch(this::isUnused)
                ? Optional.of(new Part(
                        Kind.POOL,
                        pool.name(),
                        "",
                        "has pointed to " + String.join(", ", members) + " instead of " + String.join(", ", answered),
                        Map.of("former-servers", String.join(" ", answered), "points-to", "other servers")))
                : Optional.empty();
    }

    /** Whether both are addresses, or both are names: a log may have the addresses of a server that the pool knows by its name. */
    private static boolean areAlike(List<String> members, List<String> answered) {
        long addresses = Stream.concat(members.stream(), answered.stream())
                .filter(IpAddresses::isAddress)
                .count();
        return addresses == 0 || addresses == members.size() + answered.size();
    }

    /** Whether what may have the address or the name was read, nothing has it, and no server answered there. */
    private boolean isUnused(String server) {
        boolean unknown = IpAddresses.isAddress(server)
                ? evidence.network().toOptional().isEmpty()
                : evidence.backends().toOptional().isEmpty();
        return !unknown
                && holders().noneMatch(server::equalsIgnoreCase)
                && log.rows().stream()
                        .noneMatch(row ->
                                row.serverAddress().equalsIgnoreCase(server) && row.maker() == AccessLog.Maker.BACKEND);
    }

    /** The addresses of interfaces and load balancers, and the names of apps, that were read. */
    private Stream<String> holders() {
        Stream<String> addresses = evidence.network().toOptional().stream()
                .flatMap(each -> Stream.concat(
                        each.interfaces().toOptional().stream()
                                .flatMap(List::stream)
                                .flatMap(one -> one.addresses().stream())
                                .map(InterfaceAddress::address),
                        each.loadBalancers().toOptional().stream()
                                .flatMap(List::stream)
                                .flatMap(one -> one.frontAddresses().stream())));
        Stream<String> names = evidence.backends().toOptional().stream()
                .flatMap(each -> Stream.concat(
                        each.sites().stream().flatMap(site -> site.hostNames().stream()),
                        each.containerApps().stream().flatMap(app -> app.hostNames().stream())));
        return Stream.concat(addresses, names);
    }

    /** A setting that led requests to another port than it does now. */
    private Optional<Part> portChange(Row row) {
        return gateway.setting(row.setting())
                .filter(setting ->
                        row.serverPort().isPresent() && row.serverPort().getAsInt() != setting.port())
                .map(setting -> new Part(
                        Kind.SETTING,
                        setting.name(),
                        "",
                        "has used port " + setting.port() + " instead of "
                                + row.serverPort().getAsInt(),
                        Map.of(
                                "changed-port", String.valueOf(setting.port()),
                                "former-port", String.valueOf(row.serverPort().getAsInt()))));
    }

    private boolean leadsElsewhere(Row row) {
        List<Gateway.Rule> ways = gateway.rules().stream()
                .filter(rule -> rule.name().equalsIgnoreCase(row.rule()))
                .toList();
        return !ways.isEmpty() && ways.stream().noneMatch(rule -> rule.pool().equalsIgnoreCase(row.pool()));
    }

    private static <T> boolean isGone(String name, List<T> all, Function<T, String> nameOf) {
        return !name.isEmpty()
                && all.stream().noneMatch(each -> nameOf.apply(each).equalsIgnoreCase(name));
    }

    /** Whether the failing request asks for the same site; where the log does not say, by the same pool or rule. */
    private static boolean isOfTheSameClients(Row served, Row failing) {
        String one = served.clientHost();
        String other = failing.clientHost();
        return one.isEmpty() || other.isEmpty()
                ? served.pool().equalsIgnoreCase(failing.pool())
                        || failing.pool().isEmpty()
                : one.equalsIgnoreCase(other);
    }

    private Finding finding(Part part, Operation write, String usual, List<Row> failing) {
        Set<String> pools = failing.stream()
                .map(Row::pool)
                .filter(each -> !each.isEmpty())
                .collect(Collectors.toCollection(() -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER)));
        List<Target> suffering = Stream.concat(
                        Stream.of(part.target()), pools.stream().map(each -> Target.of(Kind.POOL, each, "")))
                .distinct()
                .toList();
        Finding finding = Finding.of(
                        Source.GATEWAY,
                        part.target(),
                        part.name() + " " + part.change() + " since " + ConfigurationWriters.words(write)
                                + " updated the gateway; it served requests before, when " + usual
                                + " made the updates")
                .at(write.started())
                .affecting(suffering)
                .with(part.values())
                .with("caller", write.caller())
                .with("writer", ConfigurationWriters.words(write))
                .with("usual-writer", usual)
                .with("changed-at", write.started().toString());
        return IngressController.isNameOfPart(part.name())
                ? finding.with("usual-writer-is-controller", "yes")
                : finding;
    }
}
