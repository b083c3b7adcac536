package dev.triage502.collect;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.azure.ArmOperation;
import dev.triage502.azure.CallContext;
import dev.triage502.azure.Deadline;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.Interface;
import dev.triage502.evidence.Network.Peering;
import dev.triage502.evidence.Network.VirtualNetwork;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.arm.NetworkReferences;
import dev.triage502.evidence.arm.ResourceReferences;
import dev.triage502.incident.ResourceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What only the platform can say of rules and routes: the addresses that a service tag stands for, the routes that a
 * network has learned, and what Azure Virtual Network Manager has in effect in a network. Each is asked only where the answer
 * could matter to a member.
 */
final class EffectiveNetworkLookup {

    /** Tags whose meaning follows from the network itself; Azure has no list for them. */
    private static final Set<String> OWN = Set.of("*", "any", "virtualnetwork", "internet", "azureloadbalancer");

    private static final int MOST_TAGS = 4;
    private static final int MOST_NETWORKS = 2;

    /** Rules and routes of so many networks are fetched at most with the gateway's; more are seldom on the way. */
    private static final int MOST_MANAGED = 4;

    /** The platform works routes out when asked, in seconds or in a minute; others wait for the network meanwhile. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CollectContext scene;
    private final CallContext ask;
    private final Gateway gateway;
    private final ConfiguredBackends members;
    private final CompositeDocument found;
    private final List<CouldNotRead<JsonElement>> refused = new ArrayList<>();

    EffectiveNetworkLookup(
            CollectContext scene,
            CallContext ask,
            Gateway gateway,
            ConfiguredBackends members,
            CompositeDocument found) {
        this.scene = scene;
        this.ask = ask;
        this.gateway = gateway;
        this.members = members;
        this.found = found;
    }

    /** The tags that rules on the way out and routes name. They hold public addresses, so private members need none. */
    void serviceTags(CallBatch batch, Network network) {
        ResourceId region = region();
        if (members.mayBePublic() && !region.name().isEmpty()) {
            Stream<String> rules = network.securityGroups().values().stream()
                    .flatMap(group -> group.toOptional().stream())
                    .flatMap(group -> group.rules().stream())
                    .filter(rule -> !rule.inbound() && !rule.isDefault())
                    .flatMap(rule -> rule.destinations().stream());
            Stream<String> routes = network.routeTables().values().stream()
                    .flatMap(table -> table.toOptional().stream())
                    .flatMap(table -> table.routes().stream())
                    .map(Network.Route::prefix);
            Stream.concat(rules, routes)
                    .map(String::strip)
                    .filter(each -> OWN.stream().noneMatch(each::equalsIgnoreCase)
                            && IpAddresses.parse(each).isEmpty())
                    // Azure looks a tag up by its own spelling, AzureFrontDoor.Backend; a rule has it so.
                    .collect(Collectors.toCollection(() -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER)))
                    .stream()
                    .limit(MOST_TAGS)
                    .forEach(tag -> batch.add(
                            () -> scene.arm().list(ask, ArmOperation.SERVICE_TAG, region, Map.of("tagName", tag)),
                            this::addTags));
        }
    }

    /** The gateway's region in its subscription; the list is the same in all of a cloud's. */
    private ResourceId region() {
        String location = scene.document().toOptional().stream()
                .flatMap(document -> ResourceReferences.locationOf(document).stream())
                .findFirst()
                .orElse("");
        return ResourceId.of("/subscriptions/" + scene.gatewayId().subscription()
                + "/providers/Microsoft.Network/locations/"
                + location.toLowerCase(Locale.ROOT).replace(" ", ""));
    }

    private void addTags(Reading<JsonElement> list) {
        list.unread().ifPresent(refusal -> found.unread(NetworkReferences.SERVICE_TAGS, refusal));
        list.toOptional().stream()
                .flatMap(ResourceReferences::listed)
                .forEach(tag ->
                        found.add(NetworkReferences.SERVICE_TAGS, ResourceReferences.idOf(tag), Reading.present(tag)));
    }

    /** The routes of one interface of each network that may have learned some, the gateway's first. */
    void effectiveRoutes(CallBatch batch, Network network) {
        oneOfEach(network)
                .forEach(card -> batch.add(
                        () -> scene.arm().post(patient(), ArmOperation.EFFECTIVE_ROUTES, card, null),
                        answer -> addRoutes(card, answer)));
    }

    /** The security admin rules of the networks around the gateway, its own first. */
    void adminRules(CallBatch batch, Network network) {
        managed(network)
                .forEach(each ->
                        ofNetwork(batch, ArmOperation.SECURITY_ADMIN_RULES, NetworkReferences.ADMIN_RULES, each));
    }

    /** The connected groups of the networks around the gateway, where one of them is not joined to its own by a peering. */
    void connectedGroups(CallBatch batch, Network network) {
        Set<ResourceId> own = NetworkDiscovery.networksOf(gateway.subnets());
        Set<ResourceId> joined = network.virtualNetworks().stream()
                .filter(each -> own.contains(each.id()))
                .flatMap(each -> each.peerings().toOptional().orElse(List.of()).stream())
                .map(Peering::remote)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        joined.addAll(own);
        boolean apart = network.virtualNetworks().stream().anyMatch(each -> !joined.contains(each.id()));
        if (apart) {
            managed(network)
                    .forEach(each -> ofNetwork(
                            batch, ArmOperation.CONNECTIVITY_CONFIGURATIONS, NetworkReferences.CONNECTIVITY, each));
        }
    }

    private List<ResourceId> managed(Network network) {
        Set<ResourceId> own = NetworkDiscovery.networksOf(gateway.subnets());
        return network.virtualNetworks().stream()
                .map(VirtualNetwork::id)
                .sorted(Comparator.comparing(each -> !own.contains(each)))
                .limit(MOST_MANAGED)
                .toList();
    }

    private void ofNetwork(CallBatch batch, ArmOperation operation, String array, ResourceId network) {
        batch.add(
                () -> scene.arm().post(ask, operation, network, new JsonObject()),
                answer -> found.add(
                        array,
                        network,
                        answer.map(read -> read instanceof JsonObject rules
                                ? NetworkReferences.ofNetwork(network, rules)
                                : read)));
    }

    private CallContext patient() {
        Deadline half = ask.deadline().atMost(ask.deadline().remaining().dividedBy(2));
        return new CallContext(ask.source(), half.atMost(PATIENCE));
    }

    private Set<ResourceId> oneOfEach(Network network) {
        Set<ResourceId> own = NetworkDiscovery.networksOf(gateway.subnets());
        List<Interface> cards = network.interfaces().toOptional().orElse(List.of());
        Map<ResourceId, ResourceId> byNetwork = new LinkedHashMap<>();
        Stream.concat(
                        network.virtualNetworks().stream().filter(each -> own.contains(each.id())),
                        network.virtualNetworks().stream().filter(each -> !own.contains(each.id())))
                .filter(EffectiveNetworkLookup::mayHaveLearned)
                .forEach(where -> cards.stream()
                        .filter(card -> isOfMachineIn(card, where))
                        .findFirst()
                        .ifPresent(card -> byNetwork.put(where.id(), card.id())));
        return byNetwork.values().stream().limit(MOST_NETWORKS).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Only an interface of a machine that runs has routes; one of a scale set's is asked for in another way. */
    private static boolean isOfMachineIn(Interface card, VirtualNetwork where) {
        return card.machine().isPresent()
                && card.id().after("virtualMachineScaleSets").isEmpty()
                && card.addresses().stream()
                        .flatMap(address -> address.subnet().stream())
                        .anyMatch(subnet -> subnet.isWithin(where.id()));
    }

    private static boolean mayHaveLearned(VirtualNetwork network) {
        return network.peerings().toOptional().orElse(List.of()).stream().anyMatch(Peering::usesRemoteGateways)
                || network.subnets().stream()
                        .map(subnet -> subnet.id().name())
                        .anyMatch(name ->
                                name.equalsIgnoreCase("GatewaySubnet") || name.equalsIgnoreCase("RouteServerSubnet"));
    }

    private void addRoutes(ResourceId card, Reading<JsonElement> answer) {
        answer.unread().ifPresent(refused::add);
        answer.toOptional()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .ifPresent(routes -> found.add(
                        NetworkReferences.EFFECTIVE_ROUTES,
                        card,
                        Reading.present(NetworkReferences.effectiveRoutes(card, routes))));
    }

    /** Says that routes could not be read where no network's could. */
    void sayWhatIsUnread() {
        if (found.array(NetworkReferences.EFFECTIVE_ROUTES).isEmpty()) {
            refused.stream()
                    .findFirst()
                    .ifPresent(refusal -> found.unread(NetworkReferences.EFFECTIVE_ROUTES, refusal));
        }
    }
}
