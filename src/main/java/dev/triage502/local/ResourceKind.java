package dev.triage502.local;

import dev.triage502.evidence.Source;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where a case folder keeps the resources of one ARM type: an array of one document.
 *
 * @param source the document
 * @param array  the array's name; empty when the document is the resource
 */
record ResourceKind(String type, Source source, String array) {

    private static final Map<String, ResourceKind> TOP = Map.ofEntries(
            at("microsoft.network/applicationgateways", Source.GATEWAY, ""),
            at("microsoft.network/virtualnetworks", Source.NETWORK, "virtualNetworks"),
            at("microsoft.network/networksecuritygroups", Source.NETWORK, "networkSecurityGroups"),
            at("microsoft.network/routetables", Source.NETWORK, "routeTables"),
            at("microsoft.network/privatednszones", Source.NETWORK, "privateDnsZones"),
            at("microsoft.network/networkinterfaces", Source.NETWORK, "networkInterfaces"),
            at("microsoft.network/privateendpoints", Source.NETWORK, "privateEndpoints"),
            at("microsoft.network/loadbalancers", Source.NETWORK, "loadBalancers"),
            at("microsoft.network/applicationsecuritygroups", Source.NETWORK, "applicationSecurityGroups"),
            at("microsoft.network/publicipaddresses", Source.NETWORK, "publicIPAddresses"),
            at("microsoft.compute/virtualmachines", Source.BACKENDS, "virtualMachines"),
            at("microsoft.compute/virtualmachinescalesets", Source.BACKENDS, "scaleSets"),
            at("microsoft.web/sites", Source.BACKENDS, "sites"),
            at("microsoft.app/containerapps", Source.BACKENDS, "containerApps"),
            at("microsoft.app/managedenvironments", Source.BACKENDS, "managedEnvironments"),
            at("microsoft.containerservice/managedclusters", Source.BACKENDS, "managedClusters"));

    private static Map.Entry<String, ResourceKind> at(String type, Source source, String array) {
        return Map.entry(type, new ResourceKind(type, source, array));
    }

    /** The kind that holds a type: its own, or that of the resource it stands in (a subnet's is its network's). */
    static Optional<ResourceKind> holding(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        int namespaceEnd = lower.indexOf('/');
        int end = namespaceEnd < 0 ? -1 : lower.indexOf('/', namespaceEnd + 1);
        return Optional.ofNullable(TOP.get(end < 0 ? lower : lower.substring(0, end)));
    }
}
