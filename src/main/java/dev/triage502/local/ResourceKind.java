package dev.triage502.local;

import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceType;
import java.util.Map;
import java.util.Optional;

/**
 * Where a case folder keeps the resources of one ARM type: an array of one document.
 *
 * @param type   as Azure spells it
 * @param source the document
 * @param array  the array's name; empty when the document is the resource
 */
record ResourceKind(ResourceType type, Source source, String array) {

    private static final Map<ResourceType, ResourceKind> TOP = Map.ofEntries(
            at("Microsoft.Network/applicationGateways", Source.GATEWAY, ""),
            at("Microsoft.Network/virtualNetworks", Source.NETWORK, "virtualNetworks"),
            at("Microsoft.Network/networkSecurityGroups", Source.NETWORK, "networkSecurityGroups"),
            at("Microsoft.Network/routeTables", Source.NETWORK, "routeTables"),
            at("Microsoft.Network/privateDnsZones", Source.NETWORK, "privateDnsZones"),
            at("Microsoft.Network/networkInterfaces", Source.NETWORK, "networkInterfaces"),
            at("Microsoft.Network/privateEndpoints", Source.NETWORK, "privateEndpoints"),
            at("Microsoft.Network/loadBalancers", Source.NETWORK, "loadBalancers"),
            at("Microsoft.Network/applicationSecurityGroups", Source.NETWORK, "applicationSecurityGroups"),
            at("Microsoft.Network/publicIPAddresses", Source.NETWORK, "publicIPAddresses"),
            at("Microsoft.Compute/virtualMachines", Source.BACKENDS, "virtualMachines"),
            at("Microsoft.Compute/virtualMachineScaleSets", Source.BACKENDS, "scaleSets"),
            at("Microsoft.Web/sites", Source.BACKENDS, "sites"),
            at("Microsoft.App/containerApps", Source.BACKENDS, "containerApps"),
            at("Microsoft.App/managedEnvironments", Source.BACKENDS, "managedEnvironments"),
            at("Microsoft.Web/staticSites", Source.BACKENDS, "staticSites"),
            at("Microsoft.Storage/storageAccounts", Source.BACKENDS, "storageAccounts"),
            at("Microsoft.ApiManagement/service", Source.BACKENDS, "apiManagementServices"),
            at("Microsoft.ContainerService/managedClusters", Source.BACKENDS, "managedClusters"));

    private static Map.Entry<ResourceType, ResourceKind> at(String type, Source source, String array) {
        ResourceKind kind = new ResourceKind(ResourceType.of(type), source, array);
        return Map.entry(kind.type(), kind);
    }

    /** A type as Azure spells it where it names an action; callers spell it as they like. */
    static String spelled(ResourceType type) {
        return holding(type).map(kind -> type.below(kind.type())).orElse(type).toString();
    }

    /** The kind that holds a type: its own, or that of the resource it stands in (a subnet's is its network's). */
    static Optional<ResourceKind> holding(ResourceType type) {
        return Optional.ofNullable(TOP.get(type.ofTop()));
    }
}
