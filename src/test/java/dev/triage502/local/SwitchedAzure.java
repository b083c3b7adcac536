package dev.triage502.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One address behind which now this, now that pretended Azure answers: what Azure says changes as an incident goes on. */
final class SwitchedAzure implements AutoCloseable {

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int port;

    SwitchedAzure() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        thread(() -> {
            while (!server.isClosed()) {
                Socket client = server.accept();
                Socket azure = new Socket(InetAddress.getLoopbackAddress(), port);
                open.add(client);
                open.add(azure);
                thread(() -> pump(client, azure));
                thread(() -> pump(azure, client));
            }
        });
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** From now on this one answers; connections to the one before are cut. */
    void to(PretendAzure azure) throws IOException {
        port = azure.endpoint().getPort();
        for (Socket each : open) {
            each.close();
        }
        open.clear();
    }

    private static void pump(Socket from, Socket to) throws IOException {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void thread(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        // as wanted
                    }
                },
                "switched-azure");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket each : open) {
            each.close();
        }
    }
}
