package dev.triage502.collect.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import dev.triage502.azure.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way in which a backend can fail a direct look, against a real server. */
@Timeout(30)
class DirectProberTest {

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(DirectProberTest::daemon);
    private static final ScheduledExecutorService WATCH = Executors.newScheduledThreadPool(1, DirectProberTest::daemon);

    /** Lets this machine be asked, where the servers of these tests are. */
    private static final Guard OPEN = new Guard() {
        @Override
        public Optional<String> againstName(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<String> againstAddress(InetAddress address) {
            return Optional.empty();
        }
    };

    @AfterAll
    static void stop() {
        THREADS.shutdownNow();
        WATCH.shutdownNow();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "prober-test");
        thread.setDaemon(true);
        return thread;
    }

    private static DirectRequest look(int port) {
        return DirectRequest.builder()
                .target("127.0.0.1")
                .port(port)
                .tls(false)
                .host("app.example")
                .sni("")
                .path("/health")
                .shape("probe")
                .patience(Duration.ofSeconds(1))
                .match(Optional.empty())
                .trusted(Optional.of(List.of()))
                .build();
    }

    private static JsonObject probe(DirectRequest look) {
        return prober(OPEN, InetAddress::getAllByName).probe(look, Deadline.in(Duration.ofSeconds(20)));
    }

    private static DirectProber prober(Guard guard, NameLookup.Lookup lookup) {
        return new DirectProber(guard, new NameLookup(THREADS, lookup), WATCH, "a test");
    }

    private static String text(JsonObject row, String name) {
        return row.has(name) ? row.get(name).getAsString() : "";
    }

    @Nested
    class Names_ {

        @Test
        void aNameThatIsNotKnown() {
            DirectRequest look = named("no.such.name.invalid", 80);

            JsonObject row = prober(OPEN, name -> {
                        throw new UnknownHostException(name);
                    })
                    .probe(look, Deadline.in(Duration.ofSeconds(5)));

            assertThat(text(row, "error")).startsWith("unknown name: no.such.name.invalid");
            assertThat(row.getAsJsonObject("dns").getAsJsonArray("addresses")).isEmpty();
            assertThat(row.has("connect")).isFalse();
        }

        @Test
        void aNameServerThatDoesNotAnswer() {
            JsonObject row = prober(OPEN, name -> {
                        try {
                            Thread.sleep(60_000);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return new InetAddress[0];
                    })
                    .probe(named("slow.example", 80), Deadline.in(Duration.ofMillis(200)));

            assertThat(text(row, "error")).startsWith("timed out: no name server answered");
        }

        @Test
        void aNameThatLeadsToThisMachineIsNotAsked() throws IOException {
            try (TestServer server = TestServer.http(TestServer.page(200, ""))) {
                JsonObject row = prober(Guard.strict(), name -> new InetAddress[] {InetAddress.getByName("127.0.0.1")})
                        .probe(named("rebound.example", server.port()), Deadline.in(Duration.ofSeconds(5)));

                assertThat(text(row, "error")).isEqualTo("skipped: 127.0.0.1 is a loopback address");
                assertThat(row.has("connect")).isFalse();
                assertThat(server.requests()).isEmpty();
            }
        }

        /** A resolver takes these for addresses, though they look like names. */
        @ParameterizedTest
        @ValueSource(
                strings = {"127.1", "2130706433", "0:0:0:0:0:ffff:7f00:1", "::ffff:169.254.169.254", "169.254.43518"})
        void whatAResolverTakesForSuchAnAddressIsNotAsked(String name) {
            JsonObject row = prober(Guard.strict(), InetAddress::getAllByName)
                    .probe(named(name, 80), Deadline.in(Duration.ofSeconds(5)));

            assertThat(text(row, "error")).startsWith("skipped: ");
            assertThat(row.has("connect")).isFalse();
        }

        @Test
        void oneForbiddenAddressOfANameIsNotAskedInPlaceOfAnother() {
            JsonObject row = prober(Guard.strict(), name -> new InetAddress[] {
                        InetAddress.getByName("168.63.129.16"), InetAddress.getByName("169.254.169.254")
                    })
                    .probe(named("rebound.example", 80), Deadline.in(Duration.ofSeconds(5)));

            assertThat(text(row, "error")).startsWith("skipped: ").contains("wire server");
            assertThat(row.has("connect")).isFalse();
        }

        @Test
        void anAddressOfThisMachineIsNotAsked() throws IOException {
            try (TestServer server = TestServer.http(TestServer.page(200, ""))) {
                JsonObject row = prober(Guard.strict(), InetAddress::getAllByName)
                        .probe(look(server.port()), Deadline.in(Duration.ofSeconds(5)));

                assertThat(text(row, "error")).contains("loopback");
                assertThat(server.requests()).isEmpty();
            }
        }

        private static DirectRequest named(String name, int port) {
            return DirectRequest.builder()
                    .target(name)
                    .port(port)
                    .tls(false)
                    .host(name)
                    .sni("")
                    .path("/")
                    .shape("probe")
                    .patience(Duration.ofSeconds(1))
                    .match(Optional.empty())
                    .trusted(Optional.of(List.of()))
                    .build();
        }
    }

