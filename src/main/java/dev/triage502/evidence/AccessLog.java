package dev.triage502.evidence;

import dev.triage502.evidence.Target.Place;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What clients got and who made it. A row stands for one request or for many alike.
 *
 * @param rows       in the order of time
 * @param dimensions what sets failed requests apart, counted by Log Analytics over all requests
 * @param byHost     what each host's clients got, minute by minute
 * @param servedBefore which servers answered on the day before the window, and until when; asked for only where the
 *                     window shows a pool or a server that only fails
 */
public record AccessLog(
        List<Row> rows,
        Reading<DimensionCounts> dimensions,
        Reading<HostTraffic> byHost,
        Reading<List<LastServed>> servedBefore) {

    /** A log of which only the rows are known. */
    public AccessLog(List<Row> rows) {
        this(
                rows,
                Reading.notCollected(Source.ACCESS_LOG),
                Reading.notCollected(Source.ACCESS_LOG),
                Reading.notCollected(Source.ACCESS_LOG));
    }

    /** Azure's {@code ErrorInfo}, the first judge of who made an answer. */
    public enum ErrorInfo {
        /** {@code ERRORINFO_NO_ERROR}: the gateway saw no error; a 502 is the backend's own. */
        NO_ERROR,
        /** No member was up, or the pool is empty. */
        NO_LIVE,
        /** A member was tried and closed the connection early. */
        CLOSED_CONNECTION,
        /** Connecting or waiting timed out. */
        TIMED_OUT,
        /** The client left, or was too slow. */
        CLIENT,
        /** A bad request of the client's. */
        INVALID_REQUEST,
        /** The log has no such column (v1), or it is empty. */
        NONE,
        /** A code that is not known. */
        OTHER
    }

    /** Who made the answer that the client got. */
    public enum Maker {
        /** The gateway: nobody answered it, or nobody usefully. */
        GATEWAY,
        /** The backend: the gateway passed its answer on. */
        BACKEND,
        /** The backend began an answer that the gateway could not use. */
        BOTH
    }

    /**
     * One request, or many alike.
     *
     * @param from          the first of them
     * @param to            the last of them
     * @param requests      how many
     * @param status        what the client got
     * @param serverStatus  what the server answered, as logged; may repeat the gateway's own status
     * @param serverAddress the server that was tried; empty where none was
     * @param serverPort    its port
     * @param timeTaken     seconds, the median
     * @param timeTakenMax  seconds, the longest
     * @param serverLatency seconds until the server's answer was whole, the median
     * @param connectTime   seconds until the connection stood
     * @param backendTls    whether TLS to the backend came about, where the log tells
     */
    public record Row(
            Instant from,
            Instant to,
            long requests,
            int status,
            OptionalInt serverStatus,
            ErrorInfo errorInfo,
            String listener,
            String rule,
            String pool,
            String setting,
            String serverAddress,
            OptionalInt serverPort,
            String host,
            String originalHost,
            String path,
            String instance,
            OptionalDouble timeTaken,
            OptionalDouble timeTakenMax,
            OptionalDouble serverLatency,
            OptionalDouble connectTime,
            Optional<Boolean> backendTls) {

        /** Whether the client got 502, 503 or 504, or another 5xx that a server gave by itself, such as 500. */
        public boolean isFailure() {
            return isOfProxies() || (status >= 500 && maker() == Maker.BACKEND);
        }

        /** Whether it is a status that a gateway gives, too. */
        private boolean isOfProxies() {
            return status == 502 || status == 503 || status == 504;
        }

        /** The host that the client asked for, before any rewrite; an empty string where none is known. */
        public String clientHost() {
            return originalHost.isEmpty() ? host : originalHost;
        }

        /** Whether a server answered, and with something other than 5xx. */
        public boolean isServed() {
            return status < 500 && status != 499 && status > 0 && !serverAddress.isEmpty();
        }

        /** Who made the answer; decided by {@code ErrorInfo} first, the server tried second, its status last. */
        public Maker maker() {
            if (isOfServer() || serverAddress.isEmpty() || serverStatus.isEmpty() || serverStatus.getAsInt() == 0) {
                return Maker.GATEWAY;
            }
            return serverStatus.getAsInt() >= 500 || !isOfProxies() ? Maker.BACKEND : Maker.BOTH;
        }

        /** Whether the gateway says what became of the servers behind it. */
        public boolean isOfServer() {
            return errorInfo == ErrorInfo.NO_LIVE
                    || errorInfo == ErrorInfo.CLOSED_CONNECTION
                    || errorInfo == ErrorInfo.TIMED_OUT;
        }

        /** Whether the request went by the target: by its pool, setting, server, rule or listener. */
        public boolean wentBy(Target target) {
            return target.kind() == Target.Kind.GATEWAY
                    || (target.isOnTheWay()
                            && matches(target, Place.POOL, pool)
                            && matches(target, Place.SETTING, setting)
                            && matches(target, Place.RULE, rule)
                            && matches(target, Place.LISTENER, listener)
                            && (serverAddress.isEmpty() || matchesServer(target)));
        }

        private boolean matchesServer(Target target) {
            Optional<String> server = target.at(Place.SERVER);
            return server.isEmpty()
                    || server.get().equalsIgnoreCase(serverAddress)
                    || !IpAddresses.isAddress(server.get());
        }

        private static boolean matches(Target target, Place place, String logged) {
            return logged.isEmpty()
                    || target.at(place).map(logged::equalsIgnoreCase).orElse(true);
        }

        /** Begins one without any of its parts. */
        public static Builder builder() {
            return new Builder();
        }

        /** Collects the parts of a {@link Row} by their names. What is a value of its own has to be given; the rest is empty, 0 or false. */
        public static final class Builder {
            private @Nullable Instant from;
            private @Nullable Instant to;
            private long requests;
            private int status;
            private OptionalInt serverStatus = OptionalInt.empty();
            private @Nullable ErrorInfo errorInfo;
            private @Nullable String listener;
            private @Nullable String rule;
            private @Nullable String pool;
            private @Nullable String setting;
            private @Nullable String serverAddress;
            private OptionalInt serverPort = OptionalInt.empty();
            private @Nullable String host;
            private @Nullable String originalHost;
            private @Nullable String path;
            private @Nullable String instance;
            private OptionalDouble timeTaken = OptionalDouble.empty();
            private OptionalDouble timeTakenMax = OptionalDouble.empty();
            private OptionalDouble serverLatency = OptionalDouble.empty();
            private OptionalDouble connectTime = OptionalDouble.empty();
            private Optional<Boolean> backendTls = Optional.empty();

            private Builder() {}

            public Builder from(Instant from) {
                this.from = from;
                return this;
            }

            public Builder to(Instant to) {
                this.to = to;
                return this;
            }

            public Builder requests(long requests) {
                this.requests = requests;
                return this;
            }

            public Builder status(int status) {
                this.status = status;
                return this;
            }

            public Builder serverStatus(OptionalInt serverStatus) {
                this.serverStatus = serverStatus;
                return this;
            }

            public Builder errorInfo(ErrorInfo errorInfo) {
                this.errorInfo = errorInfo;
                return this;
            }

            public Builder listener(String listener) {
                this.listener = listener;
                return this;
            }

            public Builder rule(String rule) {
                this.rule = rule;
                return this;
            }

            public Builder pool(String pool) {
                this.pool = pool;
                return this;
            }

            public Builder setting(String setting) {
                this.setting = setting;
                return this;
            }

            public Builder serverAddress(String serverAddress) {
                this.serverAddress = serverAddress;
                return this;
            }

            public Builder serverPort(OptionalInt serverPort) {
                this.serverPort = serverPort;
                return this;
            }

            public Builder host(String host) {
                this.host = host;
                return this;
            }

            public Builder originalHost(String originalHost) {
                this.originalHost = originalHost;
                return this;
            }

            public Builder path(String path) {
                this.path = path;
                return this;
            }

            public Builder instance(String instance) {
                this.instance = instance;
                return this;
            }

            public Builder timeTaken(OptionalDouble timeTaken) {
                this.timeTaken = timeTaken;
                return this;
            }

            public Builder timeTakenMax(OptionalDouble timeTakenMax) {
                this.timeTakenMax = timeTakenMax;
                return this;
            }

            public Builder serverLatency(OptionalDouble serverLatency) {
                this.serverLatency = serverLatency;
                return this;
            }

            public Builder connectTime(OptionalDouble connectTime) {
                this.connectTime = connectTime;
                return this;
            }

            public Builder backendTls(Optional<Boolean> backendTls) {
                this.backendTls = backendTls;
                return this;
            }

            /** @throws NullPointerException if a part that has to be given is missing; it names the part */
            public Row build() {
                return new Row(
                        Objects.requireNonNull(from, "from"),
                        Objects.requireNonNull(to, "to"),
                        requests,
                        status,
                        serverStatus,
                        Objects.requireNonNull(errorInfo, "errorInfo"),
                        Objects.requireNonNull(listener, "listener"),
                        Objects.requireNonNull(rule, "rule"),
                        Objects.requireNonNull(pool, "pool"),
                        Objects.requireNonNull(setting, "setting"),
                        Objects.requireNonNull(serverAddress, "serverAddress"),
                        serverPort,
                        Objects.requireNonNull(host, "host"),
                        Objects.requireNonNull(originalHost, "originalHost"),
                        Objects.requireNonNull(path, "path"),
                        Objects.requireNonNull(instance, "instance"),
                        timeTaken,
                        timeTakenMax,
                        serverLatency,
                        connectTime,
                        backendTls);
            }
        }
    }

    public Stream<Row> failing() {
        return rows.stream().filter(Row::isFailure);
    }

    public Stream<Row> failing(ErrorInfo errorInfo) {
        return failing().filter(row -> row.errorInfo() == errorInfo);
    }

    public Stream<Row> served() {
        return rows.stream().filter(Row::isServed);
    }

    /** How many requests failed; see {@link Row#isFailure}. */
    public long failedRequests() {
        return failing().mapToLong(Row::requests).sum();
    }

    public long totalRequests() {
        return rows.stream().mapToLong(Row::requests).sum();
    }

    /** The failing requests, by their way. */
    public RequestsByTarget failedByWay() {
        return new RequestsByTarget(failing());
    }

    /** All requests, by their way; a redirect or a refusal that the gateway answered before it tried a server asks none. */
    public RequestsByTarget byWay() {
        return new RequestsByTarget(rows.stream().filter(row -> !isAnsweredAtTheDoor(row)));
    }

    private static boolean isAnsweredAtTheDoor(Row row) {
        boolean redirectOrRefusal = row.status() >= 300 && row.status() < 500;
        return redirectOrRefusal
                && row.serverAddress().isEmpty()
                && row.serverStatus().isEmpty();
    }

    /** When the first failing request came. */
    public Optional<Instant> onset() {
        return failing().map(Row::from).min(Instant::compareTo);
    }

    /** When the last failing request came. */
    public Optional<Instant> lastFailure() {
        return failing().map(Row::to).max(Instant::compareTo);
    }

    /** When the newest request of all came: how fresh the log is. */
    public Optional<Instant> newest() {
        return rows.stream().map(Row::to).max(Instant::compareTo);
    }
}
