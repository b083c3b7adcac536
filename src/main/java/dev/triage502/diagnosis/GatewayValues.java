package dev.triage502.diagnosis;

import dev.triage502.analysis.traffic.SourcePortExhaustion;
import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.DeployedCode;
import dev.triage502.evidence.DiagnosticSettings;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.IngressController;
import dev.triage502.evidence.Network;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import dev.triage502.incident.Wording;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
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
        evidence.gateway().toOptional().ifPresent(gateway -> {
            putConfigured(values, gateway);
            values.putAll(CapacityValues.of(gateway, evidence.metrics().toOptional(), portsRunOut(gateway, evidence)));
            if (subnetIsFull(evidence)) {
                values.put("subnet-full", "yes");
            }
            evidence.network().toOptional().ifPresent(network -> putPrefix(values, gateway, network));
        });
        IngressController.of(evidence).ifPresent(controller -> {
            values.put("ingress-controller", controller.name());
            controller.cluster().ifPresent(cluster -> {
                values.put("ingress-cluster", cluster.name());
                putIfKnown(values, "ingress-cluster-resource-group", cluster.resourceGroup());
            });
        });
        DeployedCode.of(evidence).ifPresent(code -> values.put("deployed-by", code.name()));
        evidence.diagnosticSettings().toOptional().map(DiagnosticSettings::settings).orElse(List.of()).stream()
                .map(DiagnosticSettings.Setting::workspace)
                .filter(workspace -> !workspace.isEmpty())
                .findFirst()
                .ifPresent(workspace -> values.put("workspace", workspace));
        return values;
    }

    /** Whether Azure refused to make the gateway larger, since its subnet has no address left. */
    private static boolean subnetIsFull(Evidence evidence) {
        return evidence.activityLog().toOptional().stream()
                .flatMap(log -> log.on(evidence.incident().gateway()))
                .filter(Operation::failed)
                .map(each -> Wording.of(each.code() + " " + each.message()))
                .anyMatch(each -> each.has("subnetdoesnothaveenoughcapacity", "subnetisfull", "notenoughipaddresses"));
    }

    private static boolean portsRunOut(Gateway gateway, Evidence evidence) {
        return evidence.metrics().toOptional().stream()
                .flatMap(metrics -> evidence.accessLog().toOptional().stream()
                        .flatMap(log -> SourcePortExhaustion.scarce(gateway, metrics, log)))
                .findAny()
                .isPresent();
    }

    private static void putConfigured(Map<String, String> values, Gateway gateway) {
        putIfKnown(values, "location", gateway.location());
        putIfKnown(values, "sku", gateway.sku().name());
        values.put("generation", gateway.sku().isV2() ? "v2" : "v1");
        putIfKnown(values, "capacity", number(gateway.scale().capacity()));
        putIfKnown(values, "minimum-capacity", number(gateway.scale().minimum()));
        putIfKnown(values, "maximum-capacity", number(gateway.scale().maximum()));
        gateway.subnets().stream().findFirst().ifPresent(subnet -> {
            putIfKnown(values, "gateway-subnet", subnet.name());
            putIfKnown(values, "gateway-subnet-id", subnet.toString());
            putIfKnown(values, "vnet", subnet.after("virtualNetworks"));
            putIfKnown(values, "vnet-id", subnet.parent().toString());
            putIfKnown(values, "vnet-resource-group", subnet.resourceGroup());
        });
    }

    private static void putPrefix(Map<String, String> values, Gateway gateway, Network network) {
        network.subnets()
                .filter(subnet -> gateway.subnets().contains(subnet.id()))
                .flatMap(subnet -> subnet.prefixes().stream())
                .findFirst()
                .ifPresent(prefix -> values.put("gateway-subnet-prefix", prefix.text()));
    }

    private static String number(OptionalInt number) {
        return number.isPresent() ? String.valueOf(number.getAsInt()) : "";
    }

    private static void putIfKnown(Map<String, String> values, String name, String value) {
        if (!value.isEmpty()) {
            values.put(name, value);
        }
    }
}
