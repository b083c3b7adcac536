package dev.triage502.analysis.gateway;

import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Pool;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ArmName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The configuration that runs, which after a refused write is not the one that the gateway's document holds. */
public final class RunningConfiguration {

    private RunningConfiguration() {}

    /** Health is judged against the configuration that runs: other addresses than the document's are an older one's. */
    public static Stream<Finding> differs(Gateway gateway, BackendHealth health) {
        Map<ArmName, List<String>> probed = health.servers().stream()
                .collect(Collectors.groupingBy(
                        server -> ArmName.of(server.pool()),
                        Collectors.mapping(BackendHealth.Server::address, Collectors.toList())));
        return gateway.pools().stream()
                .filter(pool -> pool.whole()
                        && !pool.members().isEmpty()
                        && pool.interfaces().isEmpty())
                .filter(pool -> !holdsAll(pool, probed.getOrDefault(ArmName.of(pool.name()), List.of())))
                .map(pool -> Finding.of(
                        Source.BACKEND_HEALTH,
                        gateway.target(),
                        pool.name() + " is probed at addresses that are not in its configuration"));
    }

    private static boolean holdsAll(Pool pool, List<String> addresses) {
        Set<String> members = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        members.addAll(pool.members());
        return members.containsAll(addresses);
    }
}
