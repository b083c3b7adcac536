package dev.triage502.analysis.probe;

import dev.triage502.analysis.traffic.LiveFailures;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.Maker;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Source;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Requests that a server answers with an error of its own: does it fail, or does it not serve the host that they carry?
 * The probe may ask for another host and be content.
 */
public final class LiveHostMismatch {

    private final Corroboration witnesses;
    private final Optional<BackendHealth> health;

    private LiveHostMismatch(Evidence evidence, Corroboration witnesses) {
        this.witnesses = witnesses;
        this.health = evidence.probeResults().toOptional();
    }

    public static LiveHostMismatch of(Evidence evidence, Corroboration witnesses) {
        return new LiveHostMismatch(evidence, witnesses);
    }

    /** Errors of the servers' own, a group for each server. */
    public static Stream<LiveFailures> errors(AccessLog log) {
        return LiveFailures.byServer(
                log, row -> row.maker() == Maker.BACKEND && row.serverStatus().orElse(0) >= 500);
    }

    /** Those that come of the host, as looks past the gateway with this host and with another one show. */
    public Stream<Finding> shown(AccessLog log) {
        return errors(log)
                .flatMap(failures -> othersServed(failures)
                        .flatMap(look -> Stream.of(
                                told(failures),
                                look.finding(
                                                failures.target(),
                                                failures.server() + " returns "
                                                        + look.status().getAsInt() + " for " + look.host()
                                                        + look.path())
                                        .with("served-host", look.host()))));
    }

    /** Those that may come of the host, since the probe gets what it wants for the same path by another one. */
    public Stream<Finding> hinted(AccessLog log) {
        return errors(log)
                .filter(failures -> othersServed(failures).findAny().isEmpty())
                .flatMap(failures -> probed(failures, log)
                        .flatMap(server -> asked(server).stream()
                                .flatMap(asked -> Stream.of(
                                        told(failures),
                                        Finding.of(
                                                        Source.BACKEND_HEALTH,
                                                        failures.target(),
                                                        failures.server() + " passes its probe for " + asked.host()
                                                                + asked.path())
                                                .with("served-host", asked.host())))));
    }

    /** Whether it is the host and not the server that fails. */
    public boolean isTheMatter(LiveFailures failures, AccessLog log) {
        return othersServed(failures).findAny().isPresent()
                || probed(failures, log).findAny().isPresent();
    }

    /** Looks that got an answer for another host, where the same path by the requests' own host got an error. */
    private Stream<DirectProbe> othersServed(LiveFailures failures) {
        return witnesses.looks(failures.target()).stream()
                .filter(look -> look.answeredWell() && !isCarried(failures, look.host()))
                .filter(look -> witnesses.looks(failures.target()).stream()
                        .anyMatch(other -> isCarried(failures, other.host())
                                && other.path().equals(look.path())
                                && other.status().orElse(0) >= 500));
    }

    private Stream<BackendHealth.Server> probed(LiveFailures failures, AccessLog log) {
        return health.stream()
                .flatMap(BackendHealth::healthy)
                .filter(server -> server.address().equalsIgnoreCase(failures.server())
                        && server.pool().equalsIgnoreCase(failures.pool())
                        && server.setting().equalsIgnoreCase(failures.setting()))
                .filter(server -> asked(server)
                        .filter(asked -> !isCarried(failures, asked.host())
                                && failures.rows().stream()
                                        .anyMatch(row -> row.path().equals(asked.path()))
                                && isNeverServed(failures, log, asked.path()))
                        .isPresent());
    }

    private static boolean isNeverServed(LiveFailures failures, AccessLog log, String path) {
        return log.served()
                .filter(failures::wentTheSameWay)
                .noneMatch(row -> row.path().equals(path) && isCarried(failures, row.host()));
    }

    private Optional<ProbeRequest> asked(BackendHealth.Server server) {
        return witnesses.asked(server.target());
    }

    private static boolean isCarried(LiveFailures failures, String host) {
        return failures.rows().stream().map(Row::host).anyMatch(host::equalsIgnoreCase);
    }

    private static Finding told(LiveFailures failures) {
        Row row = failures.rows().get(0);
        return failures.finding(failures.server() + " itself returned "
                        + row.serverStatus().orElse(0) + " to " + failures.counted() + " with host " + row.host())
                .with("host", row.host());
    }
}
