package dev.triage502.reachability.check;

import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.Network.PrivateEndpoint;
import dev.triage502.evidence.OperationPhrase;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.HostName;
import dev.triage502.incident.ResourceId;
import dev.triage502.incident.Wording;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.name.NameResolution;
import dev.triage502.reachability.name.ZoneName;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.Observations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was made for a name after the gateway was last written or started, which is when it asks anew for every name
 * and keeps what it got?
 */
final class DnsChangesSinceRefresh {

    private static final String ZONES = "microsoft.network/privatednszones/";
    private static final String ENDPOINTS = "microsoft.network/privateendpoints/";

    private static final List<String> SERVING = List.of(
            "microsoft.web/sites/write",
            "microsoft.app/containerapps/write",
            "microsoft.app/managedenvironments/write",
            "microsoft.storage/storageaccounts/write",
            "microsoft.apimanagement/service/write",
            "microsoft.compute/virtualmachines/write");

    /** An operation and its place in the log. */
    private record Made(int place, Operation operation) {}

    private final NameResolution names;
    private final Map<HostName, Made> domains = new HashMap<>();
    private final Map<ResourceId, Made> endpoints = new HashMap<>();
    private final Map<ArmName, Made> serving = new HashMap<>();

    DnsChangesSinceRefresh(Topology topology, Observations observed) {
        this.names = topology.names();
        ResourceId gateway = observed.incident().gateway();
        Optional<Instant> asked = observed.changes()
                .all()
                .filter(each -> each.resource().equals(gateway) && makesItAsk(each))
                .map(Operation::ended)
                .max(Instant::compareTo);
        List<Operation> later = observed.changes()
                .all()
                .filter(each -> asked.isEmpty() || each.started().isAfter(asked.get()))
                .toList();
        for (int i = 0; i < later.size(); i++) {
            add(new Made(i, later.get(i)));
        }
    }

    /** Only these give a gateway its configuration anew; reading its health leaves it as it is. */
    private static boolean makesItAsk(Operation operation) {
        return operation.is("Microsoft.Network/applicationGateways/write")
                || operation.is("Microsoft.Network/applicationGateways/start/action");
    }

    private void add(Made made) {
        Wording name = Wording.of(made.operation().name());
        ResourceId id = made.operation().resource();
        if (!name.endIn("/write")) {
            return;
        }
        if (name.startWith(ZONES)) {
            domains.put(ZoneName.of(id.after("privateDnsZones")).domain(), made);
        } else if (name.startWith(ENDPOINTS)) {
            endpoints.put(endpoint(id), made);
        } else if (SERVING.stream().anyMatch(name::startWith)) {
            serving.put(ArmName.of(id.name()), made);
        }
    }

    /** The endpoint that an operation was done to, or to a part of: its group of zones is one. */
    private static ResourceId endpoint(ResourceId id) {
        ResourceId endpoint = id;
        while (!endpoint.parent().equals(endpoint)
                && !endpoint.parent().key().endsWith("/providers/microsoft.network")) {
            endpoint = endpoint.parent();
        }
        return endpoint;
    }

    /** A private endpoint, or a zone, link or record, that gives the name a new address. */
    Optional<Claim> newWay(BackendServer server) {
        return last(ways(server)).map(each -> claim(server, each, "it still uses the old address"));
    }

    /** The backend itself, or whatever gives its name an address for the first time. */
    public Optional<Claim> newBackend(BackendServer server) {
        return last(Stream.concat(ways(server), servers(server)))
                .map(each -> claim(server, each, "it has not seen the new name yet"));
    }

    private static Optional<Operation> last(Stream<Made> made) {
        return made.max(Comparator.comparingInt(Made::place)).map(Made::operation);
    }

    /** PrivateEndpointLookup that lead to the name's service, and zones that hold the name. */
    private Stream<Made> ways(BackendServer server) {
        Stream<Made> byEndpoint = names.endpointsOf(server.address()).stream()
                .map(PrivateEndpoint::id)
                .flatMap(id -> Stream.ofNullable(endpoints.get(id)));
        Stream<Made> byZone = ZoneName.domainsOf(server.host()).stream()
                .skip(1)
                .flatMap(domain -> Stream.ofNullable(domains.get(domain)));
        return Stream.concat(byEndpoint, byZone);
    }

    /** What is named as a part of the name is. */
    private Stream<Made> servers(BackendServer server) {
        List<String> labels = List.of(server.address().split("\\."));
        List<String> parts = new ArrayList<>();
        for (int from = 0; from < labels.size(); from++) {
            for (int to = from + 1; to < labels.size(); to++) {
                parts.add(String.join(".", labels.subList(from, to)));
            }
        }
        return parts.stream().flatMap(part -> Stream.ofNullable(serving.get(ArmName.of(part))));
    }

    private static Claim claim(BackendServer server, Operation operation, String so) {
        return Claim.of(
                        Source.ACTIVITY_LOG,
                        server.address(),
                        OperationPhrase.of(operation).passive()
                                + "; the gateway has not been updated or restarted since, so " + so)
                .at(operation.started())
                .ofEachServer();
    }
}
