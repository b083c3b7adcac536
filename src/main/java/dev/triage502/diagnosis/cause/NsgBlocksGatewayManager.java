package dev.triage502.diagnosis.cause;

import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.Evidence;
import java.util.List;

/** A security group on the gateway's own subnet drops what the platform needs there. */
record NsgBlocksGatewayManager() implements Cause {

    @Override
    public String id() {
        return "nsg-blocks-gateway-manager";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        return Verdict.of(Sign.conclusive(situation.reachability().managementDenied(), List::stream)
                .consulting(evidence.gateway(), evidence.backendHealth(), evidence.accessLog(), evidence.network()));
    }

    @Override
    public List<String> explains() {
        return List.of("backend-name-unresolvable");
    }
}
