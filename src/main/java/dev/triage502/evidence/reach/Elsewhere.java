package dev.triage502.evidence.reach;

import dev.triage502.evidence.Addresses;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.PrivateEndpoint;
import dev.triage502.evidence.Network.Zone;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.reach.Names.Resolution;
import dev.triage502.evidence.reach.Outcome.Claim;
import dev.triage502.evidence.reach.Server.Trouble;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Does a server's name lead the gateway to another address than the one where the server is? */
final class Elsewhere {

    private static final int FORBIDDEN = 403;

    private final Reading<Network> network;
    private final Destinations destinations;
    private final Names names;
    private final Members members;
    private final Holdings holdings;
    private final Looks looks;
    private final Since since;
    private final Optional<Traffic> traffic;

    Elsewhere(
            Reading<Network> network,
            Destinations destinations,
            Names names,
            Members members,
            Holdings holdings,
            Looks looks,
            Since since,
            Optional<Traffic> traffic) {
        this.network = network;
        this.destinations = destinations;
        this.names = names;
        this.members = members;
        this.holdings = holdings;
        this.looks = looks;
        this.since = since;
        this.traffic = traffic;
    }

    Outcome judge(Server server) {
        boolean forbidden = server.health()
                .filter(each -> each.received().orElse(0) == FORBIDDEN)
                .isPresent();
        if (!server.isNamed() || (server.trouble() == Trouble.ANSWERED && !forbidden)) {
            return new Outcome.Moot();
        }
        Resolution resolution = names.resolve(server.address());
        List<PrivateEndpoint> endpoints = names.endpointsOf(server.address());
        Optional<Outcome> byRecord = resolution instanceof Resolution.Record record
                ? record(server, record, endpoints)
                : resolution instanceof Resolution.Public && !endpoints.isEmpty()
                        ? Optional.of(publicly(server, endpoints.get(0)))
                        : Optional.empty();
        if (byRecord.isPresent()) {
            return byRecord.get();
        }
        Optional<Outcome> former = former(server, resolution, forbidden);
        return former.isPresent() ? former.get() : otherwise(server, resolution, endpoints, forbidden);
    }

    private Optional<Outcome> record(Server server, Resolution.Record record, List<PrivateEndpoint> endpoints) {
        List<String> meant = endpoints.stream()
                .flatMap(each -> each.addresses().stream())
                .distinct()
                .sorted()
                .toList();
        String says = "private zone " + record.zone().name() + " leads it to " + Words.some(record.addresses());
        if (!meant.isEmpty() && Collections.disjoint(meant, record.addresses())) {
            return Optional.of(Outcome.shown(zone(
                            claim(
                                    server,
                                    Source.NETWORK,
                                    says + ", but private endpoint "
                                            + endpoints.get(0).id().name() + " is at " + Words.some(meant)),
                            record.zone())
                    .with("record", recordName(record))
                    .with("address", record.addresses().get(0))
                    .with("right-address", meant.get(0))));
        }
        if (record.addresses().stream().allMatch(holdings::isFree)) {
            Claim claim = zone(
                    claim(server, Source.NETWORK, says + ", which no interface of its subnet holds"), record.zone());
            return Optional.of(
                    record.addresses().stream().allMatch(holdings::isGone)
                            ? Outcome.shown(claim)
                            : Outcome.hinted(claim));
        }
        return Optional.empty();
    }

    /** The record's own name in its zone. */
    private static String recordName(Resolution.Record record) {
        String zone = record.zone().name().toLowerCase(Locale.ROOT);
        String name = record.name();
        String base = zone.startsWith("privatelink.") ? zone.substring("privatelink.".length()) : zone;
        for (String domain : List.of(zone, base)) {
            if (name.endsWith("." + domain)) {
                return name.substring(0, name.length() - domain.length() - 1);
            }
        }
        return "@";
    }

    /** A private endpoint is there, and nothing in the gateway's network leads to it. */
    private Outcome publicly(Server server, PrivateEndpoint endpoint) {
        List<Zone> unlinked = names.unlinked(server.address());
        String why = unlinked.isEmpty()
                ? "no private zone that leads to it is linked to "
                        + destinations.places().home().id().name()
                : "private zone " + unlinked.get(0).name() + " is not linked to "
                        + destinations.places().home().id().name();
        Claim claim = claim(
                server,
                Source.NETWORK,
                "it resolves to its public address, though private endpoint "
                        + endpoint.id().name() + " (" + Words.some(endpoint.addresses()) + ") exists: " + why);
        return Outcome.shown(unlinked.isEmpty() ? claim : zone(claim, unlinked.get(0)));
    }

