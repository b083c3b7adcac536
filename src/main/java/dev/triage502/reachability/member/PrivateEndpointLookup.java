package dev.triage502.reachability.member;

import dev.triage502.evidence.AzureServiceDomains;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.PrivateEndpoint;
import dev.triage502.evidence.Reading;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.HostName;
import dev.triage502.incident.ResourceId;
import dev.triage502.incident.Wording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which private endpoints lead to the service that a name stands for? */
public final class PrivateEndpointLookup {

    /** Further names of which the first label is the name of the resource that serves them: of data bases, vaults … */
    private static final List<HostName> OF_SERVICES = Stream.of(
                    "windows.net", "azure.net", "usgovcloudapi.net", "azure.us", "chinacloudapi.cn", "azure.cn")
            .map(HostName::of)
            .toList();

    /** Services whose names begin with the resource's own. */
    private static final Set<AzureServiceDomains> NAMED_BY_RESOURCE = EnumSet.of(
            AzureServiceDomains.APP_SERVICE,
            AzureServiceDomains.API_MANAGEMENT,
            AzureServiceDomains.STORAGE,
            AzureServiceDomains.STATIC_WEB_APPS);

    private final Map<ResourceId, PrivateEndpoint> byId = new HashMap<>();
    private final Map<HostName, List<PrivateEndpoint>> byName = new HashMap<>();
    private final Map<ArmName, List<PrivateEndpoint>> byService = new HashMap<>();

    public PrivateEndpointLookup(Reading<Network> network, BackendResources members) {
        List<PrivateEndpoint> all = network.toOptional()
                .flatMap(read -> read.endpoints().toOptional())
                .orElse(List.of());
        for (PrivateEndpoint endpoint : all) {
            byId.putIfAbsent(endpoint.id(), endpoint);
            if (!isConnected(endpoint)) {
                continue;
            }
            TreeSet<HostName> names = new TreeSet<>(members.namesOf(endpoint.service()));
            endpoint.names().forEach(name -> names.add(HostName.of(name)));
            names.stream()
                    .filter(name -> endpoint.mayLeadTo(name.toString()))
                    .forEach(name -> add(byName, name, endpoint));
            add(byService, ArmName.of(endpoint.service().name()), endpoint);
        }
        Stream.concat(byName.values().stream(), byService.values().stream())
                .forEach(each -> each.sort(Comparator.comparing(PrivateEndpoint::id)));
    }

    private static <K> void add(Map<K, List<PrivateEndpoint>> index, K key, PrivateEndpoint endpoint) {
        index.computeIfAbsent(key, each -> new ArrayList<>()).add(endpoint);
    }

    /** Those whose connection is approved, in the order of their ids. */
    public List<PrivateEndpoint> of(String name) {
        HostName host = HostName.of(name);
        List<PrivateEndpoint> known = byName.get(host);
        if (known != null) {
            return known;
        }
        boolean ofService = OF_SERVICES.stream().anyMatch(host::isBelow)
                || AzureServiceDomains.of(name)
                        .filter(NAMED_BY_RESOURCE::contains)
                        .isPresent();
        return ofService
                ? byService.getOrDefault(ArmName.of(name.split("\\.", 2)[0]), List.of()).stream()
                        .filter(each -> each.mayLeadTo(name))
                        .toList()
                : List.of();
    }

    /** Whether its connection was approved, as far as that is said: until then, and after, it leads nowhere. */
    public static boolean isConnected(PrivateEndpoint endpoint) {
        return endpoint.status().isEmpty() || Wording.of(endpoint.status()).is("approved");
    }

    /** Any endpoint, approved or not. */
    public Optional<PrivateEndpoint> byId(ResourceId id) {
        return Optional.ofNullable(byId.get(id));
    }
}
