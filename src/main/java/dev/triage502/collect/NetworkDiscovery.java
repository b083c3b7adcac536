package dev.triage502.collect;

import com.google.gson.JsonElement;
import dev.triage502.azure.ArmOperation;
import dev.triage502.azure.CallContext;
import dev.triage502.collect.ResourceFetcher.Kind;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.NetworkReferences;
import dev.triage502.evidence.arm.ResourceReferences;
import dev.triage502.evidence.arm.SingleReaders;
import dev.triage502.incident.ResourceId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One gateway's network, found in rounds: its own virtual network and what holds the members' addresses; then the
 * networks that these are in and the zones that could answer for names; then the rules and routes of every subnet
 * involved, and what is around an address that is nobody's; then what these rules and routes lead to. A round that has
 * nothing to ask takes no time; most gateways need three.
 *
 * <p>What Resource Graph finds is what the caller may see. A list of which it shows nothing is left out of the document,
 * as one that nobody asked for: that nothing is seen is not that nothing is there.
 */
final class NetworkDiscovery {

    private static final Kind NETWORK = kind(ArmOperation.VIRTUAL_NETWORK, "microsoft.network/virtualnetworks");
    private static final Kind GROUP = kind(ArmOperation.SECURITY_GROUP, "microsoft.network/networksecuritygroups");
    private static final Kind TABLE = kind(ArmOperation.ROUTE_TABLE, "microsoft.network/routetables");
    private static final Kind INTERFACE = kind(ArmOperation.NETWORK_INTERFACE, "microsoft.network/networkinterfaces");
    private static final Kind ENDPOINT = kind(ArmOperation.PRIVATE_ENDPOINT, "microsoft.network/privateendpoints");

    private static final Kind BALANCER = kind(ArmOperation.LOAD_BALANCER, "microsoft.network/loadbalancers");

    private static final Kind PUBLIC_ADDRESS = kind(ArmOperation.PUBLIC_ADDRESS, "microsoft.network/publicipaddresses");

    private static final int MOST_ZONES = 6;
    private static final int MOST_HUBS = 2;
    private static final int MOST_OF_A_KIND = 60;

    /** A load balancer, the interfaces behind it, their network. */
    private static final int MOST_STEPS_BEHIND = 2;

    private final CollectContext scene;
    private final CallContext ask;
    private final Gateway gateway;
    private final ConfiguredBackends members;
    private final ResourceFetcher resources;
    private final IpOwnerLookup holders;
    private final EffectiveNetworkLookup resolved;
    private final CompositeDocument found = new CompositeDocument(Source.NETWORK)
            .with(NetworkReferences.VIRTUAL_NETWORKS)
            .with(NetworkReferences.SECURITY_GROUPS)
            .with(NetworkReferences.ROUTE_TABLES);

    NetworkDiscovery(CollectContext scene, CallContext ask, Gateway gateway) {
        this.scene = scene;
        this.ask = ask;
        this.gateway = gateway;
        this.members = ConfiguredBackends.of(gateway);
        this.resources = new ResourceFetcher(scene, ask);
        this.holders = new IpOwnerLookup(scene, ask, members, found, subscriptions());
        this.resolved = new EffectiveNetworkLookup(scene, ask, gateway, members, found);
    }

    private static Kind kind(ArmOperation operation, String type) {
        return new Kind(operation, type, Map.of());
    }

    Reading<JsonElement> search() throws InterruptedException {
        CallBatch first = new CallBatch(scene.fan());
        fetch(first, NetworkReferences.VIRTUAL_NETWORKS, NETWORK, networksOf(gateway.subnets()));
        holders.ofMembers(first);
        if (!members.names().isEmpty()) {
            names(first);
        }
        first.run();

        CallBatch second = new CallBatch(scene.fan());
        referred(second);
        understood()
                .ifPresent(network ->
                        fetch(second, NetworkReferences.VIRTUAL_NETWORKS, NETWORK, furtherNetworks(network)));
        partsOfZones(second);
        second.run();
        CallBatch named = new CallBatch(scene.fan());
        understood().ifPresent(network -> holders.ofNames(named, network));
        named.run();
        behind();

        CallBatch third = new CallBatch(scene.fan());
        understood().ifPresent(network -> {
            RelevantSubnets subnets = subnets(network);
            fetch(third, NetworkReferences.SECURITY_GROUPS, GROUP, subnets.securityGroups());
            fetch(third, NetworkReferences.ROUTE_TABLES, TABLE, subnets.routeTables());
            holders.aroundMembers(third, network);
            resolved.adminRules(third, network);
            resolved.connectedGroups(third, network);
        });
        third.run();

        CallBatch fourth = new CallBatch(scene.fan());
        holders.ofScaleSets(fourth);
        publicAddressesOfFrontends(fourth);
        understood().ifPresent(network -> {
            holders.onTheWay(fourth, network);
            resolved.serviceTags(fourth, network);
            resolved.effectiveRoutes(fourth, network);
        });
        fourth.run();
        resolved.sayWhatIsUnread();

        // A route may lead to a load balancer, which passes on to appliances.
        CallBatch fifth = new CallBatch(scene.fan());
        referred(fifth);
        networksOfWhatWasFound(fifth);
        holders.ofSetsBehind(fifth);
        fifth.run();
        return found.reading();
    }

    /** What resources that were found refer to. */
    private void referred(CallBatch batch) {
        fetch(batch, NetworkReferences.PRIVATE_ENDPOINTS, ENDPOINT, references().missingPrivateEndpoints());
        Set<ResourceId> cards = references().missingInterfaces();
        cards.addAll(references().missingInterfacesBehind());
        fetch(batch, NetworkReferences.INTERFACES, INTERFACE, cards);
        fetch(batch, NetworkReferences.LOAD_BALANCERS, BALANCER, references().missingLoadBalancers());
    }

