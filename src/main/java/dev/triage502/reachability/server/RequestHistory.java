package dev.triage502.reachability.server;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.ErrorInfo;
import dev.triage502.evidence.AccessLog.Maker;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.LastServed;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Place;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.HostName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What became of the requests of each pool and each server: read off the log once. */
public final class RequestHistory {

    /** What became of the requests to one pool or one server. Failures are those that the gateway made itself. */
    public static final class Seen {
        private Optional<Instant> firstFailure = Optional.empty();
        private Optional<Instant> lastFailure = Optional.empty();
        private Optional<Instant> firstError = Optional.empty();
        private Optional<Instant> firstServed = Optional.empty();
        private Optional<Instant> lastServed = Optional.empty();
        private Optional<Instant> servedBefore = Optional.empty();
        private Optional<Instant> servedAgain = Optional.empty();
        private Instant newest = Instant.MIN;
        private long failures;
        private boolean closed;
        private final TreeSet<Integer> ports = new TreeSet<>();
        private final TreeMap<Integer, Instant> servedPorts = new TreeMap<>();
        private final TreeSet<String> failingInstances = new TreeSet<>();
        private final TreeSet<String> servingInstances = new TreeSet<>();

        private void add(Row row) {
            row.serverPort().ifPresent(ports::add);
            newest = row.to().isAfter(newest) ? row.to() : newest;
            closed |= row.errorInfo() == ErrorInfo.CLOSED_CONNECTION;
            if (row.isFailure()) {
                firstError = earlier(firstError, row.from());
            }
            if (row.isFailure() && row.maker() == Maker.GATEWAY) {
                failures += row.requests();
                firstFailure = earlier(firstFailure, row.from());
                lastFailure = later(lastFailure, row.to());
                servedAgain = servedAgain.filter(each -> each.isAfter(row.to()));
                failingInstances.add(row.instance());
            } else if (row.isServed()) {
                row.serverPort()
                        .ifPresent(port ->
                                servedPorts.merge(port, row.to(), (one, other) -> one.isAfter(other) ? one : other));
                lastServed = later(lastServed, row.to());
                firstServed = earlier(firstServed, row.from());
                lastFailure
                        .filter(row.to()::isAfter)
                        .ifPresent(failed -> servedAgain =
                                servedAgain.or(() -> Optional.of(row.from().isAfter(failed) ? row.from() : failed)));
                servingInstances.add(row.instance());
            }
        }

        private void add(LastServed before) {
            servedBefore = later(servedBefore, before.at());
        }

        public Optional<Instant> firstFailure() {
            return firstFailure;
        }

        public Optional<Instant> lastFailure() {
            return lastFailure;
        }

        /** When the first request failed, whether the gateway or the server gave the error. */
        public Optional<Instant> firstError() {
            return firstError;
        }

        /** When the last request was served, on the day before the window if none was within it. */
        public Optional<Instant> lastServed() {
            return lastServed.or(() -> servedBefore);
        }

        /** When the first request of the window was served. */
        public Optional<Instant> firstServed() {
            return firstServed;
        }

        /** When a request was served again after the last failure, if one was. */
        public Optional<Instant> servedAgain() {
            return servedAgain;
        }

        /** Whether a request of the window was served. */
        boolean servesWithin() {
            return lastServed.isPresent();
        }

        /** When anything at all was last seen. */
        public Instant last() {
            return newest;
        }

        public long failures() {
            return failures;
        }

        /** Whether a connection was closed without a response: refused, given up in the TLS handshake, or later. */
        public boolean isClosed() {
            return closed;
        }

        /** Whether the last that was seen is a failure. */
        public boolean endsFailing() {
            return lastFailure.isPresent()
                    && (lastServed.isEmpty() || !lastServed.get().isAfter(lastFailure.get()));
        }

        /** The ports at which requests were served, and when the last was. */
        public Map<Integer, Instant> servedPorts() {
            return servedPorts;
        }

        public Optional<Integer> port() {
            return ports.size() == 1 ? Optional.of(ports.first()) : Optional.empty();
        }

        /** The gateway's instances from which requests failed, if others had none fail. */
        public List<String> onlyFailingInstances() {
            boolean apart = failingInstances.stream().noneMatch(servingInstances::contains);
            boolean named = !failingInstances.contains("") && !servingInstances.contains("");
            return apart && named && !servingInstances.isEmpty() ? List.copyOf(failingInstances) : List.of();
        }

