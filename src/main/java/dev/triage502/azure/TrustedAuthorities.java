package dev.triage502.azure;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Which certificate authorities are trusted: Java's own, and with them the operating system's and those of the PEM files
 * that {@code TRIAGE502_CA_FILE}, {@code SSL_CERT_FILE} and {@code REQUESTS_CA_BUNDLE} name. A proxy that ends TLS has an
 * authority that only these know. They are read when Java's own do not suffice, since that takes a moment.
 */
final class TrustedAuthorities {

    /** Where Debian, Red Hat and Alpine keep the system's. */
    private static final List<String> SYSTEM =
            List.of("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem");

    private TrustedAuthorities() {}

    /**
     * A TLS context that trusts them.
     *
     * @throws IllegalArgumentException if the file of our own variable has no certificates
     */
    static SSLContext context(SurroundingVariables variables) {
        variables.first(SurroundingVariables.CA_FILE).ifPresent(TrustedAuthorities::require);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Widening(manager(null), variables)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    private static void require(String file) {
        try {
            if (!certificates(Path.of(file)).isEmpty()) {
                return;
            }
        } catch (IOException | CertificateException | IllegalArgumentException e) {
            // Told below.
        }
        throw new IllegalArgumentException(SurroundingVariables.CA_FILE + " is \"" + file
                + "\"; use a readable PEM file with the certificates of your CA");
    }

    private static Collection<? extends Certificate> certificates(Path file) throws IOException, CertificateException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
    }

    private static X509ExtendedTrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Stream.of(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /**
     * Asks Java's own authorities first; where these do not know the server, one file after the other: one with all of the
     * operating system's takes a third of a second to read, and ours is named for this server.
     */
    private static final class Widening extends X509ExtendedTrustManager {

        private final X509ExtendedTrustManager own;
        private final List<String> files;
        private final Map<String, Optional<X509ExtendedTrustManager>> read = new HashMap<>();

        Widening(X509ExtendedTrustManager own, SurroundingVariables variables) {
            this.own = own;
            this.files = Stream.concat(
                            Stream.of(SurroundingVariables.CA_FILE, "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")
                                    .flatMap(name -> variables.first(name).stream()),
                            SYSTEM.stream())
                    .distinct()
                    .toList();
        }

        /** One check by one manager. */
        private interface Check {
            void by(X509ExtendedTrustManager manager) throws CertificateException;
        }

        private void any(Check check) throws CertificateException {
            CertificateException unknown;
            try {
                check.by(own);
                return;
            } catch (CertificateException e) {
                unknown = e;
            }
            for (String file : files) {
                Optional<X509ExtendedTrustManager> manager = of(file);
                if (manager.isPresent()) {
                    try {
                        check.by(manager.get());
                        return;
                    } catch (CertificateException e) {
                        unknown = e;
                    }
                }
            }
            throw unknown;
        }

        private synchronized Optional<X509ExtendedTrustManager> of(String file) {
            return read.computeIfAbsent(file, Widening::read);
        }

        /** A file that is not there, or holds something else, gives none: the handshake then says what is missing. */
        private static Optional<X509ExtendedTrustManager> read(String file) {
            try {
                KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
                store.load(null, null);
                for (Certificate each : certificates(Path.of(file))) {
                    store.setCertificateEntry(String.valueOf(store.size()), each);
                }
                return store.size() == 0 ? Optional.empty() : Optional.of(manager(store));
            } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            any(manager -> manager.checkServerTrusted(chain, type, engine));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            any(manager -> manager.checkServerTrusted(chain, type, socket));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            any(manager -> manager.checkServerTrusted(chain, type));
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            own.checkClientTrusted(chain, type, engine);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            own.checkClientTrusted(chain, type, socket);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            own.checkClientTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return own.getAcceptedIssuers();
        }
    }
}
