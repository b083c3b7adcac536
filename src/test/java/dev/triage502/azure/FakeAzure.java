package dev.triage502.azure;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server that answers as a test says, byte by byte where it must, and remembers what it was asked. */
public final class FakeAzure implements AutoCloseable {

    /** One request; the path is decoded and without its query. */
    public record Request(
            String method, String path, Map<String, String> query, Map<String, String> headers, String body) {
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** Writes the whole answer, status line and all, or does worse. */
    public interface Reply {
        void to(Socket socket, CountDownLatch closing) throws IOException, InterruptedException;
    }

    /** Decides the answer to a request. */
    public interface Handler {
        Reply answer(Request request) throws IOException;
    }

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "fake-azure");
        thread.setDaemon(true);
        return thread;
    });
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Handler handler;

    public FakeAzure(Handler handler) throws IOException {
        this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        this.handler = handler;
        threads.execute(this::accept);
    }

    public void answer(Handler other) {
        handler = other;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public AzureAccess access() {
        return AzureAccess.open(AzureSettings.pretend(uri()));
    }

    public static Reply json(String body) {
        return status(200, body);
    }

    public static Reply status(int status, String body, String... headers) {
        return (socket, closing) -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            StringBuilder head = head(status, headers)
                    .append("Content-Length: ")
                    .append(bytes.length)
                    .append("\r\n\r\n");
            OutputStream out = socket.getOutputStream();
            out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            out.write(bytes);
        };
    }

    public static Reply error(int status, String code, String message, String... headers) {
        return status(status, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}", headers);
    }

    /** Takes the request and never answers. */
    public static Reply hang() {
        return (socket, closing) -> closing.await();
    }

    /** Sends the beginning of an answer and never the rest. */
    public static Reply stall(String beginning) {
        return (socket, closing) -> {
            socket.getOutputStream()
                    .write(head(200)
                            .append("Content-Length: 100000\r\n\r\n")
                            .append(beginning)
                            .toString()
                            .getBytes(StandardCharsets.UTF_8));
            closing.await();
        };
    }

    /** Sends the beginning of an answer and closes. */
    public static Reply truncated(String beginning) {
        return (socket, closing) -> socket.getOutputStream()
                .write(head(200)
                        .append("Content-Length: 100000\r\n\r\n")
                        .append(beginning)
                        .toString()
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** Resets the connection. */
    public static Reply reset() {
        return (socket, closing) -> socket.setSoLinger(true, 0);
    }

    private static StringBuilder head(int status, String... headers) {
        StringBuilder head = new StringBuilder(
                "HTTP/1.1 " + status + " Said\r\nConnection: close\r\nContent-Type: application/json\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Request request = read(new BufferedInputStream(socket.getInputStream()));
            requests.add(request);
            handler.answer(request).to(socket, closing);
        } catch (IOException | RuntimeException e) {
            // The client left, or the test's handler failed: the client sees the connection end.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Request read(InputStream in) throws IOException {
        String[] first = line(in).split(" ");
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            headers.put(
                    line.substring(0, line.indexOf(':')),
                    line.substring(line.indexOf(':') + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
        int mark = first[1].indexOf('?');
        Map<String, String> query = new TreeMap<>();
        if (mark >= 0) {
            for (String pair : first[1].substring(mark + 1).split("&")) {
                int equals = pair.indexOf('=');
                query.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        String path = decoded(mark < 0 ? first[1] : first[1].substring(0, mark));
        return new Request(first[0], path, query, headers, new String(body, StandardCharsets.UTF_8));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("ended");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        server.close();
        threads.shutdownNow();
    }
}