        private static Optional<Instant> earlier(Optional<Instant> one, Instant other) {
            return Optional.of(one.filter(each -> each.isBefore(other)).orElse(other));
        }

        private static Optional<Instant> later(Optional<Instant> one, Instant other) {
            return Optional.of(one.filter(each -> each.isAfter(other)).orElse(other));
        }
    }

    private static final Seen NOTHING = new Seen();

    /** As long as requests may keep away from a server of a pool that is in use. */
    private static final Duration RIGHT_BEFORE = Duration.ofMinutes(5);

    private final Map<ArmName, Seen> pools = new HashMap<>();
    private final Map<ArmName, TreeMap<HostName, Seen>> servers = new HashMap<>();

    /** The servers of a pool as the log's rows name them. */
    private final Map<ArmName, TreeMap<HostName, Target>> named = new TreeMap<>();

    /** Servers that got requests on the day before the window, and none within it. */
    private final Map<ArmName, Map<HostName, Seen>> idle = new HashMap<>();

    private final Set<ArmName> failingOnTheWay = new HashSet<>();

    /** The traffic in the log; {@code onlyPool} takes the rows that name no pool, as those of v1 do not. */
    public RequestHistory(AccessLog log, Optional<ArmName> onlyPool) {
        for (Row row : log.rows()) {
            ArmName named = ArmName.of(row.pool());
            ArmName pool = named.isEmpty() ? onlyPool.orElse(named) : named;
            pools.computeIfAbsent(pool, each -> new Seen()).add(row);
            if (!row.serverAddress().isEmpty()) {
                servers.computeIfAbsent(pool, each -> new TreeMap<>())
                        .computeIfAbsent(HostName.of(row.serverAddress()), each -> new Seen())
                        .add(row);
                this.named
                        .computeIfAbsent(pool, each -> new TreeMap<>())
                        .putIfAbsent(HostName.of(row.serverAddress()), target(row));
                if (row.isFailure() && row.maker() == Maker.GATEWAY) {
                    failingOnTheWay.add(pool);
                }
            }
        }
        for (LastServed before : log.servedBefore().toOptional().orElse(List.of())) {
            ArmName named = ArmName.of(before.pool());
            ArmName pool = named.isEmpty() ? onlyPool.orElse(named) : named;
            pools.computeIfAbsent(pool, each -> new Seen()).add(before);
            HostName server = HostName.of(before.serverAddress());
            Optional.ofNullable(routed(pool).get(server))
                    .orElseGet(() -> idle.computeIfAbsent(pool, each -> new HashMap<>())
                            .computeIfAbsent(server, each -> new Seen()))
                    .add(before);
        }
    }

    private static Target target(Row row) {
        return Target.server(row.serverAddress(), row.pool()).on(Place.SETTING, row.setting());
    }

    /** The servers that still served when their pool, which is down since, began to fail: those that it has, as far as is known. */
    List<Target> servedUntilFailure() {
        List<Target> servers = new ArrayList<>();
        named.forEach((pool, targets) -> {
            Seen whole = of(pool);
            if (whole.endsFailing()) {
                Instant late = whole.firstFailure().orElseThrow().minus(RIGHT_BEFORE);
                targets.forEach((server, target) -> of(pool, server)
                        .lastServed
                        .filter(each -> !each.isBefore(late))
                        .ifPresent(each -> servers.add(target)));
            }
        });
        return servers;
    }

    /** The requests of a pool. */
    public Seen of(ArmName pool) {
        return pools.getOrDefault(pool, NOTHING);
    }

    /** The requests of a pool that were sent to one of its servers. */
    public Seen of(ArmName pool, HostName server) {
        return Optional.ofNullable(routed(pool).get(server))
                .orElseGet(() -> idle.getOrDefault(pool, Map.of()).getOrDefault(server, NOTHING));
    }

    /** Whether requests of a pool failed that had been sent to one of its servers, and not only ones sent nowhere. */
    boolean failsOnTheWay(ArmName pool) {
        return failingOnTheWay.contains(pool);
    }

    /** The addresses to which requests of a pool went within the window, in the order of their texts. */
    public Map<HostName, Seen> routed(ArmName pool) {
        return servers.getOrDefault(pool, new TreeMap<>());
    }
}
