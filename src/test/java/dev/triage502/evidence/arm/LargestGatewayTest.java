package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.Reading;
import org.junit.jupiter.api.Test;

class LargestGatewayTest {

    private static final int OTHERS = 12;

    @Test
    void readsAllOfTheLargestGateway() {
        Evidence evidence = EvidenceReader.read(LargestGateway.incident(), LargestGateway.documents(OTHERS));

        Gateway gateway = present(evidence.gateway());
        assertThat(gateway.listeners()).hasSize(LargestGateway.PARTS);
        assertThat(gateway.rules()).hasSize(4 * LargestGateway.PARTS);
        assertThat(gateway.associations()).hasSize(LargestGateway.PARTS);
        assertThat(gateway.pool("p0").orElseThrow().members()).hasSize(LargestGateway.SERVERS_IN_LARGEST_POOL);

        int servers = LargestGateway.SERVERS_IN_LARGEST_POOL + (LargestGateway.PARTS - 1) * OTHERS;
        assertThat(present(evidence.backendHealth()).servers()).hasSize(servers);
        assertThat(present(evidence.probeResults()).failingWith(ProbeFailure.CANNOT_CONNECT))
                .hasSize(LargestGateway.SERVERS_IN_LARGEST_POOL / 10 + LargestGateway.PARTS - 1);

        assertThat(present(evidence.accessLog()).rows()).hasSize(LargestGateway.LOG_GROUPS);
        assertThat(present(evidence.accessLog()).rows())
                .allSatisfy(row -> assertThat(gateway.pools())
                        .extracting(Gateway.Pool::name)
                        .contains(row.pool()));
        assertThat(present(evidence.metrics()).of("UnhealthyHostCount")).hasSize(LargestGateway.PARTS);
        assertThat(present(evidence.activityLog()).operations()).hasSize(500);

        Network network = present(evidence.network());
        Network.SecurityGroup group =
                present(network.securityGroups().values().iterator().next());
        assertThat(group.rules()).hasSize(LargestGateway.SECURITY_RULES + 6);
        assertThat(present(network.routeTables().values().iterator().next()).routes())
                .hasSize(LargestGateway.ROUTES);
        assertThat(present(network.interfaces())).hasSize(LargestGateway.SERVERS_IN_LARGEST_POOL);

        assertThat(present(evidence.backends()).machines()).hasSize(LargestGateway.SERVERS_IN_LARGEST_POOL);
        assertThat(present(evidence.directProbes()).probes())
                .allSatisfy(look -> assertThat(look.targets()).hasSize(1));
    }

    private static <T> T present(Reading<T> reading) {
        return reading.toOptional().orElseThrow(() -> new AssertionError(reading));
    }
}
