package dev.triage502.collect.probe;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /** Begins one without any of its parts. */
    static Builder builder() {
        return new Builder();
    }

    /** Collects the parts of a {@link DirectRequest} by their names. What is a value of its own has to be given; the rest is empty, 0 or false. */
    static final class Builder {
        private @Nullable String target;
        private int port;
        private boolean tls;
        private @Nullable String host;
        private @Nullable String sni;
        private @Nullable String path;
        private @Nullable String shape;
        private @Nullable Duration patience;
        private Optional<String> match = Optional.empty();
        private Optional<List<X509Certificate>> trusted = Optional.empty();

        private Builder() {}

        Builder target(String target) {
            this.target = target;
            return this;
        }

        Builder port(int port) {
            this.port = port;
            return this;
        }

        Builder tls(boolean tls) {
            this.tls = tls;
            return this;
        }

        Builder host(String host) {
            this.host = host;
            return this;
        }

        Builder sni(String sni) {
            this.sni = sni;
            return this;
        }

        Builder path(String path) {
            this.path = path;
            return this;
        }

        Builder shape(String shape) {
            this.shape = shape;
            return this;
        }

        Builder patience(Duration patience) {
            this.patience = patience;
            return this;
        }

        Builder match(Optional<String> match) {
            this.match = match;
            return this;
        }

        Builder trusted(Optional<List<X509Certificate>> trusted) {
            this.trusted = trusted;
            return this;
        }

        /** @throws NullPointerException if a part that has to be given is missing; it names the part */
        DirectRequest build() {
            return new DirectRequest(
                    Objects.requireNonNull(target, "target"),
                    port,
                    tls,
                    Objects.requireNonNull(host, "host"),
                    Objects.requireNonNull(sni, "sni"),
                    Objects.requireNonNull(path, "path"),
                    Objects.requireNonNull(shape, "shape"),
                    Objects.requireNonNull(patience, "patience"),
                    match,
                    trusted);
        }
    }
}
