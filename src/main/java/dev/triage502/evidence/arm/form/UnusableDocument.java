package dev.triage502.evidence.arm.form;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.arm.form.Recognition.Refused;
import dev.triage502.incident.ResourceId;
import java.util.List;
import java.util.Map;

/** Why is a document of no use, and what makes one that is? People most often have a part, a summary or an error. */
final class UnusableDocument {

    /** Parts of a resource that az lists on their own, by the collection in their ids. */
    private static final Map<String, Refused> PARTS = Map.ofEntries(
            part("backendAddressPools", "backend pools without their gateway", NeededCommand.GATEWAY),
            part("backendHttpSettingsCollection", "backend settings without their gateway", NeededCommand.GATEWAY),
            part("probes", "health probes without their gateway", NeededCommand.GATEWAY),
            part("httpListeners", "listeners without their gateway", NeededCommand.GATEWAY),
            part("requestRoutingRules", "routing rules without their gateway", NeededCommand.GATEWAY),
            part("urlPathMaps", "URL path maps without their gateway", NeededCommand.GATEWAY),
            part("securityRules", "NSG rules without their NSG", NeededCommand.NSG),
            part("defaultSecurityRules", "NSG rules without their NSG", NeededCommand.NSG),
            part("routes", "routes without their route table", NeededCommand.ROUTES),
            part("subnets", "subnets without their VNet", NeededCommand.VNET),
            part("virtualNetworkPeerings", "peerings without their VNet", NeededCommand.VNET));

    private UnusableDocument() {}

    static Refused explained(JsonElement document) {
        if (document.isJsonNull() || document.isJsonPrimitive()) {
            return new Refused("a single value, not a document", NeededCommand.SCRIPT);
        }
        List<JsonObject> elements = AnyCase.elements(document);
        return elements.isEmpty()
                ? new Refused("an empty list, which does not say what it lists", NeededCommand.SCRIPT)
                : whole(document, elements.get(0));
    }

    private static Refused whole(JsonElement document, JsonObject first) {
        if (AnyCase.field(document, "error")
                .filter(JsonObject.class::isInstance)
                .isPresent()) {
            return new Refused("an error without a code, not the data", NeededCommand.SCRIPT);
        }
        if (AnyCase.text(document, "$schema").contains("deploymentParameters.json")) {
            return new Refused("the parameters of an ARM template, not the template", NeededCommand.GATEWAY);
        }
        if (AnyCase.text(document, "$schema").contains("deploymentTemplate.json")) {
            return new Refused(
                    "an ARM template without a gateway, NSG, route table or VNet in it", NeededCommand.GATEWAY);
        }
        if (TerraformForm.isTerraform(document)) {
            return new Refused(
                    AnyCase.field(document, "planned_values").isPresent()
                            ? "a Terraform plan whose state has no gateway, NSG, route table or VNet"
                            : "a Terraform state without a gateway, NSG, route table or VNet",
                    "terraform show -json");
        }
        if (AnyCase.has(document, "essentials")
                || AnyCase.text(document, "schemaId").startsWith("azureMonitor")) {
            return new Refused("an alert, which names an incident but has no evidence of it", NeededCommand.SCRIPT);
        }
        return element(document, first);
    }

    private static Refused element(JsonElement document, JsonObject first) {
        if (isGatewayByName(first)) {
            return new Refused("a list of gateways without their configuration", NeededCommand.GATEWAY);
        }
        String id = AnyCase.text(first, "id");
        for (Map.Entry<String, Refused> each : PARTS.entrySet()) {
            if (!ResourceId.of(id).after(each.getKey()).isEmpty()) {
                return each.getValue();
            }
        }
        if (AnyCase.has(first, "nextHopType") && AnyCase.has(first, "addressPrefix")) {
            return new Refused(
                    "routes that do not say which network interface or route table they are of", NeededCommand.ROUTES);
        }
        if (AnyCase.has(first, "backendAddressPool") && AnyCase.has(first, "backendHttpSettings")) {
            return new Refused("an on-demand health probe, which does not say what was asked", NeededCommand.HEALTH);
        }
        if (AnyCase.has(first, "Operation name") || AnyCase.has(first, "Event initiated by")) {
            return new Refused(
                    "the activity log as the portal exports it, without operation and resource IDs",
                    NeededCommand.ACTIVITY);
        }
        String category = LogRecordsForm.category(first);
        if (!category.equals("unknown")) {
            return new Refused(
                    "log records of the category " + category + ", which are not used", NeededCommand.SCRIPT);
        }
        return new Refused("not recognized: " + fields(document, first), NeededCommand.SCRIPT);
    }

    private static boolean isGatewayByName(JsonObject first) {
        return UsableResource.of(first)
                .filter(kind -> kind == UsableResource.GATEWAY)
                .isPresent();
    }

    private static String fields(JsonElement document, JsonObject first) {
        List<String> names = first.keySet().stream().limit(5).toList();
        String what = AnyCase.isList(document) ? "a list of objects" : "an object";
        return names.isEmpty() ? what + " without fields" : what + " with " + String.join(", ", names);
    }

    private static Map.Entry<String, Refused> part(String collection, String reason, String command) {
        return Map.entry(collection, new Refused(reason, command));
    }
}
