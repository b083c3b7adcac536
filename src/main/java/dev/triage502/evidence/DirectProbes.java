package dev.triage502.evidence;

import dev.triage502.incident.HostName;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What bypassing the gateway showed. The look-out is not the gateway's subnet: a hint about the path, but a proof of
 * what a server answers.
 *
 * @param probes in the order of server, host, path
 */
public record DirectProbes(List<DirectProbe> probes) {

    /** How a connection went. */
    public enum Connect {
        OK,
        REFUSED,
        TIMED_OUT,
        RESET,
        NO_ROUTE,
        /** No connection was tried, as after a name that does not resolve. */
        NOT_TRIED
    }

    /** What asking for the name gave. */
    public record Dns(String resolver, List<String> addresses, String error) {
        public boolean failed() {
            return addresses.isEmpty() && !error.isEmpty();
        }
    }

    /**
     * What a TLS client saw.
     *
     * @param chain subjects of the certificates sent: the leaf first, its issuer next, the others by name
     * @param error the client's words where the handshake or the check failed, or an empty string
     */
    public record Tls(
            String protocol,
            String subject,
            List<String> names,
            String issuer,
            Optional<Instant> notBefore,
            Optional<Instant> notAfter,
            List<String> chain,
            Optional<Boolean> verified,
            String error) {

        /** Whether a certificate was shown at all. */
        public boolean hasCertificate() {
            return !subject.isEmpty() || notAfter.isPresent();
        }

        public boolean validAt(Instant moment) {
            return notBefore.map(from -> !moment.isBefore(from)).orElse(true)
                    && notAfter.map(until -> !moment.isAfter(until)).orElse(true);
        }

        /** Whether the certificate is good for a host: by its alternative names, by the common name without any. */
        public boolean covers(String host) {
            Stream<String> offered = names.isEmpty() ? Stream.of(commonName()) : names.stream();
            return offered.map(HostName::of).anyMatch(HostName.of(host)::isCoveredBy);
        }

        /** Whether the server signed its certificate itself. */
        public boolean isSelfSigned() {
            return !issuer.isEmpty() && commonName(issuer).equalsIgnoreCase(commonName(subject));
        }

        /**
         * Whether the certificates sent do not lead from the server's own to the one that signed it: its own or its
         * issuer's is not among them. A chain that is not recorded is not judged, nor is the order.
         */
        public boolean isChainBroken() {
            return !chain.isEmpty() && !issuer.isEmpty() && !isSelfSigned() && !(sends(subject) && sends(issuer));
        }

        /** Whether a certificate with this subject is among those that signed the server's own, as far as they were sent. */
        public boolean isSignedUnder(String authority) {
            boolean named = !authority.isEmpty() && !issuer.isEmpty();
            return named && (commonName(issuer).equalsIgnoreCase(commonName(authority)) || sends(authority));
        }

        private boolean sends(String name) {
            return chain.stream().anyMatch(each -> commonName(each).equalsIgnoreCase(commonName(name)));
        }

        private String commonName() {
            return commonName(subject);
        }

        private static String commonName(String distinguished) {
            for (String part : distinguished.split(",")) {
                String trimmed = part.strip();
                if (trimmed.regionMatches(true, 0, "CN=", 0, 3)) {
                    return trimmed.substring(3).strip();
                }
            }
            return distinguished.strip();
        }

        /** Begins one without any of its parts. */
        public static Builder builder() {
            return new Builder();
        }

        /** Collects the parts of a {@link Tls} by their names. What is a value of its own has to be given; the rest is empty, 0 or false. */
        public static final class Builder {
            private @Nullable String protocol;
            private @Nullable String subject;
            private List<String> names = List.of();
            private @Nullable String issuer;
            private Optional<Instant> notBefore = Optional.empty();
            private Optional<Instant> notAfter = Optional.empty();
            private List<String> chain = List.of();
            private Optional<Boolean> verified = Optional.empty();
            private @Nullable String error;

            private Builder() {}

            public Builder protocol(String protocol) {
                this.protocol = protocol;
                return this;
            }

            public Builder subject(String subject) {
                this.subject = subject;
                return this;
            }

            public Builder names(List<String> names) {
                this.names = names;
                return this;
            }

            public Builder issuer(String issuer) {
                this.issuer = issuer;
                return this;
            }

            public Builder notBefore(Optional<Instant> notBefore) {
                this.notBefore = notBefore;
                return this;
            }

            public Builder notAfter(Optional<Instant> notAfter) {
                this.notAfter = notAfter;
                return this;
            }

            public Builder chain(List<String> chain) {
                this.chain = chain;
                return this;
            }

            public Builder verified(Optional<Boolean> verified) {
                this.verified = verified;
                return this;
            }

            public Builder error(String error) {
                this.error = error;
                return this;
            }

            /** @throws NullPointerException if a part that has to be given is missing; it names the part */
            public Tls build() {
                return new Tls(
                        Objects.requireNonNull(protocol, "protocol"),
                        Objects.requireNonNull(subject, "subject"),
                        names,
                        Objects.requireNonNull(issuer, "issuer"),
                        notBefore,
                        notAfter,
                        chain,
                        verified,
                        Objects.requireNonNull(error, "error"));
            }
        }
    }

