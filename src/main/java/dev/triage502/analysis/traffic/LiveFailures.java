package dev.triage502.analysis.traffic;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.BackendHealth.Server;
import dev.triage502.evidence.Counted;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Failing requests that went the same way: to one server through one setting, or to all servers of a setting.
 *
 * @param server the server's address, or an empty string where all servers of the setting are meant
 */
public record LiveFailures(String pool, String setting, String server, List<Row> rows) {

    /** The failing requests of a kind, a group for each pair of pool and setting. */
    public static Stream<LiveFailures> bySetting(AccessLog log, Predicate<Row> kind) {
        return grouped(log, kind, row -> "");
    }

    /** The failing requests of a kind, a group for each server as a pair of pool and setting knows it. */
    public static Stream<LiveFailures> byServer(AccessLog log, Predicate<Row> kind) {
        return grouped(log, kind.and(row -> !row.serverAddress().isEmpty()), Row::serverAddress);
    }

    /** The same, and where the log does not name the server, a group for the pair of pool and setting. */
    public static Stream<LiveFailures> byServerTried(AccessLog log, Predicate<Row> kind) {
        return grouped(log, kind, Row::serverAddress);
    }

    /** Any rows, a group for each pair of pool and setting. */
    static Stream<LiveFailures> bySettingOf(Stream<Row> rows) {
        return grouped(rows, row -> "");
    }

    private static Stream<LiveFailures> grouped(AccessLog log, Predicate<Row> kind, Function<Row, String> server) {
        return grouped(log.failing().filter(kind), server);
    }

    private static Stream<LiveFailures> grouped(Stream<Row> rows, Function<Row, String> server) {
        Map<List<String>, List<Row>> groups =
                new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
        rows.forEach(row -> groups.computeIfAbsent(
                        List.of(row.pool(), row.setting(), server.apply(row)), key -> new ArrayList<>())
                .add(row));
        return groups.entrySet().stream()
                .map(each -> new LiveFailures(
                        each.getKey().get(0),
                        each.getKey().get(1),
                        each.getKey().get(2),
                        List.copyOf(each.getValue())));
    }

    /** Some of them. */
    public LiveFailures with(List<Row> some) {
        return new LiveFailures(pool, setting, server, some);
    }

    /** The same, told of their pool as a whole. */
    public LiveFailures ofWholePool() {
        return new LiveFailures(pool, "", "", rows);
    }

    public long requests() {
        return rows.stream().mapToLong(Row::requests).sum();
    }

    /** {@code 1,208 requests}. */
    public String counted() {
        return Counted.of(requests(), "request");
    }

    /** {@code all 1,208 requests}. */
    public String all() {
        return Counted.all(requests(), "request");
    }

    /** The longest of them in seconds, as a person writes it. */
    public String longest() {
        double most = rows.stream()
                .mapToDouble(row -> row.timeTakenMax().orElse(row.timeTaken().orElse(0)))
                .max()
                .orElse(0);
        return String.format(Locale.ROOT, most < 10 ? "%.2f" : "%.1f", most);
    }

    /** The server; the setting where all its servers are meant; the pool, or the gateway, where the log says no more. */
    public Target target() {
        if (!server.isEmpty()) {
            return Target.server(server, pool).on(Place.SETTING, setting);
        }
        if (!setting.isEmpty()) {
            return Target.of(Kind.SETTING, setting, "").on(Place.POOL, pool);
        }
        return pool.isEmpty() ? Target.of(Kind.GATEWAY, "the gateway", "") : Target.of(Kind.POOL, pool, "");
    }

    public Finding finding(String text) {
        return Finding.of(Source.ACCESS_LOG, target(), text)
                .at(rows.get(0).from())
                .with("pool", pool)
                .with("setting", setting)
                .with(
                        "asked-server",
                        rows.stream()
                                .map(Row::serverAddress)
                                .filter(each -> !each.isEmpty())
                                .findFirst()
                                .orElse(""));
    }

    /** Requests that were served the same way once these had begun to fail; what was served before says nothing of now. */
    public Stream<Row> servedSince(AccessLog log) {
        Instant began = rows.get(0).from();
        return log.served().filter(this::wentTheSameWay).filter(row -> row.to().isAfter(began));
    }

    /** Whether their server has served none, and another one served the same pool and setting until they began. */
    public boolean tookPlaceOfAnother(AccessLog log) {
        Instant began = rows.get(0).from();
        List<Row> served = log.served().filter(ofWholeSetting()::wentTheSameWay).toList();
        return !server.isEmpty()
                && !served.isEmpty()
                && served.stream()
                        .noneMatch(row -> row.serverAddress().equalsIgnoreCase(server)
                                || row.to().isAfter(began));
    }

    private LiveFailures ofWholeSetting() {
        return new LiveFailures(pool, setting, "", rows);
    }

    /** Whether other requests are served the same way, or the probe passes there: the way itself is open. */
    public static boolean isReached(LiveFailures failures, AccessLog log, Evidence evidence) {
        boolean served = failures.servedSince(log).findAny().isPresent();
        boolean healthy = evidence.probeResults().toOptional().stream()
                .flatMap(health -> health.healthy())
                .anyMatch(failures::isOf);
        return served || healthy;
    }

    /** Whether this server of backend health is the one that the requests went to, or one of those. */
    public boolean isOf(Server each) {
        return each.pool().equalsIgnoreCase(pool)
                && each.setting().equalsIgnoreCase(setting)
                && (server.isEmpty() || isSame(each.address(), server));
    }

    public boolean wentTheSameWay(Row row) {
        return row.pool().equalsIgnoreCase(pool)
                && row.setting().equalsIgnoreCase(setting)
                && (server.isEmpty() || row.serverAddress().equalsIgnoreCase(server));
    }

    /** A member known by its name may stand in the log by its address. */
    private static boolean isSame(String member, String logged) {
        return member.equalsIgnoreCase(logged) || !IpAddresses.isAddress(member);
    }

    /** One finding for each pair of pool and setting that failing requests went to: it speaks against a cause there. */
    public static Stream<Finding> against(AccessLog log, String text) {
        return bySetting(log, row -> true).map(failures -> failures.finding(text));
    }
}
