package dev.triage502.collect;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.azure.ArmOperation;
import dev.triage502.azure.CallContext;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.evidence.Network.Subnet;
import dev.triage502.evidence.Network.Zone;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.arm.BackendParts;
import dev.triage502.evidence.arm.NetworkReferences;
import dev.triage502.evidence.arm.ResourceReferences;
import dev.triage502.incident.HostName;
import dev.triage502.incident.ResourceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which interfaces hold the addresses that matter: members' and those that routes lead to? For an address that is
 * nobody's, also the interfaces around it, for what had it may have another one now.
 *
 * <p>Interfaces of scale sets are in no list but that of their set, so sets are found first.
 */
final class IpOwnerLookup {

    private static final String INTERFACE = "microsoft.network/networkinterfaces";
    private static final String BALANCER = "microsoft.network/loadbalancers";
    private static final String PUBLIC_ADDRESS = "microsoft.network/publicipaddresses";
    private static final String SCALE_SET = "microsoft.compute/virtualmachinescalesets";
    private static final int MOST_SETS = 8;
    private static final int MOST_INSTANCES = 200;
    private static final int MOST_HOPS = 40;

    private final CollectContext scene;
    private final CallContext ask;
    private final ResourceFetcher resources;
    private final ConfiguredBackends members;
    private final CompositeDocument found;
    private final Set<String> subscriptions;

    private final Map<ResourceId, Integer> sets = new LinkedHashMap<>();
    private final Set<String> ledTo = new LinkedHashSet<>();
    private final Set<ResourceId> listed = new LinkedHashSet<>();
    private final Set<ResourceId> looked = new LinkedHashSet<>();

    IpOwnerLookup(
            CollectContext scene,
            CallContext ask,
            ConfiguredBackends members,
            CompositeDocument found,
            Set<String> subscriptions) {
        this.scene = scene;
        this.ask = ask;
        this.resources = new ResourceFetcher(scene, ask);
        this.members = members;
        this.found = found;
        this.subscriptions = subscriptions;
        members.scaleSets().forEach(set -> sets.put(set, 0));
    }

    /** Those that hold members' addresses, or joined a pool; and the public addresses of members' names and of the gateway. */
    void ofMembers(CallBatch batch) {
        List<ResourceId> known = new ArrayList<>(members.interfaces());
        scene.document()
                .toOptional()
                .map(ResourceReferences::publicAddressesOfGateway)
                .ifPresent(known::addAll);
        holders(batch, members.addresses(), members.names(), known);
        ofScaleSets(batch);
    }

    /** Those that hold the addresses to which private zones lead members' names. */
    void ofNames(CallBatch batch, Network network) {
        for (Zone zone : network.zones().toOptional().orElse(List.of())) {
            members.names().stream()
                    .flatMap(name -> HostName.of(name).before(HostName.of(zone.name())).stream())
                    .flatMap(relative -> zone.records().getOrDefault(relative, List.of()).stream())
                    .filter(IpAddresses::isAddress)
                    .forEach(ledTo::add);
        }
        holders(batch, unowned(ledTo), Set.of(), List.of());
    }

    private void holders(CallBatch batch, Set<String> addresses, Set<String> names, List<ResourceId> ids) {
        if (addresses.isEmpty() && names.isEmpty() && ids.isEmpty()) {
            return;
        }
        Map<String, Collection<String>> lists =
                Map.of("addresses", addresses, "names", names, "ids", ResourceFetcher.texts(ids));
        batch.add(
                () -> resources.query("holders", lists, subscriptions),
                rows -> found.addSeen(
                        rows,
                        Map.of(
                                INTERFACE,
                                NetworkReferences.INTERFACES,
                                BALANCER,
                                NetworkReferences.LOAD_BALANCERS,
                                PUBLIC_ADDRESS,
                                NetworkReferences.PUBLIC_ADDRESSES)));
    }

    /** Those in the subnets of members' addresses that nothing holds, and what may have a public one's service now. */
    void aroundMembers(CallBatch batch, Network network) {
        Set<String> regions = unownedInPublic().isEmpty() ? Set.of() : regions();
        Set<String> all = new LinkedHashSet<>(members.addresses());
        all.addAll(ledTo);
        around(batch, network, unowned(all), regions);
    }

    /** The public addresses of members that nothing found so far holds. */
    Set<String> unownedInPublic() {
        Set<String> unowned = members.addresses().stream()
                .filter(address -> IpAddresses.parse(address)
                        .filter(range -> !IpAddresses.isPrivate(range))
                        .isPresent())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        NetworkReferences.of(found.document()).publicAddresses().forEach(unowned::remove);
        return unowned;
    }

