package dev.triage502.evidence.arm;

import com.google.gson.JsonElement;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.ErrorInfo;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Association;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import dev.triage502.incident.Wording;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What clients got: rows of {@code AGWAccessLogs}, of {@code AzureDiagnostics}, or raw records, of both generations
 * of gateways (monitor-application-gateway-reference).
 */
final class AccessLogReader {

    private static final Comparator<Row> ORDER =
            Comparator.comparing(Row::from).thenComparing(Row::to).thenComparing(Row::toString);

    /** Where a v1 gateway writes what came of the server. */
    private static final Pattern V1_ROUTED = Pattern.compile("(?:^|&)SERVER-ROUTED=([^&]*)");

    private static final Pattern V1_STATUS = Pattern.compile("(?:^|&)SERVER-STATUS=([^&]*)");

    /** Who made an answer is judged by these. */
    private static final Set<String> DECISIVE =
            Set.of("httpstatus", "serverstatus", "serverrouted", "errorinfo", "backendpoolname", "requests");

    private static final int LAST_STATUS = 999;
    private static final double MOST_REQUESTS = 1e12;

    private final CanonicalNames spelling;
    private final InferredBackendPair unsaid;
    private final boolean firstGeneration;
    private final AccessLogWindow window;
    private final Losses losses;
    private boolean milliseconds;

    private AccessLogReader(
            CanonicalNames spelling,
            InferredBackendPair unsaid,
            boolean firstGeneration,
            AccessLogWindow window,
            Losses losses) {
        this.losses = losses;
        this.spelling = spelling;
        this.unsaid = unsaid;
        this.firstGeneration = firstGeneration;
        this.window = window;
    }

    static AccessLog read(
            Incident incident,
            Optional<Gateway> gateway,
            CanonicalNames spelling,
            JsonElement document,
            Losses losses) {
        boolean v1 = gateway.map(each -> !each.sku().isV2()).orElse(false);
        List<LogRow> rows = LogRow.rows(document, losses).stream()
                .filter(AccessLogReader::isClients)
                .toList();
        AccessLogWindow window = AccessLogWindow.of(incident);
        InferredBackendPair unsaid = new InferredBackendPair(gateway);
        TrafficCountsReader counts = new TrafficCountsReader(spelling, unsaid, window, losses);
        return new AccessLog(
                new AccessLogReader(spelling, unsaid, v1, window, losses).read(ours(rows, incident, gateway)),
                counts.dimensions(document),
                counts.byHost(document),
                counts.servedBefore(document));
    }

    /** Other categories share a table with the access log, and the gateway's own rows come from the loopback address. */
    private static boolean isClients(LogRow row) {
        String category = row.text("category");
        String type = row.text("type");
        return (category.isEmpty() || category.equalsIgnoreCase("ApplicationGatewayAccessLog"))
                && (!Wording.of(type).startWith("agw") || type.equalsIgnoreCase("AGWAccessLogs"))
                && !row.text("clientip").equals("127.0.0.1");
    }

    /**
     * The rows of the gateway that is asked about; a workspace holds those of others as well. Where neither the
     * gateway's document nor any row is of the id asked, that id is a stand-in and tells nothing.
     */
    private static List<LogRow> ours(List<LogRow> rows, Incident incident, Optional<Gateway> gateway) {
        Set<String> ids = new HashSet<>(Set.of(incident.gateway().key()));
        gateway.ifPresent(read -> ids.add(read.id().key()));
        boolean known = gateway.isPresent() || rows.stream().anyMatch(row -> ids.contains(keyOf(row)));
        return known
                ? rows.stream()
                        .filter(row -> keyOf(row).isEmpty() || ids.contains(keyOf(row)))
                        .toList()
                : rows;
    }

    private static String keyOf(LogRow row) {
        return ResourceId.gatewayIn(row.text("resourceid")).map(ResourceId::key).orElse("");
    }

    private List<Row> read(List<LogRow> rows) {
        milliseconds = rows.stream().allMatch(AccessLogReader::takesWholeUnits);
        List<Row> requests = rows.stream()
                .flatMap(row -> request(row).stream())
                .sorted(ORDER)
                .toList();
        if (requests.isEmpty() && !rows.isEmpty()) {
            throw new MalformedDocument("none of " + rows.size()
                    + " rows has a time and a status, where columns TimeGenerated and HttpStatus were expected");
        }
        return requests.stream()
                .filter(row -> window.holds(row.from(), row.to()))
                .toList();
    }

    private Optional<Row> request(LogRow row) {
        Optional<Instant> from = time(row);
        OptionalInt status = row.integer("httpstatus");
        if (status.isEmpty()) {
            // A layer-4 listener has sessions instead of requests, and says here how one ended.
            status = row.integer("serverstatus");
        }
        boolean counts = row.number("requests").orElse(1) <= MOST_REQUESTS;
        boolean judged = !row.isUnreadable(DECISIVE);
        if (from.isEmpty() || status.isEmpty() || status.getAsInt() > LAST_STATUS || !counts || !judged) {
            losses.add("a row without a time, a status, or what it is judged by");
            return Optional.empty();
        }
        return Optional.of(request(row, from.get(), status.getAsInt()));
    }

