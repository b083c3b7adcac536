package dev.triage502.diagnosis;

import dev.triage502.evidence.AzureServiceDomains;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.BackendHealth.Server;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Source;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How to get at what stands behind the servers: virtual machines, or the service of Azure's that their names belong to. */
final class BackendPages {

    private static final String MACHINES = Source.BACKENDS.hyphenated();

    private static final Map<AzureServiceDomains, String> OF_SERVICES = Map.of(
            AzureServiceDomains.APP_SERVICE, "backends-app-service",
            AzureServiceDomains.STORAGE, "backends-storage",
            AzureServiceDomains.CONTAINER_APPS, "backends-container-apps");

    private BackendPages() {}

    /** The page for the first server that fails or, where none is seen to, for the first member of a pool. */
    static String of(Evidence evidence) {
        Stream<String> failing = evidence.probeResults().toOptional().stream()
                .flatMap(BackendHealth::failing)
                .map(Server::address);
        Stream<String> members = evidence.gateway().toOptional().stream()
                .flatMap(gateway -> gateway.pools().stream())
                .flatMap(pool -> pool.members().stream());
        Optional<String> first = Stream.concat(failing, members).findFirst();
        return first.flatMap(AzureServiceDomains::of).map(OF_SERVICES::get).orElse(MACHINES);
    }
}
