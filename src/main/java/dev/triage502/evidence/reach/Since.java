package dev.triage502.evidence.reach;

import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.Network.PrivateEndpoint;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.reach.Outcome.Claim;
import dev.triage502.incident.ResourceId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What was made for a name after the gateway was last written or started, which is when it asks anew for every name
 * and keeps what it got?
 */
final class Since {

    private static final List<String> DNS =
            List.of("microsoft.network/privatednszones/", "microsoft.network/privateendpoints/");

    private static final List<String> SERVING = List.of(
            "microsoft.web/sites/write",
            "microsoft.app/containerapps/write",
            "microsoft.app/managedenvironments/write",
            "microsoft.storage/storageaccounts/write",
            "microsoft.apimanagement/service/write",
            "microsoft.compute/virtualmachines/write");

    private final Changes changes;
    private final Names names;

    Since(Changes changes, Names names) {
        this.changes = changes;
        this.names = names;
    }

    /** A private endpoint, or a zone, link or record, that gives the name a new address. */
    Optional<Claim> newWay(Server server) {
        return made(server, operation -> isOf(operation, DNS) && concerns(operation, server))
                .map(operation -> claim(server, operation, "it still holds what the name led to before"));
    }

    /** The backend itself, or whatever gives its name an address for the first time. */
    Optional<Claim> newBackend(Server server) {
        return made(
                        server,
                        operation -> (isOf(operation, DNS) && concerns(operation, server))
                                || (isOf(operation, SERVING) && isNamed(operation.resource(), server)))
                .map(operation -> claim(server, operation, "the name had no address when it last asked"));
    }

    private Optional<Operation> made(Server server, Predicate<Operation> wanted) {
        Optional<Instant> asked = changes.all()
                .filter(each ->
                        each.name().toLowerCase(Locale.ROOT).startsWith("microsoft.network/applicationgateways/"))
                .map(Operation::ended)
                .max(Instant::compareTo);
        return changes.all()
                .filter(each -> each.name().toLowerCase(Locale.ROOT).endsWith("/write"))
                .filter(wanted)
                .filter(each -> asked.isEmpty() || each.started().isAfter(asked.get()))
                .reduce((first, second) -> second);
    }

    private static boolean isOf(Operation operation, List<String> kinds) {
        String name = operation.name().toLowerCase(Locale.ROOT);
        return kinds.stream().anyMatch(name::startsWith);
    }

    /** Whether an endpoint leads to the name's service, or a zone holds the name. */
    private boolean concerns(Operation operation, Server server) {
        ResourceId id = operation.resource();
        List<PrivateEndpoint> endpoints = names.endpointsOf(server.address());
        if (endpoints.stream().anyMatch(each -> id.isWithin(each.id()))) {
            return true;
        }
        String zone = id.after("privateDnsZones").toLowerCase(Locale.ROOT);
        String base = zone.startsWith("privatelink.") ? zone.substring("privatelink.".length()) : zone;
        return !base.isEmpty() && server.address().toLowerCase(Locale.ROOT).endsWith("." + base);
    }

    private static boolean isNamed(ResourceId id, Server server) {
        String host = server.address().toLowerCase(Locale.ROOT);
        String name = id.name().toLowerCase(Locale.ROOT);
        return host.startsWith(name + ".") || host.contains("." + name + ".");
    }

    private static Claim claim(Server server, Operation operation, String so) {
        return Claim.of(
                        Source.ACTIVITY_LOG,
                        server.address(),
                        operation.resource().name() + " was made (" + operation.name() + " by " + operation.caller()
                                + ") and the gateway not written or started after that, so " + so)
                .at(operation.started())
                .ofEachServer();
    }
}
