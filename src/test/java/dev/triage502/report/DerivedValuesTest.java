package dev.triage502.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "protocol | Https | scheme | https",
                "status | 404 | status-class | 4xx",
                "host | shop.example.com | handshake-name | shop.example.com",
                "uncovered-name | a.example.com | handshake-name | a.example.com",
                "power | deallocated | power-now | stopped",
                "power | in-transition | power-now | starting or stopping",
                "restarting | yes | power-now | restarting",
                "member-id | /subscriptions/s/resourceGroups/rg/providers/Microsoft.App/containerApps/$(x) |"
                        + " container-app | $(x)",
                "server | app-shop.azurewebsites.net | site | app-shop",
            })
    void aValueFollowsFromAnother(String from, String value, String name, String expected) {
        assertThat(derived(from, value)).containsEntry(name, expected);
    }

    @Test
    void whatIsNotKnownIsNotDerived() {
        assertThat(derived("status", "timeout"))
                .doesNotContainKeys("status-class", "scheme", "handshake-name", "member-ids", "container-app", "site");
        Map<String, String> stopped = new HashMap<>(Map.of("restarting", "yes", "power", "stopped"));
        DerivedValues.addTo(stopped);
        assertThat(stopped).as("it did not come back").containsEntry("power-now", "stopped");
    }

    @Test
    void theServerAtFaultIsAskedElseOneThatFailingRequestsWentTo() {
        Map<String, String> values = new HashMap<>(Map.of("asked-server", "10.0.2.5"));
        DerivedValues.addTo(values);
        assertThat(values).containsEntry("asked-server", "10.0.2.5");
        values.put("server", "10.0.2.4");
        DerivedValues.addTo(values);
        assertThat(values).containsEntry("asked-server", "10.0.2.4");
        assertThat(derived("host", "shop.example.com")).doesNotContainKey("asked-server");
    }

    @Test
    void aServiceOfAzureHasNoMachineToInstallAnythingOn() {
        assertThat(derived("server", "stshop.z6.web.core.windows.net")).containsEntry("platform-name", "yes");
        assertThat(derived("server", "10.0.2.4")).doesNotContainKey("platform-name");
        assertThat(derived("server", "shop.internal.example")).doesNotContainKey("platform-name");
    }

    @Test
    void allMembersAreNamedWhereThereAreSeveral() {
        String machines = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/";
        assertThat(derived("member-id", machines + "a " + machines + "b"))
                .containsEntry("member-ids", machines + "a " + machines + "b")
                .containsEntry("vm", "a");
    }

    private static Map<String, String> derived(String name, String value) {
        Map<String, String> values = new HashMap<>(POOL);
        values.put(name, value);
        DerivedValues.addTo(values);
        return values;
    }
}
