package dev.triage502.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Diagnosis;
import dev.triage502.diagnosis.Diagnosis.Difference;
import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.diagnosis.Diagnosis.PoolHealth;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.RequestDimension;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What stands in a command comes from the part at fault, before what is known of the gateway. */
class PlaceholderValuesTest {

    private static final String ROUTING_RULE = Diagnoses.INCIDENT.gateway() + "/requestRoutingRules/rule $(x)";

    @Test
    void aTargetNamesItselfAndWhereItStands() {
        Target server =
                Target.server("10.0.2.4", "orders").on(Place.RULE, "rule $(x)").on(Place.SETTING, "bs-web");

        assertThat(values(server, Finding.of(Source.BACKEND_HEALTH, server, "fails")))
                .containsEntry("target-kind", "server")
                .containsEntry("server", "10.0.2.4")
                .containsEntry("pool", "orders")
                .containsEntry("routing-rule", "rule $(x)")
                .containsEntry("setting", "bs-web");
        assertThat(values(Target.of(Kind.ROUTING_RULE, "rule $(x)", ROUTING_RULE)))
                .containsEntry("target", "rule $(x)")
                .containsEntry("target-id", ROUTING_RULE)
                .doesNotContainKeys("server", "setting", "network-manager");
    }

    @Test
    void aSecurityAdminRuleNamesItsNetworkManager() {
        Target rule = Target.of(Kind.ADMIN_RULE, "no-web", "/r/no-web").on(Place.NETWORK_MANAGER, "nm (prod)");

        assertThat(values(rule)).containsEntry("network-manager", "nm (prod)").doesNotContainKey("nsg");
    }

    @Test
    void whatAFindingCarriesGoesFirst() {
        Target server = Target.server("10.0.2.4", "orders");
        Finding finding = Finding.of(Source.NETWORK, server, "seen").with("pool", "pool-of-the-finding");

        assertThat(values(server, finding)).containsEntry("pool", "pool-of-the-finding");
    }

    @Test
    void allMachinesAtFaultAreNamedThoughEachIsAFindingOfItsOwn() {
        Target server = Target.server("10.0.2.4", "orders");
        Finding one = Finding.of(Source.BACKENDS, server, "stopped").with("member-id", vm("vm-1"));
        Finding two = Finding.of(Source.BACKENDS, Target.server("10.0.2.5", "orders"), "stopped")
                .with("member-id", vm("vm-2"));
        Finding app = Finding.of(Source.BACKENDS, Target.server("a.example.com", "orders"), "stopped")
                .with("member-id", "/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/a");

        assertThat(values(server, one, two, app))
                .containsEntry("member-ids", vm("vm-1") + " " + vm("vm-2"))
                .containsEntry("vm", "vm-1");
    }

    @Test
    void aPartOfAPoolIsCountedWhereOthersServe() {
        NamedCause stopped = new NamedCause(
                "backends-stopped",
                Diagnoses.certificateExpired().root().confidence(),
                Optional.empty(),
                Optional.of(Target.server("10.0.2.4", "orders")),
                List.of(Target.server("10.0.2.5", "orders")),
                List.of(),
                Optional.empty(),
                Map.of());

        assertThat(PlaceholderValues.of(withHealthy(1), stopped)).containsEntry("down-part", "2 of 3 servers");
        assertThat(PlaceholderValues.of(withHealthy(0), stopped)).doesNotContainKey("down-part");
    }

    private static Diagnosis withHealthy(int healthy) {
        return Diagnosis.builder()
                .incident(Diagnoses.INCIDENT)
                .root(Diagnoses.nothingRead().root())
                .poolHealth(Optional.of(new PoolHealth("orders", healthy, 3)))
                .build();
    }

    private static String vm(String name) {
        return "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/" + name;
    }

    @Test
    void aSourceThatWasNotReadHasAValueWithItsReason() {
        Diagnosis nothing = Diagnoses.nothingRead();
        assertThat(PlaceholderValues.of(nothing, nothing.root()))
                .containsEntry("unread-access-log", "forbidden")
                .containsEntry("unread-gateway", "forbidden")
                .containsEntry("unread-backends", "forbidden")
                .containsEntry("unread-backend-health", "forbidden")
                .containsEntry("unread-network", "forbidden");
        Diagnosis read = Diagnoses.certificateExpired();
        assertThat(PlaceholderValues.of(read, read.root()))
                .containsEntry("unread-resource-health", "forbidden")
                .doesNotContainKeys("unread-access-log", "unread-backend-health", "unread-network");
    }

    @Test
    void theInstanceWhoseRequestsFailIsNamedUnlessOneServerFailsThem() {
        assertThat(ofDifferences(RequestDimension.INSTANCE))
                .containsEntry("gateway-instance", "instance_1")
                .containsEntry("failing-instance", "instance_1")
                .doesNotContainKey("failing-instances");
        assertThat(ofDifferences(RequestDimension.INSTANCE, RequestDimension.SERVER))
                .doesNotContainKey("gateway-instance");
        assertThat(ofDifferences(RequestDimension.HOST)).doesNotContainKey("gateway-instance");
    }

    private static Map<String, String> ofDifferences(RequestDimension... dimensions) {
        Diagnosis nothing = Diagnoses.nothingRead();
        Diagnosis.Builder diagnosis = Diagnosis.builder()
                .incident(nothing.incident())
                .root(nothing.root())
                .differences(Stream.of(dimensions)
                        .map(each -> new Difference(
                                "orders",
                                each,
                                List.of("instance_1"),
                                5,
                                new Difference.Share(5, 5),
                                new Difference.Share(0, 9),
                                "x"))
                        .toList());
        return PlaceholderValues.of(diagnosis.build(), nothing.root());
    }

    @Test
    void theLastFailureIsKnownWhereRequestsFailed() {
        Diagnosis failed = Diagnoses.certificateExpired();
        assertThat(PlaceholderValues.of(failed, failed.root())).containsKey("last-failure");
        Diagnosis nothing = Diagnoses.nothingRead();
        assertThat(PlaceholderValues.of(nothing, nothing.root())).doesNotContainKeys("first-failure", "last-failure");
    }

    private static Map<String, String> values(Target target, Finding... findings) {
        return PlaceholderValues.of(
                Diagnoses.nothingRead(),
                new NamedCause(
                        "nsg-blocks-backend",
                        Diagnoses.certificateExpired().root().confidence(),
                        Optional.empty(),
                        Optional.of(target),
                        List.of(),
                        List.of(findings),
                        Optional.empty(),
                        Map.of()));
    }
}
