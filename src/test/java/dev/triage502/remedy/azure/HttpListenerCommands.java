package dev.triage502.remedy.azure;

/** {@code az network application-gateway http-listener}. */
final class HttpListenerCommands extends GatewayPartCommands {

    HttpListenerCommands() {
        super(
                "http-listener",
                "httpListeners",
                new Fields()
                        .text("--host-name", "hostName")
                        .texts("--host-names", "hostNames")
                        .with("--ssl-cert", sibling("sslCertificate", "sslCertificates"))
                        .with("--frontend-port", sibling("frontendPort", "frontendPorts"))
                        .with("--frontend-ip", sibling("frontendIPConfiguration", "frontendIPConfigurations")));
    }
}
