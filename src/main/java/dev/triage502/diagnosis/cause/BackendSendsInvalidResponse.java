package dev.triage502.diagnosis.cause;

import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.AccessLog.Maker;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.DirectProbes.Connect;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import java.util.List;
import java.util.Locale;

/** The backend's answer cannot be parsed, or its headers are larger than the gateway takes. */
record BackendSendsInvalidResponse() implements Cause {

    private static final List<String> UNREADABLE = List.of(
            "malformed",
            "invalid http",
            "invalid header",
            "header",
            "parse",
            "unexpected end",
            "protocol error",
            "content-length");

    @Override
    public String id() {
        return "backend-sends-invalid-response";
    }

    @Override
    public Verdict judge(Evidence evidence) {
        return Verdict.of(
                Sign.conclusive(
                        evidence.directProbes(),
                        probes -> probes.stream()
                                .filter(BackendSendsInvalidResponse::isUnreadable)
                                .flatMap(probe -> probe.findings("the answer of " + probe.address() + " to "
                                        + probe.path() + " cannot be read: \"" + probe.error() + "\""))),
                Sign.conclusive(
                        evidence.accessLog(),
                        log -> OnePath.always(log)
                                .filter(failures -> failures.rows().stream().anyMatch(row -> row.maker() == Maker.BOTH))
                                .map(BackendSendsInvalidResponse::begun)),
                Sign.suggestive(
                        evidence.accessLog(),
                        log -> OnePath.always(log)
                                .map(failures -> failures.finding(failures.server() + " is cut off on every request to "
                                        + failures.rows().get(0).path() + " and answers on other paths"))),
                Sign.suggestive(
                        evidence.accessLog(),
                        log -> LiveFailures.byServer(log, row -> row.maker() == Maker.BOTH)
                                .map(BackendSendsInvalidResponse::begun)));
    }

    /** Connected, and answered with what an HTTP client could not read. */
    private static boolean isUnreadable(DirectProbe probe) {
        String error = probe.error().toLowerCase(Locale.ROOT);
        boolean overTls = error.contains("ssl") || error.contains("tls") || error.contains("handshake");
        return probe.connect() == Connect.OK && !overTls && UNREADABLE.stream().anyMatch(error::contains);
    }

    private static Finding begun(LiveFailures failures) {
        Row row = failures.rows().get(0);
        String status = row.serverStatus().isPresent()
                ? String.valueOf(row.serverStatus().getAsInt())
                : "?";
        return failures.finding(failures.server() + " answered " + failures.requests() + " requests with " + status
                + ", and the gateway could not use the answer: the client got " + row.status());
    }

    @Override
    public AtFault atFault() {
        return AtFault.POOL_OR_SERVER;
    }

    @Override
    public List<String> explains() {
        return List.of("backend-closes-connection");
    }
}
