package dev.triage502.diagnosis;

import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Gateway;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import java.util.Map;
import java.util.TreeMap;

/** What the commands of a page are filled in with, as far as it belongs to the gateway. */
final class GatewayValues {

    private GatewayValues() {}

    static Map<String, String> of(Incident incident, Evidence evidence) {
        ResourceId id = evidence.gateway().toOptional().map(Gateway::id).orElse(incident.gateway());
        TreeMap<String, String> values = new TreeMap<>();
        values.put("gateway", id.name());
        values.put("gateway-id", id.toString());
        putIfKnown(values, "resource-group", id.resourceGroup());
        putIfKnown(values, "subscription", id.subscription());
        evidence.gateway().toOptional().ifPresent(gateway -> putConfigured(values, gateway));
        return values;
    }

    private static void putConfigured(Map<String, String> values, Gateway gateway) {
        putIfKnown(values, "location", gateway.location());
        putIfKnown(values, "sku", gateway.sku().name());
        gateway.subnets().stream().findFirst().ifPresent(subnet -> {
            putIfKnown(values, "gateway-subnet", subnet.name());
            putIfKnown(values, "gateway-subnet-id", subnet.toString());
            putIfKnown(values, "vnet", subnet.after("virtualNetworks"));
            putIfKnown(values, "vnet-resource-group", subnet.resourceGroup());
        });
        if (gateway.hasIngressController()) {
            values.put("ingress-controller", "yes");
        }
    }

    private static void putIfKnown(Map<String, String> values, String name, String value) {
        if (!value.isEmpty()) {
            values.put(name, value);
        }
    }
}
