package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.tls.LiveHandshakes;
import dev.triage502.analysis.tls.LiveTlsFailures;
import dev.triage502.analysis.tls.TlsDirectProbe;
import dev.triage502.analysis.tls.TlsDirectProbes.Told;
import dev.triage502.analysis.tls.TlsFaults;
import dev.triage502.analysis.tls.TlsFaults.Fault;
import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Reading.CouldNotRead;
import java.util.Optional;

/** The certificate that the backend shows is not good for the name that the gateway asks it for. */
record BackendCertificateNameMismatch() implements Cause {

    @Override
    public String id() {
        return "backend-certificate-name-mismatch";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        TlsFaults faults = situation.tls();
        LiveTlsFailures live = situation.liveTls();
        Optional<CouldNotRead<?>> open = faults.undecidedNames().or(live::undecidedForName);
        return Verdict.of(
                Sign.conclusive(evidence.probeResults(), health -> faults.measured(health, Fault.NAME))
                        .consulting(evidence.gateway())
                        .unlessInPart(open),
                Sign.conclusive(evidence.onDemandHealth(), onDemand -> faults.measured(onDemand, Fault.NAME))
                        .unlessInPart(open),
                Sign.conclusive(
                        evidence.directProbes(),
                        probes -> faults.seen(probes, Fault.NAME).map(TlsDirectProbe::names)),
                Sign.conclusive(evidence.accessLog(), evidence.gateway(), live::seenUnnamed)
                        .unlessInPart(open),
                // A platform may as well end the handshake for a name that it does not know: a direct look tells.
                Sign.strong(evidence.accessLog(), evidence.gateway(), live::knownUnnamed)
                        .consulting(evidence.backends())
                        .unlessInPart(open),
                Sign.suggestive(
                        evidence.probeResults(),
                        health -> faults.hinted(health, Fault.NAME).map(Told::quote)),
                Sign.suggestive(
                        evidence.probeResults(),
                        evidence.directProbes(),
                        (health, probes) -> faults.namesLacking(health)),
                Sign.suggestive(evidence.accessLog(), evidence.gateway(), live::likelyUnnamed),
                Sign.suggestive(
                                evidence.accessLog(),
                                evidence.gateway(),
                                LiveHandshakes.of(evidence, live)::anotherSite)
                        .consulting(evidence.directProbes()),
                Sign.contrary(
                        evidence.directProbes(),
                        probes -> faults.looks()
                                .whereTlsMayFail(probes)
                                .filter(TlsDirectProbe::isForTheName)
                                .map(TlsDirectProbe::names)));
    }

    @Override
    public AtFault atFault() {
        return AtFault.SETTING;
    }
}
