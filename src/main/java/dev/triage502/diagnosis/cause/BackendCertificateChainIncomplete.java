package dev.triage502.diagnosis.cause;

import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.diagnosis.cause.TlsFaults.Fault;
import dev.triage502.diagnosis.cause.TlsLooks.Told;
import dev.triage502.evidence.Evidence;

/** The backend does not send the certificates that lead from its own to the root, or not in order. */
record BackendCertificateChainIncomplete() implements Cause {

    @Override
    public String id() {
        return "backend-certificate-chain-incomplete";
    }

    @Override
    public Verdict judge(Evidence evidence) {
        TlsFaults faults = TlsFaults.of(evidence);
        return Verdict.of(
                Sign.conclusive(evidence.probeResults(), health -> faults.measured(health, Fault.CHAIN))
                        .consulting(evidence.gateway()),
                Sign.conclusive(evidence.onDemandHealth(), onDemand -> faults.measured(onDemand, Fault.CHAIN)),
                Sign.suggestive(
                        evidence.probeResults(),
                        health -> faults.hinted(health, Fault.CHAIN).map(Told::quote)),
                Sign.suggestive(
                        evidence.directProbes(),
                        probes -> faults.seen(probes, Fault.CHAIN).map(TlsLook::chain)),
                Sign.contrary(
                        evidence.directProbes(),
                        probes -> faults.looks()
                                .whereTlsMayFail(probes)
                                .filter(TlsLook::hasWholeChain)
                                .map(TlsLook::chain)));
    }

    @Override
    public AtFault atFault() {
        return AtFault.SETTING;
    }
}
