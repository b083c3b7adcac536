package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.probe.PortContrast;
import dev.triage502.analysis.probe.ProbeRejections;
import dev.triage502.analysis.probe.ProbeRejections.Reason;
import dev.triage502.analysis.tls.LiveHandshakes;
import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.BackendHealth.Server;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.reachability.ReachabilityResult.Step;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The probe or the HTTP setting uses a port or a protocol that the backend does not speak. */
record ProbePortOrProtocolMismatch() implements Cause {

    @Override
    public String id() {
        return "probe-port-or-protocol-mismatch";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        ProbeRejections rejections = situation.rejections();
        PortContrast other = situation.ports();
        Reading<List<Finding>> otherPort = situation.reachability().shows(Step.OTHER_PORT);
        Optional<CouldNotRead<?>> unseen = unseen(situation, otherPort);
        return Verdict.of(
                Sign.conclusive(otherPort, found -> found.stream().map(other::atItsHolder))
                        .unlessInPart(RejectedStatus.unseenElsewhere(situation)),
                Sign.conclusive(
                                evidence.probeResults(),
                                health -> health.failingWith(ProbeFailure.PROXY_PROTOCOL)
                                        .map(Server::quote)
                                        .map(quote -> quote.with("proxy-protocol", "yes")))
                        .unlessInPart(unseen),
                Sign.conclusive(
                                evidence.probeResults(),
                                evidence.directProbes(),
                                (health, probes) -> rejections
                                        .by(health, Reason.PORT_OR_PROTOCOL)
                                        .flatMap(each -> PortContrast.shown(each, rejections))
                                        .map(other::atItsHolder))
                        .consulting(rejections.sources()),
                Sign.conclusive(
                        evidence.directProbes(),
                        probes -> other.anotherProtocol(probes).map(other::atItsHolder)),
                Sign.conclusive(
                        evidence.directProbes(),
                        evidence.accessLog(),
                        (probes, log) -> evidence.gateway().toOptional().stream()
                                .flatMap(gateway -> other.answersOtherwise(probes, log, gateway))),
                Sign.suggestive(
                        evidence.probeResults(),
                        evidence.gateway(),
                        (health, gateway) -> rejections
                                .by(health, Reason.PLAIN_TO_TLS_PORT)
                                .flatMap(each -> Stream.of(each.quote(), other.plainToTlsPort(each)))
                                .map(other::atItsHolder)),
                Sign.suggestive(situation.reachability().hints(Step.OTHER_PORT), List::stream),
                Sign.suggestive(evidence.accessLog(), evidence.gateway(), other::unanswered),
                Sign.suggestive(evidence.probeResults(), evidence.gateway(), other::passed),
                Sign.contrary(situation.reachability().opposes(Step.OTHER_PORT), List::stream),
                Sign.contrary(
                        evidence.directProbes(),
                        evidence.gateway(),
                        (probes, gateway) ->
                                LiveHandshakes.of(evidence, situation.liveTls()).brokenOff(gateway)));
    }

    /** What was not read and would show the service on another port, or another protocol on this one. */
    private static Optional<CouldNotRead<?>> unseen(Situation situation, Reading<List<Finding>> otherPort) {
        boolean noConnection = situation.evidence().probeResults().toOptional().stream()
                .flatMap(health -> health.failingWith(ProbeFailure.CANNOT_CONNECT))
                .findAny()
                .isPresent();
        return situation
                .liveTls()
                .undecidedForPort()
                .or(() -> otherPort.unread().<CouldNotRead<?>>map(each -> each).filter(unread -> noConnection))
                .or(() -> RejectedStatus.unseenElsewhere(situation));
    }

    @Override
    public AtFault atFault() {
        return AtFault.SETTING;
    }

    @Override
    public List<String> explains() {
        return List.of("request-timeout", "backend-closes-connection", "backend-not-listening", "probe-timeout");
    }

    /** A page that is missing may be there on another port, too. */
    @Override
    public List<String> mistakenFor() {
        return Stream.concat(explains().stream(), Stream.of("probe-status-mismatch"))
                .toList();
    }
}
