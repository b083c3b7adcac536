package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.traffic.LiveFailures;
import dev.triage502.analysis.traffic.PathSpecificFailures;
import dev.triage502.analysis.traffic.RequestEnding;
import dev.triage502.analysis.traffic.UnparsableResponses;
import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.AccessLog.Maker;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import java.util.List;
import java.util.Set;

/** The backend's answer cannot be parsed, or its headers are larger than the gateway takes. */
record BackendSendsInvalidResponse() implements Cause {

    @Override
    public String id() {
        return "backend-sends-invalid-response";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        return Verdict.of(
                Sign.conclusive(evidence.directProbes(), UnparsableResponses::seen),
                Sign.conclusive(evidence.directProbes(), evidence.accessLog(), UnparsableResponses::cutOffThere),
                Sign.conclusive(
                        evidence.accessLog(),
                        log -> PathSpecificFailures.always(log)
                                .filter(failures -> failures.rows().stream().anyMatch(row -> row.maker() == Maker.BOTH))
                                .map(BackendSendsInvalidResponse::begun)),
                Sign.suggestive(
                        evidence.accessLog(),
                        log -> PathSpecificFailures.always(log)
                                .map(failures -> failures.finding(failures.server() + " completes no response for "
                                        + failures.rows().get(0).path() + " but answers on other paths"))),
                Sign.suggestive(
                        evidence.accessLog(),
                        log -> LiveFailures.byServer(log, row -> row.maker() == Maker.BOTH)
                                .map(BackendSendsInvalidResponse::begun)));
    }

    private static Finding begun(LiveFailures failures) {
        Row row = failures.rows().get(0);
        String status = row.serverStatus().isPresent()
                ? String.valueOf(row.serverStatus().getAsInt())
                : "?";
        return failures.finding(failures.server() + " returned " + status + " to " + failures.counted()
                + ", but the gateway could not use the response and sent " + row.status() + " to the client");
    }

    @Override
    public AtFault atFault() {
        return AtFault.POOL_OR_SERVER;
    }

    @Override
    public List<String> explains() {
        return List.of("backend-closes-connection");
    }

    @Override
    public Set<RequestEnding> endings() {
        return Set.of(RequestEnding.CLOSED, RequestEnding.ANSWERED);
    }
}
