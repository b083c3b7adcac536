package dev.triage502.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Scene;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A number that shrinks a gateway in the middle of an outage is the worst that a report can print. */
class CapacityValuesTest {

    @Test
    void aFixedSizeGrowsByHalfAtLeast() {
        assertThat(values(fixed(3)))
                .containsOnly(
                        Map.entry("scaling", "fixed"),
                        Map.entry("capacity-before", "--capacity\n=3"),
                        Map.entry("new-gateway-capacity", "5"));
    }

    @Test
    void theLoadThatWasMeasuredMayAskForMore() {
        assertThat(values(fixed(2).metric("CapacityUnits", "average", List.of(), 12, 60)))
                .containsEntry("new-gateway-capacity", "8");
        assertThat(values(fixed(2).metric("CurrentConnections", "average", List.of(), 75_000)))
                .containsEntry("new-gateway-capacity", "4");
    }

    @Test
    void autoscaleLimitsOnlyRise() {
        assertThat(values(scaled("'minCapacity':6,'maxCapacity':8")))
                .containsOnly(
                        Map.entry("scaling", "autoscale"),
                        Map.entry("capacity-before", "--min-capacity\n=6\n--max-capacity\n=8"),
                        Map.entry("new-minimum-capacity", "6"),
                        Map.entry("new-maximum-capacity", "12"));
    }

    @Test
    void aMaximumThatWasNotSetIsTakenOutAgain() {
        assertThat(values(scaled("'minCapacity':0")))
                .containsEntry("new-maximum-capacity", "30")
                .containsEntry("capacity-before", "--min-capacity\n=0\n--remove\n=autoscaleConfiguration.maxCapacity");
    }

    @Test
    void aGatewayOfTheGreatestSizeCannotGrow() {
        assertThat(values(fixed(125))).doesNotContainKey("new-gateway-capacity");
        assertThat(values(scaled("'minCapacity':2,'maxCapacity':125"))).doesNotContainKey("new-maximum-capacity");
    }

    @Test
    void theFirstGenerationHasItsOwnLimit() {
        assertThat(values(Scene.v1()
                        .gatewayProperty("sku", "{'name':'Standard_Medium','tier':'Standard','capacity':30}")))
                .containsEntry("scaling", "v1")
                .containsEntry("new-gateway-capacity", "32");
        assertThat(values(
                        Scene.v1().gatewayProperty("sku", "{'name':'Standard_Medium','tier':'Standard','capacity':2}")))
                .containsEntry("new-gateway-capacity", "4");
    }

    @Test
    void nothingIsSaidOfASizeThatIsNotKnown() {
        assertThat(values(Scene.v2().gatewayProperty("sku", "{'name':'Standard_v2','tier':'Standard_v2'}")))
                .isEmpty();
    }

    @Test
    void sourcePortsRunOutLongBeforeTheUnitsDo() {
        Scene scene = fixed(2).metric("CurrentConnections", "average", List.of(), 9_700);
        Gateway gateway = scene.evidence().gateway().toOptional().orElseThrow();

        assertThat(CapacityValues.of(gateway, scene.evidence().metrics().toOptional(), true))
                .containsEntry("new-gateway-capacity", "13");
    }

    private static Scene fixed(int instances) {
        return Scene.v2()
                .gatewayProperty("sku", "{'name':'Standard_v2','tier':'Standard_v2','capacity':" + instances + "}");
    }

    private static Scene scaled(String limits) {
        return Scene.v2()
                .gatewayProperty("sku", "{'name':'Standard_v2','tier':'Standard_v2'}")
                .gatewayProperty("autoscaleConfiguration", "{" + limits + "}");
    }

    private static Map<String, String> values(Scene scene) {
        Gateway gateway = scene.evidence().gateway().toOptional().orElseThrow();
        return CapacityValues.of(gateway, scene.evidence().metrics().toOptional(), false);
    }
}
