package dev.triage502.evidence;

import dev.triage502.evidence.Target.Place;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What clients got and who made it. A row stands for one request or for many alike.
 *
 * @param rows in the order of time
 */
public record AccessLog(List<Row> rows) {

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

        /** Whether the client got 502, 503 or 504. */
        public boolean isFailure() {
            return status == 502 || status == 503 || status == 504;
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
            return serverStatus.getAsInt() >= 500 || !isFailure() ? Maker.BACKEND : Maker.BOTH;
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

    /** How many requests clients got as 502, 503 or 504. */
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

    /** All requests, by their way. */
    public RequestsByTarget byWay() {
        return new RequestsByTarget(rows.stream());
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
