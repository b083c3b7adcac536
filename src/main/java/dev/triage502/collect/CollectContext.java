package dev.triage502.collect;

import com.google.gson.JsonElement;
import dev.triage502.azure.ArmClient;
import dev.triage502.azure.Deadline;
import dev.triage502.azure.LogQueryClient;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import java.util.Optional;

/**
 * What a collector may know and use.
 *
 * @param document the gateway's document, and why it could not be read if it could not
 * @param gateway  what it says, if it could be understood
 * @param others   what came of the other sources that are asked meanwhile
 */
record CollectContext(
        Incident incident,
        ArmClient arm,
        LogQueryClient logs,
        ParallelCalls fan,
        Reading<JsonElement> document,
        Optional<Gateway> gateway,
        Others others) {

    /** What came of another source: waits for it until the deadline. */
    @FunctionalInterface
    interface Others {
        Reading<JsonElement> await(Source source, Deadline deadline) throws InterruptedException;
    }

    ResourceId gatewayId() {
        return incident.gateway();
    }

    /** Stands for a source that cannot be asked without the gateway's configuration. */
    Reading<JsonElement> notWithoutGateway(Source source) {
        String why = document.unread().map(CouldNotRead::detail).orElse("its content was not understood");
        return Reading.couldNotRead(
                source,
                Reading.Why.NOT_COLLECTED,
                "not read: it needs the gateway's configuration, which could not be" + " read: " + why);
    }
}
