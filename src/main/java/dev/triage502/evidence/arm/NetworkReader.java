package dev.triage502.evidence.arm;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.EndpointPolicies;
import dev.triage502.evidence.Network.Interface;
import dev.triage502.evidence.Network.Peering;
import dev.triage502.evidence.Network.Subnet;
import dev.triage502.evidence.Network.VirtualNetwork;
import dev.triage502.evidence.Network.Zone;
import dev.triage502.evidence.PublicAddress;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.ResourceId;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the traffic crosses: arrays of ARM resources by what they are. Where Azure refused one resource, its error
 * stands in its place; where it refused a whole list, that stands under {@code unread} by the list's name.
 */
final class NetworkReader {

    private static final AzureWords<EndpointPolicies> ENDPOINT_POLICIES = AzureWords.of(
                    EndpointPolicies.BOTH, "Enabled")
            .and(EndpointPolicies.NSG, "NetworkSecurityGroupEnabled")
            .and(EndpointPolicies.ROUTE_TABLE, "RouteTableEnabled")
            .and(EndpointPolicies.NONE, "Disabled");

    private static final List<String> LISTS = List.of(
            "virtualNetworks",
            "networkSecurityGroups",
            "routeTables",
            "privateDnsZones",
            "networkInterfaces",
            "privateEndpoints",
            "loadBalancers",
            "applicationSecurityGroups",
            "serviceTags",
            "effectiveRoutes",
            "publicIPAddresses",
            "securityAdminRules",
            "connectivityConfigurations",
            "unread");

    private static final List<String> STATES = List.of("initiated", "connected", "disconnected");

    private final ArmObject document;
    private final Losses losses;
    private final Losses holders;

    private NetworkReader(ArmObject document, Losses losses) {
        this.document = document;
        this.losses = losses;
        this.holders = losses.ofPart();
    }

    static Network read(JsonElement json, Losses losses) {
        ArmObject document = ArmObject.document(json);
        if (LISTS.stream().noneMatch(document::has)) {
            throw document.lacks("an object with virtualNetworks, networkSecurityGroups, routeTables");
        }
        return new NetworkReader(document, losses).read();
    }

    private Network read() {
        List<VirtualNetwork> networks = losses.each(there("virtualNetworks"), this::virtualNetwork).stream()
                .sorted(Comparator.comparing(VirtualNetwork::id))
                .toList();
        Reading<List<Interface>> interfaces =
                list("networkInterfaces", each -> InterfaceReader.interfaces(each, holders));
        Reading<List<PublicAddress>> publicAddresses =
                list("publicIPAddresses", each -> PublicAddressReader.read(each, losses));
        return Network.builder()
                .virtualNetworks(networks)
                .securityGroups(byId(
                        "networkSecurityGroups",
                        Stream.concat(
                                networks.stream()
                                        .flatMap(each -> each.subnets().stream())
                                        .flatMap(subnet -> subnet.securityGroup().stream()),
                                interfaces.toOptional().stream()
                                        .flatMap(List::stream)
                                        .flatMap(each -> each.securityGroup().stream())),
                        group -> SecurityGroupReader.read(group, losses)))
                .routeTables(byId(
                        "routeTables",
                        networks.stream()
                                .flatMap(each -> each.subnets().stream())
                                .flatMap(subnet -> subnet.routeTable().stream()),
                        table -> RouteReader.table(table, losses)))
                .zones(zones())
                .zonesByLink(zonesByLink())
                .interfaces(interfaces)
                .endpoints(list("privateEndpoints", each -> InterfaceReader.endpoints(each, interfaces, holders)))
                .loadBalancers(
                        list("loadBalancers", each -> InterfaceReader.loadBalancers(each, publicAddresses, holders)))
                .serviceTags(serviceTags())
                .effectiveRoutes(list("effectiveRoutes", each -> RouteReader.effective(each, losses)))
                .publicAddresses(publicAddresses)
                .adminRules(ofNetworks(
                        "securityAdminRules", networks, each -> NetworkManagerReader.adminRules(each, losses)))
                .connectedGroups(
                        ofNetworks("connectivityConfigurations", networks, NetworkManagerReader::connectedGroups))
                .holdersGap(holders.gap(Source.NETWORK))
                .build();
    }

    /**
     * Records that were refused leave the zone as it is; all else that was refused may hide a zone or a link. A list of nothing but
     * links was made by whoever looked for these, and not for zones.
     */
    private Reading<List<Zone>> zones() {
        Reading<List<Zone>> zones = list(
                "privateDnsZones",
                each -> ElementError.inPlaceOf(each).isEmpty() || ZoneReader.isOfRecords(each),
                each -> ZoneReader.zones(each, losses));
        boolean linksOnly = zones.toOptional().filter(List::isEmpty).isPresent()
                && !zonesByLink().isEmpty();
        return linksOnly
                ? Reading.couldNotRead(Source.NETWORK, Why.NOT_COLLECTED, "privateDnsZones not collected")
                : zones;
    }

