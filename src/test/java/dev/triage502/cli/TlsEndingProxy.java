package dev.triage502.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A company's proxy: it takes CONNECT, ends TLS itself with certificates of its own authority, and asks something else in
 * Azure's place. Its authority is in {@link #authority()}.
 */
public final class TlsEndingProxy implements AutoCloseable {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final Set<String> NOT_COPIED =
            Set.of("host", "connection", "content-length", "upgrade", "http2-settings", "expect", "transfer-encoding");

    private final Path folder;
    private final URI behind;
    private final String credentials;
    private final HttpsServer server;
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> tunnels = new CopyOnWriteArrayList<>();

    /**
     * @param folder      where its keys are, or are put if there are none yet
     * @param credentials {@code user:password}, or empty for a proxy that asks for none
     */
    public TlsEndingProxy(Path folder, URI behind, String credentials)
            throws IOException, GeneralSecurityException, InterruptedException {
        this.folder = folder;
        this.behind = behind;
        this.credentials = credentials;
        this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context()));
        server.createContext("/", this::forward);
        server.setExecutor(threads);
        server.start();
        threads.execute(this::listen);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** The certificate of its authority, as PEM. */
    public Path authority() {
        return folder.resolve("ca.pem");
    }

    /** The hosts that tunnels were made to. */
    public List<String> tunnels() {
        return tunnels;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private SSLContext context() throws IOException, GeneralSecurityException, InterruptedException {
        if (!Files.exists(authority())) {
            makeKeys();
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** RSA, as Azure's own are. */
    private void makeKeys() throws IOException, InterruptedException {
        keytool("-genkeypair", "-alias", "ca", "-keyalg", "RSA", "-dname", "CN=Test Proxy CA", "-ext", "bc:c");
        keytool("-genkeypair", "-alias", "server", "-keyalg", "RSA", "-dname", "CN=proxied");
        keytool(
                "-certreq",
                "-alias",
                "server",
                "-file",
                folder.resolve("server.csr").toString());
        keytool(
                "-gencert",
                "-alias",
                "ca",
                "-infile",
                folder.resolve("server.csr").toString(),
                "-outfile",
                folder.resolve("server.pem").toString(),
                "-rfc",
                "-ext",
                "san=dns:management.azure.com,dns:api.loganalytics.io,dns:hooks.example.com");
        keytool("-exportcert", "-alias", "ca", "-rfc", "-file", authority().toString());
        keytool(
                "-importcert",
                "-alias",
                "server",
                "-noprompt",
                "-file",
                folder.resolve("server.pem").toString());
        keytool("-delete", "-alias", "ca");
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-keystore",
                folder.resolve("keys.p12").toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD)));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("keytool: " + Files.readString(folder.resolve("keytool.log")));
        }
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                threads.execute(() -> tunnel(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void tunnel(Socket socket) {
        try (socket;
                Socket inner = new Socket(
                        InetAddress.getLoopbackAddress(), server.getAddress().getPort())) {
            String head = head(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            String expected = "Proxy-Authorization: Basic "
                    + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
            if (!credentials.isEmpty()
                    && !head.toLowerCase(java.util.Locale.ROOT).contains(expected.toLowerCase(java.util.Locale.ROOT))) {
                out.write(("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"p\"\r\n"
                                + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                out.flush();
                return;
            }
            tunnels.add(head.split(" ")[1]);
            out.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            threads.execute(() -> copy(inner, socket));
            copy(socket, inner);
        } catch (IOException | RuntimeException ended) {
            // The connection is over.
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("no request");
            }
            head.append((char) c);
        }
        return head.toString();
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException ended) {
            // The connection is over.
        }
    }

    /** What is behind the proxy knows itself by another address, which must not show. */
    private void forward(HttpExchange exchange) throws IOException {
        String host = "https://" + exchange.getRequestHeaders().getFirst("Host").replaceFirst(":443$", "");
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(behind + exchange.getRequestURI().toString()))
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_COPIED.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            answer.headers().map().forEach((name, values) -> {
                if (!NOT_COPIED.contains(name) && !name.startsWith(":")) {
                    values.forEach(
                            value -> exchange.getResponseHeaders().add(name, value.replace(behind.toString(), host)));
                }
            });
            byte[] body = answer.body().replace(behind.toString(), host).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }
}
