package dev.triage502.local;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.collect.CollectionProgress;
import dev.triage502.function.AppSettings;
import dev.triage502.function.Wiring;
import dev.triage502.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The whole app on this machine: its functions, wired as in Azure, in a local host. */
public final class LocalApp implements AutoCloseable {

    private static final String CONNECTION_STRING = "AzureWebJobsStorage";
    private static final String HOST = "WEBSITE_HOSTNAME";
    private static final int KEY_BYTES = 24;

    private final LocalHost host;
    private final String key;

    private LocalApp(LocalHost host, String key) {
        this.host = host;
        this.key = key;
    }

    /**
     * Starts it; it serves when this returns.
     *
     * @param environment the app's settings
     * @param watcher     told of every source that an investigation asks
     * @param port        0 for any free one
     * @throws IOException              if the port is taken
     * @throws RuntimeException saying which setting is missing or wrong, if without it there are no queues
     */
    public static LocalApp start(
            Map<String, String> environment, Clock clock, CollectionProgress watcher, int port, String key)
            throws IOException {
        Wiring wiring = new Wiring(withHost(environment, port), clock, watcher);
        QueueInbox inbox = inbox(wiring.settings().queueFolder(), environment, clock);
        return new LocalApp(LocalHost.start(port, key, wiring.functions(), wiring, inbox, hostJson()), key);
    }

    /**
     * Starts it as {@link #start} does, after it has been seen that it can work.
     *
     * @throws IOException  if the port is taken
     * @throws StartRefused if a setting is missing, wrong, or names what cannot be used
     */
    public static LocalApp startChecked(
            Map<String, String> environment, Clock clock, CollectionProgress watcher, int port, String key)
            throws IOException, StartRefused {
        List<String> wrong = AppSettings.read(environment).problems();
        if (wrong.isEmpty()) {
            Wiring wiring = new Wiring(withHost(environment, port), clock, watcher);
            try {
                QueueInbox inbox = inbox(wiring.settings().queueFolder(), environment, clock);
                wrong = wiring.startProblems();
                if (wrong.isEmpty()) {
                    return new LocalApp(LocalHost.start(port, key, wiring.functions(), wiring, inbox, hostJson()), key);
                }
            } catch (IllegalArgumentException noQueues) {
                wrong = List.of(String.valueOf(noQueues.getMessage()));
            }
        }
        throw new StartRefused(wrong);
    }

    /** With what hosts tell an app of its own address; not of a port that is yet to be found. */
    private static Map<String, String> withHost(Map<String, String> environment, int port) {
        Map<String, String> all = new HashMap<>(environment);
        if (port != 0) {
            all.putIfAbsent(HOST, "127.0.0.1:" + port);
        }
        return all;
    }

    /** A key that nobody can guess. */
    public static String freshKey() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Where it answers: {@code http://127.0.0.1:port}. */
    public URI uri() {
        return host.uri();
    }

    /** The address that an action group would call, its key included. */
    public URI alerts() {
        return URI.create(host.uri() + "/api/alerts?code=" + URLEncoder.encode(key, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        host.close();
    }

    private static QueueInbox inbox(Optional<Path> folder, Map<String, String> environment, Clock clock) {
        if (folder.isPresent()) {
            return new FolderInbox(Store.queuesIn(folder.get(), clock));
        }
        String connectionString = environment.getOrDefault(CONNECTION_STRING, "");
        if (connectionString.isBlank()) {
            throw new IllegalArgumentException("the local host takes its queues from a folder (TRIAGE502_STORE) or from"
                    + " a storage account by connection string (" + CONNECTION_STRING
                    + "); an account by its name or addresses is for the host in Azure");
        }
        try {
            return StorageInbox.byConnectionString(connectionString);
        } catch (RuntimeException unusable) {
            // Not in the library's words, which may quote the key.
            throw new IllegalArgumentException(CONNECTION_STRING + " is set, but not to a connection string that can be"
                    + " used. Expected DefaultEndpointsProtocol=https;AccountName=…;AccountKey=…");
        }
    }

    private static JsonObject hostJson() {
        try (InputStream in = LocalApp.class.getResourceAsStream("/host.json")) {
            if (in == null) {
                throw new IllegalStateException("host.json is not on the class path");
            }
            return JsonParser.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .getAsJsonObject();
        } catch (IOException e) {
            throw new IllegalStateException("host.json", e);
        }
    }
}
