package dev.triage502.reachability.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Source;
import dev.triage502.incident.HostName;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.Observations;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopologyTest {

    private static Topology topology(Scene scene) {
        Evidence evidence = scene.evidence();
        return new Topology(evidence, new Observations(evidence));
    }

    @Test
    void whatFillsAPoolIsNoStray() {
        Scene scene = new Scene()
                .pool("web", 80, "10.0.2.4")
                .scaleSet("vmss-1", Power.UNSAID, List.of("pool-web"), Scene.instance("vmss-1", 0, Power.STOPPED))
                .scaleSet("vmss-2", Power.UNSAID, List.of(), Scene.instance("vmss-2", 0, Power.STOPPED));

        Topology topology = topology(scene);

        assertThat(topology.isPlaced(Scene.setId("vmss-1"))).isTrue();
        assertThat(topology.isPlaced(Scene.setId("vmss-2"))).isFalse();
        assertThat(topology.strayStopped())
                .extracting(each -> each.id().toString())
                .isNotEmpty()
                .allMatch(id -> id.contains("vmss-2"));
    }

    @Test
    void withoutTheGatewayNothingIsKnownOfAnyWay() {
        Topology topology = topology(new Scene().pool("web", 80, "10.0.2.4").withoutGateway());

        assertThat(topology.lacking())
                .hasValueSatisfying(why -> assertThat(why.source()).isEqualTo(Source.GATEWAY));
        assertThat(topology.network().toOptional().map(Network::virtualNetworks))
                .isPresent();
    }

    /** Requests tell where a name leads only if no other name of its pool could have got them. */
    @Test
    void requestsTellWhereTheOnlyNameOfAPoolLeads() {
        Scene alone = new Scene().pool("web", 443, "app.example.com");
        Scene two = new Scene().pool("web", 443, "app.example.com", "app2.example.com");

        assertThat(routed(alone)).containsExactly(HostName.of("10.0.2.4"));
        assertThat(routed(two)).isEmpty();
    }

    private static List<HostName> routed(Scene scene) {
        Evidence evidence = scene.served("10:00:00", "Pool-Web", "10.0.2.4").evidence();
        Observations observed = new Observations(evidence);
        BackendServer server = observed.servers().get(0);
        return new Topology(evidence, observed).addresses().routed(server);
    }
}
