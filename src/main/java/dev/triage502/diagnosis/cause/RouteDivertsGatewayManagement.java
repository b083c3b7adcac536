package dev.triage502.diagnosis.cause;

import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.Evidence;
import java.util.List;

/** A default route on the gateway's own subnet takes its management traffic away. */
record RouteDivertsGatewayManagement() implements Cause {

    @Override
    public String id() {
        return "route-diverts-gateway-management";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        return Verdict.of(
                Sign.conclusive(situation.reachability().managementDiverted(), List::stream)
                        .consulting(
                                evidence.gateway(), evidence.backendHealth(), evidence.accessLog(), evidence.network()),
                Sign.suggestive(situation.reachability().managementMayBeDiverted(), List::stream));
    }

    @Override
    public List<String> explains() {
        return List.of("backend-name-unresolvable");
    }
}
