package dev.triage502.trial;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.RecordedCase;
import dev.triage502.local.PretendAzure;
import dev.triage502.local.WebhookReceiver;
import dev.triage502.trial.AppPlace.Delivery;
import dev.triage502.trial.Traps.Hit;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

    private static final Duration LATEST = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    /** In a folder, where what a dead process held is noticed at once. */
    @Test
    void inAFolder() throws Exception {
        Map<String, String> store =
                Map.of("TRIAGE502_STORE", folder.resolve("store").toString());
        try (PretendAzure azure = azure();
                WebhookReceiver webhook = WebhookReceiver.answering(202);
                Trial trial = new Trial(1, services(azure, webhook), store, folder.resolve("app.log"))) {
            for (Stage stage : Stage.all()) {
                if (stage.name().equals("Azure asked") && !stage.after()
                        || stage.name().equals("message posted to the channel") && stage.after()) {
                    trial.traps.set(stage, trial.traced(trial.traps.left().size()));
                }
            }
            for (int i = 0; i < 4; i++) {
                trial.fire(i);
            }
            // That one comes twice: the process that had posted it died before it could note that.
            String twice = trial.traced(1).id();
            Trial.until(
                    Duration.ofSeconds(40),
                    () -> trial.told("diagnosed").size() == 4
                            && trial.deliveries.stream()
                                            .filter(each -> each.key().equals(twice + "-diagnosed"))
                                            .count()
                                    == 2);

            assertThat(trial.traps.left()).isEmpty();
            assertThat(trial.kills()).isEqualTo(2);
            assertThat(trial.deliveries)
                    .extracting(Delivery::key)
                    .filteredOn((twice + "-diagnosed")::equals)
                    .hasSize(2);
            check(trial, 4, Set.of("diagnosed"));
        }
    }

    /** Against the emulator of Azure's storage, two processes at once; the emulator is stopped and started too. */
    @Test
    @Tag("thorough")
    void inAzurite() throws Exception {
        int incidents = Integer.getInteger("trial.incidents", 200);
        int most = Integer.getInteger("trial.kills", 110);
        try (DiskAzurite azurite = DiskAzurite.start(folder.resolve("azurite"));
                PretendAzure azure = azure();
                WebhookReceiver webhook = WebhookReceiver.answering(202)) {
            Map<String, URI> services = new HashMap<>(services(azure, webhook));
            services.putAll(azurite.services());
            // Not in the temporary folder: it tells why a message was late.
            Path log = Path.of("target", "kill-trial.log");
            Files.deleteIfExists(log);
            try (Trial trial = new Trial(2, services, Map.of(), log)) {
                Map<String, Duration> stages = atEveryStage(trial);
                int atStages = trial.kills();
                Map<String, Duration> random = atRandom(trial, azurite, incidents, most);
                int atRandom = trial.kills() - atStages;
                Map<String, Duration> all = allAtOnce(trial, incidents);
                print(trial, stages);
                System.out.printf(
                        "Azurite: kills %d: at stages %d, at random %d, all at once %d%n",
                        trial.kills(), atStages, atRandom, trial.kills() - atStages - atRandom);
                System.out.println("latest after kills at stages: " + spread(stages.values()));
                System.out.println("latest after kills at random: " + spread(random.values()));
                System.out.println("latest after all were killed: " + spread(all.values()));
                check(trial, incidents, Set.of("resolved", "closed"));
                assertThat(trial.traps.left())
                        .as("stages that no process came to")
                        .isEmpty();
                for (Map<String, Duration> late : List.of(stages, random, all)) {
                    assertThat(late.values()).allMatch(each -> each.compareTo(LATEST) <= 0);
                }
            }
        }
    }

    /**
     * Sends an alert for each stage, and has the process killed that comes to it, some stages after another without a
     * pause. When no more is killed, how late is each message? What the timer does comes last: it takes its minute.
     */
    private static Map<String, Duration> atEveryStage(Trial trial) throws Exception {
        List<List<Stage>> series = new ArrayList<>(List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
        List<Stage> timer = new ArrayList<>();
        List<Stage> all = Stage.all();
        for (int i = 0; i < all.size(); i++) {
            (all.get(i).name().contains("timer") ? timer : series.get(i % 3)).add(all.get(i));
        }
        series.add(timer);
        Map<String, Duration> late = new HashMap<>();
        for (List<Stage> stages : series) {
            int first = trial.fired.size();
            for (int i = 0; i < stages.size(); i++) {
                trial.traps.set(stages.get(i), trial.traced(first + i));
            }
            for (int i = 0; i < stages.size(); i++) {
                trial.fire(first + i);
            }
            Trial.until(Duration.ofMinutes(4), () -> trial.traps.left().isEmpty());
            late.putAll(late(trial, "diagnosed"));
            late.putAll(oneByOne(trial, trial.traps.take()));
        }
        return late;
    }

    /**
     * The stages that an incident did not come to, since its process had been killed at another incident's stage and a
     * follow-up went ahead: again, with an incident and a process for each alone.
     */
    private static Map<String, Duration> oneByOne(Trial trial, List<Stage> stages) throws Exception {
        Map<String, Duration> late = new HashMap<>();
        for (Stage stage : stages) {
            int next = trial.fired.size();
            trial.traps.set(stage, trial.traced(next));
            trial.fire(next);
            Trial.until(Duration.ofMinutes(4), () -> trial.traps.left().isEmpty());
            late.putAll(late(trial, "diagnosed"));
        }
        return late;
    }

    /** Kills whichever, while alerts come; half-way the store is gone for four seconds. Then, how late is each message? */
    private static Map<String, Duration> atRandom(Trial trial, DiskAzurite azurite, int incidents, int most)
            throws Exception {
        int begun = trial.kills();
        boolean stopped = false;
        while (trial.kills() < most || trial.fired.size() < incidents) {
            for (int i = 0; i < 4 && trial.fired.size() < incidents; i++) {
                trial.fire(trial.fired.size());
            }
            if (trial.kills() < most) {
                trial.killOne();
            }
            if (!stopped && trial.kills() > (begun + most) / 2) {
                azurite.stop();
                Thread.sleep(4000);
                azurite.startAgain();
                stopped = true;
            }
        }
        return late(trial, "diagnosed");
    }

    /** All incidents end at once, Azure does not answer, and every process is killed: how late is each message? */
    private static Map<String, Duration> allAtOnce(Trial trial, int incidents) throws Exception {
        trial.traps.holdAzure();
        for (int i = 0; i < incidents; i++) {
            trial.resolve(i);
        }
        trial.killAll();
        trial.lastServed();
        trial.traps.releaseAzure();
        return late(trial, "resolved");
    }

    /** Waits for the messages; how long after the last restart each came that came after it. */
    private static Map<String, Duration> late(Trial trial, String reason) throws Exception {
        Trial.until(Duration.ofMinutes(5), () -> trial.told(reason).size() == trial.fired.size());
        Instant from = trial.lastServed();
        Map<String, Duration> late = new HashMap<>();
        trial.told(reason).forEach((id, at) -> {
            if (at.isAfter(from)) {
                late.put(id, Duration.between(from, at));
            }
        });
        return late;
    }

    private static Map<String, URI> services(PretendAzure azure, WebhookReceiver webhook) {
        return Map.of("azure", azure.endpoint(), "webhook", webhook.uri());
    }

    private static PretendAzure azure() throws Exception {
        RecordedCase recorded = CaseFolder.readShipped(CaseFolder.shipped().get(0));
        return PretendAzure.start(
                recorded.documents(),
                recorded.gateway(),
                PretendAzure.Options.usual().operations(1, Duration.ZERO));
    }

    /** Prints each stage with how long after the last restart of its series the message came. */
    private static void print(Trial trial, Map<String, Duration> late) {
        for (Hit hit : trial.traps.hits()) {
            Duration after = late.get(hit.incident().id());
            System.out.println("| " + hit.stage().words() + " | "
                    + (after == null ? "before the last restart" : Trial.seconds(after)) + " |");
        }
    }

    private static String spread(Collection<Duration> times) {
        List<Duration> sorted = times.stream().sorted().toList();
        if (sorted.isEmpty()) {
            return "none was left";
        }
        return sorted.size() + " messages, half of them within " + Trial.seconds(sorted.get(sorted.size() / 2))
                + ", all within " + Trial.seconds(sorted.get(sorted.size() - 1));
    }

    private static void check(Trial trial, int incidents, Set<String> states) throws Exception {
        Map<String, Integer> keys = new HashMap<>();
        Map<String, Integer> latest = new HashMap<>();
        Map<String, Integer> reasons = new TreeMap<>();
        int older = 0;
        int wrong = 0;
        for (Delivery delivery : trial.deliveries) {
            JsonObject life = delivery.document().getAsJsonObject("life");
            String id = Trial.id(delivery);
            int number = life.get("message").getAsInt();
            if (keys.merge(delivery.key(), 1, Integer::sum) == 1) {
                reasons.merge(Trial.reason(delivery), 1, Integer::sum);
            }
            older += latest.getOrDefault(id, 0) > number ? 1 : 0;
            latest.merge(id, number, Math::max);
            int revision = life.get("revision").getAsInt();
            wrong += delivery.key().equals(id + "-" + Trial.reason(delivery) + (revision == 1 ? "" : "-" + revision))
                    ? 0
                    : 1;
        }
        Map<String, Integer> ends = new TreeMap<>();
        List<JsonObject> all = trial.incidents();
        all.forEach(each -> ends.merge(each.get("state").getAsString(), 1, Integer::sum));
        Set<String> lost = new HashSet<>(trial.fired.keySet());
        lost.removeAll(latest.keySet());
        long doubled = keys.values().stream().filter(count -> count > 1).count();
        System.out.println("accepted " + trial.fired.size() + ", incidents " + all.size() + ", kills " + trial.kills()
                + ", states " + ends + ", messages " + reasons + ", lost " + lost.size() + ", wrong revision " + wrong
                + ", older after newer " + older + ", doubled with the same key " + doubled);
        assertThat(trial.fired).hasSize(incidents);
        assertThat(lost).as("accepted and not told").isEmpty();
        assertThat(all).hasSize(incidents);
        assertThat(wrong)
                .as("reports of another investigation than the message says")
                .isZero();
        assertThat(older).as("older messages after newer ones").isZero();
        assertThat(reasons.values()).as("one message a reason and incident").allMatch(count -> count == incidents);
        assertThat(states).containsAll(ends.keySet());
    }
}