    /** The gateway's region, as Resource Graph spells it. */
    private Set<String> regions() {
        return scene.document().toOptional().stream()
                .flatMap(document -> ResourceReferences.locationOf(document).stream())
                .map(location -> location.toLowerCase(Locale.ROOT).replace(" ", ""))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The appliances and nodes that the routes lead to, and the machines that answer for names. */
    void onTheWay(CallBatch batch, Network network) {
        Set<String> hops = new LinkedHashSet<>();
        if (!members.names().isEmpty()) {
            network.virtualNetworks().stream()
                    .flatMap(each -> each.dnsServers().stream())
                    .filter(address -> IpAddresses.parse(address)
                            .filter(IpAddresses::isPrivate)
                            .isPresent())
                    .limit(MOST_HOPS)
                    .forEach(hops::add);
        }
        network.routeTables().values().stream()
                .flatMap(table -> table.toOptional().stream())
                .flatMap(table -> table.routes().stream())
                .filter(route -> route.nextHop() == NextHop.APPLIANCE)
                .flatMap(route -> route.nextHopAddresses().stream())
                .filter(address -> !address.isEmpty())
                .limit(MOST_HOPS)
                .forEach(hops::add);
        Set<String> strangers = unowned(hops);
        around(batch, network, strangers, Set.of());
        // What lies in a network that was not read is found by its address.
        strangers.removeIf(hop -> !subnetsOf(network, Set.of(hop)).isEmpty());
        holders(batch, strangers, Set.of(), List.of());
    }

    /** The interfaces of the scale sets that were found since. */
    void ofScaleSets(CallBatch batch) {
        sets.forEach((set, capacity) -> {
            if (listed.add(set)) {
                boolean tooMuch = listed.size() > MOST_SETS || capacity > MOST_INSTANCES;
                batch.add(() -> tooMuch ? notAsked(set) : list(set), list -> add(set, list));
            }
        });
    }

    /** The interfaces of the scale sets whose instances are behind load balancers that hold members' addresses. */
    void ofSetsBehind(CallBatch batch) {
        NetworkReferences.of(found.document()).scaleSetsBehind().forEach(set -> sets.putIfAbsent(set, 0));
        ofScaleSets(batch);
    }

    private void around(CallBatch batch, Network network, Set<String> addresses, Set<String> regions) {
        Set<ResourceId> subnets = subnetsOf(network, addresses);
        subnets.removeAll(looked);
        looked.addAll(subnets);
        if (!subnets.isEmpty() || !regions.isEmpty()) {
            Map<String, Collection<String>> lists =
                    Map.of("subnets", ResourceFetcher.texts(subnets), "addresses", addresses, "regions", regions);
            batch.add(() -> resources.query("around", lists, subscriptions), rows -> {
                found.addSeen(
                        rows,
                        Map.of(INTERFACE, NetworkReferences.INTERFACES, BALANCER, NetworkReferences.LOAD_BALANCERS));
                rows.toOptional()
                        .ifPresent(all -> ResourceReferences.resources(ResourceReferences.ofType(SCALE_SET, all))
                                .forEach(this::note));
            });
        }
    }

    /** Interfaces of a flexible set are ordinary ones, which the same answer shows. */
    private void note(JsonObject set) {
        if (BackendParts.isFlexible(set)) {
            return;
        }
        sets.putIfAbsent(ResourceReferences.idOf(set), ResourceReferences.capacityOf(set));
    }

    private Reading<JsonElement> list(ResourceId set) {
        return scene.arm().list(ask, ArmOperation.SCALE_SET_INTERFACES, set, Map.of());
    }

    /** An answer of many megabytes is not worth what it shows; a list that lacks it is told to be short. */
    private Reading<JsonElement> notAsked(ResourceId set) {
        return Reading.couldNotRead(
                ask.source(), Why.NOT_COLLECTED, "NotCollected: scale set " + set.name() + " has too many instances");
    }

    private void add(ResourceId set, Reading<JsonElement> list) {
        if (list.unread().isPresent()) {
            found.add(NetworkReferences.INTERFACES, ResourceId.of(set + "/networkInterfaces/unread"), list);
        }
        list.toOptional().stream()
                .flatMap(ResourceReferences::listed)
                .forEach(each ->
                        found.add(NetworkReferences.INTERFACES, ResourceReferences.idOf(each), Reading.present(each)));
    }

    /** Of some addresses those that nothing found so far holds. */
    Set<String> unowned(Set<String> addresses) {
        Set<String> unowned = new LinkedHashSet<>(addresses);
        NetworkReferences.of(found.document()).privateAddresses().forEach(unowned::remove);
        return unowned;
    }

    /** Where the addresses are; a subnet that a service owns shows nobody its interfaces. */
    private static Set<ResourceId> subnetsOf(Network network, Set<String> addresses) {
        Set<ResourceId> subnets = new LinkedHashSet<>();
        for (String address : addresses) {
            IpAddresses.parse(address)
                    .ifPresent(range -> network.subnets()
                            .filter(subnet -> subnet.delegations().isEmpty() && subnet.holds(range))
                            .map(Subnet::id)
                            .forEach(subnets::add));
        }
        return subnets;
    }
}
