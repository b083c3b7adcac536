package dev.triage502.evidence.arm.form;

import com.google.gson.JsonElement;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.BackendParts;
import dev.triage502.evidence.arm.NetworkReferences;
import dev.triage502.incident.ResourceId;
import java.util.Optional;
import java.util.stream.Stream;

/** A type of resource that is of use, and where it belongs. */
enum UsableResource {
    GATEWAY("Microsoft.Network/applicationGateways", "application gateway", Source.GATEWAY, ""),
    VIRTUAL_NETWORK("Microsoft.Network/virtualNetworks", "VNet", NetworkReferences.VIRTUAL_NETWORKS),
    SECURITY_GROUP("Microsoft.Network/networkSecurityGroups", "NSG", NetworkReferences.SECURITY_GROUPS),
    ROUTE_TABLE("Microsoft.Network/routeTables", "route table", NetworkReferences.ROUTE_TABLES),
    INTERFACE("Microsoft.Network/networkInterfaces", "network interface", NetworkReferences.INTERFACES),
    ENDPOINT("Microsoft.Network/privateEndpoints", "private endpoint", NetworkReferences.PRIVATE_ENDPOINTS),
    LOAD_BALANCER("Microsoft.Network/loadBalancers", "load balancer", NetworkReferences.LOAD_BALANCERS),
    PUBLIC_ADDRESS("Microsoft.Network/publicIPAddresses", "public IP address", NetworkReferences.PUBLIC_ADDRESSES),
    MACHINE("Microsoft.Compute/virtualMachines", "VM", Source.BACKENDS, BackendParts.MACHINES),
    SCALE_SET("Microsoft.Compute/virtualMachineScaleSets", "scale set", Source.BACKENDS, BackendParts.SCALE_SETS),
    SITE("Microsoft.Web/sites", "web app", Source.BACKENDS, BackendParts.SITES),
    STATIC_SITE("Microsoft.Web/staticSites", "static web app", Source.BACKENDS, BackendParts.STATIC_SITES),
    CONTAINER_APP("Microsoft.App/containerApps", "container app", Source.BACKENDS, BackendParts.CONTAINER_APPS),
    ENVIRONMENT(
            "Microsoft.App/managedEnvironments",
            "container app environment",
            Source.BACKENDS,
            BackendParts.ENVIRONMENTS),
    CLUSTER("Microsoft.ContainerService/managedClusters", "AKS cluster", Source.BACKENDS, BackendParts.CLUSTERS),
    STORAGE("Microsoft.Storage/storageAccounts", "storage account", Source.BACKENDS, BackendParts.STORAGE_ACCOUNTS),
    API_MANAGEMENT(
            "Microsoft.ApiManagement/service", "API Management service", Source.BACKENDS, BackendParts.API_MANAGEMENT);

    private final String type;
    private final String words;
    private final Source source;
    private final String array;

    UsableResource(String type, String words, String array) {
        this(type, words, Source.NETWORK, array);
    }

    UsableResource(String type, String words, Source source, String array) {
        this.type = type;
        this.words = words;
        this.source = source;
        this.array = array;
    }

    /** The kind of a resource as REST, az or PowerShell give it: by its id, which PowerShell prints even without a type. */
    static Optional<UsableResource> of(JsonElement resource) {
        String id = AnyCase.field(resource, "id")
                .filter(JsonElement::isJsonPrimitive)
                .map(JsonElement::getAsString)
                .orElse("");
        return id.isEmpty() ? Optional.empty() : of(ResourceId.of(id));
    }

    /** An interface of a scale set's instance has an id below the scale set's. */
    private static Optional<UsableResource> of(ResourceId id) {
        return id.isOneOf("networkInterfaces")
                ? Optional.of(INTERFACE)
                : Stream.of(values()).filter(kind -> kind.isTypeOf(id)).findFirst();
    }

    /** The kind of a type, as templates name it. */
    static Optional<UsableResource> ofType(String type) {
        return Stream.of(values())
                .filter(kind -> kind.type.equalsIgnoreCase(type))
                .findFirst();
    }

    /** Whether it is the resource itself, and not a part of one: a rule's id has the type of its NSG too. */
    private boolean isTypeOf(ResourceId id) {
        return id.hasType(type) && id.isOneOf(type.substring(type.indexOf('/') + 1));
    }

    String words() {
        return words;
    }

    /** The resource as a part of its source's document. */
    TakenPart part(JsonElement resource) {
        return new TakenPart(source, array, resource);
    }
}
