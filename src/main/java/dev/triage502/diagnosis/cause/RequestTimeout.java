package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.traffic.LiveFailures;
import dev.triage502.analysis.traffic.LoadTrend;
import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.ErrorInfo;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Setting;
import dev.triage502.evidence.Source;
import java.util.stream.Stream;

/** Live requests take longer than the setting's request time-out. */
record RequestTimeout() implements Cause {

    @Override
    public String id() {
        return "request-timeout";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        return Verdict.of(
                Sign.conclusive(
                                evidence.accessLog(),
                                evidence.gateway(),
                                (log, gateway) -> LiveFailures.bySetting(log, RequestTimeout::timedOut)
                                        .filter(failures -> LiveFailures.isReached(failures, log, evidence))
                                        .flatMap(failures -> atTheLimit(failures, gateway)))
                        .consulting(evidence.probeResults()),
                Sign.suggestive(
                        evidence.accessLog(),
                        log -> LiveFailures.bySetting(log, RequestTimeout::timedOut)
                                .map(failures -> failures.finding(
                                        failures.requests() + " requests timed out waiting for " + failures.pool()))),
                Sign.contrary(
                        evidence.accessLog(),
                        evidence.metrics(),
                        (log, metrics) -> LoadTrend.risen(log, metrics, evidence)),
                Sign.contrary(
                        evidence.accessLog(),
                        log -> evidence.isWhole(Source.METRICS) ? Stream.empty() : LoadTrend.slowed(log)),
                Sign.contrary(evidence.accessLog(), RequestTimeout::noneTimedOut));
    }

    /** v2 logs a code; v1 answers 502 after the time-out and logs none, so that only the time tells. */
    private static boolean timedOut(Row row) {
        return row.errorInfo() == ErrorInfo.TIMED_OUT
                || (row.errorInfo() == ErrorInfo.NONE
                        && row.isFailure()
                        && row.maker() == AccessLog.Maker.GATEWAY
                        && !row.serverAddress().isEmpty());
    }

    /** Requests that ended when the time-out was over, or, where a second member was tried, twice the time-out. */
    private static Stream<Finding> atTheLimit(LiveFailures failures, Gateway gateway) {
        return gateway.setting(failures.setting()).stream()
                .filter(setting -> failures.rows().stream().anyMatch(row -> endsAt(setting, row)))
                .map(setting -> failures.finding(failures.requests() + " requests ended after "
                                + failures.longest() + " s; " + setting.name() + " waits "
                                + setting.requestTimeoutSeconds() + " s for an answer")
                        .with("setting", setting.name())
                        .with("limit", String.valueOf(setting.requestTimeoutSeconds())));
    }

    private static boolean endsAt(Setting setting, Row row) {
        double limit = setting.requestTimeoutSeconds();
        double taken = row.timeTaken().orElse(row.timeTakenMax().orElse(0));
        return (taken >= limit * 0.97 && taken <= limit * 1.25 + 2)
                || (taken >= limit * 1.94 && taken <= limit * 2.2 + 2);
    }

    private static Stream<Finding> noneTimedOut(AccessLog log) {
        boolean any = log.failing().findAny().isEmpty() || log.failing().anyMatch(RequestTimeout::timedOut);
        return any ? Stream.empty() : LiveFailures.against(log, "no failing request ended by a time-out");
    }

    @Override
    public AtFault atFault() {
        return AtFault.SETTING;
    }
}