    /**
     * One look.
     *
     * @param targets the servers that it speaks of, as pools and settings know them; empty where none is known by it
     * @param names   the names of pool members that lead to the address that was asked, where a name service told
     * @param address what was asked: an address or a name, without the port
     * @param port    the port that was tried
     * @param host    the host header sent
     * @param from    where we looked from, or an empty string
     * @param body    the beginning of the answer's body
     */
    public record DirectProbe(
            List<Target> targets,
            List<String> names,
            String address,
            OptionalInt port,
            boolean overTls,
            String host,
            String path,
            String sni,
            String from,
            Optional<Dns> dns,
            Connect connect,
            Optional<Tls> tls,
            OptionalInt status,
            Optional<String> body,
            OptionalLong elapsedMillis,
            String error) {

        /** The name asked for in the TLS handshake: the host, where nothing else is said; none for an address. */
        public String serverName() {
            String name = sni.isEmpty() ? host : sni;
            return IpAddresses.isAddress(name) ? "" : name;
        }

        /** The words of whoever complained: the TLS client, else the HTTP client. */
        public ClientErrorKind complaint() {
            ClientErrorKind ofTls = tls.map(Tls::error).map(ClientErrorKind::of).orElse(ClientErrorKind.NONE);
            return ofTls == ClientErrorKind.NONE ? ClientErrorKind.of(error) : ofTls;
        }

        /** Those words; the answer's body where nobody complained. */
        public String words() {
            String ofTls = tls.map(Tls::error).orElse("");
            String ofClient = ofTls.isEmpty() ? error : ofTls;
            return ofClient.isEmpty() ? body.orElse("") : ofClient;
        }

        /** Whether the answer's body says this. */
        public boolean answerSays(ClientErrorKind complaint) {
            return body.filter(complaint::isIn).isPresent();
        }

        /** What this look shows, once for each server that it speaks of. */
        public Stream<Finding> findings(String text) {
            return targets.stream().map(target -> finding(target, text));
        }

        /** What this look shows of one of its servers. */
        public Finding finding(Target server, String text) {
            String whence = from.isEmpty() ? "" : " (tested from " + from + ")";
            return Finding.of(Source.DIRECT_PROBE, server, text + whence);
        }

        /** This look, speaking of these servers. */
        public DirectProbe speakingOf(List<Target> servers) {
            return toBuilder().targets(servers).build();
        }

        /** This look at an address, with the member names that lead to it, speaking of these servers. */
        public DirectProbe ledToBy(List<String> names, List<Target> servers) {
            return toBuilder().names(names).targets(servers).build();
        }

        private Builder toBuilder() {
            return builder()
                    .targets(targets)
                    .names(names)
                    .address(address)
                    .port(port)
                    .overTls(overTls)
                    .host(host)
                    .path(path)
                    .sni(sni)
                    .from(from)
                    .dns(dns)
                    .connect(connect)
                    .tls(tls)
                    .status(status)
                    .body(body)
                    .elapsedMillis(elapsedMillis)
                    .error(error);
        }

        public boolean answered() {
            return status.isPresent();
        }

        public boolean answeredWell() {
            return status.isPresent() && status.getAsInt() >= 200 && status.getAsInt() < 400;
        }

        /** Begins one without any of its parts. */
        public static Builder builder() {
            return new Builder();
        }

        /** Collects the parts of a {@link DirectProbe} by their names. What is a value of its own has to be given; the rest is empty, 0 or false. */
        public static final class Builder {
            private List<Target> targets = List.of();
            private List<String> names = List.of();
            private @Nullable String address;
            private OptionalInt port = OptionalInt.empty();
            private boolean overTls;
            private @Nullable String host;
            private @Nullable String path;
            private @Nullable String sni;
            private @Nullable String from;
            private Optional<Dns> dns = Optional.empty();
            private @Nullable Connect connect;
            private Optional<Tls> tls = Optional.empty();
            private OptionalInt status = OptionalInt.empty();
            private Optional<String> body = Optional.empty();
            private OptionalLong elapsedMillis = OptionalLong.empty();
            private @Nullable String error;

            private Builder() {}

            public Builder targets(List<Target> targets) {
                this.targets = targets;
                return this;
            }

            public Builder names(List<String> names) {
                this.names = names;
                return this;
            }

            public Builder address(String address) {
                this.address = address;
                return this;
            }

            public Builder port(OptionalInt port) {
                this.port = port;
                return this;
            }

            public Builder overTls(boolean overTls) {
                this.overTls = overTls;
                return this;
            }

            public Builder host(String host) {
                this.host = host;
                return this;
            }

            public Builder path(String path) {
                this.path = path;
                return this;
            }

            public Builder sni(String sni) {
                this.sni = sni;
                return this;
            }

            public Builder from(String from) {
                this.from = from;
                return this;
            }

            public Builder dns(Optional<Dns> dns) {
                this.dns = dns;
                return this;
            }

            public Builder connect(Connect connect) {
                this.connect = connect;
                return this;
            }

            public Builder tls(Optional<Tls> tls) {
                this.tls = tls;
                return this;
            }

            public Builder status(OptionalInt status) {
                this.status = status;
                return this;
            }

            public Builder body(Optional<String> body) {
                this.body = body;
                return this;
            }

            public Builder elapsedMillis(OptionalLong elapsedMillis) {
                this.elapsedMillis = elapsedMillis;
                return this;
            }

            public Builder error(String error) {
                this.error = error;
                return this;
            }

            /** @throws NullPointerException if a part that has to be given is missing; it names the part */
            public DirectProbe build() {
                return new DirectProbe(
                        targets,
                        names,
                        Objects.requireNonNull(address, "address"),
                        port,
                        overTls,
                        Objects.requireNonNull(host, "host"),
                        Objects.requireNonNull(path, "path"),
                        Objects.requireNonNull(sni, "sni"),
                        Objects.requireNonNull(from, "from"),
                        dns,
                        Objects.requireNonNull(connect, "connect"),
                        tls,
                        status,
                        body,
                        elapsedMillis,
                        Objects.requireNonNull(error, "error"));
            }
        }
    }

    public Stream<DirectProbe> stream() {
        return probes.stream();
    }

    /** The looks that speak of a server. */
    public Stream<DirectProbe> of(Target server) {
        return probes.stream().filter(probe -> probe.targets().contains(server));
    }
}
