package dev.triage502.trial;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.RecordedCase;
import dev.triage502.incident.ResourceId;
import dev.triage502.local.MetricAlert;
import dev.triage502.local.PretendAzure;
import dev.triage502.local.WebhookReceiver;
import dev.triage502.local.WebhookReceiver.Received;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is taken in gets done, whenever the processes that do it are killed: each incident is investigated and its messages
 * are sent, none twice but with the same key, none for an older investigation after a newer one.
 */
class KillTrialTest {

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Random random = new Random(7);
    private final List<AppProcess> apps = new ArrayList<>();
    private final Map<String, Instant> accepted = new HashMap<>();
    private int kills;
    private Instant lastStart = Instant.now();

    @TempDir
    private Path folder;

    /** In a folder, where what a dead process held is noticed at once. */
    @Test
    void inAFolder() throws Exception {
        Map<String, String> store =
                Map.of("TRIAGE502_STORE", folder.resolve("store").toString());
        try (PretendAzure azure = azure();
                WebhookReceiver webhook = WebhookReceiver.answering(202)) {
            Map<String, String> settings = settings(store, azure, webhook);
            start(settings, 1);
            for (int i = 0; i < 6; i++) {
                post(i, "Fired");
            }
            Thread.sleep(random.nextInt(500));
            kill(0);
            start(settings, 1);
            await(webhook, 6, Duration.ofSeconds(60), settings);
            report("folder", webhook);
        } finally {
            stop();
        }
    }

    /** Against the emulator of Azure's storage, several processes at once; the emulator is stopped and started too. */
    @Test
    @Tag("thorough")
    void inAzurite() throws Exception {
        int incidents = Integer.getInteger("trial.incidents", 200);
        int most = Integer.getInteger("trial.kills", 100);
        try (DiskAzurite azurite = DiskAzurite.start(folder.resolve("azurite"));
                PretendAzure azure = azure();
                WebhookReceiver webhook = WebhookReceiver.answering(202)) {
            Map<String, String> settings =
                    settings(Map.of("AzureWebJobsStorage", azurite.connectionString()), azure, webhook);
            start(settings, 2);
            int next = 0;
            int resolved = 0;
            boolean stopped = false;
            while (kills < most || next < incidents) {
                for (int i = 0; i < incidents / 40 && next < incidents; i++) {
                    post(next++, "Fired");
                }
                while (resolved < next - incidents / 4) {
                    post(resolved++, "Resolved");
                }
                Thread.sleep(random.nextInt(2500));
                if (kills < most) {
                    int which = random.nextInt(apps.size());
                    kill(which);
                    start(settings, 1);
                }
                if (!stopped && kills > most / 2) {
                    azurite.stop();
                    Thread.sleep(4000);
                    azurite.startAgain();
                    stopped = true;
                }
            }
            while (resolved < incidents) {
                post(resolved++, "Resolved");
            }
            await(webhook, incidents, Duration.ofMinutes(6), settings);
            report("Azurite", webhook);
        } finally {
            stop();
        }
    }

    private Map<String, String> settings(Map<String, String> store, PretendAzure azure, WebhookReceiver webhook) {
        Map<String, String> settings = new HashMap<>(store);
        settings.put("TRIAGE502_AZURE_ENDPOINT", azure.endpoint().toString());
        settings.put("TRIAGE502_WEBHOOK_URL", webhook.uri().toString());
        settings.put("TRIAGE502_DIRECT_PROBES", "off");
        settings.put("TRIAGE502_FOLLOW_UPS", "20s, 1h");
        settings.put("TRIAGE502_LEAST_PAUSE", "1s");
        return settings;
    }

    private static PretendAzure azure() throws Exception {
        RecordedCase recorded = CaseFolder.readShipped(CaseFolder.shipped().get(0));
        return PretendAzure.start(
                recorded.documents(),
                recorded.gateway(),
                PretendAzure.Options.usual().operations(1, Duration.ZERO));
    }

    private void start(Map<String, String> settings, int more) throws Exception {
        for (int i = 0; i < more; i++) {
            apps.add(AppProcess.start(settings, folder.resolve("app.log")));
            lastStart = Instant.now();
        }
    }

    private void kill(int which) throws InterruptedException {
        apps.remove(which).kill();
        kills++;
    }

    private void stop() throws InterruptedException {
        for (AppProcess app : apps) {
            app.close();
        }
    }

