package dev.triage502.remedy.azure;

import com.google.gson.JsonPrimitive;

/** {@code az network application-gateway http-settings}. */
final class HttpSettingsCommands extends GatewayPartCommands {

    HttpSettingsCommands() {
        super("http-settings", "backendHttpSettingsCollection", fields());
    }

    private static Fields fields() {
        return new Fields()
                .text("--host-name", "hostName")
                .flag("--host-name-from-backend-pool", "pickHostNameFromBackendAddress")
                .number("--port", "port", 1, 65535)
                .text("--protocol", "protocol")
                .number("--timeout", "requestTimeout", 1, 86400)
                .text("--path", "path")
                .text("--cookie-based-affinity", "cookieBasedAffinity")
                .text("--affinity-cookie-name", "affinityCookieName")
                .flag("--enable-probe", "probeEnabled")
                .with("--probe", sibling("probe", "probes"))
                .with("--root-certs", siblings("trustedRootCertificates", "trustedRootCertificates"))
                .with("--auth-certs", siblings("authenticationCertificates", "authenticationCertificates"))
                .with("--connection-draining-timeout", (setting, command, option) -> {
                    int seconds = command.number(option).orElse(0);
                    setting.object("connectionDraining").add("enabled", new JsonPrimitive(seconds > 0));
                    setting.object("connectionDraining")
                            .add("drainTimeoutInSec", new JsonPrimitive(Math.max(1, seconds)));
                })
                .flag("--validate-cert-chain-and-expiry", "validateCertChainAndExpiry")
                .flag("--validate-sni", "validateSNI")
                .text("--sni-name", "sniName")
                .flag("--dedicated-backend-connection", "dedicatedBackendConnection");
    }

    @Override
    void defaults(Resource setting) {
        setting.set("protocol", "Http");
        setting.set("requestTimeout", new JsonPrimitive(30));
    }
}
