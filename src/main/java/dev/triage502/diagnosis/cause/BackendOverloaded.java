package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.traffic.LiveFailures;
import dev.triage502.analysis.traffic.LoadTrend;
import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Metrics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The backends are up but saturated: slow, then failing, as the load rises. */
record BackendOverloaded() implements Cause {

    @Override
    public String id() {
        return "backend-overloaded";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        return Verdict.of(
                Sign.conclusive(
                        evidence.accessLog(),
                        evidence.metrics(),
                        (log, metrics) -> failed(log) ? LoadTrend.risen(log, metrics, evidence) : Stream.empty()),
                Sign.suggestive(
                        evidence.metrics(),
                        metrics -> onset(evidence, metrics).stream()
                                .flatMap(onset -> LoadTrend.slowed(metrics, onset, evidence))),
                Sign.suggestive(evidence.accessLog(), log -> LoadTrend.slowed(log)),
                Sign.contrary(evidence.accessLog(), BackendOverloaded::fastAsEver),
                Sign.contrary(
                        evidence.accessLog(),
                        log -> Stream.concat(
                                situation.contrasts().ofInstances(),
                                situation.contrasts().ofPaths())),
                Sign.contrary(evidence.metrics(), metrics -> steady(evidence, metrics)));
    }

    private static boolean failed(AccessLog log) {
        return log.failedRequests() > 0;
    }

    /** When failures began; without any, nothing is overloaded so far that anybody would notice. */
    private static Optional<Instant> onset(Evidence evidence, Metrics metrics) {
        Optional<Instant> logged = evidence.accessLog().toOptional().flatMap(AccessLog::onset);
        boolean measured = metrics.clientErrors().orElse(0) > 0;
        return logged.isPresent() || !measured
                ? logged
                : Optional.of(evidence.incident().alertedAt());
    }

    /** Steady by the metrics, where the log does not say otherwise. */
    private static Stream<Finding> steady(Evidence evidence, Metrics metrics) {
        boolean slowed = evidence.accessLog().toOptional().stream()
                .flatMap(LoadTrend::slowed)
                .findAny()
                .isPresent();
        return slowed
                ? Stream.empty()
                : LoadTrend.steady(metrics, evidence.incident().alertedAt());
    }

    /**
     * What went on answering in less than a second while requests to it failed: a pool as a whole where all its backend
     * settings did, since metrics know no settings.
     */
    private static Stream<Finding> fastAsEver(AccessLog log) {
        Map<String, List<LiveFailures>> byPool = LiveFailures.bySetting(log, row -> true)
                .collect(Collectors.groupingBy(LiveFailures::pool, TreeMap::new, Collectors.toList()));
        return byPool.values().stream().flatMap(settings -> {
            List<LiveFailures> fast =
                    settings.stream().filter(each -> isFast(each, log)).toList();
            return fast.size() == settings.size()
                    ? Stream.of(asFastAsEver(settings.get(0).ofWholePool()))
                    : fast.stream().map(BackendOverloaded::asFastAsEver);
        });
    }

    private static boolean isFast(LiveFailures failures, AccessLog log) {
        return log.served()
                        .filter(failures::wentTheSameWay)
                        .filter(row -> !row.to().isBefore(log.onset().orElse(row.to())))
                        .mapToDouble(row -> row.serverLatency().orElse(Double.MAX_VALUE))
                        .average()
                        .orElse(Double.MAX_VALUE)
                < 1;
    }

    private static Finding asFastAsEver(LiveFailures failures) {
        return failures.finding(failures.pool() + " answered other requests in under a second throughout");
    }

    @Override
    public AtFault atFault() {
        return AtFault.POOL_OR_SERVER;
    }

    @Override
    public List<String> explains() {
        return List.of("probe-timeout", "request-timeout", "backend-closes-connection", "backend-returns-error");
    }
}
