package dev.triage502.collect.probe;

import com.google.gson.JsonObject;
import dev.triage502.incident.Wording;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * One TLS handshake, with the server name that the gateway would send. It takes any certificate, to see what is shown
 * and what comes after; what is wrong with it is judged apart from that and told.
 */
final class TlsHandshake {

    private static final X509Certificate[] NONE = {};

    private final DirectRequest look;
    private final JsonObject seen = new JsonObject();
    private X509Certificate[] chain = NONE;
    private boolean wantsClientCertificate;

    TlsHandshake(DirectRequest look) {
        this.look = look;
    }

    /** The secured channel, or nothing when no session came about; {@link #seen} says why. */
    Optional<Socket> over(Socket socket, int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new Keys[] {new Keys()}, new TrustManager[] {new Anything()}, null);
            SSLSocket secured =
                    (SSLSocket) context.getSocketFactory().createSocket(socket, look.target(), look.port(), true);
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setServerNames(serverNames());
            secured.setSSLParameters(parameters);
            secured.startHandshake();
            seen.addProperty("protocol", secured.getSession().getProtocol());
            seen.addProperty("cipher", secured.getSession().getCipherSuite());
            tellChain(Optional.empty());
            return Optional.of(secured);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        } catch (SSLException | SocketTimeoutException | EOFException e) {
            tellChain(Optional.of(words(e)));
            return Optional.empty();
        } catch (IOException e) {
            tellChain(Optional.of(
                    DirectProber.isGivenUp(e) ? "handshake timed out" : "handshake failed: " + DirectProber.words(e)));
            return Optional.empty();
        }
    }

    /** What a client saw, as {@code direct-probe.json} has it. */
    JsonObject seen() {
        return seen;
    }

    private List<SNIServerName> serverNames() {
        try {
            return look.sni().isEmpty() ? List.of() : List.of(new SNIHostName(look.sni()));
        } catch (IllegalArgumentException noHostName) {
            return List.of();
        }
    }

    private void tellChain(Optional<String> failure) {
        if (wantsClientCertificate) {
            seen.addProperty("clientCertificateWanted", true);
        }
        List<String> problems = new java.util.ArrayList<>();
        failure.ifPresent(problems::add);
        if (chain.length > 0) {
            CertificateChecks certificates = new CertificateChecks(List.of(chain));
            certificates.describe(seen);
            Instant now = Instant.now();
            Optional<Boolean> verified = look.trusted().map(roots -> certificates.isTrustedBy(roots, now));
            verified.ifPresent(value -> seen.addProperty("verified", value));
            problems.addAll(certificates.problems(now, look.sni(), look.trusted()));
        }
        if (!problems.isEmpty()) {
            seen.addProperty("error", String.join("; ", problems));
        }
    }

    private String words(IOException e) {
        String said = DirectProber.words(e);
        Wording words = Wording.of(said);
        if (words.has("unrecognized ssl message", "plaintext connection")) {
            return "wrong version number: the port does not speak TLS (" + said + ")";
        }
        if (wantsClientCertificate && chain.length > 0) {
            return "client certificate wanted, and there is none to give (" + said + ")";
        }
        if (words.has("protocol_version", "insufficient_security", "appropriate protocol")) {
            return "handshake failed: no common protocol version or cipher (" + said + ")";
        }
        if (words.has("handshake_failure")) {
            return "handshake failed: no common cipher, or a server name that is not served (" + said + ")";
        }
        if (e instanceof SocketTimeoutException) {
            return "handshake timed out: the port took the connection and said nothing (" + said + ")";
        }
        return "handshake failed: " + said;
    }

    /** Takes whatever is shown, and keeps it. */
    private final class Anything extends X509ExtendedTrustManager {

        private void keep(X509Certificate[] shown) {
            chain = shown.clone();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] shown, String type) {
            keep(shown);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] shown, String type, Socket socket) {
            keep(shown);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] shown, String type, SSLEngine engine) {
            keep(shown);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] shown, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] shown, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] shown, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return NONE;
        }
    }

    /** Has no certificate to give, and notes that one was wanted: a gateway has none either. */
    private final class Keys extends X509ExtendedKeyManager {

        @Override
        public @Nullable String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            wantsClientCertificate = true;
            return null;
        }

        @Override
        public String @Nullable [] getClientAliases(String type, Principal[] issuers) {
            return null;
        }

        @Override
        public String @Nullable [] getServerAliases(String type, Principal[] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            return null;
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return null;
        }
    }
}
