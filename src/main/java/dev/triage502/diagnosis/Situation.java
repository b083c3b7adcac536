package dev.triage502.diagnosis;

import dev.triage502.analysis.probe.Corroboration;
import dev.triage502.analysis.probe.LiveHostMismatch;
import dev.triage502.analysis.probe.PortContrast;
import dev.triage502.analysis.probe.ProbeRejections;
import dev.triage502.analysis.probe.SlowProbePath;
import dev.triage502.analysis.tls.LiveTlsFailures;
import dev.triage502.analysis.tls.TlsFaults;
import dev.triage502.analysis.traffic.FailureContrasts;
import dev.triage502.analysis.traffic.RequestOutcomes;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.GuardedChecks;
import dev.triage502.reachability.ReachabilityResult;
import dev.triage502.reachability.check.DirectProbesByName;
import dev.triage502.reachability.check.ReachabilityAnalysis;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a cause may look at: the evidence of one incident, and what follows from it.
 *
 * <p>Each analysis runs when it is first asked for, and once: many causes share one, and most incidents need few. An
 * analysis that fails costs those causes that need it, and no other. For one thread.
 */
public final class Situation {

    private final Evidence evidence;
    private final Once<ReachabilityResult> reachability;
    private final Once<RequestOutcomes> traffic;
    private final Once<FailureContrasts> contrasts;
    private final Once<Corroboration> corroboration;
    private final Once<ProbeRejections> rejections;
    private final Once<PortContrast> ports;
    private final Once<SlowProbePath> slowProbes;
    private final Once<LiveHostMismatch> liveHosts;
    private final Once<TlsFaults> tls;
    private final Once<LiveTlsFailures> liveTls;

    /** The situation that this evidence shows; a defect in an analysis is thrown at whoever asks for it. */
    public Situation(Evidence evidence) {
        this(evidence, new GuardedChecks((analysis, defect) -> {}));
    }

    /** The same, where the checks list each analysis that fails. */
    public Situation(Evidence read, GuardedChecks checks) {
        Evidence evidence = checks.check("direct-probes-by-name", () -> DirectProbesByName.in(read), () -> read);
        this.evidence = evidence;
        this.reachability = new Once<>(() ->
                checks.check("reachability", () -> ReachabilityAnalysis.of(evidence), ReachabilityResult::failed));
        this.traffic = new Once<>(() ->
                checks.check("traffic", () -> new RequestOutcomes(evidence), () -> RequestOutcomes.unknown(evidence)));
        this.contrasts = new Once<>(() ->
                checks.check("contrasts", () -> FailureContrasts.of(evidence), () -> new FailureContrasts(List.of())));
        this.corroboration = new Once<>(() -> checks.analysis("corroboration", () -> Corroboration.of(evidence)));
        this.rejections = new Once<>(
                () -> checks.analysis("probe-rejections", () -> ProbeRejections.of(evidence, corroboration())));
        this.ports =
                new Once<>(() -> checks.analysis("port-contrast", () -> PortContrast.of(evidence, corroboration())));
        this.slowProbes = new Once<>(() -> checks.analysis("slow-probes", () -> SlowProbePath.of(corroboration())));
        this.liveHosts =
                new Once<>(() -> checks.analysis("live-hosts", () -> LiveHostMismatch.of(evidence, corroboration())));
        this.tls = new Once<>(() -> checks.analysis("tls", () -> TlsFaults.of(evidence, corroboration())));
        this.liveTls = new Once<>(() -> checks.analysis("live-tls", () -> LiveTlsFailures.of(evidence)));
    }

    /** The facts as they were read; direct probes at an address speak of the members whose names lead there too. */
    public Evidence evidence() {
        return evidence;
    }

    /** Does the gateway reach each of its servers, and if not, what stops it? */
    public ReachabilityResult reachability() {
        return reachability.get();
    }

    /** Did requests fail, when, how many on which path, and have they stopped failing? */
    public RequestOutcomes traffic() {
        return traffic.get();
    }

    /** What sets failed requests apart from served ones? */
    public FailureContrasts contrasts() {
        return contrasts.get();
    }

    /** What do the other sources show about a server? */
    public Corroboration corroboration() {
        return corroboration.get();
    }

    /** Why does a probe not accept the status that a server answers? */
    public ProbeRejections rejections() {
        return rejections.get();
    }

    /** Which port is wrong where probes and live requests use different ones? */
    public PortContrast ports() {
        return ports.get();
    }

    /** Is the path slow on which a probe timed out, or is the server out of reach? */
    public SlowProbePath slowProbes() {
        return slowProbes.get();
    }

    /** Do servers answer live requests with an error because they do not serve the host name? */
    public LiveHostMismatch liveHosts() {
        return liveHosts.get();
    }

    /** What is wrong with the TLS of each server? */
    public TlsFaults tls() {
        return tls.get();
    }

    /** Which live requests fail in the TLS handshake, and for which name? */
    public LiveTlsFailures liveTls() {
        return liveTls.get();
    }

    /** A value that is computed when it is first asked for. A failure is kept as well, so that it is listed once. */
    private static final class Once<T> {
        private final Supplier<T> computation;
        private @Nullable T value;
        private @Nullable RuntimeException failure;

        Once(Supplier<T> computation) {
            this.computation = computation;
        }

        T get() {
            if (failure != null) {
                throw failure;
            }
            T known = value;
            if (known == null) {
                try {
                    known = computation.get();
                } catch (RuntimeException e) {
                    failure = e;
                    throw e;
                }
                value = known;
            }
            return known;
        }
    }
}
