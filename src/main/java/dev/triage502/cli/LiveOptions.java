package dev.triage502.cli;

import dev.triage502.azure.AzureAccess;
import dev.triage502.azure.SignInFailed;
import dev.triage502.collect.Investigation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command that asks Azure itself is told alike: whether backends may be asked, and as whom. */
final class LiveOptions {

    @Option(
            names = "--probe",
            description = "Also probe the backends, from this machine and on demand from the gateway.")
    private boolean probe;

    @Option(
            names = "--tenant",
            paramLabel = "ID|DOMAIN",
            description = "The tenant to sign in to, if it is not the one that az is signed in to.")
    private @Nullable String tenant;

    Investigation.Options sources() {
        return Investigation.Options.allowing(source -> probe);
    }

    /**
     * Azure, as the environment and the options say to ask it.
     *
     * @throws CommandFailed if the environment says something that cannot be, or nobody is signed in
     */
    AzureAccess open(EarlySignIn signIn) {
        AzureAccess azure = access(signIn);
        try {
            azure.requireSignIn();
            return azure;
        } catch (SignInFailed failed) {
            azure.close();
            throw new CommandFailed(String.valueOf(failed.getMessage()), failed);
        }
    }

    private AzureAccess access(EarlySignIn signIn) {
        try {
            return signIn.azure(Optional.ofNullable(tenant));
        } catch (IllegalArgumentException wrong) {
            throw CommandFailed.wrongSetting(String.valueOf(wrong.getMessage()), wrong);
        }
    }
}
