package dev.triage502.evidence.arm.form;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** {@code azurerm_application_gateway} as Azure has it. Certificates' contents and keys stay where they are. */
final class TerraformGateway {

    private static final Map<String, String> SETTING = Map.of(
            "id", "id",
            "name", "name",
            "port", "port",
            "protocol", "protocol",
            "path", "path",
            "host_name", "hostName",
            "pick_host_name_from_backend_address", "pickHostNameFromBackendAddress",
            "request_timeout", "requestTimeout",
            "probe_id", "probe:id");

    private static final Map<String, String> PROBE = Map.of(
            "id", "id",
            "name", "name",
            "protocol", "protocol",
            "host", "host",
            "path", "path",
            "interval", "interval",
            "timeout", "timeout",
            "unhealthy_threshold", "unhealthyThreshold",
            "minimum_servers", "minServers",
            "pick_host_name_from_backend_http_settings", "pickHostNameFromBackendHttpSettings");

    private static final Map<String, String> LISTENER = Map.of(
            "id", "id",
            "name", "name",
            "protocol", "protocol",
            "host_name", "hostName",
            "host_names", "hostNames",
            "frontend_port_id", "frontendPort:id",
            "frontend_ip_configuration_id", "frontendIPConfiguration:id");

    private static final Map<String, String> RULE = Map.of(
            "id", "id",
            "name", "name",
            "rule_type", "ruleType",
            "priority", "priority",
            "http_listener_id", "httpListener:id",
            "backend_address_pool_id", "backendAddressPool:id",
            "backend_http_settings_id", "backendHttpSettings:id",
            "redirect_configuration_id", "redirectConfiguration:id",
            "url_path_map_id", "urlPathMap:id");

    private static final Map<String, String> PATH_MAP = Map.of(
            "id", "id",
            "name", "name",
            "default_backend_address_pool_id", "defaultBackendAddressPool:id",
            "default_backend_http_settings_id", "defaultBackendHttpSettings:id",
            "default_redirect_configuration_id", "defaultRedirectConfiguration:id");

    private static final Map<String, String> PATH_RULE = Map.of(
            "id", "id",
            "name", "name",
            "paths", "paths",
            "backend_address_pool_id", "backendAddressPool:id",
            "backend_http_settings_id", "backendHttpSettings:id",
            "redirect_configuration_id", "redirectConfiguration:id");

    private static final Map<String, String> FRONTEND = Map.of(
            "id", "id",
            "name", "name",
            "public_ip_address_id", "publicIPAddress:id",
            "private_ip_address", "privateIPAddress",
            "subnet_id", "subnet:id");

    private TerraformGateway() {}

    static JsonObject resource(TerraformResource gateway) {
        JsonObject resource =
                gateway.renamed(Map.of("id", "id", "name", "name", "location", "location", "tags", "tags"));
        JsonObject properties = new JsonObject();
        addScale(gateway, properties);
        add(
                properties,
                "gatewayIPConfigurations",
                gateway.blocks("gateway_ip_configuration"),
                each -> each.renamed(Map.of("id", "id", "name", "name", "subnet_id", "subnet:id")));
        add(
                properties,
                "frontendIPConfigurations",
                gateway.blocks("frontend_ip_configuration"),
                each -> each.renamed(FRONTEND));
        add(
                properties,
                "frontendPorts",
                gateway.blocks("frontend_port"),
                each -> each.renamed(Map.of("id", "id", "name", "name", "port", "port")));
        add(properties, "backendAddressPools", gateway.blocks("backend_address_pool"), TerraformGateway::pool);
        add(
                properties,
                "backendHttpSettingsCollection",
                gateway.blocks("backend_http_settings"),
                each -> setting(gateway, each));
        add(properties, "httpListeners", gateway.blocks("http_listener"), each -> each.renamed(LISTENER));
        add(properties, "probes", gateway.blocks("probe"), TerraformGateway::probe);
        add(properties, "requestRoutingRules", gateway.blocks("request_routing_rule"), each -> each.renamed(RULE));
        add(properties, "urlPathMaps", gateway.blocks("url_path_map"), TerraformGateway::pathMap);
        add(
                properties,
                "trustedRootCertificates",
                gateway.blocks("trusted_root_certificate"),
                each -> each.renamed(Map.of("id", "id", "name", "name", "data", "data")));
        resource.add("properties", properties);
        return resource;
    }

    private static void addScale(TerraformResource gateway, JsonObject properties) {
        gateway.blocks("sku").stream()
                .findFirst()
                .ifPresent(sku -> properties.add(
                        "sku", sku.renamed(Map.of("name", "name", "tier", "tier", "capacity", "capacity"))));
        gateway.blocks("autoscale_configuration").stream()
                .findFirst()
                .ifPresent(scale -> properties.add(
                        "autoscaleConfiguration",
                        scale.renamed(Map.of("min_capacity", "minCapacity", "max_capacity", "maxCapacity"))));
    }

    private static void add(
            JsonObject properties,
            String collection,
            List<TerraformResource> blocks,
            Function<TerraformResource, JsonObject> translation) {
        JsonArray array = new JsonArray();
        blocks.forEach(block -> array.add(translation.apply(block)));
        properties.add(collection, array);
    }

    /** A pool without addresses may have network interfaces: these are resources apart, and perhaps elsewhere. */
    private static JsonObject pool(TerraformResource pool) {
        JsonObject resource = pool.renamed(Map.of("id", "id", "name", "name"));
        JsonArray members = new JsonArray();
        pool.texts("ip_addresses").forEach(address -> members.add(member("ipAddress", address)));
        pool.texts("fqdns").forEach(name -> members.add(member("fqdn", name)));
        if (!members.isEmpty()) {
            resource.add("backendAddresses", members);
        }
        return resource;
    }

    private static JsonObject member(String field, String value) {
        JsonObject member = new JsonObject();
        member.addProperty(field, value);
        return member;
    }

    private static JsonObject setting(TerraformResource gateway, TerraformResource block) {
        JsonObject setting = block.renamed(SETTING);
        JsonArray roots = new JsonArray();
        block.texts("trusted_root_certificate_names")
                .forEach(name -> roots.add(member("id", gateway.text("id") + "/trustedRootCertificates/" + name)));
        if (!roots.isEmpty()) {
            setting.add("trustedRootCertificates", roots);
        }
        block.blocks("connection_draining").stream()
                .findFirst()
                .ifPresent(draining -> setting.add(
                        "connectionDraining",
                        draining.renamed(Map.of("enabled", "enabled", "drain_timeout_sec", "drainTimeoutInSec"))));
        return setting;
    }

    /** Terraform writes port 0 where a probe uses the setting's. */
    private static JsonObject probe(TerraformResource block) {
        JsonObject probe = block.renamed(PROBE);
        if (!block.text("port").isEmpty() && !block.text("port").equals("0")) {
            probe.addProperty("port", block.text("port"));
        }
        block.blocks("match").stream()
                .findFirst()
                .ifPresent(match ->
                        probe.add("match", match.renamed(Map.of("body", "body", "status_code", "statusCodes"))));
        return probe;
    }

    private static JsonObject pathMap(TerraformResource block) {
        JsonObject map = block.renamed(PATH_MAP);
        add(map, "pathRules", block.blocks("path_rule"), rule -> rule.renamed(PATH_RULE));
        return map;
    }
}