    private List<Zone> zonesByLink() {
        return losses.read(
                List.<Zone>of(),
                () -> document.has("privateDnsZones") ? ZoneReader.byLink(there("privateDnsZones")) : List.of());
    }

    private <T> Reading<List<T>> list(String name, Function<List<ArmObject>, List<T>> reader) {
        return list(name, each -> ElementError.inPlaceOf(each).isEmpty(), reader);
    }

    /** A list that stands for itself: one refusal in it makes it unread as a whole, for it may not be taken for all. */
    private <T> Reading<List<T>> list(
            String name, Predicate<ArmObject> usable, Function<List<ArmObject>, List<T>> reader) {
        Optional<ElementError> refusedWhole = refused(name);
        if (refusedWhole.isPresent()) {
            return refusedWhole.get().of(Source.NETWORK);
        }
        if (!document.has(name)) {
            return Reading.couldNotRead(Source.NETWORK, Why.NOT_COLLECTED, name + " not collected");
        }
        return understood(name, () -> {
                    Map<Boolean, List<ArmObject>> split =
                            document.objects(name).stream().collect(Collectors.partitioningBy(usable));
                    Optional<ElementError> refused = split.getOrDefault(false, List.of()).stream()
                            .flatMap(each -> ElementError.inPlaceOf(each).stream())
                            .filter(refusal -> !refusal.saysNotFound())
                            .min(Comparator.comparing(ElementError::words));
                    return refused.<Reading<List<T>>>map(refusal -> refusal.of(Source.NETWORK))
                            .orElseGet(() -> Reading.present(reader.apply(split.getOrDefault(true, List.of()))));
                })
                .flatMap(reading -> reading);
    }

    private List<ArmObject> there(String name) {
        return losses.list(document, name).stream()
                .filter(each -> ElementError.inPlaceOf(each).isEmpty())
                .toList();
    }

    /** Each resource with what came of asking for it, and each that is referred to but was refused with the rest. */
    private <T> Map<String, Reading<T>> byId(String name, Stream<ResourceId> referred, Function<ArmObject, T> reader) {
        Map<String, Reading<T>> readings = new TreeMap<>();
        refused(name).ifPresent(refused -> referred.forEach(id -> readings.put(id.key(), refused.of(Source.NETWORK))));
        for (ArmObject resource : losses.list(document, name)) {
            losses.read(() -> MachineReader.idOf(resource)).ifPresent(id -> {
                Optional<ElementError> refused = losses.read(Optional.empty(), () -> ElementError.inPlaceOf(resource));
                readings.put(
                        id.key(),
                        refused.isPresent()
                                ? refused.get().of(Source.NETWORK, id)
                                : understood(name, () -> reader.apply(resource)));
            });
        }
        return Collections.unmodifiableMap(readings);
    }

    /** What came of asking about each network; where the whole list was refused, that for each network that is known. */
    private <T> Map<String, Reading<T>> ofNetworks(
            String name, List<VirtualNetwork> networks, Function<ArmObject, T> reader) {
        Map<String, Reading<T>> readings = new TreeMap<>();
        refused(name)
                .ifPresent(refused ->
                        networks.forEach(each -> readings.put(each.id().key(), refused.of(Source.NETWORK))));
        for (ArmObject answer : losses.list(document, name)) {
            losses.read(() -> NetworkManagerReader.network(answer)).ifPresent(id -> {
                Optional<ElementError> refused = losses.read(Optional.empty(), () -> ElementError.inPlaceOf(answer));
                readings.put(
                        id.key(),
                        refused.isPresent()
                                ? refused.get().of(Source.NETWORK, id)
                                : understood(name, () -> reader.apply(answer)));
            });
        }
        return Collections.unmodifiableMap(readings);
    }

    /** What Azure answered in the place of a whole list, if it refused it. */
    private Optional<ElementError> refused(String name) {
        return losses.read(
                Optional.empty(),
                () -> document.object("unread").has(name)
                        ? Optional.of(ElementError.of(document.object("unread").object(name)))
                        : Optional.empty());
    }

    private <T> Reading<T> understood(String name, Supplier<T> reader) {
        try {
            return Reading.present(reader.get());
        } catch (MalformedDocument e) {
            losses.add(String.valueOf(e.getMessage()));
            return Reading.couldNotRead(
                    Source.NETWORK, Why.MALFORMED, Source.NETWORK.fileName() + ": " + name + ": " + e.getMessage());
        }
    }

