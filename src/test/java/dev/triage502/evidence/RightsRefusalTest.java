package dev.triage502.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.ActivityLog.Outcome;
import dev.triage502.incident.ResourceId;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A role is given to an object id: Azure's refusal has it, and the name of a managed identity is no help. */
class RightsRefusalTest {

    private static final String WHO = "The client 'x' with object id 'f42ea81c-90a1-5f12-9879-c6a8d3a0efe9' ";
    private static final String SUBNET =
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/agw";

    @Test
    void takesTheObjectIdFromTheRefusal() {
        String own = WHO + "does not have authorization to perform action 'a/write' over scope '/subscriptions/s'.";

        assertThat(RightsRefusal.of(operation(own, Outcome.FAILED))).hasValueSatisfying(refusal -> {
            assertThat(refusal.objectId()).isEqualTo("f42ea81c-90a1-5f12-9879-c6a8d3a0efe9");
            assertThat(refusal.linkedScope()).isEmpty();
        });
        assertThat(RightsRefusal.of(operation("The scope is invalid.", Outcome.FAILED)))
                .isEmpty();
        assertThat(RightsRefusal.of(operation(own, Outcome.SUCCEEDED))).isEmpty();
    }

    @Test
    void takesTheLinkedResourceWhereThereIsOne() {
        String linked =
                WHO + "has permission to perform action 'a/write' on scope '/subscriptions/s'; however, it does not"
                        + " have permission to perform action(s) 'join/action' on the linked scope(s) '" + SUBNET
                        + "' (respectively) or the linked scope(s) are invalid.";
        String several = linked.replace(SUBNET + "'", SUBNET + "," + SUBNET + "2'");

        assertThat(RightsRefusal.of(operation(linked, Outcome.FAILED)).flatMap(RightsRefusal::linkedScope))
                .hasValue(SUBNET);
        assertThat(RightsRefusal.of(operation(several, Outcome.FAILED)).flatMap(RightsRefusal::linkedScope))
                .isEmpty();
    }

    @Test
    void namesTheRoleThatHasTheMissingRight() {
        assertThat(role("Microsoft.Network/virtualNetworks/v/subnets/agw")).hasValue("Network Contributor");
        assertThat(role("Microsoft.ManagedIdentity/userAssignedIdentities/id")).hasValue("Managed Identity Operator");
        assertThat(role("Microsoft.KeyVault/vaults/kv")).isEmpty();
    }

    private static Optional<String> role(String linked) {
        return new RightsRefusal("", Optional.of("/subscriptions/s/resourceGroups/rg/providers/" + linked))
                .linkedRole();
    }

    @Test
    void peopleAreUsers() {
        assertThat(RightsRefusal.typeOf("ops@example.com")).isEqualTo("User");
        assertThat(RightsRefusal.typeOf("sp-release")).isEqualTo("ServicePrincipal");
    }

    private static Operation operation(String message, Outcome outcome) {
        return Operation.builder()
                .name("Microsoft.Network/applicationGateways/write")
                .resource(ResourceId.of("/subscriptions/s"))
                .caller("x")
                .started(Instant.EPOCH)
                .ended(Instant.EPOCH)
                .outcome(outcome)
                .category("Administrative")
                .code("AuthorizationFailed")
                .message(message)
                .build();
    }
}
