package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatewayCapacityExhaustedTest {

    private static Scene units(String autoscale, double peak) {
        return Scene.web()
                .gatewayProperty("sku", "{'name':'Standard_v2','tier':'Standard_v2'}")
                .gatewayProperty("autoscaleConfiguration", autoscale)
                .metric("CapacityUnits", "average", List.of(), 5, 8, peak, peak);
    }

    @Test
    void shownByCapacityUnitsNearTenTimesTheInstances() {
        assertThat(Judging.of(new GatewayCapacityExhausted(), units("{'minCapacity':2,'maxCapacity':10}", 98))
                        .isShown(Confidence.CONFIRMED)
                        .get(0)
                        .text())
                .isEqualTo("CapacityUnits of agw-shop reached 98 of about 100 (10 instances)");
    }

    @Test
    void notShownByUnitsAboveTheNumberOfInstancesButFarFromTenTimesIt() {
        assertThat(Judging.of(new GatewayCapacityExhausted(), units("{'minCapacity':2,'maxCapacity':10}", 12))
                        .isNotShown()
                        .get(0)
                        .text())
                .contains("reached 12 of about 100");
    }

    @Test
    void takesTwentyInstancesWhereNoMaximumIsSet() {
        Judging.of(new GatewayCapacityExhausted(), units("{'minCapacity':2}", 120))
                .isNotShown();
    }

    @Test
    void shownByConnectionsAtTheirLimit() {
        Scene scene = Scene.web().metric("CurrentConnections", "total", List.of(), 1000, 20000, 49500);

        Judging.of(new GatewayCapacityExhausted(), scene).isShown(Confidence.CONFIRMED);
    }

    /** It was as busy as ever while all was served. */
    @Test
    void notShownByAUseThatHadBeenAsHighForLongBeforeTheFirstFailure() {
        double[] steady = new double[40];
        Arrays.fill(steady, 92);

        assertThat(Judging.of(new GatewayCapacityExhausted(), failing(10, steady))
                        .isNotShown()
                        .get(0)
                        .text())
                .isEqualTo("CapacityUnits had been as high for at least 10 minutes before the first failure");
        Judging.of(new GatewayCapacityExhausted(), failing(35, steady)).isShown(Confidence.CONFIRMED);
        steady[35] = 99;
        Judging.of(new GatewayCapacityExhausted(), failing(10, steady)).isShown(Confidence.CONFIRMED);
        Arrays.fill(steady, 98);
        Judging.of(new GatewayCapacityExhausted(), failing(10, steady)).isShown(Confidence.CONFIRMED);
    }

    private static Scene failing(int minutesBefore, double... units) {
        return Scene.web()
                .gatewayProperty("autoscaleConfiguration", "{'minCapacity':2,'maxCapacity':10}")
                .metric("CapacityUnits", "average", List.of(), units)
                .failed(minutesBefore, 9, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0.002);
    }

    @Test
    void shownOnTheFirstGenerationByBusyProcessors() {
        Scene scene = Scene.v1().metric("CpuUtilization", "average", List.of(), 40, 95, 97, 96);

        Judging.of(new GatewayCapacityExhausted(), scene).isShown(Confidence.CONFIRMED);
    }

    @Test
    void notShownByOneBusyMinute() {
        Scene scene = Scene.v1().metric("CpuUtilization", "average", List.of(), 40, 95, 30, 35);

        Judging.of(new GatewayCapacityExhausted(), scene).isNotShown();
    }

    @Test
    void likelyByAsManyConnectionsAsPortsAndFailuresAtOnceToPublicServers() {
        Judging.of(new GatewayCapacityExhausted(), toPublicServers("198.51.100.7"))
                .isShown(Confidence.LIKELY);
    }

    @Test
    void notShownByAsManyConnectionsToPrivateServers() {
        Judging.of(new GatewayCapacityExhausted(), toPublicServers("10.0.2.4")).isNotShown();
    }

    @Test
    void likelyByAsManyConnectionsAsPortsAndRequestsToPublicServersThatEndEarlyWithoutAConnection() {
        Judging.of(new GatewayCapacityExhausted(), waitingForPort("198.51.100.7", 12, 2030))
                .isShown(Confidence.LIKELY);
    }

    @Test
    void notShownByRequestsThatEndAtTheSettingsTimeOrToPrivateServersOrByFewConnections() {
        Judging.of(new GatewayCapacityExhausted(), waitingForPort("198.51.100.7", 30, 2030))
                .isNotShown();
        Judging.of(new GatewayCapacityExhausted(), waitingForPort("10.0.2.4", 12, 2030))
                .isNotShown();
        Judging.of(new GatewayCapacityExhausted(), waitingForPort("198.51.100.7", 12, 140))
                .isNotShown();
    }

    /** They may have waited for a port, or have reached the limit of their setting, which is not known. */
    @Test
    void leavesOpenWithoutTheConfigurationWhatRequestsWithoutAConnectionWaitedFor() {
        Scene unknown = waitingForPort("198.51.100.7", 12, 2030).without(Source.GATEWAY);

        Judging.of(new GatewayCapacityExhausted(), unknown).cannotTellWithout(Source.GATEWAY);
        Judging.of(new RequestTimeout(), unknown)
                .cannotTellWithout(Source.GATEWAY, Source.BACKEND_HEALTH, Source.DIRECT_PROBE);
        Judging.of(new RequestTimeout(), waitingForPort("10.0.2.4", 12, 2030).without(Source.GATEWAY))
                .cannotTellWithout(Source.GATEWAY, Source.BACKEND_HEALTH, Source.DIRECT_PROBE);
    }

    private static Scene waitingForPort(String server, int seconds, int connections) {
        String way = "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'" + server + ":80',";
        return Scene.web()
                .metric("CurrentConnections", "total", List.of(), 90, connections, connections)
                .requests(9, 40, 504, way + "'ErrorInfo':'ERRORINFO_UPSTREAM_TIMED_OUT','TimeTaken':" + seconds + "}")
                .requests(
                        8,
                        400,
                        200,
                        way + "'ServerStatus':'200','ServerConnectTime':'0.002','ServerResponseLatency':'0.05'}");
    }

    private static Scene toPublicServers(String server) {
        return Scene.web()
                .metric("CurrentConnections", "total", List.of(), 900, 2010, 2030)
                .served(20, 4000, server)
                .failed(9, 900, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0.002);
    }

    @Test
    void cannotTellWithoutMetrics() {
        Judging.of(new GatewayCapacityExhausted(), Scene.unread())
                .cannotTellWithout(Source.GATEWAY, Source.METRICS, Source.ACCESS_LOG);
    }
}