    private VirtualNetwork virtualNetwork(ArmObject network) {
        ResourceId id = network.id().orElseThrow(() -> network.lacks("a virtual network with its id"));
        Losses own = losses.ofPart();
        List<Range> space =
                own.read(List.of(), () -> ranges(network.object("addressSpace").texts("addressPrefixes")));
        if (space.isEmpty() && !own.any()) {
            own.add(id.name() + " has no addressSpace");
        }
        List<Subnet> subnets = own
                .each(own.read(List.<ArmObject>of(), () -> network.members("subnets")), each -> subnet(id, each))
                .stream()
                .sorted(Comparator.comparing(Subnet::id))
                .toList();
        List<String> servers =
                own.read(List.of(), () -> network.object("dhcpOptions").texts("dnsServers"));
        Losses ofPeerings = losses.ofPart();
        Reading<List<Peering>> peerings = peerings(id, network, ofPeerings);
        return new VirtualNetwork(
                id,
                space,
                servers,
                subnets,
                peerings,
                own.gap(Source.NETWORK),
                ofPeerings.gap(Source.NETWORK),
                network.text("location").replace(" ", "").toLowerCase(Locale.ROOT));
    }

    private static Reading<List<Peering>> peerings(ResourceId id, ArmObject network, Losses losses) {
        return network.has("virtualNetworkPeerings")
                ? Reading.present(losses.each(network, "virtualNetworkPeerings", NetworkReader::peering).stream()
                        .sorted(Comparator.comparing(Peering::name).thenComparing(Peering::toString))
                        .toList())
                : Reading.couldNotRead(
                        Source.NETWORK,
                        Why.NOT_COLLECTED,
                        "the peerings of " + id.name() + " (virtualNetworkPeerings) were not collected");
    }

    private static Subnet subnet(ResourceId network, ArmObject subnet) {
        if (subnet.texts("addressPrefixes", "addressPrefix").isEmpty()) {
            throw subnet.lacks("a subnet with its addressPrefix");
        }
        return new Subnet(
                subnet.id().orElseGet(() -> ResourceId.of(network + "/subnets/" + subnet.name())),
                ranges(subnet.texts("addressPrefixes", "addressPrefix")),
                subnet.reference("networkSecurityGroup"),
                subnet.reference("routeTable"),
                subnet.objects("delegations").stream()
                        .map(each -> each.text("serviceName"))
                        .filter(service -> !service.isEmpty())
                        .distinct()
                        .sorted()
                        .toList(),
                ENDPOINT_POLICIES
                        .valueOf(subnet.text("privateEndpointNetworkPolicies"))
                        .orElse(EndpointPolicies.NONE),
                subnet.objects("serviceEndpoints").stream()
                        .map(each -> each.text("service"))
                        .filter(service -> !service.isEmpty())
                        .distinct()
                        .sorted()
                        .toList());
    }

    private static Peering peering(ArmObject peering) {
        List<String> space = peering.object("remoteAddressSpace").texts("addressPrefixes");
        String state = peering.text("peeringState");
        if (STATES.stream().noneMatch(state::equalsIgnoreCase)) {
            throw peering.lacks("a peering whose peeringState is Initiated, Connected or Disconnected");
        }
        return new Peering(
                peering.name(),
                peering.reference("remoteVirtualNetwork")
                        .orElseThrow(() -> peering.lacks("a peering with its remoteVirtualNetwork")),
                state,
                peering.text("peeringSyncLevel"),
                peering.flag("allowVirtualNetworkAccess").orElse(true),
                peering.flag("allowForwardedTraffic").orElse(false),
                peering.flag("useRemoteGateways").orElse(false),
                ranges(
                        space.isEmpty()
                                ? peering.object("remoteVirtualNetworkAddressSpace")
                                        .texts("addressPrefixes")
                                : space));
    }

    private static List<Range> ranges(List<String> prefixes) {
        return prefixes.stream()
                .map(prefix -> IpAddresses.parse(prefix)
                        .orElseThrow(
                                () -> new MalformedDocument("an address prefix was expected, not \"" + prefix + "\"")))
                .distinct()
                .sorted(Comparator.comparing(Range::first)
                        .thenComparing(Range::last)
                        .thenComparing(Range::text))
                .toList();
    }

    /** Prefixes by tag; a tag of which one prefix is not understood is left out, for half of it would mislead. */
    private Map<ArmName, List<Range>> serviceTags() {
        Map<ArmName, List<Range>> tags = new HashMap<>();
        List<ArmObject> answers = document.find("serviceTags") instanceof JsonObject
                ? List.of(document.object("serviceTags"))
                : losses.list(document, "serviceTags");
        for (ArmObject answer : answers) {
            List<ArmObject> listed =
                    losses.read(List.of(), () -> answer.has("values") ? answer.objects("values") : List.of(answer));
            for (ArmObject tag : listed) {
                losses.read(() -> ranges(tag.texts("addressPrefixes")))
                        .ifPresent(prefixes -> tags.put(ArmName.of(tag.name()), prefixes));
            }
        }
        return Collections.unmodifiableMap(new TreeMap<>(tags));
    }
}
