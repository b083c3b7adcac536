package dev.triage502.reachability.check;

import static dev.triage502.reachability.check.Scene.siteId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.Evidence;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.member.PrivateEndpointLookup;
import dev.triage502.reachability.server.Observations;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which private endpoints lead to the service that a name stands for. */
class PrivateEndpointLookupTest {

    private static PrivateEndpointLookup lookup(Scene scene) {
        Evidence evidence = scene.evidence();
        Topology topology = new Topology(evidence, new Observations(evidence));
        return new PrivateEndpointLookup(evidence.network(), topology.members());
    }

    private static List<String> of(Scene scene, String name) {
        return lookup(scene).of(name).stream().map(each -> each.id().name()).toList();
    }

    private static Scene scene() {
        return new Scene()
                .endpoint("pe-2", siteId("shop"), "listed.example", "10.0.2.10", "snet-app")
                .endpoint("pe-1", siteId("shop"), "Listed.example", "10.0.2.9", "snet-app");
    }

    @Test
    void thoseThatListTheNameInTheOrderOfTheirIds() {
        assertThat(of(scene(), "LISTED.example")).containsExactly("pe-1", "pe-2");
    }

    @Test
    void thoseOfTheAppThatServesTheName() {
        Scene scene = scene().site("shop", Power.RUNNING, "Running", "www.shop.example");

        assertThat(of(scene, "www.shop.example")).containsExactly("pe-1", "pe-2");
        assertThat(of(scene(), "www.shop.example"))
                .as("whose name it is was not read")
                .isEmpty();
    }

    /** The first part of such a name is the resource's own. */
    @ParameterizedTest
    @CsvSource({
        "shop.azurewebsites.net,true",
        "SHOP.blob.core.windows.net,true",
        "shop.vault.azure.net,true",
        "shop.example.com,false",
        "cart.azurewebsites.net,false",
        "shop.hill.azurecontainerapps.io,false"
    })
    void thoseOfTheServiceThatANameOfAzuresBeginsWith(String name, boolean found) {
        assertThat(of(scene(), name)).hasSize(found ? 2 : 0);
    }

    @ParameterizedTest
    @CsvSource({"Approved,true", "'',true", "Pending,false", "Rejected,false"})
    void onlyOneWhoseConnectionIsApprovedLeadsAnywhere(String status, boolean leads) {
        Scene scene = scene().connection("pe-1", status);

        assertThat(of(scene, "listed.example").contains("pe-1")).isEqualTo(leads);
        assertThat(lookup(scene).byId(ResourceId.of(Scene.RESOURCES + "Microsoft.Network/privateEndpoints/pe-1")))
                .as("it is there all the same")
                .isPresent();
    }
}