    /**
     * Which addresses the frontends of load balancers have, where one may serve in place of a member's; one that is not
     * shown says nothing.
     */
    private void publicAddressesOfFrontends(CallBatch batch) {
        if (holders.unownedInPublic().isEmpty()) {
            return;
        }
        List<ResourceId> some = references().missingPublicAddresses().stream()
                .limit(MOST_OF_A_KIND)
                .toList();
        resources.fetch(batch, PUBLIC_ADDRESS, some, (id, reading) -> {
            if (reading.isPresent()) {
                found.add(NetworkReferences.PUBLIC_ADDRESSES, id, reading);
            }
        });
    }

    /** Behind a load balancer are interfaces, and these are in networks that nothing else may lead to. */
    private void behind() throws InterruptedException {
        for (int step = 0; step < MOST_STEPS_BEHIND; step++) {
            CallBatch batch = new CallBatch(scene.fan());
            referred(batch);
            holders.ofSetsBehind(batch);
            networksOfWhatWasFound(batch);
            batch.run();
        }
    }

    private void networksOfWhatWasFound(CallBatch batch) {
        Set<ResourceId> networks = networksOf(references().occupiedSubnets());
        references().idsIn(NetworkReferences.VIRTUAL_NETWORKS).forEach(networks::remove);
        fetch(batch, NetworkReferences.VIRTUAL_NETWORKS, NETWORK, networks);
    }

    /** What the documents so far say. */
    private Optional<Network> understood() {
        return SingleReaders.network(found.document()).toOptional();
    }

    /** What the documents so far refer to. */
    private NetworkReferences references() {
        return NetworkReferences.of(found.document());
    }

    private RelevantSubnets subnets(Network network) {
        return new RelevantSubnets(network, gateway, members, references().occupiedSubnets());
    }

    /**
     * Zones lie where nobody can guess, and endpoints may: every subscription that the caller may see is asked. Links of other
     * zones to the gateway's network are a sign that its zones are seen, so that one of a member's domain would be.
     */
    private void names(CallBatch batch) {
        Map<String, Collection<String>> lists = Map.of(
                "services", members.firstLabels(),
                "zones", members.zoneNames(),
                "networks", ResourceFetcher.texts(networksOf(gateway.subnets())));
        batch.add(
                () -> resources.query("names", lists, Set.of()),
                rows -> found.addSeen(
                        rows,
                        Map.of(
                                "microsoft.network/privatednszones",
                                NetworkReferences.PRIVATE_ZONES,
                                "microsoft.network/privatednszones/virtualnetworklinks",
                                NetworkReferences.PRIVATE_ZONES,
                                "microsoft.network/privateendpoints",
                                NetworkReferences.PRIVATE_ENDPOINTS)));
    }

    /** The networks of what holds members' addresses, and the peered ones where others may be. */
    private Set<ResourceId> furtherNetworks(Network network) {
        Set<ResourceId> further = new LinkedHashSet<>(networksOf(references().occupiedSubnets()));
        RelevantSubnets subnets = subnets(network);
        List<Network.Peering> peerings = network.virtualNetworks().stream()
                .flatMap(each -> each.peerings().toOptional().orElse(List.of()).stream())
                .toList();
        peerings.stream()
                .filter(each -> subnets.anyMemberIn(each.remoteSpace()))
                .forEach(each -> further.add(each.remote()));
        if (!members.names().isEmpty()) {
            // Where a name leads is not known yet; a hub often holds what answers for it.
            peerings.stream().limit(MOST_HUBS).forEach(each -> further.add(each.remote()));
        }
        references().idsIn(NetworkReferences.VIRTUAL_NETWORKS).forEach(further::remove);
        return further;
    }

    /** A zone's links and records are lists of their own, and each may be refused alone. */
    private void partsOfZones(CallBatch batch) {
        for (ResourceId zone : references().idsIn(NetworkReferences.PRIVATE_ZONES).stream()
                .filter(each -> each.isOneOf(NetworkReferences.PRIVATE_ZONES))
                .limit(MOST_ZONES)
                .toList()) {
            part(batch, zone, ArmOperation.PRIVATE_ZONE_LINKS, NetworkReferences.ZONE_LINKS);
            part(batch, zone, ArmOperation.PRIVATE_ZONE_RECORDS, NetworkReferences.ZONE_RECORDS);
        }
    }

    private void part(CallBatch batch, ResourceId zone, ArmOperation operation, String name) {
        batch.add(() -> scene.arm().list(ask, operation, zone, Map.of()), list -> {
            list.unread()
                    .ifPresent(refusal -> found.add(
                            NetworkReferences.PRIVATE_ZONES, ResourceId.of(zone + "/" + name + "/unread"), list));
            list.toOptional().stream()
                    .flatMap(ResourceReferences::listed)
                    .forEach(each -> found.add(
                            NetworkReferences.PRIVATE_ZONES, ResourceReferences.idOf(each), Reading.present(each)));
        });
    }

    private Set<String> subscriptions() {
        return Stream.of(List.of(gateway.id(), scene.gatewayId()), gateway.subnets(), members.configurations())
                .flatMap(Collection::stream)
                .map(ResourceId::subscription)
                .filter(each -> !each.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void fetch(CallBatch batch, String array, Kind kind, Collection<ResourceId> ids) {
        List<ResourceId> some = ids.stream().limit(MOST_OF_A_KIND).toList();
        resources.fetch(batch, kind, some, (id, reading) -> found.add(array, id, reading));
    }

    static Set<ResourceId> networksOf(Collection<ResourceId> subnets) {
        return subnets.stream().map(ResourceId::parent).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
