package dev.triage502.diagnosis.cause;

import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.diagnosis.cause.Rejections.Reason;
import dev.triage502.diagnosis.cause.TlsFaults.Fault;
import dev.triage502.diagnosis.cause.TlsLooks.Told;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.ProbeFailure;

/** No TLS session comes about: no common protocol or cipher, no name sent, or a client certificate demanded. */
record BackendTlsHandshakeFailed() implements Cause {

    @Override
    public String id() {
        return "backend-tls-handshake-failed";
    }

    @Override
    public Verdict judge(Evidence evidence) {
        TlsFaults faults = TlsFaults.of(evidence);
        Rejections rejections = Rejections.of(evidence);
        return Verdict.of(
                Sign.conclusive(
                        evidence.directProbes(),
                        probes -> faults.seen(probes, Fault.HANDSHAKE).map(TlsLook::breakOff)),
                Sign.conclusive(
                                evidence.probeResults(),
                                health -> rejections
                                        .by(health, Reason.CLIENT_CERTIFICATE)
                                        .flatMap(rejections.others()::certificateWanted))
                        .consulting(evidence.gateway(), evidence.directProbes()),
                Sign.suggestive(
                                evidence.probeResults(),
                                health -> faults.hinted(health, Fault.HANDSHAKE).map(Told::quote))
                        .consulting(evidence.gateway()),
                Sign.suggestive(
                        evidence.probeResults(), evidence.directProbes(), (health, probes) -> faults.borneOut(health)),
                Sign.suggestive(
                        evidence.directProbes(),
                        probes -> faults.looks()
                                .whereTlsMayFail(probes)
                                .filter(TlsLook::hasNoSession)
                                .map(TlsLook::breakOff)),
                Sign.suggestive(evidence.accessLog(), evidence.gateway(), LiveTls.of(evidence)::unexplained),
                Sign.contrary(
                        evidence.directProbes(),
                        probes -> faults.looks()
                                .whereTlsMayFail(probes)
                                .filter(look -> faults.looks().says(look, ProbeFailure.TLS_ERROR) && look.completes())
                                .map(TlsLook::validity)));
    }

    @Override
    public AtFault atFault() {
        return AtFault.SETTING;
    }
}
