package dev.triage502.local;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server that only this machine reaches, with a daemon thread a request. */
final class LoopbackServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads;

    private LoopbackServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Serves everything with one handler.
     *
     * @param port 0 for any free one
     * @throws IOException naming the port, when it is taken
     */
    static LoopbackServer serve(String name, int port, HttpHandler handler) throws IOException {
        // Head and body go out in two writes; without this the second waits 40 ms for the client's delayed ACK.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        HttpServer server = create(port);
        server.createContext("/", handler);
        server.setExecutor(threads);
        server.start();
        return new LoopbackServer(server, threads);
    }

    private static HttpServer create(int port) throws IOException {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
        } catch (BindException e) {
            boolean reserved = String.valueOf(e.getMessage()).contains("denied");
            throw new IOException(
                    "port " + port + " on this machine is " + (reserved ? "reserved (needs root)" : "in use"), e);
        } catch (IOException e) {
            throw new IOException("port " + port + " on this machine: " + e.getMessage(), e);
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Takes no more requests; those under way are cut off. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
