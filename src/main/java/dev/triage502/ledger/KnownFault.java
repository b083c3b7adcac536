package dev.triage502.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known to be wrong, from the latest investigation that found it.
 *
 * @param revision the investigation
 * @param resource the ARM id of what is at fault; may be empty
 * @param since    when requests began to fail, as far as that is known
 * @param affected who is hit
 */
public record KnownFault(
        FaultName name, int revision, String resource, Optional<Instant> since, Optional<Affected> affected) {

    /** Whose requests fail, and how many; {@code host} is empty where the log tells no hosts apart. */
    public record Affected(String host, long failed, long total) {}
}
