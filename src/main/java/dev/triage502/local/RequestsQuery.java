package dev.triage502.local;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code kql/requests.kql} makes of an access log: failing requests by the minute in every detail, served ones by
 * pool and server in bins of five minutes; what is rare loses its place. A median of medians is weighted by requests.
 */
final class RequestsQuery {

    private static final List<String> WHERE = List.of(
            "ServerStatus",
            "ErrorInfo",
            "ServerRouted",
            "BackendPoolName",
            "BackendSettingName",
            "RuleName",
            "ListenerName");
    private static final List<String> PLACE = List.of("Host", "OriginalHost", "RequestUri", "InstanceId");
    private static final List<String> TLS = List.of("SslEnabled", "BackendSslProtocol");

    private static final int WHOLE = 250;
    private static final int MOST = 700;
    private static final int LONGEST_PATH = 300;
    private static final int LONGEST_HOST = 255;

    private RequestsQuery() {}

    /** Requests that are alike in what a row of the answer tells apart. */
    private record Group(boolean failing, Instant bin, int status, List<@Nullable String> details) {

        /** The same without place and within half an hour. */
        Group rare() {
            List<@Nullable String> fewer = new ArrayList<>(details);
            for (int i = WHERE.size(); i < WHERE.size() + PLACE.size(); i++) {
                fewer.set(i, "");
            }
            return new Group(failing, floor(bin, 1800), status, fewer);
        }
    }

    static JsonObject answer(List<LogRequest> log) {
        Map<Group, List<LogRequest>> groups = new LinkedHashMap<>();
        Set<String> paths = failing(log, RequestsQuery::path);
        Set<String> hosts = failing(log, RequestsQuery::host);
        log.forEach(request -> groups.computeIfAbsent(group(request, paths, hosts), key -> new ArrayList<>())
                .add(request));
        Map<Group, List<LogRequest>> kept = new LinkedHashMap<>();
        for (boolean failing : new boolean[] {true, false}) {
            List<Map.Entry<Group, List<LogRequest>>> ranked = groups.entrySet().stream()
                    .filter(each -> each.getKey().failing() == failing)
                    .sorted(Comparator.comparing(each -> -requests(each.getValue())))
                    .toList();
            for (int i = 0; i < ranked.size(); i++) {
                Group group = i < WHOLE
                        ? ranked.get(i).getKey()
                        : ranked.get(i).getKey().rare();
                kept.computeIfAbsent(group, key -> new ArrayList<>())
                        .addAll(ranked.get(i).getValue());
            }
        }
        return table(kept).toJson();
    }

    private static LogTable table(Map<Group, List<LogRequest>> groups) {
        List<String> columns = new ArrayList<>(List.of("HttpStatus", "int"));
        for (List<String> names : List.of(WHERE, PLACE, TLS)) {
            names.forEach(name -> columns.addAll(List.of(name, "string")));
        }
        columns.addAll(List.of("Requests", "long", "TimeGenerated", "datetime", "LastSeen", "datetime"));
        for (String name :
                List.of("TimeTaken", "TimeTakenP95", "TimeTakenMax", "ServerResponseLatency", "ServerConnectTime")) {
            columns.addAll(List.of(name, "real"));
        }
        LogTable table = new LogTable(columns.toArray(String[]::new));
        groups.entrySet().stream()
                .sorted(Comparator.comparing(each -> -requests(each.getValue())))
                .limit(MOST)
                .sorted(Comparator.comparing(each -> first(each.getValue())))
                .forEach(each -> table.add(row(each.getKey(), each.getValue())));
        return table;
    }

    private static List<@Nullable Object> row(Group group, List<LogRequest> requests) {
        List<@Nullable Object> row = new ArrayList<>();
        row.add(group.status());
        row.addAll(group.details());
        row.add(requests(requests));
        row.add(first(requests));
        row.add(requests.stream()
                .map(LogRequest::to)
                .max(Comparator.naturalOrder())
                .orElseThrow());
        row.add(median(requests, "TimeTaken"));
        row.add(longest(requests, "TimeTakenP95", "TimeTaken"));
        row.add(longest(requests, "TimeTakenMax", "TimeTaken"));
        row.add(median(requests, "ServerResponseLatency"));
        row.add(median(requests, "ServerConnectTime"));
        return row;
    }

    /** The fifty paths, or hosts, that fail most. */
    private static Set<String> failing(List<LogRequest> log, Function<LogRequest, String> of) {
        Map<String, Long> failed = log.stream()
                .filter(RequestsQuery::isFailing)
                .collect(Collectors.groupingBy(of, Collectors.summingLong(LogRequest::requests)));
        return failed.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(50)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static String host(LogRequest request) {
        String host = cut(request.text("OriginalHost"), LONGEST_HOST);
        return host == null ? "" : host;
    }

    private static Group group(LogRequest request, Set<String> failingPaths, Set<String> failingHosts) {
        boolean failing = isFailing(request);
        boolean hosted = failing || failingHosts.contains(host(request));
        List<@Nullable String> details = new ArrayList<>();
        WHERE.forEach(column -> details.add(request.text(column)));
        details.add(hosted ? cut(request.text("Host"), LONGEST_HOST) : "*");
        details.add(hosted ? cut(request.text("OriginalHost"), LONGEST_HOST) : "*");
        details.add(failing || failingPaths.contains(path(request)) ? path(request) : "/*");
        details.add(request.text("InstanceId"));
        TLS.forEach(column -> details.add(request.text(column)));
        return new Group(failing, floor(request.from(), failing ? 60 : 300), request.status(), details);
    }

    private static boolean isFailing(LogRequest request) {
        return request.status() >= 499;
    }

    /** The path alone, without what numbers things in it. */
    static String path(LogRequest request) {
        String text = request.text("RequestUri");
        String path = text == null ? "" : text.replaceFirst("\\?.*", "").replaceAll("/(\\d+|[0-9a-fA-F-]{16,})", "/*");
        return path.substring(0, Math.min(path.length(), LONGEST_PATH));
    }

    private static @Nullable String cut(@Nullable String text, int length) {
        return text == null ? null : text.substring(0, Math.min(text.length(), length));
    }

    private static Instant floor(Instant at, long seconds) {
        return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), seconds) * seconds);
    }

    private static long requests(List<LogRequest> requests) {
        return requests.stream().mapToLong(LogRequest::requests).sum();
    }

    private static Instant first(List<LogRequest> requests) {
        return requests.stream()
                .map(LogRequest::from)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static @Nullable Object median(List<LogRequest> requests, String column) {
        List<LogRequest> told = requests.stream()
                .filter(each -> each.number(column).isPresent())
                .sorted(Comparator.comparing((Function<LogRequest, Double>)
                        each -> each.number(column).getAsDouble()))
                .toList();
        long half = (requests(told) + 1) / 2;
        long counted = 0;
        for (LogRequest each : told) {
            counted += each.requests();
            if (counted >= half) {
                return each.number(column).getAsDouble();
            }
        }
        return null;
    }

    /** The longest of the first column that a row has. */
    private static @Nullable Object longest(List<LogRequest> requests, String... columns) {
        double[] told = requests.stream()
                .flatMap(each -> Arrays.stream(columns)
                        .map(each::number)
                        .filter(OptionalDouble::isPresent)
                        .limit(1))
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray();
        return told.length == 0 ? null : (Object) Arrays.stream(told).max().getAsDouble();
    }
}
