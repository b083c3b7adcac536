package dev.triage502.reachability.check;

import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Pool;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.BalancerRule;
import dev.triage502.evidence.Network.LoadBalancer;
import dev.triage502.evidence.OperationPhrase;
import dev.triage502.evidence.Source;
import dev.triage502.incident.HostName;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.NameLists;
import dev.triage502.reachability.change.GatewayWriteTimes;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.Observations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Was the server's address that of a load balancer's frontend, and does the load balancer have another one now? A
 * service that is deleted and made again gets another frontend, and so does a load balancer.
 */
final class MovedFrontends {

    private static final String WRITE = "Microsoft.Network/loadBalancers/write";
    private static final String ADDRESS_DELETE = "Microsoft.Network/publicIPAddresses/delete";

    /**
     * What shows that a server's address was a frontend's.
     *
     * @param certain whether it is seen that it was one of this load balancer's, and not any public address
     */
    record Moved(List<Claim> claims, boolean certain) {
        static final Moved NOT = new Moved(List.of(), false);
    }

    private final Topology topology;
    private final GatewayWriteTimes gatewayWrites;
    private final Instant alertedAt;
    private final List<LoadBalancer> balancers;
    private final Map<ResourceId, Operation> written = new HashMap<>();
    private final List<Operation> deletedAddresses;
    private final Set<HostName> members = new HashSet<>();

    MovedFrontends(Topology topology, Observations observed, GatewayWriteTimes gatewayWrites) {
        this.topology = topology;
        this.gatewayWrites = gatewayWrites;
        this.alertedAt = observed.incident().alertedAt();
        this.balancers = topology.network()
                .toOptional()
                .map(Network::loadBalancers)
                .flatMap(dev.triage502.evidence.Reading::toOptional)
                .orElse(List.of());
        observed.changes().all().filter(each -> each.is(WRITE)).forEach(each -> written.put(each.resource(), each));
        this.deletedAddresses =
                observed.changes().all().filter(each -> each.is(ADDRESS_DELETE)).toList();
        topology.gateway().toOptional().map(Gateway::pools).orElse(List.of()).stream()
                .map(Pool::members)
                .flatMap(List::stream)
                .forEach(each -> members.add(HostName.of(each)));
    }

    /** What the load balancers show, and what was done to the one that serves now. */
    Moved of(BackendServer server) {
        if (topology.lacking().isPresent() || topology.members().isHeld(server.address())) {
            return Moved.NOT;
        }
        return balancers.stream()
                .flatMap(balancer -> balancer.rules().stream()
                        .filter(rule -> fits(server, rule))
                        .flatMap(rule ->
                                lastWrite(balancer).map(write -> moved(server, balancer, rule, write)).stream()))
                .max(Comparator.comparing(Moved::certain))
                .orElse(Moved.NOT);
    }

    private Moved moved(BackendServer server, LoadBalancer balancer, BalancerRule rule, Operation write) {
        List<Claim> claims = new ArrayList<>(claims(server, balancer, rule, write));
        if (isPrivate(server.address())) {
            return new Moved(claims, true);
        }
        // Any of Azure's load balancers in the open may have been written since; that one gave up an address is what
        // tells.
        Optional<Operation> gone = deletedAddresses.stream()
                .filter(each -> each.resource()
                        .resourceGroup()
                        .equalsIgnoreCase(balancer.id().resourceGroup()))
                .filter(each -> !each.started().isAfter(alertedAt) && !gatewayWrites.renewed(each, alertedAt))
                .findFirst();
        gone.map(each -> Claim.of(
                                Source.ACTIVITY_LOG,
                                server.address(),
                                OperationPhrase.of(each).passive() + ", after the gateway's last update")
                        .at(each.started()))
                .ifPresent(claims::add);
        return new Moved(claims, gone.isPresent());
    }

    private static boolean isPrivate(String address) {
        return IpAddresses.parse(address).filter(IpAddresses::isPrivate).isPresent();
    }

    private List<Claim> claims(BackendServer server, LoadBalancer balancer, BalancerRule rule, Operation write) {
        String name = balancer.id().name();
        return List.of(
                Claim.of(
                                Source.NETWORK,
                                server.address(),
                                "no load balancer frontend uses it any more; " + name + " serves port " + rule.port()
                                        + " at " + rule.address())
                        .with("addresses", rule.address()),
                Claim.of(
                                Source.ACTIVITY_LOG,
                                server.address(),
                                "load balancer " + name + " was changed" + OperationPhrase.by(write.caller()) + " at "
                                        + NameLists.time(write.started())
                                        + ", after the gateway's last update")
                        .at(write.started()));
    }

    private Optional<Operation> lastWrite(LoadBalancer balancer) {
        return Optional.ofNullable(written.get(balancer.id()))
                .filter(each -> !each.started().isAfter(alertedAt))
                .filter(each -> !gatewayWrites.renewed(each, alertedAt));
    }

    /** A frontend that serves the server's port in its place: in the same subnet, or public as it is, and in no pool. */
    private boolean fits(BackendServer server, BalancerRule rule) {
        boolean serves = server.doors().stream()
                .anyMatch(door ->
                        door.port().isPresent() && rule.takes(door.port().getAsInt()));
        return serves && !members.contains(HostName.of(rule.address())) && isAlike(server.address(), rule.address());
    }

    private boolean isAlike(String one, String other) {
        Optional<IpAddresses.Range> first = IpAddresses.parse(one);
        Optional<IpAddresses.Range> second = IpAddresses.parse(other);
        if (first.isEmpty() || second.isEmpty()) {
            return false;
        }
        if (!IpAddresses.isPrivate(first.get()) || !IpAddresses.isPrivate(second.get())) {
            return !IpAddresses.isPrivate(first.get()) && !IpAddresses.isPrivate(second.get());
        }
        return topology.places()
                .of(first.get())
                .subnet()
                .map(dev.triage502.evidence.Network.Subnet::id)
                .filter(subnet -> topology.places()
                        .of(second.get())
                        .subnet()
                        .filter(each -> each.id().equals(subnet))
                        .isPresent())
                .isPresent();
    }
}
