package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.probe.ProbeRejections;
import dev.triage502.analysis.probe.ProbeRejections.Reason;
import dev.triage502.analysis.tls.LiveHandshakes;
import dev.triage502.analysis.tls.TlsDirectProbe;
import dev.triage502.analysis.tls.TlsDirectProbes.Told;
import dev.triage502.analysis.tls.TlsFaults;
import dev.triage502.analysis.tls.TlsFaults.Fault;
import dev.triage502.analysis.tls.TlsVersionGap;
import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.ProbeFailure;
import java.util.stream.Stream;

/** No TLS session comes about: no common protocol or cipher, no name sent, or a client certificate demanded. */
record BackendTlsHandshakeFailed() implements Cause {

    @Override
    public String id() {
        return "backend-tls-handshake-failed";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        TlsFaults faults = situation.tls();
        ProbeRejections rejections = situation.rejections();
        return Verdict.of(
                Sign.conclusive(
                        evidence.directProbes(),
                        probes -> faults.seen(probes, Fault.HANDSHAKE).map(TlsDirectProbe::breakOff)),
                Sign.conclusive(
                                evidence.directProbes(),
                                evidence.gateway(),
                                (probes, gateway) -> LiveHandshakes.of(evidence, situation.liveTls())
                                        .brokenOff(gateway))
                        .consulting(evidence.accessLog()),
                Sign.conclusive(
                                evidence.probeResults(),
                                health -> rejections
                                        .by(health, Reason.CLIENT_CERTIFICATE)
                                        .flatMap(rejections.others()::certificateWanted))
                        .consulting(evidence.gateway(), evidence.directProbes())
                        .unlessInPart(situation.liveTls().undecidedFor()),
                Sign.conclusive(
                                evidence.probeResults(),
                                TlsVersionGap.deciding(evidence),
                                (health, backends) -> TlsVersionGap.of(health, backends, evidence, faults))
                        .consulting(evidence.gateway())
                        .neverAgainst(),
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
                                .filter(TlsDirectProbe::hasNoSession)
                                .map(TlsDirectProbe::breakOff)),
                Sign.suggestive(
                        evidence.accessLog(),
                        evidence.gateway(),
                        (log, gateway) -> unexplained(situation, log, gateway)),
                Sign.contrary(
                        evidence.directProbes(),
                        probes -> faults.looks()
                                .whereTlsMayFail(probes)
                                .filter(look -> faults.looks().says(look, ProbeFailure.TLS_ERROR) && look.completes())
                                .filter(look -> TlsVersionGap.isTelling(
                                        look, faults.looks().witnesses()))
                                .map(TlsDirectProbe::validity)));
    }

    /**
     * Live requests for which no session comes about: a hint where a client looked at the servers as well, a probe met an error
     * of TLS, or one passes there for the same name. Else a plain port, or a name that is not known, would leave the same. So does a
     * certificate that the gateway does not accept, where a look shows one.
     */
    private static Stream<Finding> unexplained(Situation situation, AccessLog log, Gateway gateway) {
        boolean told = situation.evidence().directProbes().isPresent()
                || situation.evidence().probeResults().toOptional().stream()
                        .flatMap(health -> situation.tls().hinted(health, Fault.HANDSHAKE))
                        .findAny()
                        .isPresent();
        Stream<Finding> found = told
                ? situation.liveTls().unexplained(log, gateway)
                : situation.liveTls().unexplainedWherePassed(log, gateway);
        return found.filter(each -> situation.evidence().directProbes().toOptional().stream()
                .noneMatch(probes -> situation.tls().hasFaultyCertificate(probes, each.target())));
    }

    @Override
    public AtFault atFault() {
        return AtFault.SETTING;
    }
}
