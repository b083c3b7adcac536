package dev.triage502.analysis.probe;

import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway.Probe;
import dev.triage502.evidence.Target;
import java.util.Locale;

/**
 * One look past the gateway at one server, and how long it took.
 *
 * @param asked what the probe asks there
 * @param limit how long the probe waits, in seconds
 */
record TimedDirectProbe(Target server, DirectProbe probe, ProbeRequest asked, int limit) {

    /** How long the default probe waits (probe overview). */
    private static final int DEFAULT_SECONDS = 30;

    public static TimedDirectProbe of(Target server, DirectProbe probe, ProbeRequest asked) {
        return new TimedDirectProbe(
                server, probe, asked, asked.probe().map(Probe::timeoutSeconds).orElse(DEFAULT_SECONDS));
    }

    boolean isTheProbesPath() {
        return asked.isRepeatedForSomeHostBy(probe);
    }

    boolean isSlow() {
        return probe.elapsedMillis().orElse(0) >= limit * 1000L;
    }

    public Finding finding() {
        double seconds = probe.elapsedMillis().orElse(0) / 1000.0;
        String text = probe.answered()
                ? "%s accepts connections and takes %.1f s to return %s; the probe timeout is %d s"
                : "%s accepts connections and returns nothing for %.1f s when asked for %s; the probe timeout is %d s";
        return asked.fill(probe.finding(
                        server, String.format(Locale.ROOT, text, server.name(), seconds, probe.path(), limit)))
                .with("seconds", String.format(Locale.ROOT, "%.1f", seconds))
                .with("limit", String.valueOf(limit));
    }
}
