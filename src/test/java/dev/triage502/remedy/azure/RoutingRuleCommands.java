package dev.triage502.remedy.azure;

/** {@code az network application-gateway rule}. */
final class RoutingRuleCommands extends GatewayPartCommands {

    RoutingRuleCommands() {
        super(
                "rule",
                "requestRoutingRules",
                new Fields()
                        .with("--address-pool", sibling("backendAddressPool", "backendAddressPools"))
                        .with("--http-settings", sibling("backendHttpSettings", "backendHttpSettingsCollection"))
                        .with("--http-listener", sibling("httpListener", "httpListeners"))
                        .with("--url-path-map", sibling("urlPathMap", "urlPathMaps"))
                        .with("--redirect-config", sibling("redirectConfiguration", "redirectConfigurations"))
                        .with("--rewrite-rule-set", sibling("rewriteRuleSet", "rewriteRuleSets"))
                        .text("--rule-type", "ruleType")
                        .number("--priority", "priority", 1, 20000));
    }
}
