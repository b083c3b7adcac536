package dev.triage502.cli;

import picocli.CommandLine.Option;

/** The one gateway that a command is about. */
final class GatewayOption {

    @Option(
            names = "--gateway",
            paramLabel = "ID|URL|NAME",
            required = true,
            converter = GatewayConverter.class,
            description = "The gateway: its resource ID, the URL of its portal page, or its name.")
    private GatewayArgument gateway = new GatewayArgument("");

    /** The gateway as it was given. */
    String given() {
        return gateway.toString();
    }

    GatewayArgument gateway() {
        return gateway;
    }
}
