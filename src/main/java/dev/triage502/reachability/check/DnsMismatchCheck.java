package dev.triage502.reachability.check;

import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.AzureServiceDomains;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Backends.PrivateDomain;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.PrivateEndpoint;
import dev.triage502.evidence.Network.Zone;
import dev.triage502.evidence.OperationKind;
import dev.triage502.evidence.OperationPhrase;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import dev.triage502.incident.HostName;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.CheckResult;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.NameLists;
import dev.triage502.reachability.name.NameResolution.Resolution;
import dev.triage502.reachability.name.ZoneName;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.BackendServer.ReachState;
import dev.triage502.reachability.server.Observations;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Does a server's name lead the gateway to another address than the one where the server is? */
final class DnsMismatchCheck {

    private static final Set<AzureServiceDomains> NAMED_AFTER_DOMAIN = Set.of(
            AzureServiceDomains.APP_SERVICE,
            AzureServiceDomains.API_MANAGEMENT,
            AzureServiceDomains.STORAGE,
            AzureServiceDomains.STATIC_WEB_APPS);

    private static final String AZURE_DNS = "168.63.129.16";
    private static final int FORBIDDEN = 403;

    private final Topology topology;
    private final Observations observed;
    private final DnsChangesSinceRefresh since;
    private final PartlyGoneName partlyGone;
    private final DisagreeingDnsServers disagreeing;

    DnsMismatchCheck(Topology topology, Observations observed, DnsChangesSinceRefresh since) {
        this.topology = topology;
        this.observed = observed;
        this.since = since;
        this.partlyGone = new PartlyGoneName(topology, observed);
        this.disagreeing = new DisagreeingDnsServers(topology, observed);
    }

    public CheckResult judge(BackendServer server) {
        boolean forbidden = server.health()
                .filter(each -> each.received().orElse(0) == FORBIDDEN)
                .isPresent();
        if (!server.isNamed()) {
            return new CheckResult.Moot();
        }
        Resolution resolution = topology.names().resolve(server.address());
        Optional<CheckResult> partly =
                partlyGone.judge(server, resolution).or(() -> disagreeing.judge(server, resolution));
        if (partly.isPresent() || server.trouble() == ReachState.PARTLY) {
            return partly.orElseGet(CheckResult.Moot::new);
        }
        Optional<CheckResult> round = toTheGateway(server, resolution);
        if (round.isPresent()) {
            return round.get();
        }
        Optional<CheckResult> led = resolution instanceof Resolution.Record ? Optional.empty() : ledElsewhere(server);
        if (led.isPresent()) {
            return led.get();
        }
        if (server.trouble() == ReachState.ANSWERED && !forbidden) {
            return new CheckResult.Moot();
        }
        List<PrivateEndpoint> endpoints = topology.names().endpointsOf(server.address());
        Optional<CheckResult> byRecord = resolution instanceof Resolution.Record record
                ? record(server, record, endpoints)
                : resolution instanceof Resolution.Public && !endpoints.isEmpty()
                        ? Optional.of(publicly(server, endpoints.get(0)))
                        : Optional.empty();
        if (byRecord.isPresent()) {
            return byRecord.get();
        }
        Optional<CheckResult> unlinked = resolution instanceof Resolution.Public
                ? besideItsZone(server).or(() -> outsideOfItsService(server))
                : Optional.empty();
        if (unlinked.isPresent()) {
            return unlinked.get();
        }
        Optional<CheckResult> former = former(server, resolution, forbidden);
        return former.isPresent() ? former.get() : otherwise(server, resolution, endpoints, forbidden);
    }

    /** The gateway sends requests to itself: whatever it answers is not the backend's answer. */
    private Optional<CheckResult> toTheGateway(BackendServer server, Resolution resolution) {
        if (server.trouble() == ReachState.WELL) {
            return Optional.empty();
        }
        boolean byZone = resolution instanceof Resolution.Record;
        List<String> now = resolution instanceof Resolution.Record record
                ? record.addresses()
                : lastUsed(server)
                        .map(each -> List.of(each.toString()))
                        .orElseGet(() -> observed.probes().addressesOf(server));
        Source source =
                byZone ? Source.NETWORK : lastUsed(server).isPresent() ? Source.ACCESS_LOG : Source.DIRECT_PROBE;
        return now.stream()
                .filter(topology.frontends()::has)
                .findFirst()
                .map(own -> CheckResult.shown(claim(
                                server,
                                source,
                                "resolves to " + own + (byZone ? " (private DNS zone)" : "")
                                        + ", a frontend IP of the gateway itself, so the gateway sends the requests to"
                                        + " itself")
                        .with("address", own)
                        .with("own-frontend", own)));
    }

