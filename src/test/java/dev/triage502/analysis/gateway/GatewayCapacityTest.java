package dev.triage502.analysis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Metrics;
import dev.triage502.evidence.Scene;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the gateway ran out of instances. {@link Scene#v2} has two of them: 20 capacity units, 50,000 connections. */
class GatewayCapacityTest {

    private static final List<String> NO_DIMENSIONS = List.of();

    private static List<String> ceiling(Scene scene) {
        Evidence evidence = scene.evidence();
        return GatewayCapacity.atTheCeiling(gateway(evidence), metrics(evidence), Optional.empty())
                .map(Finding::text)
                .toList();
    }

    private static Gateway gateway(Evidence evidence) {
        return evidence.gateway().toOptional().orElseThrow();
    }

    private static Metrics metrics(Evidence evidence) {
        return evidence.metrics().toOptional().orElseThrow();
    }

    @Test
    void nineTenthsOfWhatTheInstancesCanDoIsTheCeiling() {
        assertThat(ceiling(Scene.v2().metric("CapacityUnits", "average", NO_DIMENSIONS, 3, 18, 4)))
                .containsExactly("CapacityUnits of agw-shop reached 18 of about 20 (2 instances)");
        assertThat(ceiling(Scene.v2().metric("CapacityUnits", "average", NO_DIMENSIONS, 3, 17.9, 4)))
                .isEmpty();
    }

    @Test
    void computeUnitsAndConnectionsHaveTheirOwnCeilings() {
        assertThat(ceiling(Scene.v2().metric("ComputeUnits", "average", NO_DIMENSIONS, 19)))
                .containsExactly("ComputeUnits of agw-shop reached 19 of about 20 (2 instances)");
        assertThat(ceiling(Scene.v2().metric("CurrentConnections", "total", NO_DIMENSIONS, 45000)))
                .containsExactly("CurrentConnections of agw-shop reached 45,000 of about 50,000 (2 instances)");
        assertThat(ceiling(Scene.v2().metric("CurrentConnections", "total", NO_DIMENSIONS, 44999)))
                .isEmpty();
    }

    @Test
    void withoutAKnownNumberOfInstancesThereIsNoCeiling() {
        Scene scene = Scene.v2()
                .gatewayProperty("sku", "{'name':'Standard_v2','tier':'Standard_v2'}")
                .metric("CapacityUnits", "average", NO_DIMENSIONS, 500);

        assertThat(ceiling(scene)).isEmpty();
    }

    @Test
    void aPageGetsTheNumberOfInstances() {
        Evidence evidence = Scene.v2()
                .gatewayProperty("autoscaleConfiguration", "{'minCapacity':1,'maxCapacity':3}")
                .metric("CapacityUnits", "average", NO_DIMENSIONS, 30)
                .evidence();

        assertThat(GatewayCapacity.atTheCeiling(gateway(evidence), metrics(evidence), Optional.empty()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.values()).containsEntry("instances", "3"));
    }

    @ParameterizedTest
    @CsvSource({"11.9,true", "12,false"})
    void lessThanSixTenthsIsPlentyOfRoom(double peak, boolean plenty) {
        Evidence evidence = Scene.v2()
                .metric("CapacityUnits", "average", NO_DIMENSIONS, 2, peak, 3)
                .evidence();

        assertThat(GatewayCapacity.room(gateway(evidence), metrics(evidence)).count())
                .isEqualTo(plenty ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({"90 20 95 30,true", "90 20 89 30,false", "91,true", "89,false"})
    void processorsAreBusyWhereHalfOfTheMinutesAreAtNinetyPercent(String minutes, boolean busy) {
        double[] values =
                Stream.of(minutes.split(" ")).mapToDouble(Double::parseDouble).toArray();
        Evidence evidence = Scene.v1()
                .metric("CpuUtilization", "average", NO_DIMENSIONS, values)
                .evidence();

        List<Finding> findings =
                GatewayCapacity.busy(metrics(evidence), evidence).toList();

        assertThat(findings).hasSize(busy ? 1 : 0);
        assertThat(findings)
                .allSatisfy(finding -> assertThat(finding.text())
                        .startsWith("the gateway's CPU peaked at 9")
                        .endsWith("% and was above 90% for at least half of the time"));
    }

    @Test
    void processorsThatWereNotMeasuredAreNotBusy() {
        Evidence evidence =
                Scene.v1().metric("CpuUtilization", "average", NO_DIMENSIONS).evidence();

        assertThat(GatewayCapacity.busy(metrics(evidence), evidence)).isEmpty();
    }
}