    /** As Azure Monitor does: comes again until it is taken. */
    private void post(int incident, String condition) throws Exception {
        ResourceId gateway =
                ResourceId.of("/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/"
                        + "Microsoft.Network/applicationGateways/agw-" + incident);
        Instant fired = lastStart.truncatedTo(ChronoUnit.HOURS);
        String alert = MetricAlert.fired(gateway, fired);
        if (condition.equals("Resolved")) {
            JsonObject json = JsonParser.parseString(alert).getAsJsonObject();
            JsonObject essentials = json.getAsJsonObject("data").getAsJsonObject("essentials");
            essentials.addProperty("monitorCondition", "Resolved");
            essentials.addProperty("resolvedDateTime", Instant.now().toString());
            alert = json.toString();
        }
        for (int attempt = 0; attempt < 60; attempt++) {
            try {
                URI to = apps.get(random.nextInt(apps.size())).alerts();
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(to)
                                .timeout(Duration.ofSeconds(10))
                                .POST(BodyPublishers.ofString(alert))
                                .build(),
                        BodyHandlers.ofString());
                if (answer.statusCode() == 202) {
                    accepted.putIfAbsent(id(answer.body()), Instant.now());
                    return;
                }
            } catch (java.io.IOException killedMeanwhile) {
                // comes again
            }
            Thread.sleep(500);
        }
        throw new AssertionError("an alert was not taken in half a minute");
    }

    private static String id(String body) {
        JsonObject answer = JsonParser.parseString(body).getAsJsonObject();
        for (String list : List.of("incidents", "closed")) {
            if (answer.get(list) instanceof JsonArray array && !array.isEmpty()) {
                return array.get(0).getAsJsonObject().get("id").getAsString();
            }
        }
        String why = answer.getAsJsonArray("ignored")
                .get(0)
                .getAsJsonObject()
                .get("why")
                .getAsString();
        return why.replaceAll(".*incident (\\S+).*", "$1");
    }

    /** Waits until each incident has a message, and the app has nothing more to send. */
    private void await(WebhookReceiver webhook, int incidents, Duration patience, Map<String, String> settings)
            throws Exception {
        Instant end = Instant.now().plus(patience);
        while (Instant.now().isBefore(end) && (told(webhook).size() < incidents || !isQuiet(incidents))) {
            Thread.sleep(300);
        }
    }

    private boolean isQuiet(int incidents) throws Exception {
        List<JsonObject> all = incidents();
        boolean resolvedToo = kills > 10;
        return all.size() == incidents
                && all.stream().allMatch(each -> {
                    String state = each.get("state").getAsString();
                    return resolvedToo
                            ? List.of("resolved", "closed").contains(state)
                            : !List.of("open", "investigating").contains(state);
                });
    }

    private List<JsonObject> incidents() throws Exception {
        URI list = URI.create(apps.get(0).at("/api/incidents") + "&limit=500");
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(list).timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
        List<JsonObject> all = new ArrayList<>();
        for (JsonElement each :
                JsonParser.parseString(answer.body()).getAsJsonObject().getAsJsonArray("incidents")) {
            all.add(each.getAsJsonObject());
        }
        return all;
    }

    private static Set<String> told(WebhookReceiver webhook) {
        Set<String> told = new HashSet<>();
        webhook.all()
                .forEach(received -> told.add(json(received).get("incident").getAsString()));
        return told;
    }

    private static JsonObject json(Received received) {
        return JsonParser.parseString(new String(received.body(), StandardCharsets.UTF_8))
                .getAsJsonObject();
    }

    private void report(String where, WebhookReceiver webhook) throws Exception {
        Map<String, Integer> keys = new HashMap<>();
        Map<String, Integer> latest = new HashMap<>();
        Map<String, Integer> reasons = new TreeMap<>();
        int older = 0;
        int wrong = 0;
        for (Received received : webhook.all()) {
            JsonObject json = json(received);
            JsonObject life = json.getAsJsonObject("life");
            String key = received.header("Idempotency-Key");
            String id = json.get("incident").getAsString();
            int number = life.get("message").getAsInt();
            if (keys.merge(key, 1, Integer::sum) == 1) {
                reasons.merge(life.get("reason").getAsString(), 1, Integer::sum);
            }
            older += latest.getOrDefault(id, 0) > number ? 1 : 0;
            latest.merge(id, number, Math::max);
            int revision = life.get("revision").getAsInt();
            wrong += key.equals(id + "-" + life.get("reason").getAsString() + (revision == 1 ? "" : "-" + revision))
                    ? 0
                    : 1;
        }
        Map<String, Integer> states = new TreeMap<>();
        List<JsonObject> all = incidents();
        all.forEach(each -> states.merge(each.get("state").getAsString(), 1, Integer::sum));
        Set<String> lost = new HashSet<>(accepted.keySet());
        lost.removeAll(latest.keySet());
        long doubled = keys.values().stream().filter(count -> count > 1).count();
        System.out.printf(
                Locale.ROOT,
                "%s: accepted %d, incidents %d, kills %d, states %s, messages %s, lost %d, wrong revision %d, older"
                        + " after newer %d, doubled with the same key %d, done %d s after the last start%n",
                where,
                accepted.size(),
                all.size(),
                kills,
                states,
                reasons,
                lost.size(),
                wrong,
                older,
                doubled,
                Duration.between(lastStart, Instant.now()).toSeconds());
        assertThat(lost).as("accepted and not told").isEmpty();
        assertThat(all).hasSize(accepted.size());
        assertThat(wrong)
                .as("reports of another investigation than the message says")
                .isZero();
        assertThat(older).as("older messages after newer ones").isZero();
        assertThat(states.keySet()).doesNotContain("open", "investigating");
    }
}
