package dev.triage502.evidence.arm.form;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.triage502.incident.ResourceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * NSGs, route tables and virtual networks of a Terraform state as Azure has them.
 *
 * <p>A subnet's NSG and route table may be attached by another state. Where this one attaches none, the subnet refers
 * to one that no document has, so that its rules and routes are unknown and not taken for none.
 */
final class TerraformNetwork {

    private static final Map<String, String> SECURITY_RULE = names(
            "name name",
            "priority priority",
            "direction direction",
            "access access",
            "protocol protocol",
            "source_port_range sourcePortRange",
            "source_port_ranges sourcePortRanges",
            "destination_port_range destinationPortRange",
            "destination_port_ranges destinationPortRanges",
            "source_address_prefix sourceAddressPrefix",
            "source_address_prefixes sourceAddressPrefixes",
            "destination_address_prefix destinationAddressPrefix",
            "destination_address_prefixes destinationAddressPrefixes",
            "source_application_security_group_ids sourceApplicationSecurityGroups:ids",
            "destination_application_security_group_ids destinationApplicationSecurityGroups:ids");

    private static final Map<String, String> ROUTE = names(
            "name name",
            "address_prefix addressPrefix",
            "next_hop_type nextHopType",
            "next_hop_in_ip_address nextHopIpAddress");

    /** What a resource of a part says of the resource that holds it. */
    private static final String GROUP = "resource_group_name";

    private final List<TerraformResource> all;

    TerraformNetwork(List<TerraformResource> all) {
        this.all = all;
    }

    List<JsonObject> resources() {
        return Stream.of(
                        of("azurerm_network_security_group").map(this::securityGroup),
                        of("azurerm_route_table").map(this::routeTable),
                        of("azurerm_virtual_network").map(this::network))
                .flatMap(each -> each)
                .toList();
    }

    private JsonObject securityGroup(TerraformResource group) {
        return holder(
                group,
                "securityRules",
                parts(group, "security_rule", "azurerm_network_security_rule", "network_security_group_name"),
                SECURITY_RULE);
    }

    private JsonObject routeTable(TerraformResource table) {
        JsonObject resource =
                holder(table, "routes", parts(table, "route", "azurerm_route", "route_table_name"), ROUTE);
        if (!table.text("disable_bgp_route_propagation").isEmpty()) {
            resource.addProperty("disableBgpRoutePropagation", table.text("disable_bgp_route_propagation"));
        } else if (!table.text("bgp_route_propagation_enabled").isEmpty()) {
            resource.addProperty(
                    "disableBgpRoutePropagation", !Boolean.parseBoolean(table.text("bgp_route_propagation_enabled")));
        }
        return resource;
    }

    /** The parts in the holder and those that are resources of their own; one that is both is one. */
    private List<TerraformResource> parts(TerraformResource holder, String block, String type, String named) {
        Map<String, TerraformResource> byName = new LinkedHashMap<>();
        holder.blocks(block).forEach(each -> byName.put(each.text("name"), each));
        of(type).filter(isIn(holder, named)).forEach(each -> byName.putIfAbsent(each.text("name"), each));
        return List.copyOf(byName.values());
    }

    private static Predicate<TerraformResource> isIn(TerraformResource holder, String named) {
        return part -> part.text(named).equalsIgnoreCase(holder.text("name"))
                && part.text(GROUP).equalsIgnoreCase(holder.text(GROUP));
    }

    private static JsonObject holder(
            TerraformResource holder, String collection, List<TerraformResource> parts, Map<String, String> names) {
        JsonArray array = new JsonArray();
        for (TerraformResource part : parts) {
            JsonObject renamed = part.renamed(names);
            renamed.addProperty("id", holder.text("id") + "/" + collection + "/" + part.text("name"));
            array.add(renamed);
        }
        JsonObject resource = named(holder);
        resource.add(collection, array);
        return resource;
    }

    private static JsonObject named(TerraformResource resource) {
        return resource.renamed(Map.of("id", "id", "name", "name", "location", "location"));
    }

    private JsonObject network(TerraformResource network) {
        JsonObject resource = named(network);
        resource.add("addressSpace", list("addressPrefixes", network.texts("address_space")));
        resource.add("dhcpOptions", list("dnsServers", network.texts("dns_servers")));
        JsonArray subnets = new JsonArray();
        subnets(network).forEach(subnet -> subnets.add(subnet(network, subnet)));
        resource.add("subnets", subnets);
        return resource;
    }

    private List<TerraformResource> subnets(TerraformResource network) {
        Map<String, TerraformResource> byName = new LinkedHashMap<>();
        of("azurerm_subnet")
                .filter(isIn(network, "virtual_network_name"))
                .forEach(each -> byName.put(each.text("name"), each));
        network.blocks("subnet").forEach(each -> byName.putIfAbsent(each.text("name"), each));
        return List.copyOf(byName.values());
    }

    private JsonObject subnet(TerraformResource network, TerraformResource subnet) {
        ResourceId id = ResourceId.of(
                subnet.text("id").isEmpty()
                        ? network.text("id") + "/subnets/" + subnet.text("name")
                        : subnet.text("id"));
        List<String> prefixes = new ArrayList<>(subnet.texts("address_prefixes"));
        Optional.of(subnet.text("address_prefix"))
                .filter(each -> !each.isEmpty())
                .ifPresent(prefixes::add);
        JsonObject resource = list("addressPrefixes", prefixes);
        resource.addProperty("id", id.toString());
        resource.addProperty("name", subnet.text("name"));
        resource.add(
                "networkSecurityGroup",
                attached(
                        network, id, subnet.text("security_group"), "network_security_group", "networkSecurityGroups"));
        resource.add("routeTable", attached(network, id, subnet.text("route_table_id"), "route_table", "routeTables"));
        return resource;
    }

    private JsonObject attached(
            TerraformResource network, ResourceId subnet, String own, String kind, String collection) {
        String id = own.isEmpty()
                ? of("azurerm_subnet_" + kind + "_association")
                        .filter(each -> ResourceId.of(each.text("subnet_id")).equals(subnet))
                        .map(each -> each.text(kind + "_id"))
                        .findFirst()
                        .orElseGet(() -> notInState(network, collection))
                : own;
        JsonObject reference = new JsonObject();
        reference.addProperty("id", id);
        return reference;
    }

    private static String notInState(TerraformResource network, String collection) {
        return ResourceId.of(network.text("id")).parent() + "/" + collection + "/not-in-this-terraform-state";
    }

    private static JsonObject list(String name, List<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        JsonObject object = new JsonObject();
        object.add(name, array);
        return object;
    }

    private Stream<TerraformResource> of(String type) {
        return all.stream().filter(each -> each.type().equals(type));
    }

    private static Map<String, String> names(String... pairs) {
        Map<String, String> names = new LinkedHashMap<>();
        for (String pair : pairs) {
            String[] both = pair.split(" ");
            names.put(both[0], both[1]);
        }
        return names;
    }
}
