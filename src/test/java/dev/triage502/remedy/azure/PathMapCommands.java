package dev.triage502.remedy.azure;

/** {@code az network application-gateway url-path-map}; a path rule in it is reached by {@code --set pathRules[0]…}. */
final class PathMapCommands extends GatewayPartCommands {

    PathMapCommands() {
        super(
                "url-path-map",
                "urlPathMaps",
                new Fields()
                        .with("--default-address-pool", sibling("defaultBackendAddressPool", "backendAddressPools"))
                        .with(
                                "--default-http-settings",
                                sibling("defaultBackendHttpSettings", "backendHttpSettingsCollection")));
    }
}
