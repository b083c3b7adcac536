package dev.triage502.collect.probe;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One request to one backend, as the gateway would make it.
 *
 * @param target  the member of the pool, an address or a name
 * @param host    the host header
 * @param sni     the name for the TLS handshake; empty for none
 * @param shape   whose request it is like: {@code probe} or {@code live}
 * @param patience how long the answer may take
 * @param match   a text that the probe looks for in the answer's body
 * @param trusted the roots (or, of a v1 gateway, the certificates) that the setting trusts; empty for the well-known
 *                ones; nothing when they cannot be known
 */
public record DirectRequest(
        String target,
        int port,
        boolean tls,
        String host,
        String sni,
        String path,
        String shape,
        Duration patience,
        Optional<String> match,
        Optional<List<X509Certificate>> trusted) {

    /** Whether the other would send the same to the same place. */
    boolean asksTheSameAs(DirectRequest other) {
        return target.equalsIgnoreCase(other.target)
                && port == other.port
                && tls == other.tls
                && host.equalsIgnoreCase(other.host)
                && sni.equalsIgnoreCase(other.sni)
                && path.equals(other.path);
    }
}
