package dev.triage502.cli;

import dev.triage502.azure.AzureAccess;
import dev.triage502.azure.AzureSettings;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * Begins to sign in before the command line is read: the Azure CLI takes longer to give a token than all else before the first
 * request, and reading the command line is a third of a second that it can have. Only for words that will surely ask Azure as whoever
 * the environment says.
 */
final class EarlySignIn {

    private static final Set<String> ASK_AZURE = Set.of("diagnose", "doctor", "record");

    /** A tenant is another sign-in, help and version need none, and a file may hold any of these. */
    private static final Set<String> NEED_READING = Set.of("-h", "--help", "-V", "--version");

    private final Map<String, String> environment;
    private final Optional<CompletableFuture<AzureAccess>> begun;

    private EarlySignIn(Map<String, String> environment, Optional<CompletableFuture<AzureAccess>> begun) {
        this.environment = environment;
        this.begun = begun;
    }

    /** Nothing begun: the sign-in takes place when it is asked for. */
    static EarlySignIn none(Map<String, String> environment) {
        return new EarlySignIn(environment, Optional.empty());
    }

    /** Begins it if these arguments will need it, and returns at once. */
    static EarlySignIn begin(Map<String, String> environment, String... arguments) {
        return isFor(arguments)
                ? new EarlySignIn(environment, Optional.of(inBackground(environment)))
                : none(environment);
    }

    private static boolean isFor(String... arguments) {
        return arguments.length > 0
                && ASK_AZURE.contains(arguments[0])
                && Stream.of(arguments)
                        .noneMatch(word ->
                                NEED_READING.contains(word) || word.startsWith("--tenant") || word.startsWith("@"));
    }

    private static CompletableFuture<AzureAccess> inBackground(Map<String, String> environment) {
        CompletableFuture<AzureAccess> access = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        access.complete(AzureAccess.openAtOnce(AzureSettings.from(environment)));
                    } catch (RuntimeException wrongSetting) {
                        access.completeExceptionally(wrongSetting);
                    }
                },
                "triage502-sign-in");
        thread.setDaemon(true);
        thread.start();
        return access;
    }

    /**
     * Azure, signed in to a tenant if one is given. Ask once: it is closed by who uses it.
     *
     * @throws IllegalArgumentException naming a setting that is wrong
     */
    AzureAccess azure(Optional<String> tenant) {
        if (tenant.isPresent() || begun.isEmpty()) {
            AzureSettings settings = AzureSettings.from(environment);
            return AzureAccess.openAtOnce(tenant.map(settings::inTenant).orElse(settings));
        }
        try {
            return begun.get().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException wrongSetting ? wrongSetting : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
