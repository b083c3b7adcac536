package dev.triage502.reachability.member;

import dev.triage502.evidence.AzureServiceDomains;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.PrivateEndpoint;
import dev.triage502.evidence.Reading;
import dev.triage502.incident.ResourceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which private endpoints lead to the service that a name stands for? */
public final class PrivateEndpointLookup {

    /** Further names of which the first label is the name of the resource that serves them: of data bases, vaults … */
    private static final List<String> OF_SERVICES =
            List.of(".windows.net", ".azure.net", ".usgovcloudapi.net", ".azure.us", ".chinacloudapi.cn", ".azure.cn");

    /** Services whose names begin with the resource's own. */
    private static final Set<AzureServiceDomains> NAMED_BY_RESOURCE = EnumSet.of(
            AzureServiceDomains.APP_SERVICE,
            AzureServiceDomains.API_MANAGEMENT,
            AzureServiceDomains.STORAGE,
            AzureServiceDomains.STATIC_WEB_APPS);

    private final Map<ResourceId, PrivateEndpoint> byId = new HashMap<>();
    private final Map<String, List<PrivateEndpoint>> byName = new HashMap<>();
    private final Map<String, List<PrivateEndpoint>> byService = new HashMap<>();

    public PrivateEndpointLookup(Reading<Network> network, BackendResources members) {
        List<PrivateEndpoint> all = network.toOptional()
                .flatMap(read -> read.endpoints().toOptional())
                .orElse(List.of());
        for (PrivateEndpoint endpoint : all) {
            byId.putIfAbsent(endpoint.id(), endpoint);
            if (!isConnected(endpoint)) {
                continue;
            }
            TreeSet<String> names = new TreeSet<>(members.namesOf(endpoint.service()));
            endpoint.names().forEach(name -> names.add(lower(name)));
            names.forEach(name -> add(byName, name, endpoint));
            add(byService, lower(endpoint.service().name()), endpoint);
        }
        List.of(byName, byService)
                .forEach(index -> index.values().forEach(each -> each.sort(Comparator.comparing(PrivateEndpoint::id))));
    }

    private static void add(Map<String, List<PrivateEndpoint>> index, String key, PrivateEndpoint endpoint) {
        index.computeIfAbsent(key, each -> new ArrayList<>()).add(endpoint);
    }

    /** Those whose connection is approved, in the order of their ids. */
    public List<PrivateEndpoint> of(String name) {
        String lower = lower(name);
        List<PrivateEndpoint> known = byName.get(lower);
        if (known != null) {
            return known;
        }
        boolean ofService = OF_SERVICES.stream().anyMatch(lower::endsWith)
                || AzureServiceDomains.of(lower)
                        .filter(NAMED_BY_RESOURCE::contains)
                        .isPresent();
        return ofService ? byService.getOrDefault(lower.split("\\.", 2)[0], List.of()) : List.of();
    }

    /** Whether its connection was approved, as far as that is said: until then, and after, it leads nowhere. */
    public static boolean isConnected(PrivateEndpoint endpoint) {
        return endpoint.status().isEmpty() || endpoint.status().equalsIgnoreCase("Approved");
    }

    /** Any endpoint, approved or not. */
    public Optional<PrivateEndpoint> byId(ResourceId id) {
        return Optional.ofNullable(byId.get(id));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
