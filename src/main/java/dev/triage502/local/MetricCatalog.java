package dev.triage502.local;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The metrics that an application gateway has, with their units and dimensions.
 *
 * <p>Source: https://learn.microsoft.com/azure/azure-monitor/reference/supported-metrics/microsoft-network-applicationgateways-metrics
 */
final class MetricCatalog {

    /** One metric. */
    record Metric(String name, String unit, List<String> aggregations, List<String> dimensions) {

        /** Whether the metric can be asked for with an aggregation: {@code average}. */
        boolean supports(String aggregation) {
            return aggregations.stream().anyMatch(aggregation::equalsIgnoreCase);
        }

        boolean hasDimension(String dimension) {
            return dimensions.stream().anyMatch(dimension::equalsIgnoreCase);
        }
    }

    private static final String BACKEND = "Listener BackendServer BackendPool BackendHttpSetting";

    private static final List<String> TIMES = List.of(
            "BackendConnectTime",
            "BackendFirstByteResponseTime",
            "BackendLastByteResponseTime",
            "ApplicationGatewayTotalTime",
            "ClientRtt");

    private static final List<String> LEVELS = List.of(
            "UnhealthyHostCount",
            "HealthyHostCount",
            "AvgRequestCountPerHealthyHost",
            "CapacityUnits",
            "ComputeUnits",
            "FixedBillableCapacityUnits",
            "EstimatedBilledCapacityUnits",
            "NewConnectionsPerSecond",
            "Throughput",
            "CpuUtilization");

    private static final Map<String, Metric> ALL = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    static {
        add("ResponseStatus", "Count", "HttpStatusGroup");
        add("BackendResponseStatus", "Count", "BackendServer BackendPool BackendHttpSetting HttpStatusGroup");
        for (String perPool : List.of(
                "UnhealthyHostCount",
                "HealthyHostCount",
                "FailedRequests",
                "TotalRequests",
                "AvgRequestCountPerHealthyHost")) {
            add(perPool, "Count", "BackendSettingsPool");
        }
        for (String time :
                List.of("BackendConnectTime", "BackendFirstByteResponseTime", "BackendLastByteResponseTime")) {
            add(time, "MilliSeconds", BACKEND);
        }
        add("ApplicationGatewayTotalTime", "MilliSeconds", "Listener");
        add("ClientRtt", "MilliSeconds", "Listener");
        for (String plain : List.of(
                "CapacityUnits",
                "ComputeUnits",
                "FixedBillableCapacityUnits",
                "EstimatedBilledCapacityUnits",
                "CurrentConnections",
                "WebSocketActiveConnections")) {
            add(plain, "Count", "");
        }
        add("NewConnectionsPerSecond", "CountPerSecond", "");
        add("Throughput", "BytesPerSecond", "");
        add("BytesReceived", "Bytes", "Listener");
        add("BytesSent", "Bytes", "Listener");
        add("TlsProtocol", "Count", "Listener TlsProtocol");
        add("CpuUtilization", "Percent", "");
        add("MatchedCount", "Count", "RuleGroup RuleId");
        add("BlockedCount", "Count", "RuleGroup RuleId");
    }

    private MetricCatalog() {}

    private static void add(String name, String unit, String dimensions) {
        List<String> split = dimensions.isEmpty() ? List.of() : Arrays.asList(dimensions.split(" ", -1));
        ALL.put(name, new Metric(name, unit, aggregationsOf(name), split));
    }

    /** As the published page has them; a metric that it does not name among these is a sum. */
    private static List<String> aggregationsOf(String name) {
        if (TIMES.contains(name)) {
            return List.of("Average", "Maximum");
        }
        return LEVELS.contains(name) ? List.of("Average") : List.of("Total");
    }

    static Optional<Metric> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    static String names() {
        return String.join(",", ALL.values().stream().map(Metric::name).toList());
    }
}
