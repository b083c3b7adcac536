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
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.Source;
import java.util.List;
import java.util.stream.Stream;

/** Nobody whom the gateway trusts has signed the backend's certificate. */
record BackendCertificateUntrusted() implements Cause {

    @Override
    public String id() {
        return "backend-certificate-untrusted";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        TlsFaults faults = situation.tls();
        return Verdict.of(
                Sign.conclusive(evidence.probeResults(), health -> faults.measured(health, Fault.TRUST)),
                Sign.conclusive(evidence.onDemandHealth(), onDemand -> faults.measured(onDemand, Fault.TRUST)),
                Sign.suggestive(
                        evidence.probeResults(),
                        health -> faults.hinted(health, Fault.TRUST).map(Told::quote)),
                Sign.suggestive(
                        evidence.gateway(),
                        evidence.probeResults(),
                        (gateway, health) -> faults.hinted(health, Fault.TRUST)
                                .filter(told -> told.server().failure() == ProbeFailure.CERTIFICATE_ROOT_MISMATCH)
                                .flatMap(told -> trusted(faults, told))),
                Sign.suggestive(
                        evidence.directProbes(),
                        probes -> faults.seen(probes, Fault.TRUST).map(TlsDirectProbe::signer)));
    }

    /** What the setting trusts, for a text that says that the backend's root is not among it. */
    private static Stream<Finding> trusted(TlsFaults faults, Told told) {
        return faults.looks().witnesses().setting(told.target()).stream().flatMap(setting -> {
            List<String> uploaded = Stream.concat(
                            setting.trustedRoots().stream(), setting.authenticationCertificates().stream())
                    .toList();
            String words = setting.name() + " trusts only " + String.join(", ", uploaded);
            return uploaded.isEmpty() ? Stream.empty() : Stream.of(Finding.of(Source.GATEWAY, told.target(), words));
        });
    }

    @Override
    public AtFault atFault() {
        return AtFault.SETTING;
    }
}
