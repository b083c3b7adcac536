package dev.triage502.evidence.arm;

import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Network.BalancerProbe;
import dev.triage502.evidence.Network.BalancerRule;
import dev.triage502.evidence.Network.Interface;
import dev.triage502.evidence.Network.InterfaceAddress;
import dev.triage502.evidence.Network.LoadBalancer;
import dev.triage502.evidence.Network.PrivateEndpoint;
import dev.triage502.evidence.PublicAddress;
import dev.triage502.evidence.Reading;
import dev.triage502.incident.ResourceId;
import dev.triage502.incident.Wording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What holds addresses: network interfaces, private endpoints, load balancers. */
final class InterfaceReader {

    private InterfaceReader() {}

    static List<Interface> interfaces(List<ArmObject> resources, Losses losses) {
        return losses
                .each(
                        resources,
                        each -> new Interface(
                                idOf(each),
                                addresses(each),
                                each.reference("virtualMachine"),
                                each.reference("privateEndpoint"),
                                each.reference("networkSecurityGroup"),
                                each.flag("enableIPForwarding")))
                .stream()
                .sorted(Comparator.comparing(Interface::id).thenComparing(Interface::toString))
                .toList();
    }

    private static List<InterfaceAddress> addresses(ArmObject card) {
        return card.objects("ipConfigurations").stream()
                .filter(each -> !each.text("privateIPAddress").isBlank())
                .map(each -> new InterfaceAddress(
                        each.text("name"),
                        each.text("privateIPAddress").strip(),
                        each.reference("subnet"),
                        each.references("applicationSecurityGroups").stream()
                                .sorted()
                                .toList(),
                        each.references("loadBalancerBackendAddressPools").stream()
                                .sorted()
                                .toList()))
                .sorted(Comparator.comparing(InterfaceAddress::address, IpAddresses.ORDER)
                        .thenComparing(InterfaceAddress::toString))
                .toList();
    }

    /** Private endpoints; addresses that an endpoint does not list itself are those of its interfaces. */
    static List<PrivateEndpoint> endpoints(
            List<ArmObject> resources, Reading<List<Interface>> interfaces, Losses losses) {
        Map<ResourceId, List<InterfaceAddress>> held = new HashMap<>();
        interfaces.toOptional().stream().flatMap(List::stream).forEach(each -> held.put(each.id(), each.addresses()));
        return losses.each(resources, each -> endpoint(each, held)).stream()
                .sorted(Comparator.comparing(PrivateEndpoint::id).thenComparing(PrivateEndpoint::toString))
                .toList();
    }

    private static PrivateEndpoint endpoint(ArmObject endpoint, Map<ResourceId, List<InterfaceAddress>> held) {
        List<ArmObject> connections = new ArrayList<>(endpoint.objects("privateLinkServiceConnections"));
        connections.addAll(endpoint.objects("manualPrivateLinkServiceConnections"));
        Optional<ArmObject> connection = connections.stream().findFirst();
        List<ArmObject> names = endpoint.objects("customDnsConfigs");
        Stream<String> listed = names.stream().flatMap(each -> each.texts("ipAddresses").stream());
        Stream<String> configured =
                endpoint.objects("ipConfigurations").stream().map(each -> each.text("privateIPAddress"));
        Stream<String> carried = endpoint.references("networkInterfaces").stream()
                .flatMap(card -> held.getOrDefault(card, List.of()).stream())
                .map(InterfaceAddress::address);
        return new PrivateEndpoint(
                idOf(endpoint),
                connection
                        .flatMap(each -> each.reference("privateLinkServiceId"))
                        .orElseThrow(() -> endpoint.lacks("a private endpoint with the service behind it")),
                connection
                        .map(each ->
                                each.object("privateLinkServiceConnectionState").text("status"))
                        .orElse(""),
                sorted(names.stream().map(each -> each.text("fqdn"))),
                sorted(Stream.of(listed, configured, carried).flatMap(each -> each)),
                endpoint.reference("subnet"),
                connection.map(each -> each.texts("groupIds")).orElse(List.of()));
    }

