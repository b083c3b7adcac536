package dev.triage502.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Microsoft's storage emulator with its data on disk, so that it can be stopped and started again. */
final class DiskAzurite implements AutoCloseable {

    private static final String ACCOUNT = "devstoreaccount1";

    /** Public and the same everywhere. */
    private static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private final Path data;
    private final Path script;
    private final List<Integer> ports;
    private Process process;

    private DiskAzurite(Path data, Path script, List<Integer> ports) throws Exception {
        this.data = data;
        this.script = script;
        this.ports = ports;
        this.process = launch();
    }

    static DiskAzurite start(Path data) throws Exception {
        String tools = System.getenv().getOrDefault("TRIAGE502_TOOLS", "target/tools");
        Path script = Path.of(tools, "node_modules", "azurite", "dist", "src", "azurite.js");
        boolean there = Files.isRegularFile(script);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(there).as("azurite in " + tools).isTrue();
        }
        assumeTrue(there, "azurite is not in " + tools);
        List<ServerSocket> free = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            free.add(socket);
            ports.add(socket.getLocalPort());
        }
        for (ServerSocket socket : free) {
            socket.close();
        }
        return new DiskAzurite(data, script, ports);
    }

    static String connectionString(URI blobs, URI queues, URI tables) {
        return "DefaultEndpointsProtocol=http;AccountName=" + ACCOUNT + ";AccountKey=" + KEY + ";BlobEndpoint=" + blobs
                + ";QueueEndpoint=" + queues + ";TableEndpoint=" + tables + ";";
    }

    /** Where its services answer. */
    Map<String, URI> services() {
        return Map.of("blob", endpoint(0), "queue", endpoint(1), "table", endpoint(2));
    }

    private URI endpoint(int index) {
        return URI.create("http://127.0.0.1:" + ports.get(index) + "/" + ACCOUNT);
    }

    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    void startAgain() throws Exception {
        process = launch();
    }

    /** It ends at once where a port is not free yet, and is tried again then. */
    private Process launch() throws Exception {
        Process started = process();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        for (int port : ports) {
            while (!answers(port)) {
                if (System.nanoTime() > end) {
                    started.destroyForcibly();
                    throw new IllegalStateException("azurite did not start");
                }
                if (!started.isAlive()) {
                    Thread.sleep(1000);
                    started = process();
                }
                Thread.sleep(100);
            }
        }
        return started;
    }

    private Process process() throws IOException {
        return new ProcessBuilder(List.of(
                        "node",
                        script.toString(),
                        "--silent",
                        "--location",
                        data.toString(),
                        "--skipApiVersionCheck",
                        "--disableTelemetry",
                        "--blobPort",
                        ports.get(0).toString(),
                        "--queuePort",
                        ports.get(1).toString(),
                        "--tablePort",
                        ports.get(2).toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
