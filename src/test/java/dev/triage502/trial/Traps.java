package dev.triage502.trial;

import dev.triage502.trial.Stage.Traced;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Where processes are to be killed, and where they were. */
final class Traps {

    private final List<Trap> set = new ArrayList<>();
    private final List<Hit> hits = new ArrayList<>();
    private final Map<String, String> messages = new ConcurrentHashMap<>();

    private volatile CountDownLatch azure = new CountDownLatch(0);

    private record Trap(Stage stage, Traced incident) {}

    /** A process that was killed at a stage of an incident. */
    record Hit(Stage stage, Traced incident) {}

    /** Has the first process killed that is at this stage of this incident. */
    synchronized void set(Stage stage, Traced incident) {
        set.add(new Trap(stage, incident));
    }

    /** Whether the process is to be killed at this request; each trap is for one. */
    synchronized boolean isTrapped(Passing request, boolean after) {
        Optional<Trap> trap = set.stream()
                .filter(each ->
                        each.stage().after() == after && each.stage().is().test(request, each.incident()))
                .findFirst();
        trap.ifPresent(each -> {
            set.remove(each);
            hits.add(new Hit(each.stage(), each.incident()));
        });
        return trap.isPresent();
    }

    synchronized List<Hit> hits() {
        return List.copyOf(hits);
    }

    /** The stages that no process came to. */
    synchronized List<String> left() {
        return set.stream().map(each -> each.stage().words()).toList();
    }

    /** Takes the traps away that no process came to. */
    synchronized List<Stage> take() {
        List<Stage> left = set.stream().map(Trap::stage).toList();
        set.clear();
        return left;
    }

    /** From now on Azure answers nobody. */
    void holdAzure() {
        azure = new CountDownLatch(1);
    }

    void releaseAzure() {
        azure.countDown();
    }

    void awaitAzure() throws InterruptedException {
        azure.await();
    }

    /** Remembers what queue messages were, so that it is known what is deleted. */
    void remember(String messageId, String text) {
        messages.put(messageId, text);
    }

    String remembered(String path) {
        return messages.getOrDefault(path.substring(path.lastIndexOf('/') + 1), "");
    }
}