    /**
     * A service in a network answers only at its address there, and public DNS leads to another one: somebody was led there,
     * or the gateway got as far as connecting.
     */
    private Optional<CheckResult> outsideOfItsService(BackendServer server) {
        Optional<PrivateDomain> service =
                topology.backends().toOptional().map(Backends::privateDomains).orElse(List.of()).stream()
                        .filter(each -> server.host().equals(each.domain()))
                        .filter(each -> !each.address().isEmpty())
                        .findFirst();
        List<String> seen = observed.probes().addressesOf(server);
        boolean led = !seen.isEmpty() && seen.stream().noneMatch(DnsMismatchCheck::isPrivate);
        boolean tried = server.isSilent();
        return service.filter(each -> led || (seen.isEmpty() && tried)).map(each -> {
            Claim claim = claim(
                            server,
                            led ? Source.DIRECT_PROBE : Source.BACKEND_HEALTH,
                            (led ? "resolves to " + NameLists.some(seen) : "the gateway connects to a public address")
                                    + ", but " + each.owner().name() + " is internal and answers only at "
                                    + each.address() + "; no private DNS zone for it is linked to "
                                    + topology.places().home().id().name())
                    .with("zone", each.domain().toString())
                    .with("zone-missing", "yes")
                    .with("zone-resource-group", each.owner().resourceGroup())
                    .with("record", "@")
                    .with("right-address", each.address());
            return led ? CheckResult.shown(claim) : CheckResult.hinted(claim);
        });
    }

    private Optional<CheckResult> record(
            BackendServer server, Resolution.Record record, List<PrivateEndpoint> endpoints) {
        List<String> meant = endpoints.stream()
                .flatMap(each -> each.addresses().stream())
                .distinct()
                .sorted()
                .toList();
        String says =
                "private DNS zone " + record.zone().name() + " resolves it to " + NameLists.some(record.addresses());
        if (!meant.isEmpty() && Collections.disjoint(meant, record.addresses())) {
            return Optional.of(CheckResult.shown(zone(
                            claim(
                                    server,
                                    Source.NETWORK,
                                    says + ", but private endpoint "
                                            + endpoints.get(0).id().name() + " is at " + NameLists.some(meant)),
                            record.zone())
                    .with("record", recordName(record))
                    .with("endpoint", endpoints.get(0).id().name())
                    .with("address", record.addresses().get(0))
                    .with("right-address", meant.get(0))));
        }
        if (record.addresses().stream().allMatch(topology.allocation()::isFree)) {
            Claim claim = zone(
                    claim(server, Source.NETWORK, says + ", an address that nothing in its subnet uses"),
                    record.zone());
            return Optional.of(
                    record.addresses().stream().allMatch(topology.allocation()::isGone)
                            ? CheckResult.shown(claim)
                            : CheckResult.hinted(claim));
        }
        Optional<FormerAddress> former = FormerAddress.of(server, record.addresses(), topology, observed);
        Optional<Operation> planned = former.isPresent() ? plannedMove(record) : Optional.empty();
        return planned.isPresent()
                ? planned.map(each -> new CheckResult.Clear(
                        Source.ACTIVITY_LOG,
                        says + "; its record was changed" + OperationPhrase.by(each.caller())
                                + ", who had set up what has that address, so the move was planned"))
                : former.map(each -> ledAway(server, record, says, each));
    }

