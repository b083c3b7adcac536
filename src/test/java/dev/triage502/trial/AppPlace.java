package dev.triage502.trial;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;

/** A place for one app process after another: when one is killed the next is started, behind the same proxies. */
final class AppPlace implements AutoCloseable {

    private final Traps traps;
    private final Path log;
    private final List<KillingProxy> proxies = new ArrayList<>();
    private final Map<String, String> settings = new HashMap<>();
    private final List<Delivery> deliveries;
    private final AtomicInteger kills = new AtomicInteger();
    private final Thread keeper;
    private volatile Optional<Process> process = Optional.empty();
    private volatile Optional<AppProcess> app = Optional.empty();
    private volatile Instant startedAt = Instant.EPOCH;
    private volatile boolean stopping;

    /** A message that the channel took. */
    record Delivery(Instant at, String key, JsonObject document) {}

    /**
     * Opens a place and starts a process.
     *
     * @param services   where what it uses answers, by the names that {@link Passing} has
     * @param deliveries gets what the channel takes
     */
    AppPlace(
            int number,
            Map<String, URI> services,
            Map<String, String> moreSettings,
            Traps traps,
            List<Delivery> deliveries,
            Path log)
            throws IOException {
        this.traps = traps;
        this.deliveries = deliveries;
        this.log = log;
        Map<String, URI> proxied = new HashMap<>();
        for (Map.Entry<String, URI> service : services.entrySet()) {
            KillingProxy proxy = KillingProxy.start(service.getKey(), service.getValue(), this::kills);
            proxies.add(proxy);
            proxied.put(service.getKey(), proxy.uri());
        }
        settings.putAll(moreSettings);
        settings.put("TRIAGE502_AZURE_ENDPOINT", proxied.get("azure").toString());
        settings.put("TRIAGE502_WEBHOOK_URL", proxied.get("webhook").toString());
        if (proxied.containsKey("table")) {
            settings.put(
                    "AzureWebJobsStorage",
                    DiskAzurite.connectionString(proxied.get("blob"), proxied.get("queue"), proxied.get("table")));
        }
        keeper = new Thread(this::keep, "place-" + number);
        keeper.setDaemon(true);
        keeper.start();
    }

    /** The process that serves here, if one does at this moment. */
    Optional<AppProcess> app() {
        return app;
    }

    /** When the latest one began to serve. */
    Instant startedAt() {
        return startedAt;
    }

    int kills() {
        return kills.get();
    }

    /** kill -9: nothing is ended, nothing is given back. */
    synchronized void kill() throws InterruptedException {
        app = Optional.empty();
        Optional<Process> killed = process;
        if (killed.isPresent() && killed.get().isAlive()) {
            kills.incrementAndGet();
            killed.get().destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private void keep() {
        try {
            while (!stopping) {
                if (process.isEmpty() || !process.get().isAlive()) {
                    start();
                }
                Thread.sleep(20);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void start() {
        try {
            AppProcess served = AppProcess.start(settings, log, begun -> process = Optional.of(begun));
            startedAt = Instant.now();
            app = Optional.of(served);
        } catch (Exception killedBeforeItServed) {
            app = Optional.empty();
        }
    }

    private boolean kills(Passing request, boolean after) throws InterruptedException {
        // Also of a process that another trap has just killed: it dies at this stage as well.
        boolean trapped = traps.isTrapped(whole(request, after), after);
        if (trapped) {
            kill();
        }
        return trapped;
    }

    /** With what only earlier requests tell; takes notes for later ones. */
    private Passing whole(Passing request, boolean after) throws InterruptedException {
        switch (request.service()) {
            case "azure" -> traps.awaitAzure();
            case "queue" -> {
                for (MatchResult message : request.messages()) {
                    traps.remember(message.group(1), message.group(2));
                }
                if (request.method().equals("DELETE")) {
                    return request.carrying(traps.remembered(request.path()));
                }
            }
            case "webhook" -> {
                if (after) {
                    JsonObject document = JsonParser.parseString(request.text()).getAsJsonObject();
                    deliveries.add(new Delivery(Instant.now(), request.key(), document));
                }
            }
            default -> {
                // as it is
            }
        }
        return request;
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        keeper.interrupt();
        keeper.join(10_000);
        kill();
        proxies.forEach(KillingProxy::close);
    }
}
