package dev.triage502.trial;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.incident.Alert;
import dev.triage502.incident.AlertReader;
import dev.triage502.incident.ResourceId;
import dev.triage502.local.MetricAlert;
import dev.triage502.trial.AppPlace.Delivery;
import dev.triage502.trial.Stage.Traced;
import java.io.IOException;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** App processes that are killed and started again while alerts come, and what became of each alert. */
final class Trial implements AutoCloseable {

    private static final Map<String, String> SETTINGS = Map.of(
            "TRIAGE502_DIRECT_PROBES", "off",
            "TRIAGE502_FOLLOW_UPS", "20s, 1h",
            "TRIAGE502_LEAST_PAUSE", "1s");

    final Traps traps = new Traps();
    final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    final Map<String, Instant> fired = new HashMap<>();
    final Map<String, Instant> resolved = new HashMap<>();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Random random = new Random(7);
    private final List<AppPlace> places = new ArrayList<>();
    private final Instant firedAt = Instant.now().truncatedTo(ChronoUnit.HOURS);

    Trial(int processes, Map<String, URI> services, Map<String, String> store, Path log) throws Exception {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.putAll(store);
        for (int i = 0; i < processes; i++) {
            places.add(new AppPlace(i, services, settings, traps, deliveries, log));
        }
        until(
                Duration.ofSeconds(60),
                () -> places.stream().allMatch(place -> place.app().isPresent()));
    }

    /** An incident by its number, as requests name it; known before its alert is sent. */
    Traced traced(int number) throws Exception {
        Alert alert = AlertReader.read(alert(number)).alerts().get(0);
        UUID row = UUID.nameUUIDFromBytes(alert.gateway().key().getBytes(StandardCharsets.UTF_8));
        return new Traced(alert.incident().id(), "gateway-" + row, "agw-" + number);
    }

    void fire(int number) throws Exception {
        fired.put(taken(alert(number)), Instant.now());
    }

    void resolve(int number) throws Exception {
        JsonObject json = JsonParser.parseString(alert(number)).getAsJsonObject();
        JsonObject essentials = json.getAsJsonObject("data").getAsJsonObject("essentials");
        essentials.addProperty("monitorCondition", "Resolved");
        essentials.addProperty("resolvedDateTime", Instant.now().toString());
        resolved.put(taken(json.toString()), Instant.now());
    }

    private String alert(int number) {
        return MetricAlert.fired(
                ResourceId.of("/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/"
                        + "Microsoft.Network/applicationGateways/agw-" + number),
                firedAt);
    }

    /** Sends it as Azure Monitor does, again until it is answered with 202; gives the incident's id. */
    private String taken(String alert) throws Exception {
        Instant end = Instant.now().plusSeconds(60);
        while (Instant.now().isBefore(end)) {
            AppPlace place = places.get(random.nextInt(places.size()));
            if (place.app().isPresent()) {
                try {
                    HttpResponse<String> answer = http.send(
                            HttpRequest.newBuilder(place.app().get().alerts())
                                    .timeout(Duration.ofSeconds(10))
                                    .POST(BodyPublishers.ofString(alert))
                                    .build(),
                            BodyHandlers.ofString());
                    if (answer.statusCode() == 202) {
                        return id(answer.body());
                    }
                } catch (IOException | java.util.NoSuchElementException killedMeanwhile) {
                    // comes again
                }
            }
            Thread.sleep(200);
        }
        throw new AssertionError("an alert was not taken in a minute");
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

    /** Kills one process, whichever, at some moment within the first seconds in which it serves. */
    void killOne() throws InterruptedException {
        AppPlace place = places.get(random.nextInt(places.size()));
        until(Duration.ofSeconds(60), () -> place.app().isPresent());
        Thread.sleep(random.nextInt(2500));
        place.kill();
    }

    void killAll() throws InterruptedException {
        for (AppPlace place : places) {
            place.kill();
        }
    }

    /** When every place serves, the moment when the last of them began to. */
    Instant lastServed() throws InterruptedException {
        Thread.sleep(500); // for a trap that has caught a process and is about to kill it
        until(
                Duration.ofSeconds(60),
                () -> places.stream().allMatch(place -> place.app().isPresent()));
        return places.stream().map(AppPlace::startedAt).max(Instant::compareTo).orElseThrow();
    }

    int kills() {
        return places.stream().mapToInt(AppPlace::kills).sum();
    }

    /** When each incident's first message with a reason came. */
    Map<String, Instant> told(String... reasons) {
        Map<String, Instant> told = new HashMap<>();
        for (Delivery delivery : deliveries) {
            if (List.of(reasons).contains(reason(delivery))) {
                told.putIfAbsent(id(delivery), delivery.at());
            }
        }
        return told;
    }

    static String id(Delivery delivery) {
        return delivery.document().get("incident").getAsString();
    }

    static String reason(Delivery delivery) {
        return delivery.document().getAsJsonObject("life").get("reason").getAsString();
    }

    List<JsonObject> incidents() throws Exception {
        until(
                Duration.ofSeconds(60),
                () -> places.stream().anyMatch(place -> place.app().isPresent()));
        AppProcess app = places.stream()
                .flatMap(place -> place.app().stream())
                .findFirst()
                .orElseThrow();
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(app.at("/api/incidents") + "&limit=500"))
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                BodyHandlers.ofString());
        List<JsonObject> all = new ArrayList<>();
        for (JsonElement each :
                JsonParser.parseString(answer.body()).getAsJsonObject().getAsJsonArray("incidents")) {
            all.add(each.getAsJsonObject());
        }
        return all;
    }

    /** Waits until it is so, at most so long; gives how long it took. */
    static Duration until(Duration patience, BooleanSupplier so) throws InterruptedException {
        Instant begin = Instant.now();
        while (!so.getAsBoolean() && Instant.now().isBefore(begin.plus(patience))) {
            Thread.sleep(50);
        }
        return Duration.between(begin, Instant.now());
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    @Override
    public void close() throws InterruptedException {
        for (AppPlace place : places) {
            place.close();
        }
    }
}