    /**
     * The change of a record by whoever had just made what it leads to. A backend that was moved on purpose and does not serve
     * has a fault of its own.
     */
    private Optional<Operation> plannedMove(Resolution.Record record) {
        Set<ResourceId> holders =
                record.addresses().stream().flatMap(this::holders).collect(Collectors.toCollection(HashSet::new));
        return observed.changes()
                .all()
                .filter(each ->
                        isWrite(each) && each.resource().isWithin(record.zone().id()))
                .reduce((earlier, later) -> later)
                .filter(led -> observed.changes()
                        .all()
                        .filter(each -> isWrite(each) && holders.contains(each.resource()))
                        .anyMatch(made -> !made.started().isAfter(led.started())
                                && !led.caller().isEmpty()
                                && made.caller().equalsIgnoreCase(led.caller())));
    }

    private static boolean isWrite(Operation operation) {
        return operation.kind() == OperationKind.WRITE;
    }

    /** What has an address: the machine or the instance, its interface, the load balancer, the private endpoint. */
    private Stream<ResourceId> holders(String address) {
        Optional<ResourceId> card =
                topology.owners().cardAt(address).map(each -> each.card().id());
        Optional<ResourceId> member = topology.members().at(address).map(each -> each.id());
        Optional<ResourceId> front = topology.owners().frontAt(address).map(each -> each.id());
        Optional<ResourceId> endpoint = topology.owners().endpointAt(address).map(each -> each.id());
        return Stream.of(card, member, front, endpoint).flatMap(Optional::stream);
    }

    /** Requests were served at one address until the name led to another one, where none was. */
    private Optional<CheckResult> ledElsewhere(BackendServer server) {
        return lastUsed(server)
                .flatMap(now -> FormerAddress.before(server, now, topology, observed)
                        .map(former -> {
                            Claim claim = claim(
                                            server,
                                            Source.ACCESS_LOG,
                                            "resolves to " + now + ", where no request was served, but until "
                                                    + NameLists.time(former.lastServed()) + " requests were served at "
                                                    + former.address() + former.serves())
                                    .with("address", now.toString())
                                    .with("right-address", former.address().toString());
                            return former.look().isPresent() ? CheckResult.shown(claim) : CheckResult.hinted(claim);
                        }));
    }

    /** The record was changed: requests were served until then, and the former address still serves or was not looked at. */
    private CheckResult ledAway(BackendServer server, Resolution.Record record, String says, FormerAddress former) {
        Claim claim = zone(
                        claim(
                                server,
                                Source.NETWORK,
                                says + ", where no request was served, but until " + NameLists.time(former.lastServed())
                                        + " requests were served at " + former.address() + former.serves()),
                        record.zone())
                .with("record", recordName(record))
                .with("address", record.addresses().get(0))
                .with("right-address", former.address().toString());
        return former.look().isPresent() ? CheckResult.shown(claim) : CheckResult.hinted(claim);
    }

    /** The record's own name in its zone. */
    private static String recordName(Resolution.Record record) {
        return ZoneName.of(record.zone()).recordOf(record.name());
    }

    /**
     * A private-link zone knows the name, and the gateway's network does not ask it: then public DNS answers the gateway,
     * whatever another resolver answers others. What was seen through the gateway's own resolver would show otherwise.
     */
    private Optional<CheckResult> besideItsZone(BackendServer server) {
        List<String> seen = observed.probes()
                .asked(server)
                .flatMap(look -> look.dns().stream())
                .filter(dns -> dns.resolver().equals(AZURE_DNS))
                .flatMap(dns -> dns.addresses().stream())
                .distinct()
                .toList();
        return topology.names().unlinked(server.address()).stream()
                .filter(zone -> ZoneName.of(zone).isPrivateLink() && knows(zone, server))
                .findFirst()
                .filter(zone -> seen.stream().noneMatch(DnsMismatchCheck::isPrivate))
                .map(zone -> CheckResult.shown(zone(
                        claim(
                                server,
                                Source.NETWORK,
                                "Azure DNS gives the gateway "
                                        + (seen.isEmpty() ? "its public address" : NameLists.some(seen))
                                        + ", because private DNS zone " + zone.name()
                                        + ", which has a record for it, is not linked to "
                                        + topology.places().home().id().name()),
                        zone)));
    }

