package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.tls.TlsDirectProbe;
import dev.triage502.analysis.tls.TlsDirectProbes.Told;
import dev.triage502.analysis.tls.TlsFaults;
import dev.triage502.analysis.tls.TlsFaults.Fault;
import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.Evidence;

/** The backend does not send the certificates that lead from its own to the root, or not in order. */
record BackendCertificateChainIncomplete() implements Cause {

    @Override
    public String id() {
        return "backend-certificate-chain-incomplete";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        TlsFaults faults = situation.tls();
        return Verdict.of(
                Sign.conclusive(evidence.probeResults(), health -> faults.measured(health, Fault.CHAIN))
                        .consulting(evidence.gateway()),
                Sign.conclusive(evidence.onDemandHealth(), onDemand -> faults.measured(onDemand, Fault.CHAIN)),
                Sign.suggestive(
                        evidence.probeResults(),
                        health -> faults.hinted(health, Fault.CHAIN).map(Told::quote)),
                Sign.suggestive(
                        evidence.directProbes(),
                        probes -> faults.seen(probes, Fault.CHAIN).map(TlsDirectProbe::chain)),
                Sign.contrary(
                        evidence.directProbes(),
                        probes -> faults.looks()
                                .whereTlsMayFail(probes)
                                .filter(TlsDirectProbe::hasWholeChain)
                                .map(TlsDirectProbe::chain)));
    }

    @Override
    public AtFault atFault() {
        return AtFault.SETTING;
    }
}
