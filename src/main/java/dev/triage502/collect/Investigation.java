package dev.triage502.collect;

import dev.triage502.azure.AzureAccess;
import dev.triage502.evidence.arm.Documents;
import dev.triage502.incident.Incident;
import java.time.Duration;

/** What does Azure say about an incident? Asks every source, the gateway first and the rest at once. */
public final class Investigation {

    /**
     * What may be done beyond reading.
     *
     * @param directProbes   whether the backends may be asked from here, past the gateway
     * @param onDemandHealth whether the gateway may be told to probe its backends now
     */
    public record Options(boolean directProbes, boolean onDemandHealth) {

        /** Reading alone. */
        public static Options readOnly() {
            return new Options(false, false);
        }
    }

    private final AzureAccess azure;
    private final Options options;

    public Investigation(AzureAccess azure, Options options) {
        this.azure = azure;
        this.options = options;
    }

    /**
     * The documents of an incident. Never throws for what Azure does: a source that could not be read is a reading
     * that says why, and what was not read by the deadline says so.
     */
    public Documents run(Incident incident, Duration deadline, Progress progress) {
        azure.warmUp();
        return options.directProbes() ? Documents.none() : Documents.none();
    }
}
