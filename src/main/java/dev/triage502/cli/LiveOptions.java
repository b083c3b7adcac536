package dev.triage502.cli;

import dev.triage502.azure.AzureAccess;
import dev.triage502.azure.AzureSettings;
import dev.triage502.collect.Investigation;
import picocli.CommandLine.Option;

/** What every command that asks Azure itself is told alike: which gateway, and whether its backends may be asked. */
final class LiveOptions {

    @Option(
            names = "--gateway",
            paramLabel = "ID|URL|NAME",
            required = true,
            converter = GatewayConverter.class,
            description = "The gateway: its resource ID, the URL of its portal page, or its name.")
    private GatewayArgument gateway = new GatewayArgument("");

    @Option(
            names = "--probe",
            description = "Also probe the backends, from this machine and on demand from the gateway.")
    private boolean probe;

    /** The gateway as it was given. */
    String given() {
        return gateway.toString();
    }

    GatewayArgument gateway() {
        return gateway;
    }

    Investigation.Options sources() {
        return Investigation.Options.allowing(source -> probe);
    }

    /**
     * Azure, as the environment says to ask it.
     *
     * @throws CommandFailed if the environment says something that cannot be
     */
    static AzureAccess open(Console console) {
        return AzureAccess.open(settings(console));
    }

    private static AzureSettings settings(Console console) {
        try {
            return AzureSettings.from(console.env());
        } catch (IllegalArgumentException wrong) {
            throw CommandFailed.wrongSetting(String.valueOf(wrong.getMessage()), wrong);
        }
    }
}
