package dev.triage502.remedy.azure;

/** {@code az network application-gateway settings}: backend settings for TCP and TLS. */
final class LayerFourSettingsCommands extends GatewayPartCommands {

    LayerFourSettingsCommands() {
        super(
                "settings",
                "backendSettingsCollection",
                new Fields()
                        .text("--host-name", "hostName")
                        .flag("--backend-pool-host-name", "pickHostNameFromBackendAddress")
                        .number("--port", "port", 1, 65535)
                        .text("--protocol", "protocol")
                        .number("--timeout", "timeout", 1, 86400)
                        .with("--probe", sibling("probe", "probes"))
                        .with("--root-certs", siblings("trustedRootCertificates", "trustedRootCertificates"))
                        .flag("--enable-l4-client-ip", "enableL4ClientIpPreservation"));
    }
}
