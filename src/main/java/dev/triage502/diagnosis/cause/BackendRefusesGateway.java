package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.gateway.AccessRejections;
import dev.triage502.analysis.probe.ContrastingOrigins;
import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Reading;
import java.util.List;
import java.util.stream.Stream;

/** A rule at the backend about who may come in rejects the gateway by where it comes from. */
record BackendRefusesGateway() implements Cause {

    @Override
    public String id() {
        return "backend-refuses-gateway";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        AccessRejections rejections = AccessRejections.of(evidence);
        Reading<Backends> behind = rejections.backends(evidence.backends(), evidence.probeResults());
        return Verdict.of(
                Sign.conclusive(evidence.probeResults(), behind, (health, read) -> rejections.rejected(health, true))
                        .consulting(evidence.gateway(), evidence.network(), evidence.accessLog()),
                Sign.conclusive(
                        evidence.probeResults(),
                        evidence.directProbes(),
                        (health, probes) -> ContrastingOrigins.of(probes, situation.corroboration())),
                Sign.strong(
                        evidence.probeResults(),
                        evidence.directProbes(),
                        (health, probes) ->
                                ContrastingOrigins.ofGateway(health, situation.corroboration(), rejections)),
                Sign.suggestive(
                        evidence.probeResults(),
                        evidence.directProbes(),
                        (health, probes) -> ContrastingOrigins.ofGatewayWithoutRules(
                                health, situation.corroboration(), rejections, evidence)),
                Sign.suggestive(evidence.probeResults(), behind, (health, read) -> rejections.rejected(health, false)),
                Sign.suggestive(
                        evidence.accessLog(),
                        evidence.backends(),
                        (log, backends) ->
                                evidence.probeResults().isPresent() ? Stream.empty() : rejections.answeredLive()),
                Sign.contrary(
                        evidence.backends(),
                        evidence.probeResults(),
                        (backends, health) -> rejections.admitted(health)));
    }

    @Override
    public List<String> explains() {
        return List.of("probe-status-mismatch", "default-probe-rejected", "probe-host-mismatch");
    }
}
