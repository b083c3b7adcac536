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

/** The backend serves a certificate outside its validity, so the gateway refuses the connection. */
record BackendCertificateExpired() implements Cause {

    @Override
    public String id() {
        return "backend-certificate-expired";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        TlsFaults faults = situation.tls();
        return Verdict.of(
                Sign.conclusive(evidence.probeResults(), health -> faults.measured(health, Fault.DATES))
                        .consulting(evidence.gateway()),
                Sign.conclusive(evidence.onDemandHealth(), onDemand -> faults.measured(onDemand, Fault.DATES)),
                Sign.conclusive(
                        evidence.directProbes(),
                        probes -> faults.seen(probes, Fault.DATES).map(TlsDirectProbe::validity)),
                Sign.suggestive(
                        evidence.probeResults(),
                        health -> faults.hinted(health, Fault.DATES).map(Told::quote)),
                Sign.contrary(
                        evidence.directProbes(),
                        probes -> faults.looks()
                                .whereTlsMayFail(probes)
                                .filter(TlsDirectProbe::hasGoodDates)
                                .map(TlsDirectProbe::validity)));
    }

    @Override
    public AtFault atFault() {
        return AtFault.SETTING;
    }
}