    private Row request(LogRow row, Instant from, int status) {
        HostAndPort server =
                HostAndPort.of(row.has("serverrouted") ? row.last("serverrouted") : queried(V1_ROUTED, row));
        long requests = Math.max(1, Math.round(row.number("requests").orElse(1)));
        OptionalDouble timeTaken = seconds(row, "timetaken");
        OptionalDouble longest = seconds(row, "timetakenmax");
        Optional<Association> way =
                row.text("backendpoolname").isEmpty() ? unsaid(row, server, status) : Optional.empty();
        return Row.builder()
                .from(from)
                .to(AzureTime.in(row.text("lastseen"))
                        .filter(to -> to.isAfter(from))
                        .orElse(from))
                .requests(requests)
                .status(status)
                .serverStatus(serverStatus(row))
                .errorInfo(errorInfo(row.last("errorinfo")))
                .listener(spelling.listener(row.text("listenername")))
                .rule(spelling.rule(row.text("rulename")))
                .pool(way.map(each -> each.pool().name()).orElse(spelling.pool(row.text("backendpoolname"))))
                .setting(
                        way.map(each -> each.setting().name()).orElse(spelling.setting(row.text("backendsettingname"))))
                .serverAddress(spelling.member(server.host()))
                .serverPort(server.port())
                .host(row.name("host"))
                .originalHost(row.name("originalhost"))
                .path(path(row))
                .instance(row.text("instanceid"))
                .timeTaken(timeTaken)
                .timeTakenMax(longest.isEmpty() && requests == 1 ? timeTaken : longest)
                .serverLatency(row.number("serverresponselatency"))
                .connectTime(row.number("serverconnecttime"))
                .backendTls(backendTls(row, server.host()))
                .build();
    }

    private Optional<Association> unsaid(LogRow row, HostAndPort server, int status) {
        String member = spelling.member(server.host());
        // What the gateway refuses itself goes by no pool; a failure went by the one that its path leads to.
        return status >= 500
                ? unsaid.to(member, server.port(), asked(row), path(row))
                : unsaid.to(member, server.port());
    }

    private static Optional<Instant> time(LogRow row) {
        return List.of("timegenerated", "timestamp", "time").stream()
                .flatMap(column -> AzureTime.in(row.text(column)).stream())
                .findFirst();
    }

    /** Without an answer of the server Azure writes nothing, a dash, 0, or the gateway's own status. */
    private static OptionalInt serverStatus(LogRow row) {
        OptionalInt logged = row.integer("serverstatus");
        if (!row.has("serverstatus")) {
            String status = queried(V1_STATUS, row);
            logged = status.matches("\\d{1,3}") ? OptionalInt.of(Integer.parseInt(status)) : OptionalInt.empty();
        }
        return logged.orElse(0) == 0 ? OptionalInt.empty() : logged;
    }

    private static String queried(Pattern pattern, LogRow row) {
        Matcher found = pattern.matcher(row.text("requestquery"));
        return found.find() ? found.group(1).strip() : "";
    }

    /** v1 writes milliseconds, and always whole ones: a fraction can only be of seconds. */
    private OptionalDouble seconds(LogRow row, String column) {
        OptionalDouble taken = row.number(column);
        return milliseconds && isFirstGeneration(row) && taken.isPresent()
                ? OptionalDouble.of(taken.getAsDouble() / 1000)
                : taken;
    }

    private boolean isFirstGeneration(LogRow row) {
        return firstGeneration
                || row.text("instanceid").startsWith("ApplicationGatewayRole_IN_")
                || !queried(V1_STATUS, row).isEmpty();
    }

    private static boolean takesWholeUnits(LogRow row) {
        double taken = row.number("timetaken").orElse(0);
        return taken == Math.rint(taken);
    }

    private static ErrorInfo errorInfo(String code) {
        String bare = code.toUpperCase(Locale.ROOT).replaceFirst("^ERRORINFO_", "");
        switch (bare) {
            case "":
                return ErrorInfo.NONE;
            case "NO_ERROR":
                return ErrorInfo.NO_ERROR;
            case "UPSTREAM_NO_LIVE":
                return ErrorInfo.NO_LIVE;
            case "UPSTREAM_CLOSED_CONNECTION":
                return ErrorInfo.CLOSED_CONNECTION;
            case "UPSTREAM_TIMED_OUT":
                return ErrorInfo.TIMED_OUT;
            default:
                break;
        }
        if (bare.startsWith("CLIENT_")) {
            return ErrorInfo.CLIENT;
        }
        boolean request = bare.startsWith("INVALID_") || bare.startsWith("HTTP") || bare.startsWith("REQUEST_");
        return request ? ErrorInfo.INVALID_REQUEST : ErrorInfo.OTHER;
    }

    /** The host that the client asked for; rewrites may send another one to the server. */
    private static String asked(LogRow row) {
        String original = row.name("originalhost");
        return original.isEmpty() ? row.name("host") : original;
    }

    /** The path alone: what follows it can hold secrets. */
    private static String path(LogRow row) {
        String path = row.text("requesturi");
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    private static Optional<Boolean> backendTls(LogRow row, String server) {
        boolean told = row.text("sslenabled").equalsIgnoreCase("on") && row.has("backendsslprotocol");
        return told && !server.isEmpty()
                ? Optional.of(!row.text("backendsslprotocol").isEmpty())
                : Optional.empty();
    }
}
