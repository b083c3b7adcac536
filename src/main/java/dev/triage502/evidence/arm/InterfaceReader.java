package dev.triage502.evidence.arm;

import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Network.Interface;
import dev.triage502.evidence.Network.InterfaceAddress;
import dev.triage502.evidence.Network.LoadBalancer;
import dev.triage502.evidence.Network.PrivateEndpoint;
import dev.triage502.evidence.Reading;
import dev.triage502.incident.ResourceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
                                each.reference("networkSecurityGroup")))
                .stream()
                .sorted(Comparator.comparing(Interface::id).thenComparing(Interface::toString))
                .toList();
    }

    private static List<InterfaceAddress> addresses(ArmObject card) {
        return card.objects("ipConfigurations").stream()
                .filter(each -> !each.text("privateIPAddress").isBlank())
                .map(each -> new InterfaceAddress(
                        each.text("privateIPAddress").strip(),
                        each.reference("subnet"),
                        each.references("applicationSecurityGroups").stream()
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
                endpoint.reference("subnet"));
    }

    /** Load balancers, one entry for each subnet that one has fronts in. */
    static List<LoadBalancer> loadBalancers(List<ArmObject> resources, Losses losses) {
        return losses.each(resources, each -> loadBalancers(each).toList()).stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(LoadBalancer::id).thenComparing(LoadBalancer::toString))
                .toList();
    }

    private static Stream<LoadBalancer> loadBalancers(ArmObject balancer) {
        ResourceId id = idOf(balancer);
        Map<Optional<ResourceId>, List<String>> fronts = new HashMap<>();
        for (ArmObject front : balancer.objects("frontendIPConfigurations")) {
            String address = front.text("privateIPAddress");
            fronts.computeIfAbsent(front.reference("subnet"), unused -> new ArrayList<>())
                    .add(address.isEmpty() ? front.object("publicIPAddress").text("ipAddress") : address);
        }
        return fronts.isEmpty()
                ? Stream.of(new LoadBalancer(id, List.of(), Optional.empty()))
                : fronts.entrySet().stream()
                        .map(each -> new LoadBalancer(id, sorted(each.getValue().stream()), each.getKey()));
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