    /** Whether a private-link zone has a record for the server: under the name that its public one leads to. */
    private static boolean knows(Zone zone, BackendServer server) {
        String domain = zone.name().substring(zone.name().indexOf('.') + 1);
        return server.host()
                .before(HostName.of(domain))
                .map(zone.records()::get)
                .filter(addresses -> addresses.stream().anyMatch(DnsMismatchCheck::isPrivate))
                .isPresent();
    }

    private CheckResult publicly(BackendServer server, PrivateEndpoint endpoint) {
        List<Zone> unlinked = topology.names().unlinked(server.address());
        String why = unlinked.isEmpty()
                ? "no private DNS zone for it is linked to "
                        + topology.places().home().id().name()
                : "private DNS zone " + unlinked.get(0).name() + " is not linked to "
                        + topology.places().home().id().name();
        Claim claim = claim(
                        server,
                        Source.NETWORK,
                        "resolves to its public address although private endpoint "
                                + endpoint.id().name() + " (" + NameLists.some(endpoint.addresses())
                                + ") exists, because "
                                + why)
                .with("endpoint", endpoint.id().name());
        return CheckResult.shown(unlinked.isEmpty() ? lacking(claim, server, endpoint) : zone(claim, unlinked.get(0)));
    }

    /**
     * The zone and the record that would lead to the endpoint, for services whose private zone is named after their public domain
     * (learn.microsoft.com/azure/private-link/private-endpoint-dns).
     */
    private static Claim lacking(Claim claim, BackendServer server, PrivateEndpoint endpoint) {
        String host = server.host().inLowerCase();
        int dot = host.indexOf('.');
        boolean named = AzureServiceDomains.of(host)
                .filter(NAMED_AFTER_DOMAIN::contains)
                .isPresent();
        // A name with a further label before the service's own domain has its record in that domain's zone.
        boolean longer = AzureServiceDomains.of(host)
                .filter(service -> service == AzureServiceDomains.STORAGE
                        ? host.split("\\.").length > 5
                        : service.endings().stream().noneMatch(host.substring(dot)::equals))
                .isPresent();
        return dot <= 0 || !named || longer || endpoint.addresses().size() != 1
                ? claim
                : claim.with("zone-missing", "yes")
                        .with("zone", "privatelink" + host.substring(dot))
                        .with("zone-resource-group", endpoint.id().resourceGroup())
                        .with("record", host.substring(0, dot))
                        .with("right-address", endpoint.addresses().get(0));
    }

    /** The gateway was seen to use an address that the name has no more. */
    private Optional<CheckResult> former(BackendServer server, Resolution resolution, boolean forbidden) {
        List<String> now = resolution instanceof Resolution.Record record
                ? record.addresses()
                : observed.probes().addressesOf(server);
        Optional<HostName> used = lastUsed(server);
        if (used.isEmpty() || now.isEmpty() || now.stream().map(HostName::of).anyMatch(used.get()::equals)) {
            return Optional.empty();
        }
        boolean nowPrivate = now.stream().allMatch(DnsMismatchCheck::isPrivate);
        boolean wasPrivate = isPrivate(used.get().toString());
        if (!nowPrivate) {
            return Optional.empty();
        }
        boolean seenFailing = observed.requests()
                .map(each -> each.of(server.pool(), used.get()).failures() > 0)
                .orElse(false);
        boolean byZone = resolution instanceof Resolution.Record;
        List<Claim> claims = new ArrayList<>();
        claims.add(claim(
                        server,
                        Source.ACCESS_LOG,
                        "the gateway sent requests to " + used.get() + ", but the name now resolves to "
                                + NameLists.some(now)
                                + (byZone ? " (private DNS zone)" : " (direct lookup)")
                                + "; the gateway still uses the old address")
                .with("address", used.get().toString()));
        since.newWay(server).ifPresent(claims::add);
        boolean certain = wasPrivate ? seenFailing : byZone || forbidden;
        return Optional.of(certain ? new CheckResult.Shown(claims) : new CheckResult.Hinted(claims));
    }

