package dev.triage502.collect.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A backend on this machine that behaves as a test says. */
final class TestServer implements AutoCloseable {

    /** What is done with a connection after its request was read. */
    interface Behaviour {
        void with(Socket socket, CountDownLatch closing) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final boolean readsRequests;
    private final Behaviour behaviour;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> serverNames = new CopyOnWriteArrayList<>();

    private TestServer(ServerSocket server, boolean readsRequests, Behaviour behaviour) {
        this.server = server;
        this.readsRequests = readsRequests;
        this.behaviour = behaviour;
        Thread thread = new Thread(this::accept, "test-backend");
        thread.setDaemon(true);
        thread.start();
    }

    static TestServer http(Behaviour behaviour) throws IOException {
        return new TestServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), true, behaviour);
    }

    /** Does what it does without having read a request. */
    static TestServer rude(Behaviour behaviour) throws IOException {
        return new TestServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), false, behaviour);
    }

    static TestServer https(KeyStore keys, Behaviour behaviour) throws IOException, GeneralSecurityException {
        return new TestServer(socket(keys), true, behaviour);
    }

    static TestServer wantingClientCertificates(KeyStore keys) throws IOException, GeneralSecurityException {
        SSLServerSocket socket = socket(keys);
        socket.setNeedClientAuth(true);
        return new TestServer(socket, true, answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    }

    static TestServer withCiphers(KeyStore keys, String... ciphers) throws IOException, GeneralSecurityException {
        SSLServerSocket socket = socket(keys);
        socket.setEnabledProtocols(new String[] {"TLSv1.2"});
        socket.setEnabledCipherSuites(ciphers);
        return new TestServer(socket, true, answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    }

    static Behaviour answer(String text) {
        return (socket, closing) -> socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Behaviour page(int status, String body) {
        return answer("HTTP/1.1 " + status + " X\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    int port() {
        return server.getLocalPort();
    }

    List<String> requests() {
        return requests;
    }

    List<String> serverNames() {
        return serverNames;
    }

    private static SSLServerSocket socket(KeyStore keys) throws IOException, GeneralSecurityException {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, TestCertificates.PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init((KeyStore) null);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread thread = new Thread(() -> serve(socket), "test-backend-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            if (socket instanceof SSLSocket secured) {
                secured.startHandshake();
                ((ExtendedSSLSession) secured.getSession())
                        .getRequestedServerNames()
                        .forEach(name -> serverNames.add(((SNIHostName) name).getAsciiName()));
            }
            if (readsRequests) {
                requests.add(request(socket.getInputStream()));
            }
            behaviour.with(socket, closing);
            OutputStream out = socket.getOutputStream();
            out.flush();
        } catch (IOException e) {
            // The prober left, or the handshake failed, which is what the test is about.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String request(InputStream in) throws IOException {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            request.append((char) next);
        }
        return request.toString();
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        server.close();
    }
}
