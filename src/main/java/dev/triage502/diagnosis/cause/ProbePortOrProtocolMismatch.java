package dev.triage502.diagnosis.cause;

import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.diagnosis.cause.Rejections.Reason;
import dev.triage502.diagnosis.cause.Rejections.Rejection;
import dev.triage502.evidence.BackendHealth.Server;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.Reach.Step;
import java.util.List;
import java.util.stream.Stream;

/** The probe or the HTTP setting uses a port or a protocol that the backend does not speak. */
record ProbePortOrProtocolMismatch() implements Cause {

    @Override
    public String id() {
        return "probe-port-or-protocol-mismatch";
    }

    @Override
    public Verdict judge(Evidence evidence) {
        Rejections rejections = Rejections.of(evidence);
        OtherPort other = OtherPort.of(evidence);
        return Verdict.of(
                Sign.conclusive(
                        evidence.reach().shows(Step.OTHER_PORT),
                        found -> found.stream().map(other::atItsHolder)),
                Sign.conclusive(
                        evidence.probeResults(),
                        health ->
                                health.failingWith(ProbeFailure.PROXY_PROTOCOL).map(Server::quote)),
                Sign.conclusive(
                                evidence.probeResults(),
                                evidence.directProbes(),
                                (health, probes) -> rejections
                                        .by(health, Reason.PORT_OR_PROTOCOL)
                                        .flatMap(each -> shown(each, rejections))
                                        .map(other::atItsHolder))
                        .consulting(rejections.sources()),
                Sign.conclusive(
                        evidence.directProbes(),
                        probes -> other.anotherProtocol(probes).map(other::atItsHolder)),
                Sign.suggestive(evidence.reach().hints(Step.OTHER_PORT), List::stream),
                Sign.suggestive(evidence.accessLog(), evidence.gateway(), other::unanswered),
                Sign.suggestive(evidence.probeResults(), evidence.gateway(), other::passed),
                Sign.contrary(evidence.reach().opposes(Step.OTHER_PORT), List::stream));
    }

    private static Stream<Finding> shown(Rejection rejection, Rejections rejections) {
        return Stream.concat(
                Stream.of(rejection.quote()),
                rejections.others().ofPort(rejection).stream()
                        .map(look -> OtherPort.open(look, look.finding(rejection.server(), told(rejection, look)))));
    }

    private static String told(Rejection rejection, DirectProbe look) {
        String port = look.port().isPresent() ? " on port " + look.port().getAsInt() : "";
        String words = look.error().isEmpty() ? look.body().orElse("") : look.error();
        return rejection.server().name()
                + port
                + (look.answered() ? " answers " + look.status().getAsInt() + " to " + look.path() : "")
                + (words.isEmpty() ? "" : ": \"" + words + "\"");
    }

    @Override
    public AtFault atFault() {
        return AtFault.SETTING;
    }

    @Override
    public List<String> explains() {
        return List.of("request-timeout", "backend-closes-connection", "backend-not-listening", "probe-timeout");
    }
}
