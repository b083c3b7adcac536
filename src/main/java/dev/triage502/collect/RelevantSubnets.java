package dev.triage502.collect;

import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.Subnet;
import dev.triage502.incident.ResourceId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The subnets that matter: those of the gateway and of members first, then the others of the gateway's network. */
final class RelevantSubnets {

    private final ConfiguredBackends members;
    private final Network network;
    private final List<Subnet> inOrder;

    /** {@code ofMembers} are the subnets that members are known to have addresses in. */
    RelevantSubnets(Network network, Gateway gateway, ConfiguredBackends members, List<ResourceId> ofMembers) {
        this.members = members;
        this.network = network;
        Set<ResourceId> own = NetworkDiscovery.networksOf(gateway.subnets());
        Set<ResourceId> known = new LinkedHashSet<>(gateway.subnets());
        known.addAll(ofMembers);
        List<Subnet> all = network.subnets().toList();
        this.inOrder = Stream.of(
                        all.stream().filter(subnet -> known.contains(subnet.id())),
                        all.stream().filter(subnet -> anyMemberIn(subnet.prefixes())),
                        all.stream().filter(subnet -> own.contains(subnet.id().parent())))
                .flatMap(each -> each)
                .distinct()
                .toList();
    }

    boolean anyMemberIn(List<IpAddresses.Range> prefixes) {
        return members.addresses().stream()
                .flatMap(address -> IpAddresses.parse(address).stream())
                .anyMatch(address -> prefixes.stream().anyMatch(prefix -> prefix.contains(address)));
    }

    /** The security groups of the subnets, and of the interfaces that hold members' addresses. */
    Set<ResourceId> securityGroups() {
        Set<ResourceId> groups = new LinkedHashSet<>();
        inOrder.forEach(subnet -> subnet.securityGroup().ifPresent(groups::add));
        network.interfaces().toOptional().stream()
                .flatMap(List::stream)
                .forEach(each -> each.securityGroup().ifPresent(groups::add));
        return groups;
    }

    Set<ResourceId> routeTables() {
        Set<ResourceId> tables = new LinkedHashSet<>();
        inOrder.forEach(subnet -> subnet.routeTable().ifPresent(tables::add));
        return tables;
    }
}
