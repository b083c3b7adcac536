package dev.triage502.evaluate;

import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.BackendHealth.Server;
import dev.triage502.evidence.BackendHealth.State;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.ProbeFailure;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * The reader to beat: takes the first message of backend health that is not well, and believes it. Whoever does no better
 * than this need not be asked.
 */
final class FirstMessageReader {

    private static final Map<ProbeFailure, String> AT_ITS_WORD = atItsWord();

    private FirstMessageReader() {}

    static CaseAnswer answer(Evidence evidence) {
        String cause = evidence.backendHealth()
                .toOptional()
                .map(FirstMessageReader::firstMessage)
                .orElse(CaseAnswer.CANNOT_TELL);
        return new CaseAnswer(cause, CaseAnswer.CONCLUSION, Set.of(cause), Set.of(), Set.of(), "none");
    }

    private static String firstMessage(BackendHealth health) {
        return health.servers().stream()
                .filter(server -> server.isFailing() || server.state() == State.UNKNOWN)
                .findFirst()
                .map(FirstMessageReader::believed)
                .orElse("no-fault-found");
    }

    /** Unknown without a word is, in the vendor's guide, first of all a security group in the way of the management. */
    private static String believed(Server server) {
        boolean silent = server.failure() == ProbeFailure.NONE;
        return silent
                ? "nsg-blocks-gateway-manager"
                : AT_ITS_WORD.getOrDefault(server.failure(), CaseAnswer.CANNOT_TELL);
    }

    /** What each message names first. */
    private static Map<ProbeFailure, String> atItsWord() {
        Map<ProbeFailure, String> causes = new EnumMap<>(ProbeFailure.class);
        causes.put(ProbeFailure.CANNOT_CONNECT, "nsg-blocks-backend");
        causes.put(ProbeFailure.TIMED_OUT, "probe-timeout");
        causes.put(ProbeFailure.STATUS_MISMATCH, "probe-status-mismatch");
        causes.put(ProbeFailure.BODY_MISMATCH, "probe-body-mismatch");
        causes.put(ProbeFailure.NAME_UNRESOLVED, "backend-name-unresolvable");
        causes.put(ProbeFailure.CERTIFICATE_NAME, "backend-certificate-name-mismatch");
        causes.put(ProbeFailure.CERTIFICATE_EXPIRED, "backend-certificate-expired");
        causes.put(ProbeFailure.CERTIFICATE_REVOKED, "backend-certificate-expired");
        causes.put(ProbeFailure.CERTIFICATE_INVALID, "backend-certificate-expired");
        causes.put(ProbeFailure.CERTIFICATE_CHAIN, "backend-certificate-chain-incomplete");
        causes.put(ProbeFailure.CERTIFICATE_UNTRUSTED, "backend-certificate-untrusted");
        causes.put(ProbeFailure.CERTIFICATE_ROOT_MISMATCH, "backend-certificate-untrusted");
        causes.put(ProbeFailure.CERTIFICATE_ISSUER_NOT_FOUND, "backend-certificate-untrusted");
        causes.put(ProbeFailure.TLS_ERROR, "backend-tls-handshake-failed");
        causes.put(ProbeFailure.PROXY_PROTOCOL, "probe-port-or-protocol-mismatch");
        causes.put(ProbeFailure.NOT_RETRIEVED, "nsg-blocks-gateway-manager");
        return causes;
    }
}
