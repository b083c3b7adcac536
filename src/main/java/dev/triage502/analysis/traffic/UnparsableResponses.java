package dev.triage502.analysis.traffic;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.AnswerFault;
import dev.triage502.evidence.DirectProbes;
import dev.triage502.evidence.DirectProbes.Connect;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Target.Place;
import dev.triage502.incident.Wording;
import java.util.List;
import java.util.stream.Stream;

/** Answers that a client past the gateway could not read, and the requests through the gateway that end for them. */
public final class UnparsableResponses {

    private UnparsableResponses() {}

    /** The looks that met one. */
    public static Stream<Finding> seen(DirectProbes probes) {
        return probes.stream()
                .filter(UnparsableResponses::isUnreadable)
                .flatMap(probe -> probe.findings("the response of " + probe.address() + " for " + probe.path()
                                + " is not valid HTTP: \"" + probe.error() + "\"")
                        .map(found -> found.with("path", probe.path())));
    }

    /** Connected, and answered with what an HTTP client could not read. */
    private static boolean isUnreadable(DirectProbe probe) {
        boolean overTls = Wording.of(probe.error()).has("ssl", "tls", "handshake");
        return probe.connect() == Connect.OK && !overTls && AnswerFault.of(probe.error()) == AnswerFault.UNREADABLE;
    }

    /** Requests that are cut off where one of the pool's servers was seen to answer so: it is one answer of all of them. */
    public static Stream<Finding> cutOffThere(DirectProbes probes, AccessLog log) {
        List<DirectProbe> unreadable =
                probes.stream().filter(UnparsableResponses::isUnreadable).toList();
        return LiveFailures.byServer(
                        log,
                        row -> PathSpecificFailures.isCutOff(row)
                                && unreadable.stream().anyMatch(look -> isSameRequest(look, row)))
                .map(failures -> failures.finding(failures.counted() + " to " + failures.server() + " for "
                        + failures.rows().get(0).path() + " ended without a complete response"));
    }

    private static boolean isSameRequest(DirectProbe look, Row row) {
        String path = look.path().replaceFirst("\\?.*", "");
        return row.path().equals(path)
                && look.targets().stream()
                        .anyMatch(server -> row.pool()
                                        .equalsIgnoreCase(server.at(Place.POOL).orElse(""))
                                && row.setting()
                                        .equalsIgnoreCase(
                                                server.at(Place.SETTING).orElse("")));
    }
}