    private CheckResult otherwise(
            BackendServer server, Resolution resolution, List<PrivateEndpoint> endpoints, boolean forbidden) {
        List<Claim> hints = new ArrayList<>();
        List<String> seen = observed.probes().addressesOf(server);
        boolean seenPrivate = !seen.isEmpty() && seen.stream().allMatch(DnsMismatchCheck::isPrivate);
        if (forbidden && seenPrivate && observed.probes().alive(server).isPresent()) {
            hints.add(claim(
                    server,
                    Source.DIRECT_PROBE,
                    "resolves to " + NameLists.some(seen)
                            + " and responds there directly, but the gateway's probe gets 403"));
            since.newWay(server).ifPresent(hints::add);
        } else if (!endpoints.isEmpty() && !seen.isEmpty() && !seenPrivate) {
            hints.add(claim(
                    server,
                    Source.DIRECT_PROBE,
                    "resolves to " + NameLists.some(seen) + " in a direct lookup although private endpoint "
                            + endpoints.get(0).id().name() + " exists"));
        }
        if (!hints.isEmpty()) {
            return new CheckResult.Hinted(hints);
        }
        if (resolution instanceof Resolution.Unread unread) {
            return new CheckResult.Unread(unread.why());
        }
        return known(server, resolution)
                .or(() -> topology.network()
                        .toOptional()
                        .map(Network::endpoints)
                        .flatMap(Reading::unread)
                        .<CheckResult>map(each ->
                                new CheckResult.Unread(new CouldNotRead<>(each.source(), each.why(), each.detail()))))
                .or(() -> topology.network()
                        .toOptional()
                        .flatMap(Network::holdersGap)
                        .map(CheckResult.Unread::new))
                .orElseGet(() -> settled(resolution));
    }

    private static CheckResult settled(Resolution resolution) {
        return resolution instanceof Resolution.Custom custom
                ? new CheckResult.Unread(new CouldNotRead<>(
                        Source.NETWORK,
                        Reading.Why.UNREACHABLE,
                        "the answers of the VNet's custom DNS servers (" + NameLists.some(custom.servers())
                                + ") are not visible in Azure"))
                : new CheckResult.Clear(Source.NETWORK, "no private endpoint exists for this name");
    }

    /** A record that leads to something which was read. */
    private Optional<CheckResult> known(BackendServer server, Resolution resolution) {
        boolean stands = resolution instanceof Resolution.Record
                && topology.endpoints().of(server).stream()
                        .anyMatch(to -> to.front() || topology.members().isHeld(to.text()));
        Optional<Claim> changed = stands && server.trouble() == ReachState.UNREACHED
                ? changedSince(server, (Resolution.Record) resolution)
                : Optional.empty();
        if (changed.isPresent()) {
            return changed.map(CheckResult::hinted);
        }
        return stands
                ? Optional.of(new CheckResult.Clear(
                        Source.NETWORK,
                        "its name resolves to "
                                + NameLists.some(topology.addresses().of(server))
                                + ", which is the backend's address"))
                : Optional.empty();
    }

    /** The name's own record was written after the gateway last asked: it may still use what the record held before. */
    private Optional<Claim> changedSince(BackendServer server, Resolution.Record record) {
        boolean own = observed.changes()
                .all()
                .anyMatch(each -> isWrite(each)
                        && each.resource().isWithin(record.zone().id())
                        && each.resource().name().equalsIgnoreCase(recordName(record)));
        return own ? since.newWay(server) : Optional.empty();
    }

    private Optional<HostName> lastUsed(BackendServer server) {
        return observed.requests()
                .flatMap(each -> topology.addresses().routed(server).stream()
                        .max(Comparator.comparing((HostName address) ->
                                        each.of(server.pool(), address).last())
                                .thenComparing(Comparator.naturalOrder())));
    }

    private static boolean isPrivate(String address) {
        return IpAddresses.parse(address).filter(IpAddresses::isPrivate).isPresent();
    }

    private static Claim zone(Claim claim, Zone zone) {
        return claim.with("zone", zone.name())
                .with("zone-resource-group", zone.id().resourceGroup());
    }

    private Claim claim(BackendServer server, Source source, String says) {
        Claim claim = Claim.of(source, server.address(), says).ofEachServer();
        return topology.lacking().isPresent()
                ? claim
                : claim.with("vnet-id", topology.places().home().id().toString());
    }
}
