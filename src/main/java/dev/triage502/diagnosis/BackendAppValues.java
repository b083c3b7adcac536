package dev.triage502.diagnosis;

import dev.triage502.evidence.AzureServiceDomains;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Backends.ContainerApp;
import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.Backends.PrivateDomain;
import dev.triage502.evidence.Backends.Site;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.ServiceAccess;
import dev.triage502.evidence.ServiceAccess.Kind;
import dev.triage502.incident.HostName;
import dev.triage502.incident.ResourceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Which App Service app, container app or API Management service is behind a server? There no machine is to be signed in to or enlarged. */
final class BackendAppValues {

    private BackendAppValues() {}

    /**
     * @param pool   the pool that suffers; its members are looked at where no server is known
     * @param server the server that suffers, or an empty string
     * @return {@code site} with {@code plan-id} and {@code power}, which is {@code running} where it runs, or {@code container-app} with {@code
     *     scales-to-zero} where it keeps no replica while nobody asks for it, or {@code api-management}; {@code
     *     backend-resource-group}. Empty where no app is
     *     behind it, or two different ones are, or it is a slot of an app
     */
    static Map<String, String> of(Evidence evidence, Optional<String> pool, String server) {
        List<String> names = server.isEmpty()
                ? pool.flatMap(name -> evidence.gateway().toOptional().flatMap(gateway -> gateway.pool(name)))
                        .map(each -> List.copyOf(each.members()))
                        .orElse(List.of())
                : List.of(server);
        List<Map<String, String>> found = names.stream()
                .map(name -> of(evidence.backends().toOptional(), name))
                .distinct()
                .toList();
        return found.size() == 1 ? found.get(0) : Map.of();
    }

    private static Map<String, String> of(Optional<Backends> backends, String name) {
        String host = HostName.of(name).inLowerCase();
        return Stream.concat(
                        backends.stream()
                                .flatMap(each -> each.sites().stream())
                                .filter(site -> site.hostNames().contains(host))
                                .map(BackendAppValues::site),
                        backends.stream()
                                .flatMap(each -> each.containerApps().stream())
                                .filter(app -> app.hostNames().contains(host))
                                .map(BackendAppValues::containerApp))
                .findFirst()
                .or(() -> backends.flatMap(each -> apiManagement(each, host)))
                .orElseGet(() -> byName(host));
    }

    /** The API Management service of a name or a private address; those that are open to the internet are not known here. */
    private static Optional<Map<String, String>> apiManagement(Backends backends, String host) {
        Stream<ResourceId> named = backends.access().stream()
                .filter(each -> each.kind() == Kind.API_MANAGEMENT
                        && each.names().stream().anyMatch(host::equalsIgnoreCase))
                .map(ServiceAccess::service);
        Stream<ResourceId> internal = backends.privateDomains().stream()
                .filter(each -> !each.owner().after("service").isEmpty())
                .filter(each -> each.address().equals(host)
                        || each.domain().inLowerCase().equals(host))
                .map(PrivateDomain::owner);
        return Stream.concat(named, internal)
                .findFirst()
                .map(id -> Map.of("api-management", id.name(), "backend-resource-group", id.resourceGroup()));
    }

    private static Map<String, String> site(Site site) {
        TreeMap<String, String> values = new TreeMap<>();
        // The commands for a slot have its name as well.
        if (site.id().after("slots").isEmpty()) {
            values.put("site", site.id().name());
            values.put("backend-resource-group", site.id().resourceGroup());
            if (site.power() == Power.RUNNING) {
                values.put("power", "running");
            }
            site.plan().map(ResourceId::toString).ifPresent(plan -> values.put("plan-id", plan));
        }
        return values;
    }

    private static Map<String, String> containerApp(ContainerApp app) {
        TreeMap<String, String> values = new TreeMap<>();
        values.put("container-app", app.id().name());
        values.put("backend-resource-group", app.id().resourceGroup());
        if (app.scalesToZero()) {
            values.put("scales-to-zero", "yes");
        }
        return values;
    }

    /** {@code orders.…} of the app, {@code orders--v2.…} of its revision v2, {@code orders---blue.…} of what is labelled blue. */
    private static Map<String, String> byName(String host) {
        boolean app = AzureServiceDomains.of(host)
                .filter(AzureServiceDomains.CONTAINER_APPS::equals)
                .isPresent();
        return app ? Map.of("container-app", host.split("\\.")[0].split("--")[0]) : Map.of();
    }
}