    @Nested
    class Connections {

        @Test
        void refused() throws IOException {
            int port;
            try (ServerSocket free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }

            JsonObject row = probe(look(port));

            assertThat(text(row, "connect")).isEqualTo("refused");
            assertThat(text(row, "error")).containsIgnoringCase("refused");
        }

        @Test
        void timedOut() throws IOException {
            try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                List<Socket> waiting = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    Socket socket = new Socket();
                    waiting.add(socket);
                    try {
                        socket.connect(full.getLocalSocketAddress(), 100);
                    } catch (IOException queueIsFull) {
                        break;
                    }
                }

                JsonObject row = prober(OPEN, InetAddress::getAllByName)
                        .probe(look(full.getLocalPort()), Deadline.in(Duration.ofMillis(400)));

                assertThat(text(row, "connect")).isEqualTo("timeout");
                for (Socket socket : waiting) {
                    socket.close();
                }
            }
        }

        @Test
        void noRoute() {
            DirectRequest nowhere = DirectRequest.builder()
                    .target("nowhere.example")
                    .port(80)
                    .tls(false)
                    .host("x")
                    .sni("")
                    .path("/")
                    .shape("probe")
                    .patience(Duration.ofSeconds(1))
                    .match(Optional.empty())
                    .trusted(Optional.empty())
                    .build();

            JsonObject row = prober(OPEN, name -> new InetAddress[] {InetAddress.getByName("255.255.255.255")})
                    .probe(nowhere, Deadline.in(Duration.ofSeconds(5)));

            assertThat(text(row, "connect")).isEqualTo("unreachable");
        }
    }

    @Nested
    class Answers {

        @Test
        void whatIsAskedAndWhatIsTold() throws IOException {
            try (TestServer server = TestServer.http(TestServer.page(200, "fine"))) {
                JsonObject row = probe(look(server.port()));

                assertThat(row.get("status").getAsInt()).isEqualTo(200);
                assertThat(text(row, "connect")).isEqualTo("ok");
                assertThat(text(row, "from")).isEqualTo("a test");
                assertThat(row.has("body")).isFalse();
                assertThat(row.has("error")).isFalse();
                assertThat(row.getAsJsonObject("timings").keySet()).containsExactly("dnsMs", "connectMs", "answerMs");
                assertThat(server.requests().get(0))
                        .startsWith("GET /health HTTP/1.1\r\nHost: app.example\r\n")
                        .contains("Connection: close");
            }
        }

        @Test
        void aRedirectIsNotFollowed() throws IOException {
            try (TestServer other = TestServer.http(TestServer.page(200, ""));
                    TestServer server =
                            TestServer.http(TestServer.answer("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:"
                                    + other.port() + "/\r\nContent-Length: 0\r\n\r\n"))) {
                assertThat(probe(look(server.port())).get("status").getAsInt()).isEqualTo(302);
                assertThat(other.requests()).isEmpty();
            }
        }

        @Test
        void ofAnErrorPageTheTitleIsTold() throws IOException {
            try (TestServer server = TestServer.http(
                    TestServer.page(404, "<html><head><title>404 Web Site\n not found</title></head>secret</html>"))) {
                JsonObject row = probe(look(server.port()));

                assertThat(row.get("status").getAsInt()).isEqualTo(404);
                assertThat(text(row, "body")).isEqualTo("404 Web Site not found");
                assertThat(row.toString()).doesNotContain("secret");
            }
        }

        @Test
        void ofABodyOnlyTheTextLookedForIsKept() throws IOException {
            try (TestServer server = TestServer.http(TestServer.answer("HTTP/1.1 200 OK\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + "4\r\n"
                    + "all \r\n"
                    + "a\r\n"
                    + "systems go\r\n"
                    + "0\r\n\r\n"))) {
                assertThat(text(probe(matching(server.port(), "all systems")), "body"))
                        .isEqualTo("all systems");
                JsonObject without = probe(matching(server.port(), "nothing"));
                assertThat(without.has("body")).isTrue();
                assertThat(text(without, "body")).isEmpty();
            }
        }

        private static DirectRequest matching(int port, String text) {
            DirectRequest look = look(port);
            return DirectRequest.builder()
                    .target(look.target())
                    .port(port)
                    .tls(false)
                    .host(look.host())
                    .sni("")
                    .path("/")
                    .shape("probe")
                    .patience(look.patience())
                    .match(Optional.of(text))
                    .trusted(look.trusted())
                    .build();
        }

        @Test
        void aBodyWithoutEndIsReadNoFurtherThanItMatters() throws IOException {
            try (TestServer server = TestServer.http((socket, closing) -> {
                socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes());
                byte[] much = "x".repeat(8192).getBytes();
                while (true) {
                    socket.getOutputStream().write(much);
                }
            })) {
                JsonObject row = probe(look(server.port()));

                assertThat(row.get("status").getAsInt()).isEqualTo(200);
                assertThat(row.has("error")).isFalse();
            }
        }

        @Test
        void aBodyThatEndsEarly() throws IOException {
            try (TestServer server =
                    TestServer.http(TestServer.answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"))) {
                assertThat(text(probe(look(server.port())), "error")).startsWith("the body ended after 4 of 100 bytes");
            }
        }

        @Test
        void noAnswer() throws IOException {
            try (TestServer server = TestServer.http((socket, closing) -> closing.await())) {
                JsonObject row = probe(look(server.port()));

                assertThat(text(row, "connect")).isEqualTo("ok");
                assertThat(text(row, "error")).isEqualTo("no answer within 1 s: timed out");
                assertThat(row.has("status")).isFalse();
            }
        }

        @Test
        void anAnswerThatTrickles() throws IOException {
            try (TestServer server = TestServer.http((socket, closing) -> {
                while (!socket.isClosed()) {
                    socket.getOutputStream().write('x');
                    Thread.sleep(20);
                }
            })) {
                JsonObject row = prober(OPEN, InetAddress::getAllByName)
                        .probe(look(server.port()), Deadline.in(Duration.ofMillis(500)));

                assertThat(text(row, "error")).isEqualTo("timed out");
            }
        }

        @Test
        void closedWithoutAnAnswer() throws IOException {
            try (TestServer server = TestServer.http((socket, closing) -> {})) {
                assertThat(text(probe(look(server.port())), "error"))
                        .isEqualTo("no answer: the connection was closed without an answer");
            }
        }

        @Test
        void reset() throws IOException {
            try (TestServer server = TestServer.http((socket, closing) -> socket.setSoLinger(true, 0))) {
                assertThat(text(probe(look(server.port())), "error")).contains("reset");
            }
        }

        @Test
        void anAnswerThatIsNone() throws IOException {
            try (TestServer server = TestServer.http(TestServer.answer("SSH-2.0-OpenSSH_9.2\r\n"))) {
                assertThat(text(probe(look(server.port())), "error"))
                        .isEqualTo("malformed HTTP answer: it begins with \"SSH-2.0-OpenSSH_9.2\"");
            }
        }

        @Test
        void headersThatAreTooLong() throws IOException {
            try (TestServer server =
                    TestServer.http(TestServer.answer("HTTP/1.1 200 OK\r\nX: " + "y".repeat(70_000) + "\r\n\r\n"))) {
                assertThat(text(probe(look(server.port())), "error")).contains("header longer than 64 KiB");
            }
        }

        @Test
        void plainHttpToATlsPort() throws IOException {
            try (TestServer server = TestServer.rude(
                    (socket, closing) -> socket.getOutputStream().write(new byte[] {0x15, 3, 3, 0, 2, 2, 40}))) {
                assertThat(text(probe(look(server.port())), "error"))
                        .contains("sent an HTTP request to an HTTPS server");
            }
        }
    }

    @Nested
    class Tls {

        @TempDir
        static Path folder;

        private static TestCertificates certificates;

        @BeforeAll
        static void make() throws IOException, InterruptedException {
            assumeTrue(TestCertificates.canBeMade() || "true".equals(System.getenv("CI")), "there is no openssl");
            certificates = new TestCertificates(folder);
        }

        private JsonObject probeOf(KeyStore keys, String sni, X509Certificate... trusted) throws Exception {
            try (TestServer server = TestServer.https(keys, TestServer.page(200, ""))) {
                JsonObject row = probe(secured(server.port(), sni, trusted));
                assertThat(row.get("status").getAsInt()).isEqualTo(200);
                return row.getAsJsonObject("tls");
            }
        }

        private static DirectRequest secured(int port, String sni, X509Certificate... trusted) {
            return DirectRequest.builder()
                    .target("127.0.0.1")
                    .port(port)
                    .tls(true)
                    .host("app.example")
                    .sni(sni)
                    .path("/")
                    .shape("live")
                    .patience(Duration.ofSeconds(2))
                    .match(Optional.empty())
                    .trusted(Optional.of(List.of(trusted)))
                    .build();
        }

        @Test
        void whatIsShownIsTold() throws Exception {
            KeyStore keys = certificates.server("good", "app.example", "intermediate", 30, "intermediate");

            JsonObject tls = probeOf(keys, "app.example", certificates.certificate("root"));

            assertThat(text(tls, "subject")).isEqualTo("CN=app.example");
            assertThat(tls.getAsJsonArray("san")).hasToString("[\"app.example\"]");
            assertThat(text(tls, "issuer")).isEqualTo("CN=Test Intermediate");
            assertThat(tls.getAsJsonArray("chain")).hasToString("[\"CN=app.example\",\"CN=Test Intermediate\"]");
            assertThat(text(tls, "protocol")).startsWith("TLSv1.");
            assertThat(tls.get("verified").getAsBoolean()).isTrue();
            assertThat(tls.has("error")).isFalse();
        }

        @Test
        void theServerNameIsTheOneThatTheGatewaySends() throws Exception {
            KeyStore keys = certificates.server("named", "app.example", "root", 30);
            try (TestServer server = TestServer.https(keys, TestServer.page(200, ""))) {
                probe(secured(server.port(), "inner.example"));
                probe(secured(server.port(), ""));

                assertThat(server.serverNames()).containsExactly("inner.example");
                assertThat(server.requests()).hasSize(2).allMatch(request -> request.contains("Host: app.example"));
            }
        }

        @Test
        void expired() throws Exception {
            KeyStore keys = certificates.server("expired", "app.example", "root", -1);

            JsonObject tls = probeOf(keys, "app.example", certificates.certificate("root"));

            assertThat(text(tls, "error")).startsWith("certificate expired: CN=app.example was valid until ");
        }

        @Test
        void notYetValid() throws Exception {
            X509Certificate root = certificates.certificate("root");
            java.time.Instant before = root.getNotBefore().toInstant().minusSeconds(3600);

            assertThat(new CertificateChecks(List.of(root)).problems(before, "", Optional.of(List.of(root))))
                    .singleElement()
                    .asString()
                    .startsWith("certificate not yet valid: CN=Test Root begins at ");
        }

        @Test
        void wrongName() throws Exception {
            KeyStore keys = certificates.server("elsewhere", "www.example", "root", 30);

            JsonObject tls = probeOf(keys, "app.example", certificates.certificate("root"));

            assertThat(text(tls, "error"))
                    .isEqualTo("hostname mismatch: certificate is valid for www.example, not for app.example");
            assertThat(tls.get("verified").getAsBoolean()).isTrue();
        }

        @Test
        void untrusted() throws Exception {
            KeyStore keys = certificates.server("foreign", "app.example", "intermediate", 30, "intermediate", "root");

            JsonObject tls = probeOf(keys, "app.example", certificates.certificate("other-root"));

            assertThat(tls.get("verified").getAsBoolean()).isFalse();
            assertThat(text(tls, "error"))
                    .isEqualTo(
                            "self-signed certificate in the chain: CN=Test Root is not a root that the setting trusts");
        }

        @Test
        void untrustedByAllThatIsWellKnown() throws Exception {
            KeyStore keys = certificates.server("private", "app.example", "intermediate", 30, "intermediate");

            JsonObject tls = probeOf(keys, "app.example");

            assertThat(text(tls, "error"))
                    .isEqualTo(
                            "unable to get local issuer certificate: CN=Test Root, which signed the last one sent, is"
                                    + " not a well-known root");
        }

        @Test
        void selfSigned() throws Exception {
            KeyStore keys = certificates.server("own", "app.example", "own", 30);

            assertThat(text(probeOf(keys, "app.example"), "error"))
                    .isEqualTo("self-signed certificate CN=app.example is not a well-known root");
            assertThat(probeOf(keys, "app.example", certificates.certificate("own"))
                            .get("verified")
                            .getAsBoolean())
                    .isTrue();
        }

        @Test
        void chainIncomplete() throws Exception {
            KeyStore keys = certificates.server("alone", "app.example", "intermediate", 30);

            JsonObject tls = probeOf(keys, "app.example", certificates.certificate("root"));

            assertThat(tls.get("verified").getAsBoolean()).isFalse();
            assertThat(text(tls, "error")).startsWith("unable to verify the first certificate: it alone was sent");
        }

        @Test
        void anUploadedRootThatIsNotKnownIsNotJudged() throws Exception {
            KeyStore keys = certificates.server("vaulted", "app.example", "root", 30);
            try (TestServer server = TestServer.https(keys, TestServer.page(200, ""))) {
                DirectRequest look = secured(server.port(), "app.example");
                JsonObject tls = probe(DirectRequest.builder()
                                .target(look.target())
                                .port(look.port())
                                .tls(true)
                                .host(look.host())
                                .sni(look.sni())
                                .path("/")
                                .shape("live")
                                .patience(look.patience())
                                .match(Optional.empty())
                                .trusted(Optional.empty())
                                .build())
                        .getAsJsonObject("tls");

                assertThat(tls.has("verified")).isFalse();
                assertThat(tls.has("error")).isFalse();
            }
        }

        @Test
        void noCommonCipher() throws Exception {
            KeyStore keys = certificates.server("old", "app.example", "root", 30);
            try (TestServer server = TestServer.withCiphers(keys, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")) {
                JsonObject row = probe(secured(server.port(), "app.example"));

                assertThat(text(row.getAsJsonObject("tls"), "error")).startsWith("handshake failed: no common cipher");
                assertThat(text(row, "connect")).isEqualTo("ok");
                assertThat(row.has("status")).isFalse();
            }
        }

        @Test
        void noCommonProtocol() throws IOException {
            try (TestServer server = TestServer.rude((socket, closing) -> {
                socket.getInputStream().readNBytes(5);
                socket.getOutputStream().write(new byte[] {0x15, 3, 1, 0, 2, 2, 70});
                socket.getOutputStream().flush();
                closing.await();
            })) {
                assertThat(text(probe(secured(server.port(), "app.example")).getAsJsonObject("tls"), "error"))
                        .startsWith("handshake failed: no common protocol version or cipher");
            }
        }

        @Test
        void plainHttpWhereTlsWasSpoken() throws IOException {
            try (TestServer server = TestServer.rude((socket, closing) -> {
                socket.getInputStream().readNBytes(5);
                socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
            })) {
                assertThat(text(probe(secured(server.port(), "app.example")).getAsJsonObject("tls"), "error"))
                        .startsWith("wrong version number: the port does not speak TLS");
            }
        }

        @Test
        void silenceWhereTlsWasSpoken() throws IOException {
            try (TestServer server = TestServer.rude((socket, closing) -> closing.await())) {
                JsonObject row = prober(OPEN, InetAddress::getAllByName)
                        .probe(secured(server.port(), "app.example"), Deadline.in(Duration.ofMillis(600)));

                assertThat(row.toString()).contains("timed out");
            }
        }

        @Test
        void aResetInTheHandshake() throws IOException {
            try (TestServer server = TestServer.rude((socket, closing) -> {
                socket.getInputStream().readNBytes(5);
                socket.setSoLinger(true, 0);
            })) {
                assertThat(text(probe(secured(server.port(), "app.example")).getAsJsonObject("tls"), "error"))
                        .startsWith("handshake failed: ");
            }
        }

        @Test
        void aClientCertificateIsWanted() throws Exception {
            KeyStore keys = certificates.server("mutual", "app.example", "root", 30);
            try (TestServer server = TestServer.wantingClientCertificates(keys)) {
                JsonObject row = probe(secured(server.port(), "app.example", certificates.certificate("root")));

                assertThat(row.getAsJsonObject("tls")
                                .get("clientCertificateWanted")
                                .getAsBoolean())
                        .isTrue();
                assertThat(row.has("status")).isFalse();
                assertThat(row.toString().toLowerCase()).contains("certificate");
            }
        }
    }
}
