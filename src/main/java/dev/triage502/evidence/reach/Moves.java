package dev.triage502.evidence.reach;

import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Pool;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.Interface;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.reach.Outcome.Claim;
import dev.triage502.evidence.reach.Server.Trouble;
import dev.triage502.incident.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Has the member that had an address gone, or moved to another one, while the pool still holds it? */
final class Moves {

    private static final Duration SLACK = Duration.ofMinutes(1);

    private final Reading<Network> network;
    private final Destinations destinations;
    private final Holders holders;
    private final Members members;
    private final Holdings holdings;
    private final Looks looks;
    private final Optional<Traffic> traffic;
    private final Incident incident;
    private final boolean controller;
    private final PoolWrites writes;
    private final Timeline deletions;
    private final Successors successors;
    private final Map<String, Set<String>> listed = new HashMap<>();

    Moves(
            Optional<Gateway> gateway,
            Reading<Network> network,
            Destinations destinations,
            Holders holders,
            Members members,
            Holdings holdings,
            Changes changes,
            Looks looks,
            Optional<Traffic> traffic,
            Incident incident) {
        this.network = network;
        this.destinations = destinations;
        this.holders = holders;
        this.members = members;
        this.holdings = holdings;
        this.looks = looks;
        this.traffic = traffic;
        this.incident = incident;
        this.controller = gateway.filter(Gateway::hasIngressController).isPresent();
        this.writes = new PoolWrites(changes, gateway.map(Gateway::id));
        this.deletions = new Timeline(changes.all().filter(Moves::deletes));
        this.successors = new Successors(destinations, changes, writes, controller);
        gateway.map(Gateway::pools).orElse(List.of()).stream()
                .filter(pool -> pool.interfaces().isEmpty() && !pool.members().isEmpty())
                .forEach(this::list);
    }

    private void list(Pool pool) {
        Set<String> members = new HashSet<>();
        pool.members().forEach(each -> members.add(lower(each)));
        listed.put(lower(pool.name()), members);
    }

    private static boolean deletes(Operation operation) {
        return operation.is("Microsoft.Compute/virtualMachines/delete")
                || operation.is("Microsoft.Network/networkInterfaces/delete")
                || operation.is("Microsoft.Compute/virtualMachineScaleSets/virtualMachines/delete");
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    Outcome judge(Server server) {
        if (server.isNamed()) {
            return new Outcome.Moot();
        }
        if (looks.alive(server).isPresent()) {
            return new Outcome.Clear(Source.DIRECT_PROBE, "something answers or refuses there when asked directly");
        }
        String address = server.address();
        if (dropped(server)) {
            return Outcome.shown(Claim.of(
                    Source.BACKEND_HEALTH,
                    address,
                    "it is still probed, though the gateway's document no longer lists it"));
        }
        List<Claim> claims = new ArrayList<>();
        if (server.trouble() == Trouble.UNREACHED && holdings.isFree(address)) {
            claims.add(Claim.of(
                    Source.NETWORK, address, "no interface holds it, though others of its subnet are on the list"));
            served(server).ifPresent(claims::add);
            deleted(server).ifPresent(claims::add);
            // A list may be short; that the address was somebody's once is what makes it certain.
            boolean certain = claims.size() > 1 && holdings.isGone(address);
            return certain ? new Outcome.Shown(claims) : new Outcome.Hinted(claims);
        }
        Optional<Operation> write = writeInFlight(server);
        if (write.isPresent()) {
            claims.add(beingRenewed(server, write.get()));
            served(server).ifPresent(claims::add);
            return claims.size() > 1 ? new Outcome.Shown(claims) : new Outcome.Hinted(claims);
        }
        Optional<Claim> replaced = members.isHeld(address)
                ? Optional.empty()
                : successors.of(
                        server,
                        onset(server).orElse(incident.alertedAt()),
                        served(server).isPresent());
        if (replaced.isPresent()) {
            claims.add(replaced.get());
            served(server).ifPresent(claims::add);
            return new Outcome.Hinted(claims);
        }
        return holders.cardAt(address)
                .<Outcome>map(holder -> new Outcome.Clear(
                        Source.NETWORK, "interface " + holder.card().id().name() + " holds it"))
                .orElseGet(() -> unread(address));
    }

    /** Whether health still lists the server, while the newest configuration of its pool names others. */
    private boolean dropped(Server server) {
        Set<String> members = listed.get(lower(server.pool()));
        return server.health().isPresent() && members != null && !members.contains(lower(server.address()));
    }

    /** What the log says of a server that answered once and does no more. */
    private Optional<Claim> served(Server server) {
        return traffic.map(each -> each.of(server.pool(), server.address()))
                .filter(own -> own.lastServed().isPresent())
                .flatMap(own -> onset(server)
                        .filter(first -> !own.lastServed().get().isAfter(first.plus(SLACK)))
                        .map(first -> Claim.of(
                                        Source.ACCESS_LOG,
                                        server.address(),
                                        "it served requests until "
                                                + Words.time(own.lastServed().get()) + "; they fail since "
                                                + Words.time(first))
                                .at(first)));
    }

    private Optional<Instant> onset(Server server) {
        return traffic.flatMap(each -> each.of(server.pool(), server.address())
                .firstFailure()
                .or(() -> each.of(server.pool()).firstFailure()));
    }

    /** A machine or an interface was deleted before the server began to fail. */
    private Optional<Claim> deleted(Server server) {
        return deletions
                .lastBy(onset(server).orElse(incident.alertedAt()).plus(SLACK))
                .map(each -> Claim.of(
                                Source.ACTIVITY_LOG,
                                server.address(),
                                each.resource().name() + " was deleted by " + each.caller()
                                        + " before it began to fail")
                        .at(each.started()));
    }

    /** A controller was writing the gateway when the server began to fail: the pod had gone before the pool was renewed. */
    private Optional<Operation> writeInFlight(Server server) {
        return controller ? writes.under(onset(server).orElse(incident.alertedAt())) : Optional.empty();
    }

    private Claim beingRenewed(Server server, Operation write) {
        boolean over = write.outcome() != ActivityLog.Outcome.STARTED;
        return Claim.of(
                        Source.ACTIVITY_LOG,
                        server.address(),
                        "the gateway was being written by " + write.caller() + " from " + Words.time(write.started())
                                + (over ? " to " + Words.time(write.ended()) : " (no end of it is known)")
                                + ", so its pool was about to change when the server failed")
                .at(write.started());
    }

    private Outcome unread(String address) {
        Optional<CouldNotRead<?>> lacking = destinations.lacking();
        Optional<CouldNotRead<Object>> cards = network.toOptional()
                .map(Network::interfaces)
                .flatMap(Reading<List<Interface>>::unread)
                .map(each -> new CouldNotRead<>(each.source(), each.why(), each.detail()));
        return new Outcome.Unread(lacking.or(() -> cards)
                .orElse(new CouldNotRead<>(
                        Source.NETWORK,
                        Reading.Why.NOT_COLLECTED,
                        "nothing that was read shows what holds " + address)));
    }
}
