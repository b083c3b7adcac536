package dev.triage502.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a cause lies, roughly: who is asked to look at it. Each cause is in one family. */
public enum CauseFamily {
    BACKEND(
            "backend",
            "backend-returns-error",
            "backend-closes-connection",
            "backend-refuses-gateway",
            "backend-sends-invalid-response"),
    NETWORK(
            "network",
            "nsg-blocks-backend",
            "nsg-blocks-gateway-manager",
            "route-diverts-backend-traffic",
            "backend-address-unreachable",
            "route-diverts-gateway-management",
            "backend-name-unresolvable",
            "backend-name-resolves-elsewhere"),
    PROBE(
            "probe",
            "default-probe-rejected",
            "backend-not-listening",
            "probe-status-mismatch",
            "probe-body-mismatch",
            "probe-host-mismatch",
            "probe-port-or-protocol-mismatch",
            "probe-timeout"),
    TIMEOUT("timeout", "request-timeout"),
    SERVERS("servers", "backend-pool-empty", "backends-stopped", "stale-backend-addresses", "backend-overloaded"),
    TLS(
            "tls",
            "backend-certificate-untrusted",
            "backend-certificate-expired",
            "backend-certificate-name-mismatch",
            "backend-certificate-chain-incomplete",
            "backend-tls-handshake-failed"),
    GATEWAY(
            "gateway",
            "gateway-capacity-exhausted",
            "gateway-not-running",
            "configuration-not-applied",
            "configuration-overwritten",
            "platform-event"),
    /** No cause: it was not found, or nothing is wrong. */
    NOT_FOUND("not-found");

    private final String id;
    private final List<String> causes;

    CauseFamily(String id, String... causes) {
        this.id = id;
        this.causes = List.of(causes);
    }

    /** As settings have it. */
    public String id() {
        return id;
    }

    /** The family of a cause by its id; {@link #NOT_FOUND} for a conclusion. */
    public static CauseFamily of(String cause) {
        return Stream.of(values())
                .filter(family -> family.causes.contains(cause))
                .findFirst()
                .orElse(NOT_FOUND);
    }

    /** The family with an id; empty if there is none. */
    public static Optional<CauseFamily> withId(String id) {
        return Stream.of(values()).filter(family -> family.id.equals(id)).findFirst();
    }
}
