package dev.triage502.diagnosis.cause;

import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.diagnosis.cause.TlsFaults.Fault;
import dev.triage502.diagnosis.cause.TlsLooks.Told;
import dev.triage502.evidence.Evidence;

/** The backend serves a certificate outside its validity, so the gateway refuses the connection. */
record BackendCertificateExpired() implements Cause {

    @Override
    public String id() {
        return "backend-certificate-expired";
    }

    @Override
    public Verdict judge(Evidence evidence) {
        TlsFaults faults = TlsFaults.of(evidence);
        return Verdict.of(
                Sign.conclusive(evidence.probeResults(), health -> faults.measured(health, Fault.DATES))
                        .consulting(evidence.gateway()),
                Sign.conclusive(evidence.onDemandHealth(), onDemand -> faults.measured(onDemand, Fault.DATES)),
                Sign.conclusive(
                        evidence.directProbes(),
                        probes -> faults.seen(probes, Fault.DATES).map(TlsLook::validity)),
                Sign.suggestive(
                        evidence.probeResults(),
                        health -> faults.hinted(health, Fault.DATES).map(Told::quote)),
                Sign.contrary(
                        evidence.directProbes(),
                        probes -> faults.looks()
                                .whereTlsMayFail(probes)
                                .filter(TlsLook::hasGoodDates)
                                .map(TlsLook::validity)));
    }

    @Override
    public AtFault atFault() {
        return AtFault.SETTING;
    }
}
