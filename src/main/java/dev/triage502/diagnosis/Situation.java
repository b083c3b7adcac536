package dev.triage502.diagnosis;

import dev.triage502.analysis.probe.Corroboration;
import dev.triage502.analysis.probe.LiveHostMismatch;
import dev.triage502.analysis.probe.PortContrast;
import dev.triage502.analysis.probe.ProbeRejections;
import dev.triage502.analysis.probe.SlowProbePath;
import dev.triage502.analysis.tls.LiveTlsFailures;
import dev.triage502.analysis.tls.TlsFaults;
import dev.triage502.analysis.traffic.RequestOutcomes;
import dev.triage502.evidence.Evidence;
import dev.triage502.reachability.ReachabilityResult;
import dev.triage502.reachability.check.ReachabilityAnalysis;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a cause may look at: the evidence of one incident, and what follows from it.
 *
 * <p>Each analysis runs when it is first asked for, and once: many causes share one, and most incidents need few. An
 * analysis that fails fails in the same way for all who ask, and for nobody else. For one thread.
 */
public final class Situation {

    private final Evidence evidence;
    private final Once<ReachabilityResult> reachability;
    private final Once<RequestOutcomes> traffic;
    private final Once<Corroboration> corroboration;
    private final Once<ProbeRejections> rejections;
    private final Once<PortContrast> ports;
    private final Once<SlowProbePath> slowProbes;
    private final Once<LiveHostMismatch> liveHosts;
    private final Once<TlsFaults> tls;
    private final Once<LiveTlsFailures> liveTls;

    /** The situation that this evidence shows. */
    public Situation(Evidence evidence) {
        this.evidence = evidence;
        this.reachability = new Once<>(() -> ReachabilityAnalysis.of(evidence));
        this.traffic = new Once<>(() -> new RequestOutcomes(evidence));
        this.corroboration = new Once<>(() -> Corroboration.of(evidence));
        this.rejections = new Once<>(() -> ProbeRejections.of(evidence, corroboration()));
        this.ports = new Once<>(() -> PortContrast.of(evidence, corroboration()));
        this.slowProbes = new Once<>(() -> SlowProbePath.of(evidence, corroboration()));
        this.liveHosts = new Once<>(() -> LiveHostMismatch.of(evidence, corroboration()));
        this.tls = new Once<>(() -> TlsFaults.of(evidence, corroboration()));
        this.liveTls = new Once<>(() -> LiveTlsFailures.of(evidence));
    }

    /** The facts as they were read. */
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

    /** A value that is computed when it is first asked for. A failure is kept as well, so that it is reported once. */
    private static final class Once<T> {
        private final Supplier<T> computation;
        private @Nullable T value;
        private @Nullable Throwable failure;

        Once(Supplier<T> computation) {
            this.computation = computation;
        }

        T get() {
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
            T known = value;
            if (known == null) {
                try {
                    known = computation.get();
                } catch (RuntimeException | StackOverflowError e) {
                    failure = e;
                    throw e;
                }
                value = known;
            }
            return known;
        }
    }
}
