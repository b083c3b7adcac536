package dev.triage502.evidence.arm;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.incident.ResourceId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which resources do the parts of a network document refer to? The document may still be growing: it is an object of
 * arrays, {@code {"virtualNetworks":[…],"networkInterfaces":[…]}}, each element as Azure gave it.
 */
public final class NetworkReferences {

    /** The arrays' names in the document. */
    public static final String VIRTUAL_NETWORKS = "virtualNetworks";

    public static final String SECURITY_GROUPS = "networkSecurityGroups";
    public static final String ROUTE_TABLES = "routeTables";
    public static final String INTERFACES = "networkInterfaces";
    public static final String PRIVATE_ENDPOINTS = "privateEndpoints";
    public static final String LOAD_BALANCERS = "loadBalancers";
    public static final String PUBLIC_ADDRESSES = "publicIPAddresses";
    public static final String PRIVATE_ZONES = "privateDnsZones";
    public static final String SERVICE_TAGS = "serviceTags";
    public static final String EFFECTIVE_ROUTES = "effectiveRoutes";

    public static final String ADMIN_RULES = "securityAdminRules";
    public static final String CONNECTIVITY = "connectivityConfigurations";

    /** The two lists of a private zone, which Azure answers apart from it. */
    public static final String ZONE_LINKS = "virtualNetworkLinks";

    public static final String ZONE_RECORDS = "ALL";

    private final JsonElement document;

    private NetworkReferences(JsonElement document) {
        this.document = document;
    }

    /** Of a network document, which may lack any of its arrays. */
    public static NetworkReferences of(JsonElement document) {
        return new NetworkReferences(document);
    }

    /** The ids of the resources in one of the arrays. */
    public List<ResourceId> idsIn(String array) {
        return ids(array + ".id");
    }

    /** The ids of the subnets, as texts. */
    public List<String> subnets() {
        return ArmFields.texts(document, "virtualNetworks.properties.subnets.id");
    }

    /** The IP configurations that the networks' subnets name, even to those who may not read their interfaces. */
    public List<ResourceId> configurationsInSubnets() {
        return ids("virtualNetworks.properties.subnets.properties.ipConfigurations.id");
    }

    /** The virtual machines that the interfaces belong to. */
    public List<ResourceId> machines() {
        return ids("networkInterfaces.properties.virtualMachine.id");
    }

    /** The subnets of interfaces, private endpoints and load balancers. */
    public List<ResourceId> occupiedSubnets() {
        return Stream.of(
                        "networkInterfaces.properties.ipConfigurations.properties.subnet.id",
                        "privateEndpoints.properties.subnet.id",
                        "loadBalancers.properties.frontendIPConfigurations.properties.subnet.id")
                .flatMap(path -> ids(path).stream())
                .distinct()
                .toList();
    }

    /** The private addresses of interfaces and load balancers. */
    public List<String> privateAddresses() {
        return Stream.of(
                        "networkInterfaces.properties.ipConfigurations.properties.privateIPAddress",
                        "loadBalancers.properties.frontendIPConfigurations.properties.privateIPAddress")
                .flatMap(path -> ArmFields.texts(document, path).stream())
                .toList();
    }

    /** The private endpoints that interfaces belong to and that are not in the document. */
    public Set<ResourceId> missingPrivateEndpoints() {
        return missing(ids("networkInterfaces.properties.privateEndpoint.id"), PRIVATE_ENDPOINTS);
    }

    /** The interfaces of private endpoints that are not in the document. */
    public Set<ResourceId> missingInterfaces() {
        return missing(ids("privateEndpoints.properties.networkInterfaces.id"), INTERFACES);
    }

    /** The public addresses of the document. */
    public List<String> publicAddresses() {
        return ArmFields.texts(document, "publicIPAddresses.properties.ipAddress");
    }

    /** The public addresses that the load balancers of the document have and that are not in it. */
    public Set<ResourceId> missingPublicAddresses() {
        return missing(
                ids("loadBalancers.properties.frontendIPConfigurations.properties.publicIPAddress.id"),
                PUBLIC_ADDRESSES);
    }

    /** The load balancers that hold public addresses of the document and are not in it. */
    public Set<ResourceId> missingLoadBalancers() {
        return missing(
                ids("publicIPAddresses.properties.ipConfiguration.id").stream()
                        .filter(holder -> !holder.after("loadBalancers").isEmpty())
                        .map(frontend -> frontend.parent())
                        .toList(),
                LOAD_BALANCERS);
    }

    /**
     * The interfaces that hold public addresses of the document, or are behind its load balancers, and are not in it.
     * Those of scale sets are in a list of their own.
     */
    public Set<ResourceId> missingInterfacesBehind() {
        return missing(
                Stream.of(
                                "publicIPAddresses.properties.ipConfiguration.id",
                                "loadBalancers.properties.backendAddressPools.properties.backendIPConfigurations.id")
                        .flatMap(path -> ids(path).stream())
                        .filter(holder -> !holder.after("networkInterfaces").isEmpty())
                        .filter(holder ->
                                holder.after("virtualMachineScaleSets").isEmpty())
                        .map(configuration -> configuration.parent())
                        .toList(),
                INTERFACES);
    }

    /** The scale sets whose instances are behind the document's load balancers. */
    public Set<ResourceId> scaleSetsBehind() {
        Set<ResourceId> sets = new LinkedHashSet<>();
        for (ResourceId id :
                ids("loadBalancers.properties.backendAddressPools.properties.backendIPConfigurations.id")) {
            String name = id.after("virtualMachineScaleSets");
            for (ResourceId each = id; !name.isEmpty() && !each.parent().equals(each); each = each.parent()) {
                if (each.isOneOf("virtualMachineScaleSets")) {
                    sets.add(each);
                }
            }
        }
        return sets;
    }

    /** Whether the list of interfaces could not be read. */
    public boolean interfacesAreUnread() {
        return !ArmFields.texts(document, "unread.networkInterfaces.code").isEmpty();
    }

    /** The answer to a question for one interface's effective routes, together with whose they are. */
    public static JsonObject effectiveRoutes(ResourceId networkInterface, JsonObject answer) {
        JsonObject of = new JsonObject();
        of.addProperty("id", networkInterface.toString());
        JsonObject routes = new JsonObject();
        routes.add("networkInterface", of);
        routes.add("value", answer.get("value"));
        return routes;
    }

    /** What Azure Virtual Network Manager has in effect in one network, together with whose it is. */
    public static JsonObject ofNetwork(ResourceId network, JsonObject answer) {
        JsonObject of = new JsonObject();
        of.addProperty("id", network.toString());
        JsonObject inEffect = new JsonObject();
        inEffect.add("virtualNetwork", of);
        inEffect.add("value", answer.get("value"));
        if (answer.has("skipToken")) {
            inEffect.add("skipToken", answer.get("skipToken"));
        }
        return inEffect;
    }

    private Set<ResourceId> missing(Collection<ResourceId> wanted, String array) {
        Set<ResourceId> missing = new LinkedHashSet<>(wanted);
        idsIn(array).forEach(missing::remove);
        return missing;
    }

    private List<ResourceId> ids(String path) {
        return ArmFields.ids(document, path);
    }
}
