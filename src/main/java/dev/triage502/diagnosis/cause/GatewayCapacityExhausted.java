package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.gateway.GatewayCapacity;
import dev.triage502.analysis.traffic.SourcePortExhaustion;
import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Metrics;
import java.util.List;
import java.util.stream.Stream;

/** The gateway's capacity units, connections or compute are used up. */
record GatewayCapacityExhausted() implements Cause {

    @Override
    public String id() {
        return "gateway-capacity-exhausted";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        return Verdict.of(
                Sign.conclusive(
                        evidence.gateway(),
                        evidence.metrics(),
                        (gateway, metrics) -> GatewayCapacity.atTheCeiling(
                                gateway, metrics, situation.traffic().onset())),
                Sign.conclusive(evidence.metrics(), metrics -> GatewayCapacity.busy(metrics, evidence))
                        .unlessInPart(SourcePortExhaustion.undecided(evidence)),
                Sign.suggestive(
                        evidence.metrics(), evidence.accessLog(), (metrics, log) -> ports(metrics, log, evidence)),
                Sign.contrary(
                        evidence.gateway(),
                        evidence.metrics(),
                        (gateway, metrics) -> evidence.accessLog()
                                        .toOptional()
                                        .filter(log -> ports(metrics, log, evidence)
                                                .findAny()
                                                .isPresent())
                                        .isPresent()
                                ? Stream.empty()
                                : GatewayCapacity.room(gateway, metrics)),
                Sign.contrary(
                        evidence.gateway(),
                        evidence.metrics(),
                        (gateway, metrics) -> GatewayCapacity.borne(
                                gateway, metrics, situation.traffic().onset())));
    }

    private static Stream<Finding> ports(Metrics metrics, AccessLog log, Evidence evidence) {
        return evidence.gateway().toOptional().stream()
                .flatMap(gateway -> SourcePortExhaustion.scarce(gateway, metrics, log));
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
