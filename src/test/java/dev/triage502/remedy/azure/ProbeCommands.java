package dev.triage502.remedy.azure;

import com.google.gson.JsonPrimitive;

/** {@code az network application-gateway probe}. */
final class ProbeCommands extends GatewayPartCommands {

    ProbeCommands() {
        super("probe", "probes", fields());
    }

    private static Fields fields() {
        return new Fields()
                .text("--host", "host")
                .flag("--from-http-settings", "pickHostNameFromBackendHttpSettings")
                .flag("--from-settings", "pickHostNameFromBackendSettings")
                .text("--path", "path")
                .number("--port", "port", 1, 65535)
                .text("--protocol", "protocol")
                .number("--interval", "interval", 1, 86400)
                .number("--timeout", "timeout", 1, 86400)
                .number("--threshold", "unhealthyThreshold", 1, 20)
                .number("--min-servers", "minServers", 0, 1000)
                .flag("--enable-proxy-header", "enableProbeProxyProtocolHeader")
                .with(
                        "--match-body",
                        (probe, command, option) -> probe.object("match").addProperty("body", command.required(option)))
                .with("--match-status-codes", (probe, command, option) -> {
                    for (String codes : Fields.listed(command, option)) {
                        if (!codes.matches("\\d{3}(?:-\\d{3})?")) {
                            throw new Refused("\"" + codes + "\" is no status code and no range", "az-cli.md, Lists");
                        }
                    }
                    probe.object("match").add("statusCodes", Resource.texts(Fields.listed(command, option)));
                });
    }

    @Override
    void defaults(Resource probe) {
        probe.set("interval", new JsonPrimitive(30));
        probe.set("timeout", new JsonPrimitive(120));
        probe.set("unhealthyThreshold", new JsonPrimitive(8));
    }
}
