package dev.triage502.function;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.sun.net.httpserver.HttpServer;
import dev.triage502.collect.CollectionProgress;
import dev.triage502.store.FolderQueues;
import dev.triage502.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/** The whole app over a folder, with an Azure that refuses everything. */
final class App implements AutoCloseable {

    final Map<String, String> environment = new HashMap<>();
    final FolderQueues queues;
    final Store store;

    private final HttpServer azure;
    private volatile Duration azureTakes = Duration.ZERO;

    App(Path folder) throws IOException {
        azure = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        azure.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        azure.createContext("/", exchange -> {
            try (exchange) {
                Thread.sleep(azureTakes.toMillis());
                byte[] refusal = "{\"error\":{\"code\":\"AuthorizationFailed\",\"message\":\"No.\"}}"
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(403, refusal.length);
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(refusal);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        azure.start();
        environment.put("TRIAGE502_STORE", folder.toString());
        environment.put(
                "TRIAGE502_AZURE_ENDPOINT",
                "http://127.0.0.1:" + azure.getAddress().getPort());
        queues = Store.queuesIn(folder, Clock.systemUTC());
        store = Store.inFolder(folder, Clock.systemUTC());
    }

    void azureTakes(Duration time) {
        azureTakes = time;
    }

    Wiring wiring() {
        return new Wiring(environment, Clock.systemUTC(), CollectionProgress.none());
    }

    Wiring wiring(Clock clock) {
        return new Wiring(environment, clock, CollectionProgress.none());
    }

    /** Opens an incident by an alert, has it investigated, and returns its id. */
    String investigated(Wiring wiring) throws IOException {
        JsonObject answer = json(wiring.getInstance(AlertsFunction.class)
                .run(FakeRequest.post(alert("metric-static-fired")), new FakeContext()));
        wiring.getInstance(TriageFunction.class).run(next(QueueNames.INCIDENTS).orElseThrow(), new FakeContext());
        return answer.getAsJsonArray("incidents")
                .get(0)
                .getAsJsonObject()
                .get("id")
                .getAsString();
    }

    /** Takes the next message that shows out of a queue. */
    Optional<String> next(String queue) {
        List<FolderQueues.Taken> taken = queues.take(queue, 1, Duration.ofMinutes(1));
        taken.forEach(message -> queues.delete(queue, message));
        return taken.stream()
                .map(message -> new String(Base64.getDecoder().decode(message.text()), StandardCharsets.UTF_8))
                .findFirst();
    }

    @Override
    public void close() {
        azure.stop(0);
    }

    static JsonObject json(HttpResponseMessage response) {
        return JsonParser.parseString(response.getBody().toString()).getAsJsonObject();
    }

    static String alert(String sample) throws IOException {
        try (InputStream in = App.class.getResourceAsStream("/alerts/" + sample + ".json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
