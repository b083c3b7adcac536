package dev.triage502.diagnosis.cause;

import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.Evidence;
import java.util.List;

/** The gateway's capacity units, connections or compute are used up. */
record GatewayCapacityExhausted() implements Cause {

    @Override
    public String id() {
        return "gateway-capacity-exhausted";
    }

    @Override
    public Verdict judge(Evidence evidence) {
        return Verdict.of(
                Sign.conclusive(evidence.gateway(), evidence.metrics(), GatewayCapacity::atTheCeiling),
                Sign.conclusive(evidence.metrics(), metrics -> GatewayCapacity.busy(metrics, evidence)),
                Sign.contrary(evidence.gateway(), evidence.metrics(), GatewayCapacity::room));
    }

    @Override
    public AtFault atFault() {
        return AtFault.GATEWAY;
    }

    @Override
    public List<String> explains() {
        return List.of("backend-overloaded");
    }
}
