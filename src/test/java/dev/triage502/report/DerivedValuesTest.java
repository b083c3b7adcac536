package dev.triage502.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DerivedValuesTest {

    private static final Map<String, String> POOL =
            Map.of("pool-servers", "10.0.2.4 10.0.2.5 10.0.2.6", "servers", "10.0.2.5 10.0.2.6");

    @Test
    void aPoolKeepsTheServersThatAreNotGone() {
        assertThat(derived("successors", "10.0.2.15, 10.0.2.16"))
                .containsEntry("new-pool-servers", "10.0.2.4 10.0.2.15 10.0.2.16");
        assertThat(derived("addresses", "10.0.2.4"))
                .as("one that it holds already")
                .containsEntry("new-pool-servers", "10.0.2.4");
    }

    @Test
    void aPoolIsNotRenewedByGuesses() {
        assertThat(derived("vm", "vm-web")).doesNotContainKey("new-pool-servers");
        Map<String, String> elsewhere = new HashMap<>(POOL);
        elsewhere.put("servers", "10.0.9.9");
        elsewhere.put("successors", "10.0.2.15");
        DerivedValues.addTo(elsewhere);
        assertThat(elsewhere).as("servers of another pool").doesNotContainKey("new-pool-servers");
    }

    @Test
    void whatStandsBehindAServerIsNamedByItsKind() {
        assertThat(
                        derived(
                                "member-id",
                                "/subscriptions/s/resourceGroups/rg-app/providers/Microsoft.ContainerInstance/containerGroups/shop"))
                .containsEntry("container-group", "shop")
                .containsEntry("backend-resource-group", "rg-app");
    }

    private static Map<String, String> derived(String name, String value) {
        Map<String, String> values = new HashMap<>(POOL);
        values.put(name, value);
        DerivedValues.addTo(values);
        return values;
    }
}