    /**
     * Load balancers, one entry for each subnet that one has fronts in.
     *
     * @param publicAddresses what the public frontends refer to
     */
    static List<LoadBalancer> loadBalancers(
            List<ArmObject> resources, Reading<List<PublicAddress>> publicAddresses, Losses losses) {
        Map<ResourceId, String> known = new HashMap<>();
        publicAddresses.toOptional().stream()
                .flatMap(List::stream)
                .forEach(each -> known.put(each.id(), each.address()));
        return losses.each(resources, each -> loadBalancers(each, known).toList()).stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(LoadBalancer::id).thenComparing(LoadBalancer::toString))
                .toList();
    }

    private static Stream<LoadBalancer> loadBalancers(ArmObject balancer, Map<ResourceId, String> publicAddresses) {
        ResourceId id = idOf(balancer);
        Map<Optional<ResourceId>, List<String>> fronts = new HashMap<>();
        Map<ResourceId, String> byId = new HashMap<>();
        for (ArmObject front : balancer.members("frontendIPConfigurations")) {
            String address = Stream.of(
                            front.text("privateIPAddress"),
                            front.object("publicIPAddress").text("ipAddress"),
                            front.reference("publicIPAddress")
                                    .map(each -> publicAddresses.getOrDefault(each, ""))
                                    .orElse(""))
                    .map(String::strip)
                    .filter(each -> !each.isEmpty())
                    .findFirst()
                    .orElse("");
            fronts.computeIfAbsent(front.reference("subnet"), unused -> new ArrayList<>())
                    .add(address);
            front.id().ifPresent(each -> byId.put(each, address));
        }
        boolean basic = Wording.of(balancer.object("sku").text("name")).is("basic");
        Map<ResourceId, BalancerProbe> probes = new HashMap<>();
        balancer.members("probes")
                .forEach(each -> each.id()
                        .ifPresent(probe -> each.integer("port")
                                .ifPresent(
                                        port -> probes.put(probe, new BalancerProbe(probe.name(), port, path(each))))));
        Set<ResourceId> empty = emptyPools(balancer);
        List<BalancerRule> rules = balancer.members("loadBalancingRules").stream()
                .map(each -> new BalancerRule(
                        each.reference("frontendIPConfiguration")
                                .map(front -> byId.getOrDefault(front, ""))
                                .orElse(""),
                        each.integer("frontendPort").orElse(0),
                        each.integer(isFloating(each) ? "frontendPort" : "backendPort")
                                .orElse(0),
                        each.reference("probe").map(probes::get),
                        each.reference("backendAddressPool"),
                        each.reference("backendAddressPool")
                                .filter(empty::contains)
                                .isPresent(),
                        isFloating(each)))
                .filter(each -> !each.address().isEmpty())
                .sorted(Comparator.comparing(BalancerRule::address, IpAddresses.ORDER)
                        .thenComparing(BalancerRule::toString))
                .toList();
        return fronts.isEmpty()
                ? Stream.of(new LoadBalancer(id, List.of(), Optional.empty()))
                : fronts.entrySet().stream()
                        .map(each -> new LoadBalancer(
                                id,
                                sorted(each.getValue().stream()),
                                each.getKey(),
                                rules.stream()
                                        .filter(rule -> each.getValue().contains(rule.address()))
                                        .toList(),
                                basic));
    }

    private static boolean isFloating(ArmObject rule) {
        return rule.flag("enableFloatingIP").orElse(false);
    }

    /**
     * The backend pools of a load balancer that hold nothing. Azure lists interfaces in the one field and addresses in the other, and
     * leaves a list of interfaces out where it is empty; a pool without either field says nothing.
     */
    private static Set<ResourceId> emptyPools(ArmObject balancer) {
        List<String> lists = List.of("backendIPConfigurations", "loadBalancerBackendAddresses");
        return balancer.members("backendAddressPools").stream()
                .filter(pool -> lists.stream().anyMatch(pool::has))
                .filter(pool ->
                        lists.stream().allMatch(list -> pool.members(list).isEmpty()))
                .flatMap(pool -> pool.id().stream())
                .collect(Collectors.toSet());
    }

    private static String path(ArmObject probe) {
        return Wording.of(probe.text("protocol")).has("http") ? probe.text("requestPath") : "";
    }

    private static List<String> sorted(Stream<String> texts) {
        return texts.map(String::strip)
                .filter(text -> !text.isEmpty())
                .distinct()
                .sorted(IpAddresses.ORDER)
                .toList();
    }

    private static ResourceId idOf(ArmObject resource) {
        return resource.id().orElseThrow(() -> resource.lacks("a resource with its id"));
    }
}