    /** The gateway was seen to use an address that the name has no more. */
    private Optional<Outcome> former(Server server, Resolution resolution, boolean forbidden) {
        List<String> now =
                resolution instanceof Resolution.Record record ? record.addresses() : looks.addressesOf(server);
        Optional<String> used = lastUsed(server);
        if (used.isEmpty() || now.isEmpty() || now.contains(used.get())) {
            return Optional.empty();
        }
        boolean nowPrivate = now.stream().allMatch(Elsewhere::isPrivate);
        boolean wasPrivate = isPrivate(used.get());
        if (!nowPrivate) {
            return Optional.empty();
        }
        boolean seenFailing = traffic.map(
                        each -> each.of(server.pool(), used.get()).failures() > 0)
                .orElse(false);
        boolean byZone = resolution instanceof Resolution.Record;
        List<Claim> claims = new ArrayList<>();
        claims.add(claim(
                        server,
                        Source.ACCESS_LOG,
                        "the gateway sent its requests to " + used.get() + ", but the name leads to " + Words.some(now)
                                + (byZone ? " by the private zone" : " when asked directly")
                                + ": the gateway still holds the former address")
                .with("address", used.get()));
        since.newWay(server).ifPresent(claims::add);
        boolean certain = wasPrivate ? seenFailing : byZone || forbidden;
        return Optional.of(certain ? new Outcome.Shown(claims) : new Outcome.Hinted(claims));
    }

    private Outcome otherwise(
            Server server, Resolution resolution, List<PrivateEndpoint> endpoints, boolean forbidden) {
        List<Claim> hints = new ArrayList<>();
        List<String> seen = looks.addressesOf(server);
        boolean seenPrivate = !seen.isEmpty() && seen.stream().allMatch(Elsewhere::isPrivate);
        if (forbidden && seenPrivate && looks.alive(server).isPresent()) {
            hints.add(claim(
                    server,
                    Source.DIRECT_PROBE,
                    "it resolves to " + Words.some(seen)
                            + " and answers there when asked directly, while the gateway's probe is refused with 403"));
            since.newWay(server).ifPresent(hints::add);
        } else if (!endpoints.isEmpty() && !seen.isEmpty() && !seenPrivate) {
            hints.add(claim(
                    server,
                    Source.DIRECT_PROBE,
                    "it resolves to " + Words.some(seen) + " when asked directly, though private endpoint "
                            + endpoints.get(0).id().name() + " exists"));
        }
        if (!hints.isEmpty()) {
            return new Outcome.Hinted(hints);
        }
        if (resolution instanceof Resolution.Unread unread) {
            return new Outcome.Unread(unread.why());
        }
        return known(server, resolution)
                .or(() -> network.toOptional()
                        .map(Network::endpoints)
                        .flatMap(Reading::unread)
                        .<Outcome>map(each ->
                                new Outcome.Unread(new CouldNotRead<>(each.source(), each.why(), each.detail()))))
                .orElseGet(() -> settled(resolution));
    }

    private static Outcome settled(Resolution resolution) {
        return resolution instanceof Resolution.Custom custom
                ? new Outcome.Unread(new CouldNotRead<>(
                        Source.NETWORK,
                        Reading.Why.UNREACHABLE,
                        "what the network's own DNS servers " + Words.some(custom.servers())
                                + " answer is shown by no document"))
                : new Outcome.Clear(Source.NETWORK, "no private endpoint is known that its name should lead to");
    }

    /** A record that leads to something which was read. */
    private Optional<Outcome> known(Server server, Resolution resolution) {
        boolean stands = resolution instanceof Resolution.Record
                && destinations.of(server).stream().anyMatch(to -> to.front() || members.isHeld(to.text()));
        return stands
                ? Optional.of(new Outcome.Clear(
                        Source.NETWORK,
                        "its name leads to " + Words.some(destinations.addresses(server)) + ", where it is"))
                : Optional.empty();
    }

    private Optional<String> lastUsed(Server server) {
        return traffic.flatMap(each -> destinations.routed(server).stream()
                .max(java.util.Comparator.comparing((String address) ->
                                each.of(server.pool(), address).last())
                        .thenComparing(address -> address)));
    }

    private static boolean isPrivate(String address) {
        return Addresses.parse(address).filter(Addresses::isPrivate).isPresent();
    }

    private static Claim zone(Claim claim, Zone zone) {
        return claim.with("zone", zone.name())
                .with("zone-resource-group", zone.id().resourceGroup());
    }

    private Claim claim(Server server, Source source, String says) {
        Claim claim = Claim.of(source, server.address(), says).ofEachServer();
        return destinations.lacking().isPresent()
                ? claim
                : claim.with("vnet-id", destinations.places().home().id().toString());
    }
}
