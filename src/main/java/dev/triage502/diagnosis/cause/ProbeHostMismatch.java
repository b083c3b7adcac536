package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.probe.HostNameSource;
import dev.triage502.analysis.probe.LiveHostMismatch;
import dev.triage502.analysis.probe.ProbeRejections;
import dev.triage502.analysis.probe.ProbeRejections.Reason;
import dev.triage502.analysis.probe.ProbeRejections.Rejection;
import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import java.util.List;
import java.util.stream.Stream;

/** The probe, or the HTTP setting, sends a host name that the backend does not serve. */
record ProbeHostMismatch() implements Cause {

    @Override
    public String id() {
        return "probe-host-mismatch";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        ProbeRejections rejections = situation.rejections();
        LiveHostMismatch live = situation.liveHosts();
        HostNameSource sent = HostNameSource.of(rejections.witnesses());
        return Verdict.of(
                Sign.conclusive(
                                evidence.probeResults(),
                                evidence.gateway(),
                                (health, gateway) ->
                                        shown(rejections, health).flatMap(each -> told(each, rejections, sent)))
                        .consulting(rejections.sources())
                        .unlessInPart(RejectedStatus.unseenElsewhere(situation)),
                Sign.suggestive(
                        evidence.probeResults(),
                        evidence.gateway(),
                        (health, gateway) -> rejections
                                .by(health, Reason.FOREIGN_HOST)
                                .flatMap(each -> told(each, rejections, sent))),
                Sign.suggestive(
                        evidence.probeResults(),
                        evidence.accessLog(),
                        (health, log) -> rejections.unserved(health).map(sent::atItsHolder)),
                Sign.suggestive(
                        evidence.directProbes(),
                        evidence.gateway(),
                        (probes, gateway) -> Stream.of(Reason.HOST, Reason.FOREIGN_HOST)
                                .flatMap(reason -> rejections.by(probes, reason))
                                .map(Rejection::quote)
                                .map(sent::atItsHolder)),
                Sign.conclusive(
                        evidence.accessLog(),
                        evidence.directProbes(),
                        (log, probes) -> live.shown(log).map(sent::atTheSetting)),
                Sign.suggestive(
                        evidence.accessLog(),
                        evidence.probeResults(),
                        (log, health) -> live.hinted(log).map(sent::atTheSetting)),
                Sign.contrary(
                        evidence.probeResults(),
                        evidence.gateway(),
                        (health, gateway) -> rejections
                                .by(health, Reason.CUSTOM_PROBE)
                                .flatMap(each -> rejections.others().forAnotherHostAsWell(each))));
    }

    /** A page that is missing may be there for another host: a status that is not accepted looks the same until somebody asks. */
    @Override
    public List<String> mistakenFor() {
        return List.of("probe-status-mismatch");
    }

    /** Where the host is shown to be the matter at one server, those alike that are told apart by names are no other. */
    private static Stream<Rejection> shown(ProbeRejections rejections, BackendHealth health) {
        List<Rejection> shown = rejections.by(health, Reason.HOST).toList();
        return shown.isEmpty()
                ? Stream.empty()
                : Stream.concat(shown.stream(), rejections.by(health, Reason.FOREIGN_HOST));
    }

    private static Stream<Finding> told(Rejection rejection, ProbeRejections rejections, HostNameSource sent) {
        return Stream.concat(
                        Stream.of(rejection.quote(), sent.finding(rejection)),
                        Stream.concat(
                                rejections.others().forAnotherHost(rejection),
                                rejections.others().sayingNoSuchHost(rejection)))
                .map(sent::atItsHolder);
    }
}
