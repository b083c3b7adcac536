package dev.triage502.evidence.reach;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.DirectProbes;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.OnDemandHealth;
import dev.triage502.evidence.Reach;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import dev.triage502.incident.Incident;

/** What of the evidence tells whether the gateway reaches its servers? */
public final class Reachability {

    private Reachability() {}

    /** The answer for every server in use, from all that was read; what was not read stays unread in it. */
    public static Reach of(
            Reading<Gateway> gateway,
            Reading<BackendHealth> health,
            Reading<BackendHealth> probeResults,
            Reading<AccessLog> accessLog,
            Reading<ActivityLog> activityLog,
            Reading<Network> network,
            Reading<Backends> backends,
            Reading<DirectProbes> directProbes,
            Reading<OnDemandHealth> onDemandHealth,
            Incident incident) {
        return Reach.unknown(new CouldNotRead<>(Source.NETWORK, Reading.Why.NOT_COLLECTED, "not evaluated"));
    }
}
